"""Sales taxes of Quebec; the rates are dated rows (`pricing.models.TaxRate`).

Source: Revenu Québec, tables of the TPS (5 % since 2008-01-01) and the TVQ (9.975 %,
on the price without the TPS, since 2013-01-01). Basic groceries are zero-rated in
both. To be confirmed by an accountant before the first invoice.
"""

from dataclasses import dataclass
from typing import Literal

from hub.core.money import scale_half_up

Taxability = Literal["zero_rated", "taxable"]
TAXABILITIES: tuple[Taxability, ...] = ("zero_rated", "taxable")

MILLION = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxRates:
    """The two rates, in parts per million of the price before taxes."""

    tps_ppm: int
    tvq_ppm: int

    def __post_init__(self) -> None:
        if self.tps_ppm < 0 or self.tvq_ppm < 0:
            raise ValueError("A tax rate cannot be negative.")


NO_TAX = TaxRates(tps_ppm=0, tvq_ppm=0)


def taxes_cents(price_cents: int, rates: TaxRates) -> tuple[int, int]:
    """Give (TPS, TVQ) on a price before taxes, each rounded half up on its own."""
    return (
        scale_half_up(price_cents, rates.tps_ppm, MILLION),
        scale_half_up(price_cents, rates.tvq_ppm, MILLION),
    )
