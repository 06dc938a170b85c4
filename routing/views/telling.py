"""What a driver told by voice, written down by the coordination.

A phone breaks, or stays at home: the driver calls. The forms are those of the driver's
page; each may say at what hour it happened, and the name of who wrote it stays with it.
"""

import uuid
from datetime import datetime, time

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from hub.core.periods import at_local
from hub.doors import acting_as, person_of, say_done, say_refusal
from routing import selectors, services
from routing.core.errors import HourNotYet, HourUnreadable, TapRefused
from routing.core.taps import PROBLEM_REASONS
from routing.models import Route, StopTap
from routing.views.driving import sent_by_form


@require_GET
@never_cache
@acting_as("coordinator")
def tell(request: HttpRequest, plan_id: str, number: int) -> HttpResponse:
    """A dispatched route, to write down what its driver says."""
    sheet = selectors.drive_sheet(_route(request, plan_id, number))
    plan = sheet.route.plan
    context = {
        "sheet": sheet,
        "route": sheet.route,
        "reasons": [StopTap.Reason(reason) for reason in PROBLEM_REASONS],
        "form_id": uuid.uuid4,
        "for_driver": True,
        "is_day_open": plan.service_on >= timezone.localdate(),
        "tap_url": reverse("routing:tell_tap", args=[plan_id, number]),
    }
    return render(request, "routing/tell.html", context)


@require_POST
@acting_as("coordinator")
def tell_tap(request: HttpRequest, plan_id: str, number: int) -> HttpResponse:
    """One thing that happened at one stop, at the hour that is said or now."""
    route = _route(request, plan_id, number)
    now = timezone.now()
    page = reverse("routing:tell", args=[plan_id, number])
    back = redirect(f"{page}#stop-{request.POST.get('stop', '')[:20]}")
    try:
        happened_at = _hour(request.POST.get("at", ""), route, now)
    except TapRefused as refusal:
        say_refusal(request, refusal)
        return back
    (answer,) = services.apply_taps(
        route=route,
        person=person_of(request),
        taps=[sent_by_form(request.POST, now, happened_at=happened_at)],
        sent_at=now,
        now=now,
    )
    if answer.refusal is not None:
        say_refusal(request, answer.refusal)
    elif answer.status == StopTap.Status.LATE:
        say_done(request, _("Kept with the day: it came late and changes nothing."))
    return back


def _route(request: HttpRequest, plan_id: str, number: int) -> Route:
    routes = selectors.routes_told_for(person_of(request))
    return get_object_or_404(routes, plan__public_id=plan_id, number=number)


def _hour(written: str, route: Route, now: datetime) -> datetime | None:
    """The hour of the day of the route; None when nothing is written."""
    written = written.strip()
    if not written:
        return None
    try:
        at = time.fromisoformat(written)
    except ValueError as error:
        raise HourUnreadable(text=written[:20]) from error
    seconds = at.hour * 3_600 + at.minute * 60 + at.second
    happened_at = at_local(route.plan.service_on, seconds)
    if happened_at > now:
        raise HourNotYet(text=written)
    return happened_at
