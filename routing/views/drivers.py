"""What drivers see: the trucks they keep, and the published routes of those trucks."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from hub.doors import (
    acting_as,
    person_of,
    photo_answer,
    table_file,
    wants_file,
)
from routing import selectors
from routing.exchange import rows, tables
from routing.models import Route, Stop

DAYS_BACK = 14


@require_GET
@acting_as("driver")
def my_routes(request: HttpRequest) -> HttpResponse:
    """Routes to come and of the last two weeks, and the trucks themselves."""
    person, today = person_of(request), timezone.localdate()
    routes = selectors.routes_driven_by(person).filter(
        plan__service_on__gte=today - timedelta(days=DAYS_BACK)
    )
    counted = selectors.with_counts(routes)
    vehicles = selectors.vehicles_driven_by(person)
    if wants_file(request):
        return table_file(
            request,
            (tables.MY_ROUTES, counted),
            (tables.VEHICLES, rows.vehicle_rows(vehicles)),
        )
    context = {
        "routes": counted,
        "vehicles": vehicles,
        "today": today,
    }
    return render(request, "routing/my_routes.html", context)


@require_GET
@acting_as("driver")
def stop_sheet(
    request: HttpRequest, plan_id: str, number: int, sequence: int
) -> HttpResponse:
    """The place of a stop: how to get in; its code too, on the day itself."""
    shown, stop = _stop(request, plan_id, number, sequence)
    is_today = shown.plan.service_on == timezone.localdate()
    context = {
        "place": stop.place,
        "code": stop.place.access_code if is_today else "",
        "route": shown,
    }
    if stop.place.photo:
        parts = [plan_id, number, sequence]
        context["photo_url"] = reverse("routing:stop_photo", args=parts)
    return render(request, "routing/stop_sheet.html", context)


@require_GET
@acting_as("driver")
def stop_photo(
    request: HttpRequest, plan_id: str, number: int, sequence: int
) -> HttpResponseBase:
    """The photo of the door of a stop, for whoever drives there."""
    _, stop = _stop(request, plan_id, number, sequence)
    return photo_answer(request, stop.place.photo)


def _stop(
    request: HttpRequest, plan_id: str, number: int, sequence: int
) -> tuple[Route, Stop]:
    routes = selectors.routes_driven_by(person_of(request))
    shown = get_object_or_404(routes, plan__public_id=plan_id, number=number)
    return shown, get_object_or_404(selectors.stops_of(shown), sequence=sequence)


@require_GET
@acting_as("driver")
def route(request: HttpRequest, plan_id: str, number: int) -> HttpResponse:
    """One route, stop by stop, beside its map."""
    routes = selectors.routes_driven_by(person_of(request))
    shown = get_object_or_404(routes, plan__public_id=plan_id, number=number)
    sheets = selectors.route_sheets(routes.filter(pk=shown.pk))
    if wants_file(request):
        offered = ((tables.ROUTES, sheets), (tables.STOPS, rows.stops_of(sheets)))
        return table_file(request, *offered)
    context = {
        "plan": shown.plan,
        "sheets": sheets,
        "map": selectors.map_of(sheets),
        "town": selectors.town_of(sheets),
    }
    return render(request, "routing/route.html", context)
