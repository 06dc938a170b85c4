"""A person's own page."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hub import selectors
from hub.accounts_adapter import reminder_for
from hub.core.letters import MANDATORY
from hub.doors import person_of, say_done
from hub.forms import NoticesForm, PersonForm
from hub.services import people
from hub.services.notices import choose_notices


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
    return _my_page(request, form, _notices_form(request, None))


@require_POST
@login_required
def my_notices(request: HttpRequest) -> HttpResponse:
    """Which letters I want, and when not to write to me."""
    person = person_of(request)
    form = _notices_form(request, request.POST)
    if form.is_valid():
        choose_notices(person=person, **form.choice())
        say_done(request, _("Saved."))
        return redirect("hub:me")
    known = {"name": person.name, "phone": person.phone}
    return _my_page(request, PersonForm(None, initial=known), form)


def _notices_form(request: HttpRequest, sent: QueryDict | None) -> NoticesForm:
    person = person_of(request)
    known = NoticesForm.answers_of(person, selectors.unwanted_kinds(person))
    return NoticesForm(sent, initial=known)


def _my_page(
    request: HttpRequest, form: PersonForm, notices: NoticesForm
) -> HttpResponse:
    context = {
        "form": form,
        "notices": notices,
        "mandatory": [_(name) for name in MANDATORY.values()],
        "roles": selectors.memberships_of(person_of(request)),
        "factor_needed_on": reminder_for(request),
    }
    status = 422 if form.errors or notices.errors else 200
    return render(request, "hub/me.html", context, status=status)
