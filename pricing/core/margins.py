"""The hub's margin, on its two bases, and what one means in terms of the other."""

from dataclasses import dataclass
from typing import Literal

from hub.core.money import scale_half_up
from pricing.core.errors import MarginOutOfRange

MarginBasis = Literal["markup_on_cost", "commission_on_price"]
MARGIN_BASES: tuple[MarginBasis, ...] = ("markup_on_cost", "commission_on_price")

WHOLE_BPS = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class MarginRule:
    """A rate and what it is a rate of.

    `markup_on_cost` adds a share of the farm's price; `commission_on_price` keeps a
    share of the full price. Raises MarginOutOfRange for a negative rate, and for a
    commission of the whole price or more.
    """

    basis: MarginBasis
    rate_bps: int

    def __post_init__(self) -> None:
        if self.basis not in MARGIN_BASES:
            raise ValueError(f"Unknown margin basis: {self.basis}")
        too_high = self.basis == "commission_on_price" and self.rate_bps >= WHOLE_BPS
        if self.rate_bps < 0 or too_high:
            raise MarginOutOfRange(basis=self.basis, rate_bps=self.rate_bps)

    def margin_cents(self, farm_price_cents: int, carriage_cents: int) -> int:
        """Give the margin on one unit, to the nearest cent, half up.

        `carriage_cents` is all that is paid for the way: transport and fees.
        """
        if self.basis == "markup_on_cost":
            return scale_half_up(farm_price_cents, self.rate_bps, WHOLE_BPS)
        cost_cents = farm_price_cents + carriage_cents
        full_cents = scale_half_up(cost_cents, WHOLE_BPS, WHOLE_BPS - self.rate_bps)
        return full_cents - cost_cents


def share_of_sale_bps(markup_bps: int) -> int:
    """Say what share of the sale a markup on cost is: 1 500 (15 %) is 1 304 (13.0 %).

    Transport left apart. Raises MarginOutOfRange for a negative markup.
    """
    MarginRule(basis="markup_on_cost", rate_bps=markup_bps)
    return scale_half_up(WHOLE_BPS, markup_bps, WHOLE_BPS + markup_bps)


def markup_equivalent_bps(commission_bps: int) -> int:
    """Say what markup a commission amounts to: 2 200 (22 %) is 2 821 (28.2 %).

    Transport left apart. Raises MarginOutOfRange for a commission under zero or of
    the whole price.
    """
    MarginRule(basis="commission_on_price", rate_bps=commission_bps)
    return scale_half_up(WHOLE_BPS, commission_bps, WHOLE_BPS - commission_bps)
