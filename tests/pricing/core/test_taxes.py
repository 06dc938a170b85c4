"""The dated tax table."""

from datetime import date

import pytest

from pricing.core.errors import NoTaxRates
from pricing.core.taxes import NO_TAX, TaxRates, rates_for, rates_on, taxes_cents

TODAY = TaxRates(tps_ppm=50_000, tvq_ppm=99_750)


def test_the_rates_of_a_day_are_the_last_that_began():
    later = TaxRates(tps_ppm=60_000, tvq_ppm=99_750)
    table = ((date(2013, 1, 1), TODAY), (date(2030, 7, 1), later))

    rates = [rates_on(day, table) for day in (date(2030, 6, 30), date(2030, 7, 1))]

    assert rates == [TODAY, later]


def test_today_the_rates_are_five_and_nine_point_nine_seven_five_percent():
    assert rates_on(date(2026, 11, 21)) == TODAY


def test_a_day_before_the_table_has_no_rates():
    with pytest.raises(NoTaxRates) as refusal:
        rates_on(date(2012, 12, 31))

    assert refusal.value.data == {"on": "2012-12-31"}


def test_basic_groceries_bear_no_tax_and_other_goods_bear_both():
    day = date(2026, 11, 21)

    assert [rates_for("zero_rated", day), rates_for("taxable", day)] == [NO_TAX, TODAY]


def test_a_hundred_dollars_bears_five_and_nine_ninety_eight():
    # TVQ: 9.975 rounds half up; it is counted on the price without the TPS
    assert taxes_cents(10_000, TODAY) == (500, 998)


def test_a_credit_note_bears_the_opposite_of_its_invoice():
    assert taxes_cents(-10_000, TODAY) == (-500, -998)
