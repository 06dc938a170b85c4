"""Quiet hours end when the clock on the wall says so, also when clocks change."""

from datetime import UTC, date, datetime

import pytest

from hub.core.periods import MONTREAL, at_local
from hub.core.quiet import QUIET_FROM_S, QUIET_UNTIL_S, quiet_until

NIGHT = {"from_s": QUIET_FROM_S, "until_s": QUIET_UNTIL_S}
TUESDAY = date(2026, 6, 16)


def hour(on: date, hours: float) -> datetime:
    return at_local(on, round(hours * 3_600))


@pytest.mark.parametrize(
    ("at", "ends"),
    [
        (20.99, None),
        (21, (17, 7)),
        (23.5, (17, 7)),
        (0, (16, 7)),
        (6.99, (16, 7)),
        (7, None),
        (12, None),
    ],
)
def test_the_night_lasts_from_nine_until_seven(at, ends):
    expected = hour(TUESDAY.replace(day=ends[0]), ends[1]) if ends else None

    assert quiet_until(hour(TUESDAY, at), **NIGHT) == expected


def test_hours_within_a_day_end_the_same_day():
    noon = quiet_until(hour(TUESDAY, 12.5), from_s=43_200, until_s=50_400)

    assert (noon, quiet_until(hour(TUESDAY, 15), from_s=43_200, until_s=50_400)) == (
        hour(TUESDAY, 14),
        None,
    )


def test_hours_within_a_day_are_over_at_their_end():
    ends = [
        quiet_until(hour(TUESDAY, at), from_s=43_200, until_s=50_400) for at in (12, 14)
    ]

    assert ends == [hour(TUESDAY, 14), None]


def test_the_same_hour_twice_means_no_quiet_hours():
    assert quiet_until(hour(TUESDAY, 3), from_s=0, until_s=0) is None


@pytest.mark.parametrize("on", [date(2026, 3, 7), date(2026, 10, 31)])
def test_seven_is_seven_on_the_wall_after_the_clocks_change(on):
    ends_at = quiet_until(hour(on, 22), **NIGHT)

    assert ends_at is not None
    local = ends_at.astimezone(MONTREAL)
    assert (local.hour, local.minute, (local.date() - on).days) == (7, 0, 1)


def test_an_end_that_clocks_skip_is_the_moment_they_jump():
    ends_at = quiet_until(hour(date(2026, 3, 7), 23), from_s=82_800, until_s=9_000)

    assert ends_at == datetime(2026, 3, 8, 7, 0, tzinfo=UTC)


def test_an_hour_shown_twice_holds_nobody_back_a_second_time():
    again = datetime(2026, 11, 1, 6, 15, tzinfo=UTC)

    assert again.astimezone(MONTREAL).strftime("%H:%M") == "01:15"
    assert quiet_until(again, from_s=QUIET_FROM_S, until_s=5_400) is None
