"""The journal: who changed what concerns an organization, and why."""

import re
from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from hub import selectors
from hub.core.trail import RULES
from hub.doors import acting_as, acting_of, person_of
from hub.forms import TrailForm
from hub.models import Person, Trace
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
    people = list(selectors.people_of_trail(acting.organization))
    marks = selectors.marks_of_namesakes(people, acting.organization)
    named = [(person.public_id, _called(person, marks)) for person in people]
    form = TrailForm(request.GET, people=named)
    context = {"organization": acting.organization, "form": form, "rows": []}
    if not form.is_valid():
        return render(request, "hub/trail.html", context, status=422)
    traces = selectors.traces_seen_by(person_of(request), acting.organization)
    chosen = selectors.chosen_traces(traces, form.chosen())
    before = request.GET.get("before", "")
    if CURSOR.fullmatch(before):
        chosen = chosen.filter(pk__lt=int(before, 16))
    found = list(chosen[: PAGE_SIZE + 1])
    context["rows"] = [_row(trace, marks) for trace in found[:PAGE_SIZE]]
    if len(found) > PAGE_SIZE:
        asked = request.GET.copy()
        asked["before"] = f"{found[PAGE_SIZE - 1].pk:x}"
        context["earlier"] = asked.urlencode()
    return render(request, "hub/trail.html", context)


def _called(person: Person | None, marks: Mapping[int, str]) -> str:
    """The name of a person, and what tells them from others of that name."""
    mark = marks.get(person.pk) if person else None
    return f"{name_of(person)} ({mark})" if mark else name_of(person)


def _row(trace: Trace, marks: Mapping[int, str]) -> dict[str, object]:
    rule = RULES.get(trace.rule)
    return {
        "trace": trace,
        "sentence": trace_sentence(trace),
        "changes": trace_changes(trace),
        "who": "" if trace.door == Trace.Door.ITSELF else _called(trace.person, marks),
        "rule": gettext(rule) if rule else "",
    }
