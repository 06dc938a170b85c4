"""The first page, the health page, the switch between organizations and languages."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST
from django.views.i18n import set_language

from hub import indicators, selectors
from hub.accounts_adapter import reminder_for
from hub.context import address_of
from hub.doors import acting_as, acting_of, acting_or_none, person_of
from hub.services import people

PANELS = (
    "routing:first_steps_panel",
    "producers:today_panel",
    "orders:today_panel",
    "routing:today_panel",
    "pricing:today_panel",
)
"""What the floors above have to say today, in reading order; embedded by address."""


@require_GET
def home(request: HttpRequest) -> HttpResponseBase:
    """Send each person to the page of their role; strangers see what Charroi is."""
    if not request.user.is_authenticated:
        roles = selectors.demo_roles() if settings.DEMO else []
        context = {"demo_roles": roles, "is_empty": not selectors.has_hub()}
        return render(request, "hub/welcome.html", context)
    person = person_of(request)
    if selectors.invitations_for(person, now=timezone.now()).exists():
        return redirect("hub:invitations")
    if acting_or_none(request) is None:
        return render(request, "hub/no_role.html")
    return redirect("hub:today")


@require_GET
@acting_as()
def today(request: HttpRequest) -> HttpResponse:
    """What is missing, late, short or over capacity, each with its link."""
    acting = acting_of(request)
    now = timezone.now()
    context: dict[str, Any] = {
        "facts": indicators.cycle_facts(acting.hub, now),
        "today": now,
        "factor_needed_on": reminder_for(request),
    }
    if acting.is_coordinator:
        context["panels"] = [url for name in PANELS if (url := address_of(name))]
    return render(request, "hub/today.html", context)


@require_GET
def health(_request: HttpRequest) -> JsonResponse:
    """Whether the site can read, write and do its work; for monitors, no secret."""
    found = selectors.site_health(now=timezone.now())
    if not found.is_up:
        return JsonResponse(found.facts, status=503)
    return JsonResponse({**found.facts, "language": settings.LANGUAGE_CODE})


@require_POST
@acting_as()
def switch(request: HttpRequest) -> HttpResponse:
    """Act for another of one's own organizations."""
    wanted = request.POST.get("organization", "")
    mine = {
        membership.organization.public_id
        for membership in selectors.memberships_of(person_of(request))
    }
    if wanted in mine:
        request.session[selectors.SESSION_KEY] = wanted
    return redirect("hub:home")


@require_GET
def help_page(request: HttpRequest) -> HttpResponse:
    """How to sign in, whom to ask, what the week looks like."""
    acting = acting_or_none(request)
    return render(request, "hub/help.html", {"hub": acting.hub if acting else None})


@require_POST
def language(request: HttpRequest) -> HttpResponseBase:
    """Read the same page in another language, and write mails in it from now on."""
    if request.user.is_authenticated:
        people.choose_language(
            person=person_of(request), language=request.POST.get("language", "")
        )
    return set_language(request)
