"""What drivers see: the trucks they keep, and the published routes of those trucks."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from hub.doors import acting_as, person_of
from routing import selectors

DAYS_BACK = 14


@require_GET
@acting_as("driver")
def my_routes(request: HttpRequest) -> HttpResponse:
    """Routes to come and of the last two weeks, and the trucks themselves."""
    person, today = person_of(request), timezone.localdate()
    routes = selectors.routes_driven_by(person).filter(
        plan__service_on__gte=today - timedelta(days=DAYS_BACK)
    )
    context = {
        "routes": selectors.with_counts(routes),
        "vehicles": selectors.vehicles_driven_by(person),
        "today": today,
    }
    return render(request, "routing/my_routes.html", context)


@require_GET
@acting_as("driver")
def stop_sheet(
    request: HttpRequest, plan_id: str, number: int, sequence: int
) -> HttpResponse:
    """The place of a stop: how to get in; its code too, until the day is over."""
    routes = selectors.routes_driven_by(person_of(request))
    shown = get_object_or_404(routes, plan__public_id=plan_id, number=number)
    stop = get_object_or_404(selectors.stops_of(shown), sequence=sequence)
    is_over = shown.plan.service_on < timezone.localdate()
    context = {
        "place": stop.place,
        "code": "" if is_over else stop.place.access_code,
        "route": shown,
    }
    return render(request, "routing/stop_sheet.html", context)


@require_GET
@acting_as("driver")
def route(request: HttpRequest, plan_id: str, number: int) -> HttpResponse:
    """One route, stop by stop, beside its map."""
    routes = selectors.routes_driven_by(person_of(request))
    shown = get_object_or_404(routes, plan__public_id=plan_id, number=number)
    sheets = selectors.route_sheets(routes.filter(pk=shown.pk))
    context = {
        "plan": shown.plan,
        "sheets": sheets,
        "map": selectors.map_of(sheets),
    }
    return render(request, "routing/route.html", context)
