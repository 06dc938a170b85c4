"""What a farm posts for a week, what is left of it, and what is short.

A blank cell says nothing yet; zero says that there is none. The two are never mixed.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from hub.core.errors import NotACount
from hub.core.quantities import parse_count
from producers.core.errors import NotEnoughStock, UnknownQuantity

Key = TypeVar("Key", bound=Hashable)
Cell = TypeVar("Cell")


@dataclass(frozen=True, slots=True)
class Posted:
    """A figure for a week, and the promised units that it no longer covers.

    Always: reserved ≤ quantity + short_quantity.
    """

    quantity: int
    short_quantity: int


def parse_cell(text: str) -> int | None:
    """Read a cell of the weekly grid: None for a blank, else a whole number.

    Raises UnknownQuantity.
    """
    if not text.strip():
        return None
    try:
        return parse_count(text)
    except NotACount as refusal:
        raise UnknownQuantity(text=text) from refusal


def post_quantity(quantity: int, reserved: int) -> Posted:
    """Take a farm's new figure while `reserved` units are already promised.

    A farm may always say the truth: a figure under what is promised is kept, and the
    units missing stand as short until the close shares them out.
    """
    if quantity < 0 or reserved < 0:
        raise ValueError("Quantities are zero or more.")
    return Posted(quantity, max(0, reserved - quantity))


def quantity_left(quantity: int | None, reserved: int) -> int:
    """Give what may still be ordered; a blank leaves nothing to order."""
    return max(0, (quantity or 0) - reserved)


def require_left(product: str, *, left: int, asked: int) -> None:
    """Raises NotEnoughStock, naming the product, when more is asked than is left."""
    if asked > left:
        raise NotEnoughStock(product=product, left=left, asked=asked)


def copy_last_week(
    this_week: Mapping[Key, Cell | None], last_week: Mapping[Key, Cell | None]
) -> dict[Key, Cell]:
    """Give the cells that copying last week fills: this week's blanks alone.

    A zero is a figure: it is kept where it stands, and copied where it was. Rows that
    this week does not have (a product withdrawn) are left out.
    """
    fills = {}
    for key, cell in this_week.items():
        last = last_week.get(key)
        if cell is None and last is not None:
            fills[key] = last
    return fills
