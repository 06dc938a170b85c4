"""Calendars that other programs subscribe to: whose they are, their tokens, events.

A calendar program cannot sign in: its address carries a token that nobody can guess,
kept as a digest. An event keeps its name; when something of it changes, its number
rises, and one that is no longer there is called off rather than lost (RFC 5545).
"""

import hashlib
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from hub.core.ids import ALPHABET

TOKEN_LENGTH = 40
MOST_READS_AN_HOUR = 60
"""Readings of one calendar; programs ask every quarter of an hour at most."""
SHOWN_BEFORE = timedelta(days=60)
SHOWN_AFTER = timedelta(days=400)
"""How far from today a calendar reaches."""
MOST_EVENTS = 600
LONGEST_TITLE, LONGEST_TEXT = 200, 4_000
_BREAKS = {"\r": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"}

Known = Mapping[str, Mapping[str, Any]]
"""What was told of each event, by its name: print, sequence, changed, starts, ends."""


class CalendarKind(StrEnum):
    """What a calendar shows."""

    CYCLES = "cycles"
    ROUTES = "routes"
    BOOKINGS = "bookings"


READERS: Mapping[CalendarKind, frozenset[str] | None] = {
    CalendarKind.CYCLES: None,
    CalendarKind.ROUTES: frozenset({"coordinator", "driver"}),
    CalendarKind.BOOKINGS: frozenset(
        {"coordinator", "driver", "producer", "group_buyer", "institutional_buyer"}
    ),
}
"""Roles that have each calendar; None: anybody with a role."""


class Status(StrEnum):
    """How sure an event is."""

    TENTATIVE = "TENTATIVE"
    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One entry of a calendar: days, or moments with their zone.

    A day's `ends` is the day after its last. Without an end, an event is a moment.
    `is_busy` says whether its reader is taken meanwhile.
    """

    name: str
    starts: date
    ends: date | None = None
    title: str = ""
    text: str = ""
    place: str = ""
    url: str = ""
    status: Status = Status.CONFIRMED
    is_busy: bool = False

    @property
    def print(self) -> str:
        """What tells this content from another; addresses of pages do not count."""
        said = repr(replace(self, url=""))
        return hashlib.sha256(said.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Numbered:
    """An event with how often it changed, and when it last did."""

    event: Event
    sequence: int
    changed_at: datetime


def new_token() -> str:
    """A token that nobody can guess: 31^40, about 198 bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(TOKEN_LENGTH))


def digest_of_token(token: str) -> str:
    """SHA-256, in hexadecimal: a random token needs no slow digest."""
    return hashlib.sha256(token.encode()).hexdigest()


def may_have(kind: CalendarKind, roles: Iterable[str]) -> bool:
    """Whether somebody with these roles has this calendar."""
    wanted = READERS[kind]
    return bool(set(roles)) if wanted is None else bool(wanted & set(roles))


def plain(text: str, longest: int = LONGEST_TEXT) -> str:
    """Text without the control signs that no calendar may hold, and of a sane length.

    Every sign that some program takes for the end of a line is a line break.
    """
    text = text.replace("\r\n", "\n")
    kept = "".join(_BREAKS.get(sign, sign) for sign in text)
    kept = "".join(s for s in kept if s in "\n\t" or (s >= " " and s != "\x7f"))
    return kept if len(kept) <= longest else kept[: longest - 1] + "…"


def line(text: str) -> str:
    """The same on one line, for titles and places."""
    return re.sub(r"[\n\t ]+", " ", plain(text, LONGEST_TITLE)).strip()


def numbered(
    events: Iterable[Event], known: Known, *, now: datetime, called_off: str
) -> tuple[list[Numbered], dict[str, dict[str, Any]]]:
    """Number events by what was told before; those that are gone are called off.

    Of an event that is gone its hours alone are told, under the title `called_off`,
    until it would have left the calendar. Gives the events and what to remember.
    """
    here = {event.name: event for event in events}
    earliest = (now - SHOWN_BEFORE).date()
    for name, told in known.items():
        gone = _called_off(name, told, called_off)
        if name not in here and _day(gone.starts) >= earliest:
            here[name] = gone
    found, kept = [], {}
    for event in list(here.values())[:MOST_EVENTS]:
        told = known.get(event.name, {})
        is_same = told.get("print") == event.print
        changed_at = datetime.fromisoformat(told["changed"]) if is_same else now
        sequence = told["sequence"] + (not is_same) if told else 0
        found.append(Numbered(event, sequence, changed_at.replace(microsecond=0)))
        kept[event.name] = {
            "print": event.print,
            "sequence": sequence,
            "changed": changed_at.isoformat(),
            "starts": event.starts.isoformat(),
            "ends": event.ends.isoformat() if event.ends else None,
        }
    return found, kept


def _called_off(name: str, told: Mapping[str, Any], title: str) -> Event:
    ends = told["ends"]
    return Event(
        name=name,
        starts=_read(told["starts"]),
        ends=_read(ends) if ends else None,
        title=title,
        status=Status.CANCELLED,
    )


def _read(text: str) -> date:
    """A day or a moment, as `isoformat` wrote it."""
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
