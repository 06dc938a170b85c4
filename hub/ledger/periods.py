"""Closed periods: once its books are closed, nothing is written in a period any more.

The whole ledger has one calendar, as an account may serve several hubs. A correction
that comes later falls on the first open day, so statements of a closed period never
change.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection, transaction

from hub.ledger.core.errors import PeriodNotOver, PeriodStaysClosed
from hub.ledger.models import PeriodEnd

PERIODS = 20_260_102
"""The advisory lock that a posting takes in share and a closing takes alone."""

_SUM_UP = """
    SELECT count(*), encode(sha256(convert_to(
        coalesce(string_agg(content_sha256, '' ORDER BY id), ''), 'UTF8')), 'hex')
    FROM ledger_posting
    WHERE effective_on <= %s AND (%s::date IS NULL OR effective_on > %s)
"""


@dataclass(frozen=True, slots=True)
class Period:
    """A closed period: its last day, when it was closed, and what it held then."""

    ends_on: date
    closed_at: datetime
    num_postings: int
    postings_sha256: str


def closed_until() -> date | None:
    """The last day of the closed books; None while nothing was closed."""
    last = PeriodEnd.objects.order_by("-ends_on").first()
    return last.ends_on if last else None


def closed_periods() -> list[Period]:
    """All closed periods, the latest first."""
    rows = PeriodEnd.objects.order_by("-ends_on")
    return [
        Period(row.ends_on, row.closed_at, row.num_postings, row.postings_sha256)
        for row in rows
    ]


@transaction.atomic
def close_period(*, ends_on: date, today: date) -> Period:
    """Close the books up to and with `ends_on`, for ever; closing twice is once.

    Waits for the postings that have begun; those that begin meanwhile wait, then meet
    a closed period. Raises PeriodNotOver, PeriodStaysClosed.
    """
    if ends_on >= today:
        raise PeriodNotOver(ends_on=ends_on.isoformat())
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [PERIODS])
    last = closed_until()
    if last is not None and ends_on < last:
        raise PeriodStaysClosed(closed_until=last.isoformat())
    if ends_on != last:
        num_postings, sha256 = sum_up(after=last, until=ends_on)
        PeriodEnd.objects.bulk_create(
            [
                PeriodEnd(
                    ends_on=ends_on, num_postings=num_postings, postings_sha256=sha256
                )
            ]
        )
    return next(period for period in closed_periods() if period.ends_on == ends_on)


def sum_up(*, after: date | None, until: date) -> tuple[int, str]:
    """How many postings lie after one day and until another, and their hash."""
    with connection.cursor() as cursor:
        cursor.execute(_SUM_UP, [until, after, after])
        num_postings, sha256 = cursor.fetchone()
    return int(num_postings), str(sha256)


def last_month_end(day: date) -> date:
    """The last day of the month before the month of `day`."""
    return day.replace(day=1) - timedelta(days=1)


def next_period(
    *, closed: date | None, today: date, month_closes_on: int
) -> tuple[date, date]:
    """The last day of the month to be closed next, and the day on which it will be.

    A night closes the month before, from day `month_closes_on` on; months that were
    left open before it are closed with it.
    """
    ended = last_month_end(today)
    ends_on = ended if closed is None or closed < ended else _month_end(today)
    closes_on = (ends_on + timedelta(days=1)).replace(day=month_closes_on)
    return ends_on, max(closes_on, today)


def _month_end(day: date) -> date:
    return last_month_end((day.replace(day=28) + timedelta(days=4)).replace(day=1))
