"""What this floor adds to the page Today."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from hub.doors import acting_as, acting_of
from pricing import indicators


@require_GET
@acting_as("coordinator")
def today_panel(request: HttpRequest) -> HttpResponse:
    """A margin to set, a fund under its runway, money that must soon be spent."""
    hub = acting_of(request).organization
    seen = indicators.prices_today(hub_id=hub.pk, on=timezone.localdate())
    return render(request, "pricing/_today_panel.html", {"prices": seen})
