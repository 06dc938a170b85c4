"""Two taxes on one price."""

from pricing.core.taxes import TaxRates, taxes_cents

TODAY = TaxRates(tps_ppm=50_000, tvq_ppm=99_750)


def test_a_hundred_dollars_bears_five_and_nine_ninety_eight():
    # TVQ: 9.975 rounds half up; it is counted on the price without the TPS
    assert taxes_cents(10_000, TODAY) == (500, 998)


def test_a_credit_note_bears_the_opposite_of_its_invoice():
    assert taxes_cents(-10_000, TODAY) == (-500, -998)
