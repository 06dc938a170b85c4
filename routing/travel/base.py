"""What every provider of travel promises: points in, one directed matrix out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from hub.core.places import require_in_quebec
from routing.core.matrix import Matrix

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
LatLon = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the ground in Quebec, in degrees (WGS 84).

    Raises CoordinatesSwapped, LongitudeWithoutMinus, PlaceOutsideTerritory.
    """

    lat: float
    lon: float

    def __post_init__(self) -> None:
        require_in_quebec(self.lat, self.lon)


@dataclass(frozen=True, slots=True, eq=False)
class Legs:
    """Every directed leg between some points, in floats, before the one rounding.

    Row is origin, column is destination. A leg is an estimate when any part of it
    was measured as the crow flies instead of along known streets.
    """

    distance_m: FloatArray
    duration_s: FloatArray
    is_estimate: BoolArray

    def rounded(self, place_ids: tuple[str, ...], *, engine: str) -> Matrix:
        """Round once, to whole metres and seconds, into the planner's matrix."""
        return Matrix(
            place_ids=place_ids,
            distances_m=_whole(self.distance_m),
            durations_s=_whole(self.duration_s),
            engine=engine,
            estimates=frozenset(
                (int(start), int(end)) for start, end in np.argwhere(self.is_estimate)
            ),
        )


class TravelProvider(Protocol):
    """Anything that can measure and draw the way between points."""

    @property
    def engine(self) -> str:
        """Name, version and settings of what measures; stored with each matrix."""

    def matrix_for(self, points: Mapping[str, Point]) -> Matrix:
        """Measure every directed leg between the points, named by place id."""

    def leg_geometry(self, origin: Point, destination: Point) -> list[LatLon]:
        """Return the line to draw for one leg, as (latitude, longitude) pairs."""


def _whole(figures: FloatArray) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(row) for row in np.rint(figures).astype(np.int64).tolist())
