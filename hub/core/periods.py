"""Weeks named by their Monday, and local times that survive both clock changes."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MONTREAL = ZoneInfo("America/Toronto")
"""The zone of southern Quebec; the time zone database files it under Toronto."""

DAY_S = 86_400


def monday_of(day: date) -> date:
    """Name the week a day belongs to."""
    return day - timedelta(days=day.weekday())


def at_local(day: date, seconds: int, zone: ZoneInfo = MONTREAL) -> datetime:
    """Give the moment at which local clocks show `seconds` after midnight.

    The seconds are those of the clock on the wall, not those elapsed: 64 800 is
    six in the evening on every day of the year. In autumn an hour shown twice
    means its first showing; in spring a time that is skipped means the moment the
    clocks jump. So a later clock time never gives an earlier moment.
    86 400 and more reach into the following days.
    The moment is in UTC: two moments of one local zone would compare by their
    clocks, wrongly in the hour that is shown twice.
    """
    shown = datetime.combine(day, time.min) + timedelta(seconds=seconds)
    moment = shown.replace(tzinfo=zone).astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) != shown:
        return _end_of_gap(shown, zone)
    return moment


def local_clock(moment: datetime, zone: ZoneInfo = MONTREAL) -> tuple[date, int]:
    """Give the local date of a moment, and the seconds the clock on the wall shows."""
    local = moment.astimezone(zone)
    return local.date(), local.hour * 3_600 + local.minute * 60 + local.second


def _end_of_gap(skipped: datetime, zone: ZoneInfo) -> datetime:
    """Find, to the second, the moment the clocks jumped over `skipped`."""
    before = skipped.replace(tzinfo=zone, fold=1).astimezone(UTC)
    after = skipped.replace(tzinfo=zone, fold=0).astimezone(UTC)
    new_offset = after.astimezone(zone).utcoffset()
    low, high = 0, int((after - before).total_seconds())
    while high - low > 1:
        middle = (low + high) // 2
        moment = before + timedelta(seconds=middle)
        if moment.astimezone(zone).utcoffset() == new_offset:
            high = middle
        else:
            low = middle
    return before + timedelta(seconds=high)
