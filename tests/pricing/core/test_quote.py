"""A price in all its parts, checked by hand and then on random terms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.core.errors import (
    MarginOutOfRange,
    MultiplierOutOfRange,
    NegativePrice,
    NegativeQuantity,
)
from pricing.core.quote import (
    LineParts,
    MarginRule,
    Terms,
    UnitParts,
    quote,
    with_quantity,
)
from pricing.core.taxes import NO_TAX, TaxRates

MARKUP = MarginRule(basis="markup_on_cost", rate_bps=1_500)
COMMISSION = MarginRule(basis="commission_on_price", rate_bps=2_200)
TAXED = TaxRates(tps_ppm=50_000, tvq_ppm=99_750)


def terms_with(**changes):
    usual = {
        "margin": MARKUP,
        "transport_cents": 150,
        "tier_code": "solidaire",
        "multiplier_bps": 8_000,
        "taxes": NO_TAX,
    }
    return Terms(**{**usual, **changes})


margins = st.one_of(
    st.builds(
        MarginRule, basis=st.just("markup_on_cost"), rate_bps=st.integers(0, 30_000)
    ),
    st.builds(
        MarginRule, basis=st.just("commission_on_price"), rate_bps=st.integers(0, 9_999)
    ),
)
all_terms = st.builds(
    Terms,
    margin=margins,
    transport_cents=st.integers(0, 50_000),
    tier_code=st.sampled_from(["solidaire", "juste_prix", "soutien"]),
    multiplier_bps=st.integers(0, 30_000),
    taxes=st.sampled_from([NO_TAX, TAXED]),
    price_step_cents=st.sampled_from([1, 5, 10, 25]),
)
prices = st.integers(0, 10**7)
quantities = st.integers(0, 10_000)


def test_a_markup_at_the_solidarity_tier_draws_on_the_fund():
    # a case at 20.00 $: margin 15 % = 3.00, transport 1.50, F = 24.50
    # at 0.80 the buyer pays 19.60 and the fund 4.90; three cases
    agreed = quote(farm_price_cents=2_000, quantity=3, terms=terms_with())

    assert agreed.unit == UnitParts(
        farm_cents=2_000,
        transport_cents=150,
        margin_cents=300,
        full_price_cents=2_450,
        price_cents=1_960,
        draw_cents=490,
        rounding_cents=0,
    )
    assert agreed.line == LineParts(
        farm_cents=6_000,
        transport_cents=450,
        margin_cents=900,
        full_price_cents=7_350,
        price_cents=5_880,
        draw_cents=1_470,
        rounding_cents=0,
        tps_cents=0,
        tvq_cents=0,
        buyer_cents=5_880,
    )
    assert agreed.worst_case_draw_cents == 1_470


def test_a_commission_is_taken_on_the_price_that_holds_the_transport():
    # (20.00 + 1.50) / 0.78 = 27.564 -> 27.56, of which the hub keeps 6.06
    terms = terms_with(margin=COMMISSION, multiplier_bps=10_000)

    unit = quote(farm_price_cents=2_000, quantity=1, terms=terms).unit

    assert unit == UnitParts(
        farm_cents=2_000,
        transport_cents=150,
        margin_cents=606,
        full_price_cents=2_756,
        price_cents=2_756,
        draw_cents=0,
        rounding_cents=0,
    )


def test_the_support_tier_contributes_and_holds_nothing():
    # F = 24.50 at 1.15 = 28.175 -> 28.18: 3.68 to the fund
    terms = terms_with(tier_code="soutien", multiplier_bps=11_500)

    agreed = quote(farm_price_cents=2_000, quantity=2, terms=terms)

    assert (agreed.unit.price_cents, agreed.line.draw_cents) == (2_818, -736)
    assert agreed.worst_case_draw_cents == 0


def test_a_price_step_shows_its_rounding_apart_from_the_draw():
    # F = 24.50 at 0.75 = 18.375 -> 18.38 exact, 18.40 on steps of 5 cents
    terms = terms_with(multiplier_bps=7_500, price_step_cents=5)

    unit = quote(farm_price_cents=2_000, quantity=1, terms=terms).unit

    assert (unit.price_cents, unit.draw_cents, unit.rounding_cents) == (1_840, 612, -2)


def test_a_price_is_rounded_to_its_step_once_not_twice():
    # F = 10.00 at 0.2245 = 2.245: once to steps of ten it is 2.20;
    # through the cent (2.25) it would have been 2.30
    terms = terms_with(
        margin=MarginRule(basis="markup_on_cost", rate_bps=0),
        transport_cents=0,
        multiplier_bps=2_245,
        price_step_cents=10,
    )

    unit = quote(farm_price_cents=1_000, quantity=1, terms=terms).unit

    assert (unit.price_cents, unit.draw_cents, unit.rounding_cents) == (220, 775, 5)


def test_each_tax_is_rounded_on_the_price_of_the_line_on_its_own():
    # three at 19.60 = 58.80: TPS 2.94, TVQ 5.8653 -> 5.87
    line = quote(farm_price_cents=2_000, quantity=3, terms=terms_with(taxes=TAXED)).line

    assert (line.tps_cents, line.tvq_cents, line.buyer_cents) == (294, 587, 6_761)


def test_half_a_cent_of_tax_rounds_up():
    # 0.10 $ bears half a cent of TPS, and 0.9975 of a cent of TVQ
    terms = Terms(
        margin=MarginRule(basis="markup_on_cost", rate_bps=0),
        transport_cents=0,
        tier_code="juste_prix",
        multiplier_bps=10_000,
        taxes=TAXED,
    )

    line = quote(farm_price_cents=10, quantity=1, terms=terms).line

    assert (line.tps_cents, line.tvq_cents, line.buyer_cents) == (1, 1, 12)


def test_another_quantity_keeps_the_price_that_was_agreed():
    agreed = quote(farm_price_cents=2_000, quantity=3, terms=terms_with())

    delivered = with_quantity(agreed, 2)

    assert delivered.unit == agreed.unit
    assert delivered == quote(farm_price_cents=2_000, quantity=2, terms=terms_with())


@given(prices, quantities, all_terms)
def test_what_is_paid_is_what_is_received_to_the_cent(price_cents, quantity, terms):
    line = quote(farm_price_cents=price_cents, quantity=quantity, terms=terms).line

    paid = line.buyer_cents + line.draw_cents + line.rounding_cents
    received = line.farm_cents + line.transport_cents + line.margin_cents
    assert paid == received + line.tps_cents + line.tvq_cents


@given(prices, quantities, all_terms, st.integers(0, 30_000))
def test_the_farm_is_paid_the_same_whatever_the_tier(
    price_cents, quantity, terms, other_multiplier_bps
):
    other = Terms(
        margin=terms.margin,
        transport_cents=terms.transport_cents,
        tier_code="other",
        multiplier_bps=other_multiplier_bps,
        taxes=terms.taxes,
    )

    one = quote(farm_price_cents=price_cents, quantity=quantity, terms=terms).line
    two = quote(farm_price_cents=price_cents, quantity=quantity, terms=other).line

    assert one.farm_cents == two.farm_cents == price_cents * quantity
    assert one.margin_cents == two.margin_cents


@given(prices, quantities, all_terms)
def test_rounding_appears_only_with_a_price_step(price_cents, quantity, terms):
    unit = quote(farm_price_cents=price_cents, quantity=quantity, terms=terms).unit

    assert unit.price_cents % terms.price_step_cents == 0
    assert abs(unit.rounding_cents) <= terms.price_step_cents // 2


@given(prices, quantities, quantities, all_terms)
def test_two_lines_before_taxes_are_one_line_of_both(price_cents, one, two, terms):
    def net(quantity):
        line = quote(farm_price_cents=price_cents, quantity=quantity, terms=terms).line
        return line.price_cents, line.draw_cents, line.rounding_cents

    apart = tuple(a + b for a, b in zip(net(one), net(two), strict=True))

    assert net(one + two) == apart


def test_a_negative_farm_price_is_refused():
    with pytest.raises(NegativePrice) as refusal:
        quote(farm_price_cents=-1, quantity=1, terms=terms_with())

    assert refusal.value.data == {"part": "farm", "price_cents": -1}


def test_a_negative_quantity_is_refused():
    with pytest.raises(NegativeQuantity) as refusal:
        quote(farm_price_cents=1, quantity=-1, terms=terms_with())

    assert refusal.value.data == {"quantity": -1}


def test_a_negative_transport_share_is_refused():
    with pytest.raises(NegativePrice) as refusal:
        terms_with(transport_cents=-1)

    assert refusal.value.data == {"part": "transport", "price_cents": -1}


def test_a_negative_multiplier_is_refused():
    with pytest.raises(MultiplierOutOfRange) as refusal:
        terms_with(multiplier_bps=-1)

    assert refusal.value.data == {"multiplier_bps": -1}


@pytest.mark.parametrize(
    ("basis", "rate_bps"),
    [
        ("commission_on_price", 10_000),
        ("commission_on_price", 12_000),
        ("commission_on_price", -1),
        ("markup_on_cost", -1),
    ],
)
def test_a_margin_that_cannot_be_charged_is_refused(basis, rate_bps):
    with pytest.raises(MarginOutOfRange) as refusal:
        MarginRule(basis=basis, rate_bps=rate_bps)

    assert refusal.value.data == {"basis": basis, "rate_bps": rate_bps}


def test_parts_that_do_not_add_up_are_never_built():
    with pytest.raises(ValueError, match="do not add up"):
        UnitParts(
            farm_cents=100,
            transport_cents=0,
            margin_cents=0,
            full_price_cents=100,
            price_cents=80,
            draw_cents=19,
            rounding_cents=0,
        )
