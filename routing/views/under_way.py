"""The day under way, for the coordination."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from hub.doors import (
    acting_as,
    is_fragment,
    person_of,
    table_file,
    wants_file,
)
from routing import selectors
from routing.exchange import rows, tables


@require_GET
@acting_as("coordinator")
def road(request: HttpRequest, pool_id: str, service_on: date) -> HttpResponse:
    """The trucks on the road; read anew by htmx while the page is open."""
    pool = get_object_or_404(
        selectors.pools_seen_by(person_of(request)), public_id=pool_id
    )
    plan = selectors.dispatched_plan(pool, service_on)
    late = list(selectors.late_taps(pool, service_on))
    if plan is None and not late:
        raise Http404
    now = timezone.now()
    routes = selectors.road_routes(plan, now) if plan else []
    if wants_file(request):
        return table_file(request, (tables.ROAD, rows.road_rows(routes)))
    context = {
        "pool": pool,
        "service_on": service_on,
        "routes": routes,
        "late": late,
        "now": now,
    }
    name = "routing/_road.html" if is_fragment(request) else "routing/road.html"
    return render(request, name, context)
