"""A route, or all of a plan, as a file for other maps."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from hub.doors import acting_as, person_of
from routing import selectors
from routing.exchange.tracks import geojson_of, gpx_of

FORMS = ("geojson", "gpx")


@require_GET
@acting_as("coordinator", "driver")
def route_track(
    request: HttpRequest, plan_id: str, number: int, form: str
) -> HttpResponse:
    """One route as GeoJSON or GPX; whoever may print its papers may take it."""
    if form not in FORMS:
        raise Http404
    routes = selectors.routes_on_paper(person_of(request))
    route = get_object_or_404(
        selectors.with_stops(routes), plan__public_id=plan_id, number=number
    )
    name = f"route-{route.plan.service_on:%Y-%m-%d}-{number}.{form}"
    if form == "gpx":
        answer = HttpResponse(gpx_of(route), content_type="application/gpx+xml")
    else:
        answer = JsonResponse(geojson_of([route]), content_type="application/geo+json")
    return _saved(answer, name)


@require_GET
@acting_as("coordinator")
def plan_track(request: HttpRequest, public_id: str) -> HttpResponse:
    """Every route of a plan as one GeoJSON file."""
    plans = selectors.plans_seen_by(person_of(request))
    plan = get_object_or_404(plans, public_id=public_id)
    routes = selectors.with_stops(plan.routes.order_by("number"))
    answer = JsonResponse(geojson_of(routes), content_type="application/geo+json")
    return _saved(answer, f"plan-{plan.service_on:%Y-%m-%d}.geojson")


def _saved(answer: HttpResponse, name: str) -> HttpResponse:
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-cache"
    return answer
