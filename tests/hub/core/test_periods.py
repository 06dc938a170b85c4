"""Weeks and local times; clocks in Montreal jump on 2026-03-08 and 2026-11-01."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.core.periods import DAY_S, at_local, local_clock, monday_of

HOUR_S = 3_600
days = st.dates(date(2000, 1, 1), date(2060, 12, 31))
change_days = st.sampled_from([date(2026, 3, 8), date(2026, 11, 1)])


@pytest.mark.parametrize(
    "day", [date(2026, 11, 16), date(2026, 11, 21), date(2026, 11, 22)]
)
def test_a_week_is_named_by_its_monday(day):
    assert monday_of(day) == date(2026, 11, 16)


@given(days)
def test_the_monday_is_a_monday_within_the_seven_days_before(day):
    monday = monday_of(day)

    assert monday.weekday() == 0
    assert timedelta(0) <= day - monday < timedelta(days=7)


@pytest.mark.parametrize(
    ("day", "seconds", "expected"),
    [
        # an ordinary winter evening, five hours behind
        (date(2026, 1, 15), 18 * HOUR_S, datetime(2026, 1, 15, 23, tzinfo=UTC)),
        # a summer evening, four hours behind
        (date(2026, 7, 15), 18 * HOUR_S, datetime(2026, 7, 15, 22, tzinfo=UTC)),
        # six in the evening of the day the clocks jump: the wall, not the hours gone
        (date(2026, 3, 8), 18 * HOUR_S, datetime(2026, 3, 8, 22, tzinfo=UTC)),
        (date(2026, 11, 1), 18 * HOUR_S, datetime(2026, 11, 1, 23, tzinfo=UTC)),
        # half past two was skipped: the moment the clocks jump, three o'clock
        (date(2026, 3, 8), 9_000, datetime(2026, 3, 8, 7, tzinfo=UTC)),
        # half past one was shown twice: its first showing
        (date(2026, 11, 1), 5_400, datetime(2026, 11, 1, 5, 30, tzinfo=UTC)),
        # midnight at the end of a day is the start of the next
        (date(2026, 11, 1), DAY_S, datetime(2026, 11, 2, 5, tzinfo=UTC)),
    ],
)
def test_a_closing_time_is_what_the_clock_on_the_wall_shows(day, seconds, expected):
    assert at_local(day, seconds) == expected


@given(change_days, st.integers(0, DAY_S - 1), st.integers(0, DAY_S - 1))
def test_a_later_clock_time_never_gives_an_earlier_moment(day, one, other):
    low, high = sorted((one, other))

    assert at_local(day, low) <= at_local(day, high)


@given(days, st.integers(0, DAY_S - 1))
def test_a_local_time_reads_back_unless_it_was_skipped(day, seconds):
    moment = at_local(day, seconds)

    read_day, read_s = local_clock(moment)

    assert read_day == day
    assert read_s == seconds or (read_s == 3 * HOUR_S and 7_200 <= seconds < 10_800)
