"""One-click sign-in for the fictional people of the demo, and only for them."""

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from hub import selectors


@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Come in as a fictional person; elsewhere than in a demo this page is absent."""
    if not settings.DEMO:
        raise Http404
    person = selectors.demo_person(request.POST.get("person", ""))
    if person is None:
        raise Http404
    login(request, person, backend="django.contrib.auth.backends.ModelBackend")
    request.session[selectors.SESSION_KEY] = request.POST.get("organization", "")
    return redirect("hub:home")
