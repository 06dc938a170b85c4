"""Quiet hours: when a person does not want to be written to, by clocks on the wall."""

from datetime import datetime, timedelta

from hub.core.periods import at_local, local_clock

QUIET_FROM_S = 21 * 3_600
QUIET_UNTIL_S = 7 * 3_600


def quiet_until(now: datetime, *, from_s: int, until_s: int) -> datetime | None:
    """The moment at which quiet hours that hold `now` end, or None outside of them.

    Both are seconds from midnight on clocks in Quebec; the hours may pass midnight, and
    equal ones mean none. When the clocks change at night the end is the moment at
    which clocks first show it; a clock that shows an hour a second time waits no more.
    """
    today, now_s = local_clock(now)
    if from_s <= until_s:
        is_quiet, ends_on = from_s <= now_s < until_s, today
    else:
        is_quiet = now_s >= from_s or now_s < until_s
        ends_on = today + timedelta(days=1) if now_s >= from_s else today
    if not is_quiet:
        return None
    ends_at = at_local(ends_on, until_s)
    return ends_at if ends_at > now else None
