"""The price of a line in all its parts: who is paid what, to the cent.

With P the farm's price, T the transport share and m the margin, the full price of one
unit is F = P(1 + m) + T on a markup, or F = (P + T) / (1 − m) on a commission; the
hub's fees for the legs of the way are counted with T. The buyer's tier multiplies F by
μ; the solidarity fund pays or receives the difference.
"""

from dataclasses import dataclass
from typing import Literal

from hub.core.money import scale_half_up
from pricing.core.errors import (
    MultiplierOutOfRange,
    NegativePrice,
    NegativeQuantity,
)
from pricing.core.fees import Fee
from pricing.core.margins import (
    WHOLE_BPS,
    MarginRule,
    markup_equivalent_bps,
    share_of_sale_bps,
)
from pricing.core.taxes import TaxRates, taxes_cents

__all__ = [
    "Fee",
    "LineParts",
    "MarginRule",
    "Quote",
    "Terms",
    "UnitParts",
    "markup_equivalent_bps",
    "quote",
    "quote_of_unit",
    "share_of_sale_bps",
    "with_quantity",
]


Taxed = Literal["all", "carriage"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a buyer and a hub agreed about one product, apart from the farm's price.

    `transport_cents` is T for one selling unit. `price_step_cents` rounds tier prices
    to 5 or 10 cents where a hub wants round figures. `taxed` says what the taxes are
    counted on: the whole price, or only its part for transport and fees where these
    are taxed. Raises NegativePrice or MultiplierOutOfRange.
    """

    margin: MarginRule
    transport_cents: int
    tier_code: str
    multiplier_bps: int
    taxes: TaxRates
    price_step_cents: int = 1
    fees: tuple[Fee, ...] = ()
    taxed: Taxed = "all"
    is_transport_taxed: bool = False

    def __post_init__(self) -> None:
        if self.transport_cents < 0:
            raise NegativePrice(part="transport", price_cents=self.transport_cents)
        if self.multiplier_bps < 0:
            raise MultiplierOutOfRange(multiplier_bps=self.multiplier_bps)
        if self.price_step_cents < 1:
            raise ValueError("A price step is at least one cent.")

    def fees_by_leg(self, farm_price_cents: int) -> dict[str, int]:
        """The fee of each leg for one unit; a leg that asks nothing is left out."""
        asked = {fee.leg: fee.cents_of(farm_price_cents) for fee in self.fees}
        return {leg: cents for leg, cents in asked.items() if cents}


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitParts:
    """One selling unit, before taxes.

    Always: full price = farm + transport + fees + margin, and
    full price = price + draw + rounding. `taxed_cents` is the part of the price that
    bears the taxes; None: all of it.
    """

    farm_cents: int
    transport_cents: int
    margin_cents: int
    full_price_cents: int
    price_cents: int
    draw_cents: int
    rounding_cents: int
    fees_cents: int = 0
    taxed_cents: int | None = None

    def __post_init__(self) -> None:
        cost_cents = (
            self.farm_cents + self.transport_cents + self.fees_cents + self.margin_cents
        )
        paid_cents = self.price_cents + self.draw_cents + self.rounding_cents
        if not cost_cents == self.full_price_cents == paid_cents:
            raise ValueError(f"The parts of a price do not add up: {self}")


@dataclass(frozen=True, slots=True, kw_only=True)
class LineParts:
    """A whole line.

    Always, to the cent:
    buyer + draw + rounding = farm + transport + fees + margin + TPS + TVQ.
    `draw_cents` is what the fund pays; negative, it is what the buyer gives to it.
    `rounding_cents` is what the price step costs the hub; negative, what it leaves.
    """

    farm_cents: int
    transport_cents: int
    margin_cents: int
    full_price_cents: int
    price_cents: int
    draw_cents: int
    rounding_cents: int
    tps_cents: int
    tvq_cents: int
    buyer_cents: int
    fees_cents: int = 0

    def __post_init__(self) -> None:
        sources_cents = self.buyer_cents + self.draw_cents + self.rounding_cents
        carriage_cents = self.transport_cents + self.fees_cents
        uses_cents = self.farm_cents + carriage_cents + self.margin_cents
        taxed_cents = uses_cents + self.tps_cents + self.tvq_cents
        if sources_cents != taxed_cents:
            raise ValueError(f"The parts of a line do not add up: {self}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A price agreed: its terms, one unit of it, and the line."""

    terms: Terms
    quantity: int
    unit: UnitParts
    line: LineParts

    @property
    def worst_case_draw_cents(self) -> int:
        """The most the fund may have to pay for this line; held at confirmation."""
        return max(self.line.draw_cents, 0)


def quote(*, farm_price_cents: int, quantity: int, terms: Terms) -> Quote:
    """Work out a line from the farm's price, in parts that add up to the cent.

    Always: buyer + draw + rounding = farm + transport + fees + margin + TPS + TVQ. The
    farm's part is its price times the quantity, whatever the tier. Everything is
    rounded once per unit, half up, so a line of ten is ten lines of one; the taxes
    alone are rounded on the line's price, each on its own.
    Raises NegativePrice, NegativeQuantity.
    """
    if farm_price_cents < 0:
        raise NegativePrice(part="farm", price_cents=farm_price_cents)
    fees_cents = sum(terms.fees_by_leg(farm_price_cents).values())
    carriage_cents = terms.transport_cents + fees_cents
    margin_cents = terms.margin.margin_cents(farm_price_cents, carriage_cents)
    full_cents = farm_price_cents + carriage_cents + margin_cents
    exact_price_cents = scale_half_up(full_cents, terms.multiplier_bps, WHOLE_BPS)
    price_cents = _to_step(full_cents, terms)
    unit = UnitParts(
        farm_cents=farm_price_cents,
        transport_cents=terms.transport_cents,
        margin_cents=margin_cents,
        full_price_cents=full_cents,
        price_cents=price_cents,
        draw_cents=full_cents - exact_price_cents,
        rounding_cents=exact_price_cents - price_cents,
        fees_cents=fees_cents,
        taxed_cents=_taxed_cents(farm_price_cents, full_cents, price_cents, terms),
    )
    return quote_of_unit(unit, quantity, terms)


def _taxed_cents(
    farm_price_cents: int, full_cents: int, price_cents: int, terms: Terms
) -> int | None:
    """The part of a tier's price that bears taxes, as its parts are of the full one."""
    if terms.taxed == "all":
        return None
    taxed_cents = terms.transport_cents if terms.is_transport_taxed else 0
    taxed_cents += sum(
        fee.cents_of(farm_price_cents) for fee in terms.fees if fee.is_taxed
    )
    return scale_half_up(price_cents, taxed_cents, full_cents) if full_cents else 0


def with_quantity(agreed: Quote, quantity: int) -> Quote:
    """Give the same agreed unit price for another quantity, delivered or allocated.

    Nothing is priced again: an agreed price never moves. Raises NegativeQuantity.
    """
    return quote_of_unit(agreed.unit, quantity, agreed.terms)


def _to_step(full_price_cents: int, terms: Terms) -> int:
    step_cents = terms.price_step_cents
    num_steps = scale_half_up(
        full_price_cents, terms.multiplier_bps, WHOLE_BPS * step_cents
    )
    return num_steps * step_cents


def quote_of_unit(unit: UnitParts, quantity: int, terms: Terms) -> Quote:
    """Give a quantity at a unit price already worked out. Raises NegativeQuantity."""
    if quantity < 0:
        raise NegativeQuantity(quantity=quantity)
    price_cents = unit.price_cents * quantity
    is_whole = unit.taxed_cents is None
    base_cents = price_cents if is_whole else (unit.taxed_cents or 0) * quantity
    tps_cents, tvq_cents = taxes_cents(base_cents, terms.taxes)
    line = LineParts(
        farm_cents=unit.farm_cents * quantity,
        transport_cents=unit.transport_cents * quantity,
        fees_cents=unit.fees_cents * quantity,
        margin_cents=unit.margin_cents * quantity,
        full_price_cents=unit.full_price_cents * quantity,
        price_cents=price_cents,
        draw_cents=unit.draw_cents * quantity,
        rounding_cents=unit.rounding_cents * quantity,
        tps_cents=tps_cents,
        tvq_cents=tvq_cents,
        buyer_cents=price_cents + tps_cents + tvq_cents,
    )
    return Quote(terms=terms, quantity=quantity, unit=unit, line=line)
