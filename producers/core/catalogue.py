"""What a hub can sell in a week, as the floors above read it."""

from dataclasses import dataclass
from typing import NamedTuple


class ListedRow(NamedTuple):
    """What one searches and sorts a hub's list by; rows stand in its order."""

    family_name: str
    name: str
    public_id: str
    label: str
    farm_ids: tuple[int, ...]
    farm_names: tuple[str, ...]
    family_id: int
    temperature_class: str
    is_organic: bool
    is_seconds: bool

    @property
    def title(self) -> str:
        """Name and packing in one text."""
        return f"{self.name}, {self.label}" if self.label else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueRow:
    """One line of a hub's list for a week: a farm's offer, or a pooled offer.

    Exactly one of `offer_id` and `pooled_offer_id` is set; `availability_id` comes
    with `offer_id`, and the ids of a pooled offer's members are read apart. Figures
    are of selling units; `price_cents` is the farm's price of one.
    """

    offer_id: int | None
    pooled_offer_id: int | None
    availability_id: int | None
    public_id: str
    name: str
    label: str
    unit: str
    farm_ids: tuple[int, ...]
    farm_names: tuple[str, ...]
    family_id: int
    family_name: str
    temperature_class: str
    mass_g: int
    volume_ml: int
    taxability: str
    is_organic: bool
    is_seconds: bool
    price_cents: int
    quantity: int
    reserved: int
    left: int
    lot: str

    @property
    def is_pooled(self) -> bool:
        """Whether several farms fill this line."""
        return self.pooled_offer_id is not None

    @property
    def title(self) -> str:
        """Name and packing in one text."""
        return f"{self.name}, {self.label}" if self.label else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Goods:
    """What stands behind one availability: whose it is, what one unit is."""

    availability_id: int
    offer_id: int
    pooled_offer_id: int | None
    farm_id: int
    farm_name: str
    name: str
    label: str
    unit: str
    temperature_class: str
    mass_g: int
    volume_ml: int
    price_cents: int
    lot: str
    quantity: int
    reserved: int
    left: int

    @property
    def title(self) -> str:
        """Name and packing in one text."""
        return f"{self.name}, {self.label}" if self.label else self.name
