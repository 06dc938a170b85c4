"""What the hub's days achieved, on one printable page."""

from dataclasses import fields
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from hub import indicators
from hub.core.results import Results, results_of
from hub.doors import acting_as, acting_of, table_file, wants_file
from hub.exchange import tables
from hub.exchange.results import result_rows
from hub.forms import PeriodForm
from hub.sentences import TEMPERATURES


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
    figures = _figures(results_of(totals))
    if wants_file(request):
        rows = result_rows(totals.by_measure, figures) if totals.num_days else ()
        return table_file(request, (tables.RESULTS, rows))
    context |= {
        "since": since,
        "until": until,
        "totals": totals,
        "taken_at": indicators.taken_at(hub, since=since, until=until),
        **figures,
    }
    return render(request, "hub/impact.html", context)


def _figures(found: Results) -> dict[str, Any]:
    return {
        **{field.name: getattr(found, field.name) for field in fields(found)},
        "given": found.given_cents,
        "classes": [
            {
                "name": TEMPERATURES[row.code],
                "filling_bps": row.filling_bps,
                "readings": row.readings,
                "breaches": row.breaches,
            }
            for row in found.classes
        ],
    }
