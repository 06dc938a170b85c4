"""The terms of one hub on one day, ready to quote any product at any tier."""

from collections.abc import Mapping
from dataclasses import dataclass

from hub.core.money import scale_half_up
from pricing.core.errors import TierUnknown
from pricing.core.margins import MarginRule
from pricing.core.quote import Terms
from pricing.core.taxes import NO_TAX, Taxability, TaxRates

GRAMS_PER_KG = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsBook:
    """What a hub charges: margin, transport by temperature class, tiers, taxes.

    `transport_cents_per_kg` maps a temperature class to cents per kilogram; a class
    without a rule travels free of charge.
    """

    margin: MarginRule
    transport_cents_per_kg: Mapping[str, int]
    multipliers_bps: Mapping[str, int]
    taxes: TaxRates

    def transport_cents(self, *, mass_g: int, temperature_class: str) -> int:
        """T for one selling unit, to the nearest cent."""
        rate = self.transport_cents_per_kg.get(temperature_class, 0)
        return scale_half_up(rate, mass_g, GRAMS_PER_KG)

    def terms(
        self,
        *,
        tier_code: str,
        mass_g: int,
        temperature_class: str,
        taxability: Taxability,
    ) -> Terms:
        """The terms of one product at one tier. Raises TierUnknown."""
        if tier_code not in self.multipliers_bps:
            raise TierUnknown(tier=tier_code)
        return Terms(
            margin=self.margin,
            transport_cents=self.transport_cents(
                mass_g=mass_g, temperature_class=temperature_class
            ),
            tier_code=tier_code,
            multiplier_bps=self.multipliers_bps[tier_code],
            taxes=NO_TAX if taxability == "zero_rated" else self.taxes,
        )
