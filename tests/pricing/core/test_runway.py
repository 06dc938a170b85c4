"""How long the solidarity fund lasts, and when it stops promising more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.core.runway import Thresholds, guard, runway


def test_the_runway_is_the_free_money_over_the_average_draw():
    # 1 000 $ less 200 $ held, at 100 $ a week on average
    current = runway(100_000, 20_000, [5_000, 15_000, 10_000, 10_000])

    assert current.weeks == 8


def test_a_fund_that_gains_has_no_end():
    assert runway(100_000, 0, [-5_000, 1_000]).weeks is None


def test_a_fund_without_history_has_no_end():
    assert runway(100_000, 0, []).weeks is None


@pytest.mark.parametrize(
    ("free_cents", "expected"),
    [
        (80_000, "ok"),
        (79_999, "warn"),
        (20_000, "warn"),
        (19_999, "stop"),
        (0, "stop"),
        (-1, "stop"),
    ],
)
def test_the_guard_warns_and_then_stops(free_cents, expected):
    # at 100 $ a week: 800 $ is eight weeks, 200 $ is two
    current = runway(free_cents, 0, [10_000])

    assert guard(current) == expected


def test_a_fund_with_no_free_money_stops_even_when_nothing_is_drawn():
    assert guard(runway(5_000, 5_000, [])) == "stop"


def test_a_hub_sets_its_own_thresholds():
    current = runway(50_000, 0, [10_000])

    assert guard(current, Thresholds(warn_weeks=4, stop_weeks=2)) == "ok"


def test_a_stop_before_its_warning_is_a_mistake():
    with pytest.raises(ValueError, match="before the stop"):
        Thresholds(warn_weeks=2, stop_weeks=3)


@given(
    st.integers(0, 10**8),
    st.integers(0, 10**6),
    st.lists(st.integers(-(10**5), 10**6), max_size=12),
)
def test_more_money_never_makes_the_guard_stricter(balance, more, draws):
    order = ["stop", "warn", "ok"]

    before = guard(runway(balance, 0, draws))
    after = guard(runway(balance + more, 0, draws))

    assert order.index(after) >= order.index(before)
