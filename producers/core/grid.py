"""One row of the weekly grid as a farm fills it, and the bounds of its figures."""

from dataclasses import dataclass

from producers.core.errors import LotTooLong, PriceOutOfRange, QuantityTooLarge

LARGEST_QUANTITY = 100_000
LARGEST_PRICE_CENTS = 1_000_000
LONGEST_LOT = 40
LARGEST_PACK_MASS_G = 1_000_000
LARGEST_PACK_VOLUME_ML = 2_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What a farm wrote on one row: a blank quantity says nothing, zero says none.

    Without a price, the usual price of the offer holds.
    """

    quantity: int | None
    price_cents: int | None = None
    lot: str = ""


def require_lot(lot: str) -> None:
    """Raises LotTooLong."""
    if len(lot) > LONGEST_LOT:
        raise LotTooLong(longest=LONGEST_LOT)


def require_figures(quantity: int, price_cents: int) -> None:
    """Refuse figures that can only be a slip of the finger.

    Raises QuantityTooLarge or PriceOutOfRange; ValueError for a negative quantity,
    which no field lets through.
    """
    if quantity < 0:
        raise ValueError("A quantity is zero or more.")
    if quantity > LARGEST_QUANTITY:
        raise QuantityTooLarge(quantity=quantity, largest=LARGEST_QUANTITY)
    if not 0 <= price_cents <= LARGEST_PRICE_CENTS:
        raise PriceOutOfRange(largest=LARGEST_PRICE_CENTS // 100)
