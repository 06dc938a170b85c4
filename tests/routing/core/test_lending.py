"""Days and hours of a loan, by hand."""

from datetime import date

import pytest

from routing.core.errors import LoanHoursRefused, NoDayToLend, TooManyDays
from routing.core.lending import days_between, hours_of, overlap

MONDAY, SUNDAY = date(2026, 6, 15), date(2026, 6, 21)


def test_a_range_of_weekdays_gives_concrete_days():
    days = days_between(MONDAY, SUNDAY, weekdays=[1, 3])

    assert days == (date(2026, 6, 16), date(2026, 6, 18))


def test_no_weekday_named_means_every_day():
    assert len(days_between(MONDAY, SUNDAY)) == 7


def test_one_day_is_a_range():
    assert days_between(MONDAY, MONDAY) == (MONDAY,)


@pytest.mark.parametrize(
    ("first_on", "last_on", "weekdays"),
    [(SUNDAY, MONDAY, ()), (MONDAY, MONDAY, (6,))],
)
def test_no_day_left_is_refused(first_on, last_on, weekdays):
    with pytest.raises(NoDayToLend):
        days_between(first_on, last_on, weekdays)


def test_an_offer_reaches_over_92_days_and_no_more():
    assert len(days_between(MONDAY, date(2026, 9, 14))) == 92
    with pytest.raises(TooManyDays):
        days_between(MONDAY, date(2026, 9, 15))


def test_a_morning_takes_its_hours():
    assert hours_of(6 * 3_600, 9 * 3_600) == (6, 7, 8)


@pytest.mark.parametrize(
    ("start_s", "end_s"), [(6 * 3_600, 6 * 3_600), (1_800, 7_200), (3_600, 25 * 3_600)]
)
def test_hours_that_cannot_be_lent_are_refused(start_s, end_s):
    with pytest.raises(LoanHoursRefused):
        hours_of(start_s, end_s)


@pytest.mark.parametrize(
    ("first", "second", "shared"),
    [((6, 9), (9, 12), False), ((6, 10), (9, 12), True), ((8, 9), (6, 12), True)],
)
def test_what_ends_when_the_other_begins_shares_nothing(first, second, shared):
    assert (overlap(first, second), overlap(second, first)) == (shared, shared)
