"""How the site is, for monitors: database, room to write, clock; never a secret."""

from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.db import Error as DatabaseError
from django.db import connection

from hub.core.trouble import BUSY, DOWN, FULL, Trouble, trouble_of

CLOCK_KEY = "clock"
CLOCK_LATE_S = 90
"""Six ticks missed: the clock, the queue or every worker stands still."""
_STATES = {BUSY: "busy", FULL: "full", DOWN: "down"}
# With so little memory PostgreSQL counts these on disk: a file of a quarter of a
# megabyte, gone with the statement. A full disk refuses it, and nothing is left.
_TRIAL = (
    "SET work_mem = '64kB'; SELECT count(*) FROM generate_series(1, 6000);"
    " RESET work_mem"
)


@dataclass(frozen=True, slots=True)
class Health:
    """What a monitor reads; `is_up` is false while nobody can be served whole."""

    is_up: bool
    facts: dict[str, str | int | None]


def trouble_now() -> Trouble | None:
    """What the database cannot do at this moment: be read, or write a small file."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(_TRIAL)
    except DatabaseError as error:
        return trouble_of(getattr(error.__cause__, "sqlstate", None))
    return None


def site_health(*, now: datetime) -> Health:
    """Read the database, let it write a small file, look at the clock."""
    if trouble := trouble_now():
        return Health(False, {"database": _STATES[trouble]})
    try:
        ticked_at = cache.get(CLOCK_KEY)
    except DatabaseError:
        return Health(False, {"database": _STATES[DOWN]})
    if ticked_at is None:
        return Health(True, {"database": "up", "clock": "never", "clock_age_s": None})
    age_s = round((now - ticked_at).total_seconds())
    state = "ticking" if age_s <= CLOCK_LATE_S else "late"
    return Health(True, {"database": "up", "clock": state, "clock_age_s": age_s})
