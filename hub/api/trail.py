"""The journal of changes through the API."""

from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Field, Query, Schema

from hub import selectors
from hub.api.callers import caller_of
from hub.api.routes import router
from hub.api.shapes import Day, Moment, PublicId
from hub.core.scopes import Scope
from hub.core.trail import Topic, kinds_of
from hub.models import Trace
from hub.sentences import name_of, trace_sentence


class TraceOut(Schema):
    """One change that concerns the organization."""

    id: PublicId = Field(alias="public_id")
    recorded_at: Moment
    kind: str
    door: str = Field(description="`page`, `program`, or `itself` (by a rule).")
    by: str | None = Field(description="The person or program, by name.")
    subject_id: str
    subject: str = Field(description="What it was called at that moment.")
    sentence: str = Field(description="In the language of `Accept-Language`.")
    before: dict[str, Any]
    after: dict[str, Any]
    why: str
    rule: str

    @staticmethod
    def resolve_by(trace: Trace) -> str | None:
        """Nobody when a rule did it."""
        return None if trace.door == Trace.Door.ITSELF else name_of(trace.person)

    @staticmethod
    def resolve_sentence(trace: Trace) -> str:
        """The very words of the page."""
        return trace_sentence(trace)


class TrailQuery(Schema):
    """Which changes."""

    topic: Topic | None = None
    since: Day | None = None
    until: Day | None = Field(None, description="This day included.")
    by: Annotated[str, Field(pattern=r"^([2-9a-z]{12})?$")] = ""


@router.pages("/trail", scope=Scope.TRAIL_READ, out=TraceOut)
def trail(request: HttpRequest, asked: Query[TrailQuery]) -> QuerySet[Trace]:
    """Who changed stock, prices, roles and money that concern one, and why."""
    caller = caller_of(request)
    traces = selectors.traces_seen_by(caller.person, caller.acting.organization)
    chosen = selectors.TrailFilter(
        kinds=kinds_of(asked.topic) if asked.topic else (),
        person=asked.by,
        since=asked.since,
        until=asked.until,
    )
    return selectors.chosen_traces(traces, chosen)
