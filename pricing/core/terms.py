"""The terms of one hub on one day, ready to quote any product at any tier."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from hub.core.money import scale_half_up
from pricing.core.errors import TierUnknown
from pricing.core.fees import GRAMS_PER_KG, FeeFigures
from pricing.core.margins import MarginRule
from pricing.core.quote import Terms
from pricing.core.taxes import NO_TAX, Taxability, TaxRates

__all__ = ["GRAMS_PER_KG", "TermsBook"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsBook:
    """What a hub charges: margin, transport by temperature class, fees, tiers, taxes.

    `transport_cents_per_kg` maps a temperature class to cents per kilogram; a class
    without a rule travels free of charge, and one of `taxed_transport` bears taxes.
    `taxes` are the rates of taxable goods, `service_taxes` those of transport and fees
    that bear taxes beside goods that do not.
    """

    margin: MarginRule
    transport_cents_per_kg: Mapping[str, int]
    multipliers_bps: Mapping[str, int]
    taxes: TaxRates
    zero_rates: TaxRates = NO_TAX
    service_taxes: TaxRates = NO_TAX
    fees: Sequence[FeeFigures] = ()
    taxed_transport: Collection[str] = field(default=frozenset())

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
        """The terms of one product at one tier. Raises TierUnknown.

        Taxable goods are taxed whole, with what carries them; zero-rated ones only for
        the transport and the fees that bear taxes, if any do.
        """
        if tier_code not in self.multipliers_bps:
            raise TierUnknown(tier=tier_code)
        fees = tuple(each.fee(mass_g) for each in self.fees)
        is_transport_taxed = temperature_class in self.taxed_transport
        is_carriage_taxed = (
            taxability == "zero_rated"
            and self.zero_rates == NO_TAX
            and (is_transport_taxed or any(fee.is_taxed for fee in fees))
        )
        if is_carriage_taxed:
            taxes = self.service_taxes
        else:
            taxes = self.zero_rates if taxability == "zero_rated" else self.taxes
        return Terms(
            margin=self.margin,
            transport_cents=self.transport_cents(
                mass_g=mass_g, temperature_class=temperature_class
            ),
            tier_code=tier_code,
            multiplier_bps=self.multipliers_bps[tier_code],
            taxes=taxes,
            fees=fees,
            taxed="carriage" if is_carriage_taxed else "all",
            is_transport_taxed=is_transport_taxed,
        )
