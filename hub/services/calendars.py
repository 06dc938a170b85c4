"""Calendars: an address is made, shown once and taken back; its events are numbered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Case, F, Value, When

from hub.core.calendars import (
    MOST_READS_AN_HOUR,
    CalendarKind,
    Event,
    Numbered,
    digest_of_token,
    new_token,
    numbered,
)
from hub.models import CalendarFeed

if TYPE_CHECKING:
    from hub.models import Person


def make_calendar(*, person: Person, kind: CalendarKind, now: datetime) -> str:
    """Give a calendar an address of its own; one that it had before is dead.

    Gives the token, which nothing can show again.
    """
    token = new_token()
    facts = {"digest": digest_of_token(token), "made_at": now, "last_read_at": None}
    CalendarFeed.objects.update_or_create(
        person=person, kind=kind.value, defaults=facts
    )
    return token


def revoke_calendar(*, person: Person, kind: CalendarKind) -> None:
    """Let nobody read a calendar by its address any more; safe to repeat."""
    mine = CalendarFeed.objects.filter(person=person, kind=kind.value)
    mine.update(digest="", last_read_at=None)


def note_reading(*, feed: CalendarFeed, now: datetime) -> bool:
    """Remember that a calendar was read; False when it is asked too often."""
    hour_at = now.replace(minute=0, second=0, microsecond=0)
    if feed.hour_at == hour_at and feed.num_reads >= MOST_READS_AN_HOUR:
        return False
    counted = Case(When(hour_at=hour_at, then=F("num_reads") + 1), default=Value(1))
    CalendarFeed.objects.filter(pk=feed.pk).update(
        num_reads=counted, hour_at=hour_at, last_read_at=now
    )
    return True


@transaction.atomic
def number_events(
    *,
    person: Person,
    kind: CalendarKind,
    events: Iterable[Event],
    now: datetime,
    called_off: str,
) -> list[Numbered]:
    """Number the events of a calendar, and remember what was told of each.

    Two programs that read at once are served one after the other. Writes only when
    something changed.
    """
    rows = CalendarFeed.objects.select_for_update().filter(
        person=person, kind=kind.value
    )
    row = rows.first()
    if row is None:
        CalendarFeed.objects.get_or_create(person=person, kind=kind.value)
        row = rows.get()
    found, known = numbered(events, row.known, now=now, called_off=called_off)
    if known != row.known:
        row.known = known
        row.save(update_fields=["known"])
    return found
