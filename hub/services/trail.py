"""The trail: services write what they changed, in the transaction that changed it.

Who asks is said once by the door that let them in (`asked_by`): a page, a program.
A service that is told its `by` hands it down; otherwise the door's person stands. With
neither, Charroi did it by itself: the clock, a worker, a command.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from hub.core.trail import RULES, Kind
from hub.core.trail_facts import changes_of, require_facts
from hub.models import Person, Trace, TraceReader


@dataclass(frozen=True, slots=True)
class Asking:
    """Who stands at a door, and the key of what they sent.

    `person` may be the lazy user of a session: it is looked at when a trace is written,
    and not before; a stranger is nobody.
    """

    person: Any
    key: str = ""

    def who(self) -> Person | None:
        """The person or program; nobody for a stranger."""
        return self.person if self.person.is_authenticated else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One change: of what, for which organizations (by key), from what to what.

    `subject` is the public id of what changed and what it is called now. `why` is what
    a person gave as a reason, `rule` the rule of `hub.core.trail.RULES` behind it.
    With `is_once` the same kind under the same `key` leaves nothing the second time;
    for what is claimed by that key before it is told.
    """

    kind: Kind
    subject: tuple[str, str]
    concerns: Collection[int | None]
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)
    why: str = ""
    rule: str = ""
    about: Person | None = None
    key: str = ""
    is_once: bool = False


_ASKING: ContextVar[Asking | None] = ContextVar("asking", default=None)


@contextmanager
def asked_by(asking: Asking) -> Iterator[None]:
    """Say who asks for what is done inside the block."""
    token = _ASKING.set(asking)
    try:
        yield
    finally:
        _ASKING.reset(token)


def record(fact: Fact, *, by: Person | None = None) -> None:
    """Write one change; a change that says the same before and after leaves nothing."""
    record_all([fact], by=by)


@transaction.atomic(savepoint=False)
def record_all(facts: Sequence[Fact], *, by: Person | None = None) -> None:
    """Write several changes in two queries, whoever reads them later.

    Call it in the transaction of the changes: both stand or neither.
    """
    told = [fact for fact in facts if _says_something(fact)]
    if not told:
        return
    asking = _ASKING.get()
    person = by or (asking.who() if asking else None)
    key = asking.key if asking else ""
    traces = Trace.objects.bulk_create(_trace(fact, person, key) for fact in told)
    TraceReader.objects.bulk_create(
        TraceReader(trace=trace, organization_id=pk)
        for trace, fact in zip(traces, told, strict=True)
        for pk in sorted({pk for pk in fact.concerns if pk is not None})
    )


def _says_something(fact: Fact) -> bool:
    if fact.is_once and Trace.objects.filter(kind=fact.kind, key=fact.key).exists():
        return False
    return not (fact.before or fact.after) or bool(changes_of(fact.before, fact.after))


def _trace(fact: Fact, person: Person | None, key: str) -> Trace:
    require_facts({**fact.before, **fact.after})
    assert not fact.rule or fact.rule in RULES, fact.rule
    subject_id, subject = fact.subject
    return Trace(
        kind=fact.kind,
        door=_door(person),
        person_id=person.pk if person else None,
        about_id=fact.about.pk if fact.about else None,
        subject_id=subject_id,
        subject=subject[:300],
        before=dict(fact.before),
        after=dict(fact.after),
        why=fact.why.strip()[:500],
        rule=fact.rule,
        key=(fact.key or key)[:200],
    )


def _door(person: Person | None) -> Trace.Door:
    if person is None:
        return Trace.Door.ITSELF
    return Trace.Door.PROGRAM if person.is_machine else Trace.Door.PAGE
