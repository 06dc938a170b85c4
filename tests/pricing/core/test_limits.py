"""The lowest price of a tier, and the month's cap of one buyer."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.core.errors import SupportCapReached
from pricing.core.limits import Limits, least_multiplier_bps, month_of
from pricing.core.margins import MarginRule
from pricing.core.quote import Terms, UnitParts, quote
from pricing.core.taxes import NO_TAX


def unit_at(multiplier_bps, *, margin=1_500, transport_cents=0, farm=1_000):
    terms = Terms(
        margin=MarginRule(basis="markup_on_cost", rate_bps=margin),
        transport_cents=transport_cents,
        tier_code="solidaire",
        multiplier_bps=multiplier_bps,
        taxes=NO_TAX,
    )
    return quote(farm_price_cents=farm, quantity=1, terms=terms).unit


def test_a_price_under_that_of_the_farm_is_under_a_floor_of_all_of_it():
    # 11.50 × 0.8 = 9.20 for what the farm sells at 10.00
    limits = Limits(floor_bps=10_000)

    assert limits.is_under_floor(unit_at(8_000))
    # 11.50 × 0.8696 = 10.0004
    assert not limits.is_under_floor(unit_at(8_696))


def test_a_floor_never_asks_for_more_than_the_full_price():
    unit: UnitParts = unit_at(10_000, margin=0)

    assert Limits(floor_bps=20_000).floor_cents(unit) == 1_000


def test_without_a_floor_every_price_passes():
    assert not Limits().is_under_floor(unit_at(1))


@pytest.mark.parametrize(
    ("margin", "least"),
    [
        (MarginRule(basis="markup_on_cost", rate_bps=1_500), 8_696),
        (MarginRule(basis="commission_on_price", rate_bps=2_200), 7_800),
    ],
)
def test_the_least_multiplier_of_a_floor_is_told_on_both_bases(margin, least):
    assert least_multiplier_bps(10_000, margin) == least


@given(
    farm=st.integers(0, 10**6),
    transport_cents=st.integers(0, 10**4),
    margin=st.integers(0, 9_999),
    floor_bps=st.integers(0, 20_000),
)
def test_who_keeps_to_the_least_multiplier_keeps_to_the_floor(
    farm, transport_cents, margin, floor_bps
):
    least = least_multiplier_bps(
        floor_bps, MarginRule(basis="markup_on_cost", rate_bps=margin)
    )
    unit = unit_at(least, margin=margin, transport_cents=transport_cents, farm=farm)

    # A cent may be lost where the margin is rounded down.
    missing = Limits(floor_bps=floor_bps).floor_cents(unit) - unit.price_cents
    assert missing <= 1 + unit.full_price_cents * 0


def test_a_draw_within_what_is_left_of_the_month_passes():
    Limits(cap_cents=1_000).require_cap(used_cents=400, wanted_cents=600)


def test_a_draw_above_what_is_left_of_the_month_says_how_much_is():
    with pytest.raises(SupportCapReached) as refusal:
        Limits(cap_cents=1_000).require_cap(used_cents=400, wanted_cents=601)

    assert refusal.value.data == {
        "cap_cents": 1_000,
        "left_cents": 600,
        "wanted_cents": 601,
    }


def test_a_month_ends_where_the_next_begins():
    assert month_of(date(2026, 12, 31)) == (date(2026, 12, 1), date(2027, 1, 1))
