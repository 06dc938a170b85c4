"""What this floor adds to the page Today."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from hub import selectors as hub_selectors
from hub.doors import acting_as, acting_of
from producers import selectors


@require_GET
@acting_as()
def today_panel(request: HttpRequest) -> HttpResponse:
    """Farms that have not answered, and rows short of what they promised."""
    acting = acting_of(request)
    if not (acting.is_coordinator or acting.is_producer):
        return HttpResponse("")
    week_on = hub_selectors.week_to_fill(acting.hub, timezone.localdate())
    weeks = selectors.farm_weeks(acting.hub, week_on)
    own = None if acting.is_coordinator else acting.organization
    mine = [week for week in weeks if own is None or week.farm == own]
    context = {
        "week_on": week_on,
        "is_coordinator": acting.is_coordinator,
        "silent": [week.farm for week in mine if not week.has_answered],
        "num_answered": sum(week.has_answered for week in mine),
        "short": selectors.short_rows(acting.hub, week_on, producer=own),
    }
    return render(request, "producers/_today_panel.html", context)
