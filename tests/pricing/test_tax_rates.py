"""The dated table of taxes."""

from datetime import date

import pytest

from pricing.core.taxes import TaxRates
from pricing.models import TaxRate
from pricing.selectors import tax_rates


@pytest.mark.django_db
def test_the_rates_of_a_day_are_the_last_that_began() -> None:
    TaxRate.objects.all().delete()
    for code, rate_ppm, starts_on in (
        ("tps", 50_000, date(2008, 1, 1)),
        ("tvq", 99_750, date(2013, 1, 1)),
        ("tps", 60_000, date(2030, 7, 1)),
    ):
        TaxRate.objects.create(code=code, rate_ppm=rate_ppm, starts_on=starts_on)

    rates = [tax_rates(on=day) for day in (date(2030, 6, 30), date(2030, 7, 1))]

    assert rates == [
        TaxRates(tps_ppm=50_000, tvq_ppm=99_750),
        TaxRates(tps_ppm=60_000, tvq_ppm=99_750),
    ]
