"""The journal: who changed what concerns an organization, and why."""

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from hub import selectors
from hub.core.trail import RULES
from hub.doors import acting_as, acting_of, person_of
from hub.forms import TrailForm
from hub.models import Trace
from hub.sentences import name_of, trace_changes, trace_sentence

PAGE_SIZE = 50
CURSOR = re.compile(r"[0-9a-f]{1,15}")


@require_GET
@acting_as()
def trail(request: HttpRequest) -> HttpResponse:
    """What was changed, the latest first; the next page begins after the last row."""
    acting = acting_of(request)
    if not acting.reads_trail:
        raise Http404
    people = selectors.people_of_trail(acting.organization)
    form = TrailForm(request.GET, people=people)
    context = {"organization": acting.organization, "form": form, "rows": []}
    if not form.is_valid():
        return render(request, "hub/trail.html", context, status=422)
    traces = selectors.traces_seen_by(person_of(request), acting.organization)
    chosen = selectors.chosen_traces(traces, form.chosen())
    before = request.GET.get("before", "")
    if CURSOR.fullmatch(before):
        chosen = chosen.filter(pk__lt=int(before, 16))
    found = list(chosen[: PAGE_SIZE + 1])
    context["rows"] = [_row(trace) for trace in found[:PAGE_SIZE]]
    if len(found) > PAGE_SIZE:
        asked = request.GET.copy()
        asked["before"] = f"{found[PAGE_SIZE - 1].pk:x}"
        context["earlier"] = asked.urlencode()
    return render(request, "hub/trail.html", context)


def _row(trace: Trace) -> dict[str, object]:
    rule = RULES.get(trace.rule)
    return {
        "trace": trace,
        "sentence": trace_sentence(trace),
        "changes": trace_changes(trace),
        "who": "" if trace.door == Trace.Door.ITSELF else name_of(trace.person),
        "rule": gettext(rule) if rule else "",
    }
