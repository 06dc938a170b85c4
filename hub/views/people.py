"""A person's own page."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hub import selectors
from hub.doors import person_of, say_done
from hub.forms import PersonForm
from hub.services import people


@require_http_methods(["GET", "POST"])
@login_required
def me(request: HttpRequest) -> HttpResponse:
    """My name, my phone, my roles."""
    person = person_of(request)
    known = {"name": person.name, "phone": person.phone}
    form = PersonForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        people.introduce_oneself(person=person, **form.cleaned_data)
        say_done(request, _("Saved."))
        return redirect("hub:me")
    context = {"form": form, "roles": selectors.memberships_of(person)}
    status = 422 if form.errors else 200
    return render(request, "hub/me.html", context, status=status)
