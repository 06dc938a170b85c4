"""Days and hours for which a truck is lent, as plain arithmetic."""

from collections.abc import Collection
from datetime import date, timedelta

from hub.core.periods import DAY_S
from routing.core.errors import LoanHoursRefused, NoDayToLend, TooManyDays

HOUR_S = 3_600
LONGEST_OFFER_DAYS = 92
"""One offer reaches three months at most; a season is several offers."""


def days_between(
    first_on: date, last_on: date, weekdays: Collection[int] = ()
) -> tuple[date, ...]:
    """The days from the first to the last, both included, on these weekdays only.

    Monday is 0; no weekday named means all of them. Raises TooManyDays, and
    NoDayToLend when nothing is left.
    """
    num_days = (last_on - first_on).days + 1
    if num_days > LONGEST_OFFER_DAYS:
        raise TooManyDays(limit=LONGEST_OFFER_DAYS)
    days = (first_on + timedelta(days=number) for number in range(max(num_days, 0)))
    kept = tuple(day for day in days if not weekdays or day.weekday() in weekdays)
    if not kept:
        raise NoDayToLend
    return kept


def hours_of(start_s: int, end_s: int) -> tuple[int, ...]:
    """The hours of the day that a loan takes; it begins and ends on the hour.

    Raises LoanHoursRefused.
    """
    if start_s % HOUR_S or end_s % HOUR_S or not 0 <= start_s < end_s <= DAY_S:
        raise LoanHoursRefused
    return tuple(range(start_s // HOUR_S, end_s // HOUR_S))


def overlap(first: tuple[int, int], second: tuple[int, int]) -> bool:
    """Whether two stretches of a day, each from its start to its end, share a moment.

    One that ends when the other begins shares none.
    """
    return first[0] < second[1] and second[0] < first[1]
