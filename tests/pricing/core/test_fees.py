"""Fees of the legs of the way, and what bears the taxes of a price."""

import pytest

from pricing.core.errors import FeeOutOfRange
from pricing.core.fees import FeeFigures
from pricing.core.margins import MarginRule
from pricing.core.quote import quote
from pricing.core.taxes import NO_TAX, TaxRates
from pricing.core.terms import TermsBook

QUEBEC = TaxRates(tps_ppm=50_000, tvq_ppm=99_750)
MARKUP = MarginRule(basis="markup_on_cost", rate_bps=1_500)
COMMISSION = MarginRule(basis="commission_on_price", rate_bps=2_200)


def book(**changes):
    usual = {
        "margin": MARKUP,
        "transport_cents_per_kg": {"chilled": 10},
        "multipliers_bps": {"solidaire": 8_000, "juste_prix": 10_000},
        "taxes": QUEBEC,
        "service_taxes": QUEBEC,
        "fees": [
            FeeFigures(leg="inbound", cents_per_kg=2),
            FeeFigures(leg="dock", cents_per_unit=25, share_bps=100, is_taxed=True),
        ],
    }
    return TermsBook(**{**usual, **changes})


def priced(terms_book, *, tier="juste_prix", taxability="zero_rated", quantity=1):
    terms = terms_book.terms(
        tier_code=tier,
        mass_g=10_000,
        temperature_class="chilled",
        taxability=taxability,
    )
    return quote(farm_price_cents=2_000, quantity=quantity, terms=terms)


def test_the_fees_of_two_legs_are_counted_in_the_full_price():
    # inbound 10 kg × 0.02 = 0.20; dock 0.25 + 1 % of 20.00 = 0.45
    agreed = priced(book())

    assert agreed.terms.fees_by_leg(2_000) == {"inbound": 20, "dock": 45}
    # 20.00 + 1.00 + 0.65 + 15 % of 20.00 = 24.65
    assert (agreed.unit.fees_cents, agreed.unit.full_price_cents) == (65, 2_465)


def test_a_commission_is_counted_on_the_fees_too():
    # (20.00 + 1.00 + 0.65) / 0.78 = 27.756
    assert priced(book(margin=COMMISSION)).unit.full_price_cents == 2_776


def test_only_the_taxed_fee_of_basic_groceries_bears_taxes():
    # of 24.65 the dock is 0.45; at 0.8 it is 0.36 of 19.72; ten units: 3.60
    agreed = priced(book(), tier="solidaire", quantity=10)

    assert (agreed.unit.price_cents, agreed.unit.taxed_cents) == (1_972, 36)
    # 3.60 × 5 % = 0.18; 3.60 × 9.975 % = 0.3591
    assert (agreed.line.tps_cents, agreed.line.tvq_cents) == (18, 36)


def test_taxed_transport_bears_taxes_beside_basic_groceries():
    # 1.00 of transport and 0.45 of the dock
    agreed = priced(book(taxed_transport={"chilled"}))

    assert (agreed.unit.taxed_cents, agreed.line.tps_cents) == (145, 7)


def test_a_taxable_product_is_taxed_whole_with_what_carries_it():
    agreed = priced(book(), taxability="taxable")

    assert (agreed.unit.taxed_cents, agreed.line.tps_cents) == (None, 123)


def test_basic_groceries_bear_no_tax_where_nothing_of_the_way_does():
    fees = [FeeFigures(leg="dock", cents_per_unit=25)]

    agreed = priced(book(fees=fees))

    assert (agreed.terms.taxes, agreed.line.buyer_cents) == (NO_TAX, 2_425)


@pytest.mark.parametrize(
    "figures",
    [{"cents_per_unit": -1}, {"cents_per_kg": 1_000_001}, {"share_bps": 10_001}],
)
def test_a_fee_that_cannot_be_is_refused_by_its_part(figures):
    with pytest.raises(FeeOutOfRange) as refusal:
        FeeFigures(leg="outbound", **figures)

    assert [refusal.value.data["part"]] == list(figures)
