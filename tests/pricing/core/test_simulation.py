"""The past replayed at other prices, and how long the fund would last."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.core.errors import NothingToWeigh
from pricing.core.simulation import Week, sales_per_solidarity, simulate

FIRST = date(2026, 1, 5)
PUBLISHED = {"solidaire": 7_550, "juste_prix": 10_000, "soutien": 10_750}
QUARTERS = {"solidaire": 25, "juste_prix": 50, "soutien": 25}


def weeks(num, **value_cents):
    return [Week(FIRST + timedelta(weeks=n), value_cents) for n in range(num)]


def steady(num=52, fund_cents=0, multipliers_bps=PUBLISHED, **options):
    past = weeks(num, solidaire=25_000, juste_prix=50_000, soutien=25_000)
    return simulate(
        past, multipliers_bps=multipliers_bps, fund_cents=fund_cents, **options
    )


def test_the_published_mix_repays_a_third_of_its_draws():
    found = steady()

    assert found.even.coverage_bps == 3_061
    assert found.even.net_bps == 425
    assert found.sales_per_solidarity == Fraction("49/15")


def test_each_week_draws_and_gives_by_its_own_orders():
    found = steady(4)

    assert {(week.drawn_cents, week.given_cents) for week in found.weeks} == {
        (6_125, 1_875)
    }
    assert [month.starts_on for month in found.months] == [date(2026, 1, 1)]
    assert found.months[0].net_cents == 4 * 4_250


def test_other_shares_are_taken_of_the_same_orders():
    found = steady(1, shares={"solidaire": 1, "juste_prix": 0, "soutien": 1})

    assert (found.weeks[0].drawn_cents, found.weeks[0].given_cents) == (12_250, 3_750)


def test_a_steady_past_gives_whole_weeks_by_scenario():
    found = steady(fund_cents=42_500)

    assert {(each.demand, each.low, each.high) for each in found.lasting} == {
        ("lower", 12, 12),
        ("same", 10, 10),
        ("higher", 8, 8),
    }


def test_a_fund_that_gains_never_ends():
    found = steady(
        multipliers_bps={"solidaire": 9_900, "juste_prix": 10_000, "soutien": 11_000}
    )

    assert {each.middle for each in found.lasting} == {None}
    assert found.even.net_bps < 0


def test_an_uneven_past_widens_the_band():
    past = [
        Week(FIRST + timedelta(weeks=n), {"solidaire": 50_000 if n % 13 < 4 else 2_000})
        for n in range(52)
    ]

    found = simulate(past, multipliers_bps={"solidaire": 8_000}, fund_cents=100_000)

    same = next(each for each in found.lasting if each.demand == "same")
    assert found.has_band
    assert 0 < (same.low or 0) < (same.middle or 0) < (same.high or 999)


def test_a_short_past_has_no_band():
    found = steady(7, fund_cents=42_500)

    assert not found.has_band
    assert {each.low == each.high for each in found.lasting} == {True}
    assert [each.middle for each in found.lasting] == [12, 10, 8]


def test_the_same_question_has_the_same_answer():
    assert steady(fund_cents=99_999) == steady(fund_cents=99_999)


@pytest.mark.parametrize("past", [[], weeks(3)])
def test_nothing_bought_cannot_be_weighed(past):
    with pytest.raises(NothingToWeigh):
        simulate(past, multipliers_bps=PUBLISHED, fund_cents=1, shares=QUARTERS)


@pytest.mark.parametrize(
    ("multipliers", "sales"),
    [
        ([3_000, 10_000, 12_500], Fraction("2.8")),
        ([8_000, 12_000], 1),
        ([8_000, 10_000], None),
        ([10_000, 11_000], None),
    ],
)
def test_how_many_support_sales_one_solidarity_sale_needs(multipliers, sales):
    assert sales_per_solidarity(multipliers) == sales


@given(
    fund_cents=st.integers(0, 500_000),
    more_cents=st.integers(0, 100_000),
    values=st.lists(st.integers(0, 90_000), min_size=1, max_size=30),
)
def test_more_money_never_lasts_less(fund_cents, more_cents, values):
    past = [Week(FIRST, {"solidaire": value, "juste_prix": 1}) for value in values]

    def lasting(cents):
        found = simulate(past, multipliers_bps=PUBLISHED, fund_cents=cents)
        return [999 if each.middle is None else each.middle for each in found.lasting]

    pairs = zip(lasting(fund_cents), lasting(fund_cents + more_cents), strict=True)
    assert all(less <= more for less, more in pairs)
