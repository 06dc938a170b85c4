"""A calendar file: its lines, its hours, and names that try to be lines."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest

from hub.core.calendars import Event, Numbered, Status
from hub.core.periods import at_local
from hub.exchange.calendar import written

CHANGED = datetime(2026, 6, 16, 14, 0, tzinfo=UTC)
HOSTILE = "X\r\nBEGIN:VEVENT\rEND:VCALENDAR;,\\\u2028é"
ONE_DAY = timedelta(days=1)


def numbered(**facts) -> Numbered:
    said = {"name": "one", "starts": date(2026, 6, 18), "title": "Livraison", **facts}
    return Numbered(Event(**said), 3, CHANGED)


def read(*rows: Numbered) -> list[Any]:
    calendar = icalendar.Calendar.from_ical(written(rows, title="Charroi"))
    return list(calendar.walk("VEVENT"))


def test_a_day_is_written_whole_and_always_the_same():
    row = numbered(ends=date(2026, 6, 19), text="Pôle", url="https://a.example/x")

    lines = written([row], title="Charroi · Cycles").decode().split("\r\n")

    assert written([row], title="Charroi · Cycles").decode().split("\r\n") == lines
    assert lines == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Charroi//Charroi//FR",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:Charroi · Cycles",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
        "X-WR-TIMEZONE:America/Toronto",
        "BEGIN:VEVENT",
        "SUMMARY:Livraison",
        "DTSTART;VALUE=DATE:20260618",
        "DTEND;VALUE=DATE:20260619",
        "DTSTAMP:20260616T140000Z",
        "UID:one@charroi",
        "SEQUENCE:3",
        "DESCRIPTION:Pôle",
        "LAST-MODIFIED:20260616T140000Z",
        "STATUS:CONFIRMED",
        "TRANSP:TRANSPARENT",
        "URL:https://a.example/x",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_a_name_is_never_a_line():
    row = numbered(title=HOSTILE, text=HOSTILE, place=HOSTILE)

    raw = written([row], title=HOSTILE)

    lines = raw.decode().split("\r\n")
    unfolded = raw.decode().replace("\r\n ", "")
    (event,) = read(row)
    assert [lines.count(f"{verb}:VEVENT") for verb in ("BEGIN", "END")] == [1, 1]
    assert lines.count("END:VCALENDAR") == 1
    assert "\r" not in "".join(lines)
    assert "\n" not in "".join(lines)
    assert unfolded.count("BEGIN:VEVENT") == 1 + 4
    assert str(event["SUMMARY"]) == "X BEGIN:VEVENT END:VCALENDAR;,\\ é"
    assert str(event["DESCRIPTION"]) == "X\nBEGIN:VEVENT\nEND:VCALENDAR;,\\\né"


def test_long_lines_are_folded_between_whole_letters():
    row = numbered(title="é" * 150, text="Ferme des Érables, " * 100)

    lines = written([row], title="Charroi").split(b"\r\n")

    (event,) = read(row)
    assert max(len(each) for each in lines) <= 75
    assert [each.decode() for each in lines]
    assert str(event["SUMMARY"]) == "é" * 150


@pytest.mark.parametrize(
    ("on", "offset"),
    [
        (date(2026, 3, 7), "-0500"),
        (date(2026, 3, 9), "-0400"),
        (date(2026, 10, 31), "-0400"),
        (date(2026, 11, 2), "-0500"),
    ],
)
def test_hours_are_those_of_the_clocks_on_both_sides_of_a_change(on, offset):
    moment = at_local(on, 32_400)

    (event,) = read(numbered(starts=moment, ends=moment + timedelta(hours=2)))

    raw = written([numbered(starts=moment)], title="Charroi").decode()
    assert f"DTSTART;TZID=America/Toronto:{on:%Y%m%d}T090000" in raw
    assert event["DTSTART"].dt == moment
    assert event["DTSTART"].dt.strftime("%H:%M %z") == f"09:00 {offset}"


def test_the_rules_of_the_zone_stand_in_the_file():
    moment = at_local(date(2026, 6, 18), 32_400)

    calendar = icalendar.Calendar.from_ical(
        written([numbered(starts=moment)], title="Charroi")
    )

    zone: Any = calendar.walk("VTIMEZONE")[0]
    assert str(zone["TZID"]) == "America/Toronto"
    found = {
        (part.name, part["DTSTART"].dt.isoformat(), part["TZOFFSETTO"].to_ical())
        for part in zone.subcomponents
    }
    assert found >= {
        ("DAYLIGHT", "2026-03-08T03:00:00", "-0400"),
        ("STANDARD", "2026-11-01T02:00:00", "-0500"),
    }


@pytest.mark.parametrize(("hour", "written_as"), [(5, ";TZID"), (6, ":20261101T06")])
def test_the_hour_that_clocks_show_twice_is_not_mistaken(hour, written_as):
    moment = datetime(2026, 11, 1, hour, 30, tzinfo=UTC)

    (event,) = read(numbered(starts=moment))

    raw = written([numbered(starts=moment)], title="Charroi").decode()
    assert f"DTSTART{written_as}" in raw
    assert event["DTSTART"].dt.astimezone(UTC) == moment


def test_another_zone_has_its_own_clocks():
    moment = datetime(2026, 6, 18, 13, 0, tzinfo=UTC)

    raw = written(
        [numbered(starts=moment)], title="Charroi", zone=ZoneInfo("America/Halifax")
    ).decode()

    assert "DTSTART;TZID=America/Halifax:20260618T100000" in raw
    assert "X-WR-TIMEZONE:America/Halifax" in raw


def test_how_sure_an_event_is():
    rows = [
        numbered(name="a", status=Status.TENTATIVE),
        numbered(name="b", status=Status.CANCELLED, is_busy=True),
    ]

    found = [(str(one["STATUS"]), str(one["TRANSP"])) for one in read(*rows)]

    assert found == [("TENTATIVE", "TRANSPARENT"), ("CANCELLED", "OPAQUE")]


def test_a_calendar_without_events_is_one():
    assert read() == []
