"""Travel as the crow flies, lengthened: always an estimate, and labelled so.

The figures. Distance is the great circle x 1.30, the median detour measured on
the streets of Montreal (5th to 95th percentile: 1.08 to 1.67). Town pace is the
48 km/h that fitted free-flow times on the same streets, divided by the 1.36 by
which free flow is optimistic (see `road_graph`): 35.3 km/h. Against those streets
the median error of a time is 13 %, the 95th percentile 50 %. Beyond the first
6.5 km of a leg, the kilometres are counted at 80 km/h, between the 90 km/h of
provincial roads and the villages they cross: a choice, not a measurement.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from routing.core.matrix import Matrix
from routing.travel.base import FloatArray, LatLon, Legs, Point
from routing.travel.sphere import coordinates, great_circle_m

DETOUR = 1.30
TOWN_PACE_KMH = 48 / 1.36
RURAL_PACE_KMH = 80.0
TOWN_PART_M = 6_500.0


def estimated_distance_m(great_circle_m: FloatArray) -> FloatArray:
    """Lengthen great-circle distances into plausible road distances."""
    return great_circle_m * DETOUR


def estimated_duration_s(distance_m: FloatArray) -> FloatArray:
    """Give plausible durations to road distances: town pace first, then rural."""
    town_m = np.minimum(distance_m, TOWN_PART_M)
    rural_m = distance_m - town_m
    duration_s: FloatArray = 3.6 * (town_m / TOWN_PACE_KMH + rural_m / RURAL_PACE_KMH)
    return duration_s


class StraightLine:
    """The provider that needs no road data and covers the whole territory."""

    @property
    def engine(self) -> str:
        """Name, version and settings of the estimate."""
        return (
            f"straight-line/1 detour={DETOUR:g} town={TOWN_PACE_KMH:.1f}km/h"
            f" rural={RURAL_PACE_KMH:g}km/h"
        )

    def legs_for(self, places: Sequence[Point]) -> Legs:
        """Estimate every leg, in floats."""
        lats, lons = coordinates(places)
        distance_m = estimated_distance_m(
            great_circle_m(lats[:, None], lons[:, None], lats[None, :], lons[None, :])
        )
        return Legs(
            distance_m=distance_m,
            duration_s=estimated_duration_s(distance_m),
            is_estimate=distance_m > 0,
        )

    def matrix_for(self, points: Mapping[str, Point]) -> Matrix:
        """Estimate every directed leg between the points, named by place id."""
        legs = self.legs_for(list(points.values()))
        return legs.rounded(tuple(points), engine=self.engine)

    def leg_geometry(self, origin: Point, destination: Point) -> list[LatLon]:
        """Return the two ends: what was measured is a straight line."""
        return [(origin.lat, origin.lon), (destination.lat, destination.lon)]
