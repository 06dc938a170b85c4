"""What people write about a product, a packing and a pooled offer."""

from dataclasses import dataclass

from hub.core.quantities import TEMPERATURE_CLASSES, UNITS
from producers.core.errors import PackOutOfRange, UnknownUnit
from producers.core.grid import LARGEST_PACK_MASS_G, LARGEST_PACK_VOLUME_ML


def require_pack(mass_g: int, volume_ml: int, pieces: int = 1) -> None:
    """Raises PackOutOfRange when one unit weighs, fills or holds nothing credible."""
    weighs = 0 < mass_g <= LARGEST_PACK_MASS_G
    fills = 0 < volume_ml <= LARGEST_PACK_VOLUME_ML
    if not (weighs and fills and pieces > 0):
        raise PackOutOfRange


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductDetails:
    """A product as its farm describes it; `family_id` names a family of the hub."""

    family_id: int
    name_fr: str
    name_en: str = ""
    description: str = ""
    taxability: str = "zero_rated"


@dataclass(frozen=True, slots=True, kw_only=True)
class VariantDetails:
    """A packing: mass and volume are of one selling unit.

    Raises UnknownUnit or PackOutOfRange.
    """

    unit: str
    label_fr: str
    mass_g: int
    volume_ml: int
    temperature_class: str
    label_en: str = ""
    units_per_case: int = 1
    is_organic: bool = False
    is_seconds: bool = False

    def __post_init__(self) -> None:
        if self.unit not in UNITS:
            raise UnknownUnit(unit=self.unit)
        if self.temperature_class not in TEMPERATURE_CLASSES:
            raise ValueError("A temperature class is frozen, chilled or ambient.")
        require_pack(self.mass_g, self.volume_ml, self.units_per_case)


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolDetails:
    """A line that several farms fill, all with the same mass, temperature and price.

    Raises PackOutOfRange.
    """

    family_id: int
    name_fr: str
    price_cents: int
    mass_g: int
    volume_ml: int
    temperature_class: str
    name_en: str = ""
    taxability: str = "zero_rated"

    def __post_init__(self) -> None:
        if self.temperature_class not in TEMPERATURE_CLASSES:
            raise ValueError("A temperature class is frozen, chilled or ambient.")
        require_pack(self.mass_g, self.volume_ml)
