"""What a basket asks for, and which availabilities will stand behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from orders.core.errors import ItemNotOffered, QuantityOutOfRange

ItemKind = Literal["offer", "pooled"]
HOUSEHOLDS_MAX = 100_000
"""More than this behind one order is a slip of the finger."""

QUANTITY_MAX = 100_000
"""More than any farm here ever posted; above it the figure is a typing mistake."""


@dataclass(frozen=True, slots=True)
class SourceStock:
    """What one availability still has, in selling units."""

    availability_id: int
    left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing that can be ordered in a cycle: a farm's offer, or a pooled one.

    `price_cents` is the farm's price of one selling unit; mass and volume are of one.
    """

    kind: ItemKind
    pk: int
    public_id: str
    name: str
    unit_label: str
    price_cents: int
    mass_g: int
    volume_ml: int
    temperature_class: str
    taxability: Literal["zero_rated", "taxable"]
    family_id: int
    sources: tuple[SourceStock, ...]

    @property
    def left(self) -> int:
        """What may still be ordered, over all farms."""
        return sum(source.left for source in self.sources)


def require_wants(wants: Mapping[str, int], items: Mapping[str, Item]) -> None:
    """Refuse what is not offered, not positive or absurdly large.

    `wants` maps the public id of an item to units. Raises ItemNotOffered,
    QuantityOutOfRange.
    """
    for public_id, quantity in wants.items():
        item = items.get(public_id)
        if item is None:
            raise ItemNotOffered(item=public_id)
        if not 0 < quantity <= QUANTITY_MAX:
            raise QuantityOutOfRange(product=item.name, quantity=quantity)


def spread(quantity: int, sources: Sequence[SourceStock]) -> dict[int, int]:
    """Choose the availabilities that reserve a quantity: the fullest first.

    A tie goes to the lower id. What no source has is asked of the fullest one, so
    that the refusal names a real product. The close decides anew who really gives.
    """
    ranked = sorted(sources, key=lambda source: (-source.left, source.availability_id))
    taken: dict[int, int] = {}
    missing = quantity
    for source in ranked:
        units = min(max(source.left, 0), missing)
        if units:
            taken[source.availability_id] = units
            missing -= units
    if missing and ranked:
        fullest = ranked[0].availability_id
        taken[fullest] = taken.get(fullest, 0) + missing
    return taken
