"""Events keep their name, count their changes, and are called off rather than lost."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hub.core.calendars import (
    MOST_EVENTS,
    CalendarKind,
    Event,
    Status,
    line,
    may_have,
    new_token,
    numbered,
    plain,
)

NOW = datetime(2026, 6, 16, 14, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=2)
ROUTE = Event(
    name="route-a", starts=NOW, ends=LATER, title="Camion", text="8 h · Ferme"
)
DAY = Event(name="day-a", starts=date(2026, 6, 18), title="Livraison")


def told(events, known, *, now=NOW):
    return numbered(events, known, now=now, called_off="Annulé")


def test_what_does_not_change_keeps_its_number_and_its_moment():
    first, known = told([ROUTE, DAY], {})

    again, kept = told([replace(ROUTE, url="https://else.example/"), DAY], known)

    assert [(row.sequence, row.changed_at) for row in first] == [(0, NOW), (0, NOW)]
    assert [(row.sequence, row.changed_at) for row in again] == [(0, NOW), (0, NOW)]
    assert kept == known


def test_what_changes_counts_up():
    _first, known = told([ROUTE], {})

    moved = replace(ROUTE, starts=NOW + timedelta(minutes=5))
    (again,), kept = told([moved], known, now=LATER)

    assert (again.sequence, again.changed_at) == (1, LATER)
    assert kept["route-a"]["sequence"] == 1


def test_what_is_gone_is_called_off_without_its_words_then_comes_back():
    _first, known = told([ROUTE, DAY], {})

    off, known = told([], known, now=LATER)
    (still, _day), known = told([], known, now=LATER + timedelta(hours=1))
    (back,), _known = told([ROUTE], {"route-a": known["route-a"]}, now=LATER)

    assert [row.event for row in off] == [
        Event(
            name="route-a",
            starts=NOW,
            ends=LATER,
            title="Annulé",
            status=Status.CANCELLED,
        ),
        Event(name="day-a", starts=DAY.starts, title="Annulé", status=Status.CANCELLED),
    ]
    assert [row.sequence for row in off] == [1, 1]
    assert (still.sequence, still.changed_at) == (1, LATER)
    assert (back.sequence, back.event) == (2, ROUTE)


def test_what_is_long_past_is_forgotten():
    _first, known = told([ROUTE, DAY], {})

    assert told([], known, now=NOW + timedelta(days=70)) == ([], {})


def test_a_calendar_never_grows_without_end():
    many = [replace(DAY, name=f"day-{number}") for number in range(MOST_EVENTS + 5)]

    found, known = told(many, {})

    assert (len(found), len(known)) == (MOST_EVENTS, MOST_EVENTS)


def test_every_end_of_a_line_is_one_and_control_signs_are_none():
    hostile = "X\r\nBEGIN:VEVENT\rA\u2028B\x85C\x00D\x0bE\x7f"

    assert plain(hostile) == "X\nBEGIN:VEVENT\nA\nB\nCDE"
    assert line(hostile) == "X BEGIN:VEVENT A B CDE"
    assert len(line("é" * 1_000)) == 200
    assert line("é" * 1_000)[-1] == "…"


def test_who_has_which_calendar():
    kinds = {
        role: [kind.value for kind in CalendarKind if may_have(kind, {role})]
        for role in ("coordinator", "driver", "producer", "funder")
    }

    assert kinds == {
        "coordinator": ["cycles", "routes", "bookings"],
        "driver": ["cycles", "routes", "bookings"],
        "producer": ["cycles", "bookings"],
        "funder": ["cycles"],
    }
    assert [kind for kind in CalendarKind if may_have(kind, ())] == []


def test_tokens_are_long_and_never_twice():
    tokens = {new_token() for _ in range(100)}

    assert (len(tokens), {len(token) for token in tokens}) == (100, {40})
