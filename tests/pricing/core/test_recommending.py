"""The multipliers a fund can carry, against a search through all of them."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pricing.core.errors import MultiplierOutOfRange, NothingToWeigh
from pricing.core.solve.recommending import Wish, recommend


def wish(**told):
    usual = {
        "coverage_bps": 2_500,
        "support_share_bps": 3_333,
        "wanted_percent": 80,
        "weekly_value_cents": 1_000_000,
        "fund_cents": 1_000_000,
        "num_weeks": 26,
    }
    return Wish(**{**usual, **told})


def carried(asked, low, fair, support):
    """Whether the fund lasts its weeks at these prices, in exact whole numbers."""
    rest = 10_000 - asked.coverage_bps
    high = rest * asked.support_share_bps
    net = (
        asked.coverage_bps * 10_000 * (100 - low)
        - (rest * 10_000 - high) * (fair - 100)
        - high * (support - 100)
    )
    cost = net * asked.weekly_value_cents * asked.num_weeks
    return cost <= asked.fund_cents * 100 * 10_000 * 10_000


def burden(asked, fair, support):
    rest = 10_000 - asked.coverage_bps
    high = rest * asked.support_share_bps
    return (rest * 10_000 - high) * (fair - 100) + high * (support - 100)


def by_hand(asked):
    """The best of all: households, then the burden, then the fair price."""
    prices = product(
        range(asked.wanted_percent, 101),
        range(100, asked.fair_most_percent + 1),
        range(100, asked.support_most_percent + 1),
    )
    return min(
        (low, burden(asked, fair, support), fair, support)
        for low, fair, support in prices
        if fair <= support and carried(asked, low, fair, support)
    )


@settings(max_examples=40)
@given(
    coverage_bps=st.integers(0, 10_000),
    support_share_bps=st.integers(0, 10_000),
    wanted_percent=st.integers(60, 100),
    fund_cents=st.integers(0, 5_000_000),
    weekly_value_cents=st.integers(1, 5_000_000),
    num_weeks=st.integers(1, 60),
    fair_most_percent=st.integers(100, 106),
    support_most_percent=st.integers(106, 125),
)
def test_the_choice_is_the_best_there_is(**told):
    asked = wish(**told)

    found = recommend(asked)

    low, cost, fair, support = by_hand(asked)
    assert (found.low_percent, found.fair_percent) == (low, fair)
    assert burden(asked, found.fair_percent, found.support_percent) == cost
    assert carried(asked, found.low_percent, found.fair_percent, found.support_percent)


def test_a_rich_fund_asks_nothing_of_anybody():
    found = recommend(wish(fund_cents=2_000_000))

    assert found.outcome == "as it is"
    assert (found.low_percent, found.fair_percent, found.support_percent) == (
        80,
        100,
        100,
    )
    assert (found.drawn_cents, found.weeks, found.missing_cents) == (50_000, 40, 0)


def test_a_smaller_fund_asks_those_who_support_first():
    found = recommend(wish())

    assert found.outcome == "others help"
    assert (found.low_percent, found.fair_percent, found.support_percent) == (
        80,
        100,
        105,
    )
    assert (found.weeks or 0) >= 26


def test_a_poor_fund_gives_the_nearest_price_it_can():
    asked = wish(fund_cents=0, support_most_percent=110)

    found = recommend(asked)

    assert found.outcome == "smaller reduction"
    assert found.low_percent == 91
    assert found.weeks is None
    assert found.missing_cents == 26 * 25_003


def test_nobody_is_priced_below_the_floor():
    with pytest.raises(MultiplierOutOfRange):
        wish(wanted_percent=60, floor_percent=70)


@pytest.mark.parametrize(
    "limits",
    [
        {"support_most_percent": 99},
        {"fair_most_percent": 120, "support_most_percent": 110},
        {"support_most_percent": 201},
    ],
)
def test_limits_that_contradict_each_other_are_refused(limits):
    with pytest.raises(MultiplierOutOfRange):
        wish(**limits)


def test_without_sales_there_is_nothing_to_recommend():
    with pytest.raises(NothingToWeigh):
        wish(weekly_value_cents=0)
