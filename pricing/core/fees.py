"""Fees of the hub for the legs of the way, beside the shared transport."""

from dataclasses import dataclass
from typing import Literal

from hub.core.money import scale_half_up
from pricing.core.errors import FeeOutOfRange
from pricing.core.margins import WHOLE_BPS

Leg = Literal["inbound", "dock", "outbound"]
LEGS: tuple[Leg, ...] = ("inbound", "dock", "outbound")
"""From the farm to the hub, at its dock, from the hub to the drop point."""

GRAMS_PER_KG = 1_000
FEE_MAX_CENTS = 1_000_000
"""More than this for one unit or one kilogram is a slip of the finger."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeFigures:
    """What a hub asks for one leg: so much a unit, a kilogram, and a share of P.

    The three add up. Raises FeeOutOfRange.
    """

    leg: Leg
    cents_per_unit: int = 0
    cents_per_kg: int = 0
    share_bps: int = 0
    is_taxed: bool = False

    def __post_init__(self) -> None:
        if self.leg not in LEGS:
            raise ValueError(f"Unknown leg: {self.leg}")
        for name in ("cents_per_unit", "cents_per_kg"):
            if not 0 <= getattr(self, name) <= FEE_MAX_CENTS:
                raise FeeOutOfRange(part=name)
        if not 0 <= self.share_bps <= WHOLE_BPS:
            raise FeeOutOfRange(part="share_bps")

    def fee(self, mass_g: int) -> "Fee":
        """The fee of one unit of this mass; each part to the nearest cent."""
        by_mass_cents = scale_half_up(self.cents_per_kg, mass_g, GRAMS_PER_KG)
        return Fee(
            leg=self.leg,
            cents=self.cents_per_unit + by_mass_cents,
            share_bps=self.share_bps,
            is_taxed=self.is_taxed,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Fee:
    """The fee of one leg for one unit, as far as it is known without P."""

    leg: Leg
    cents: int
    share_bps: int = 0
    is_taxed: bool = False

    def cents_of(self, farm_price_cents: int) -> int:
        """The whole fee of one unit, to the nearest cent."""
        return self.cents + scale_half_up(farm_price_cents, self.share_bps, WHOLE_BPS)
