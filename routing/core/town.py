"""Where on a map the doors of a day stand close together: the town among the farms."""

from collections.abc import Collection
from dataclasses import dataclass
from math import cos, hypot, radians

LatLon = tuple[float, float]

FEWEST_DOORS = 4
REACH = 2.0
"""How far from the heart of a town it ends: twice as far as its nearer half."""
NEARER = 1.5
"""A town worth a look of its own is drawn at least this much larger."""


@dataclass(frozen=True, slots=True)
class Box:
    """A part of a map, in degrees."""

    south: float
    west: float
    north: float
    east: float

    @property
    def across(self) -> float:
        """From corner to corner, in degrees of latitude."""
        return _apart((self.south, self.west), (self.north, self.east))


def town_box(doors: Collection[LatLon], others: Collection[LatLon] = ()) -> Box | None:
    """Find the box of the doors that stand close together.

    `doors` and `others` (farms, depots: what else is on the map) are pairs of latitude
    and longitude in degrees. The heart of the town is the door that has half of all
    doors nearest to it; the town is every door within twice that reach, so that one
    far door, or a third of them, moves nothing. None when there are too few doors to
    speak of a town, or when the map of everything shows them nearly as large.
    """
    spots = sorted(set(doors))
    if len(spots) < FEWEST_DOORS:
        return None
    reach, heart = min((_reach(spot, spots), spot) for spot in spots)
    town = _box([spot for spot in spots if _apart(heart, spot) <= REACH * reach])
    whole = _box([*spots, *others])
    return town if NEARER * town.across <= whole.across else None


def _reach(heart: LatLon, spots: list[LatLon]) -> float:
    return sorted(_apart(heart, spot) for spot in spots)[len(spots) // 2]


def _apart(one: LatLon, other: LatLon) -> float:
    """How far apart two points are, in degrees of latitude, on a flat map."""
    shrunk = cos(radians((one[0] + other[0]) / 2))
    return hypot(one[0] - other[0], (one[1] - other[1]) * shrunk)


def _box(spots: list[LatLon]) -> Box:
    latitudes, longitudes = zip(*spots, strict=True)
    return Box(min(latitudes), min(longitudes), max(latitudes), max(longitudes))
