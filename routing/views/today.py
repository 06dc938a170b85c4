"""What the trucks ask today, embedded in the page of the day."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from hub.doors import acting_as, is_fragment, person_of
from routing import selectors
from routing.sentences import failure_sentence, paper_sentence

MOST_PAPERS = 4
"""The page of the day names the worst; the page of papers has them all."""


@require_GET
@acting_as("coordinator")
def today_panel(request: HttpRequest) -> HttpResponse:
    """Days to come: not planned, outdated, left behind, too full, failed."""
    facts = selectors.today_facts(person_of(request), timezone.localdate())
    rows = [
        (row, failure_sentence(row.failed) if row.failed else "")
        for row in facts
        if not row.is_all_well
    ]
    name = "routing/_today_panel.html"
    if not is_fragment(request):
        name = "routing/today_panel.html"
    warnings = selectors.paper_warnings(person_of(request), timezone.localdate())
    context = {
        "rows": rows,
        "facts": facts,
        "on_road": [row.day for row in facts if row.is_on_the_road],
        "papers": [paper_sentence(fault) for fault in warnings[:MOST_PAPERS]],
        "num_more_papers": max(0, len(warnings) - MOST_PAPERS),
    }
    return render(request, name, context)
