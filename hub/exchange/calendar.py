"""A calendar as an iCalendar file (RFC 5545) that other programs subscribe to."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar

from hub.core.calendars import Numbered, line, plain
from hub.core.periods import MONTREAL

CONTENT_TYPE = "text/calendar; charset=utf-8"
READ_AGAIN_AFTER = timedelta(hours=1)


def written(
    events: Sequence[Numbered], *, title: str, zone: ZoneInfo = MONTREAL
) -> bytes:
    """The file: hours are those of clocks in `zone`, whose rules it carries.

    Lines end in CRLF and are folded at 75 bytes. The same events give the same bytes.
    """
    calendar = icalendar.Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Charroi//Charroi//FR")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", line(title))
    calendar.add("x-wr-timezone", zone.key)
    calendar.add("refresh-interval", READ_AGAIN_AFTER, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for row in sorted(events, key=lambda row: row.event.name):
        calendar.add_component(_event(row, zone))
    if any(isinstance(row.event.starts, datetime) for row in events):
        days = [
            day for row in events for day in (row.event.starts, row.event.ends) if day
        ]
        calendar.add_missing_timezones(
            first_date=date(min(day.year for day in days), 1, 1),
            last_date=date(max(day.year for day in days), 12, 31),
        )
    return bytes(calendar.to_ical())


def _event(row: Numbered, zone: ZoneInfo) -> icalendar.Event:
    said = row.event
    event = icalendar.Event()
    event.add("uid", f"{said.name}@charroi")
    event.add("dtstamp", row.changed_at.astimezone(UTC))
    event.add("last-modified", row.changed_at.astimezone(UTC))
    event.add("sequence", row.sequence)
    event.add("dtstart", _shown(said.starts, zone))
    if said.ends is not None:
        event.add("dtend", _shown(said.ends, zone))
    event.add("summary", line(said.title))
    if said.text:
        event.add("description", plain(said.text))
    if said.place:
        event.add("location", line(said.place))
    if said.url:
        event.add("url", said.url)
    event.add("status", said.status.value)
    event.add("transp", "OPAQUE" if said.is_busy else "TRANSPARENT")
    return event


def _shown(when: date, zone: ZoneInfo) -> date:
    """A day as it is; a moment by the clocks of the zone.

    In autumn an hour is shown twice, and a calendar reads its first showing: a moment
    of the second is written in universal time.
    """
    if not isinstance(when, datetime):
        return when
    local = when.astimezone(zone)
    return when.astimezone(UTC) if local.fold else local
