"""What the hub's days achieved, on one printable page."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from hub import indicators
from hub.core.indicators import Totals, without_small_groups
from hub.core.quantities import TEMPERATURE_CLASSES
from hub.doors import acting_as, acting_of
from hub.forms import PeriodForm
from hub.sentences import TEMPERATURES

COMPARED = ("transport", "distance", "co2e")
"""Measures with a driven side and a side alone."""


@require_GET
@acting_as("coordinator", "funder")
def impact(request: HttpRequest) -> HttpResponse:
    """The figures of a period; small groups are not shown apart to anybody."""
    hub = acting_of(request).hub
    form = PeriodForm.of(request.GET, today=timezone.localdate())
    context: dict[str, Any] = {"hub": hub, "form": form}
    if not form.is_valid():
        return render(request, "hub/impact.html", context, status=422)
    since: date = form.cleaned_data["since"]
    until: date = form.cleaned_data["until"]
    totals = indicators.totals_between(hub, since=since, until=until)
    context |= {
        "since": since,
        "until": until,
        "totals": totals,
        "taken_at": indicators.taken_at(hub, since=since, until=until),
        **_figures(totals),
    }
    return render(request, "hub/impact.html", context)


def _figures(totals: Totals) -> dict[str, Any]:
    return {
        **_solidarity(totals),
        "compared": {name: _compared(totals, name) for name in COMPARED},
        "factors": [row.detail for row in totals.rows.get("co2e_driven", ())],
        "on_time_bps": totals.rate_bps("stops_on_time", "stops_timed"),
        "classes": [
            {
                "name": TEMPERATURES[name],
                "filling_bps": _mean(totals, name),
                "readings": totals.value("temperature_readings", name),
                "breaches": totals.value("temperature_breaches", name),
            }
            for name in TEMPERATURE_CLASSES
            if totals.value("trucks_filled", name)
        ],
    }


def _solidarity(totals: Totals) -> dict[str, Any]:
    """Money by source with its sums; no sum that gives a hidden figure away."""
    names = {"drawn": "fund_drawn", "envelopes": "envelope_paid"}
    rows = {
        name: tuple(row for row in totals.rows.get(measure, ()) if row.value)
        for name, measure in names.items()
    }
    shown = {name: without_small_groups(found) for name, found in rows.items()}
    households = without_small_groups(totals.rows.get("households", ()))
    is_whole = all(row.value is not None for found in shown.values() for row in found)
    return shown | {
        "drawn_cents": totals.value("fund_drawn"),
        "solidarity_cents": sum(totals.value(name) for name in names.values())
        if is_whole
        else None,
        "given": totals.value("fund_given"),
        "households": households,
        "num_households": sum(row.num_people or 0 for row in households)
        if all(row.num_people is not None for row in households)
        else None,
    }


def _compared(totals: Totals, name: str) -> dict[str, int | None]:
    driven, alone = totals.value(f"{name}_driven"), totals.value(f"{name}_alone")
    saved_bps = 10_000 * (alone - driven) // alone if alone else None
    return {
        "driven": driven,
        "alone": alone,
        "saved": alone - driven,
        "saved_bps": saved_bps,
    }


def _mean(totals: Totals, name: str) -> int:
    return totals.value("filling", name) // totals.value("trucks_filled", name)
