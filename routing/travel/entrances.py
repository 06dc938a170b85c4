"""Decide where a place joins the known streets, and what that costs.

A place within `snap_max_m` of a crossing joins there. A place farther away is off
the graph: it joins by a straight-line leg, labelled as an estimate. Outside the
mapped area its entrances are the gateways on its own side, those it can reach
without crossing the area in a straight line: that would be flying over streets we
know. The search then takes the entrance that makes the whole leg quickest.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from scipy.spatial import KDTree

from routing.travel.base import BoolArray, FloatArray, IntArray, Point
from routing.travel.network import GATEWAY_BAND_M, RoadNetwork
from routing.travel.sphere import (
    EARTH_RADIUS_M,
    coordinates,
    great_circle_m,
    unit_vectors,
)
from routing.travel.straight_line import estimated_distance_m, estimated_duration_s

# From a door to the nearest crossing: lanes, yards, looking for the number.
DOOR_PACE_KMH = 20.0
# An off-graph place this near to a crossing may also join there.
NEAR_CROSSING_M = 2_000.0
# Gateways lie up to one band inside the outline, so a fair line may cross this much.
FLYOVER_MAX_M = 2 * GATEWAY_BAND_M


@dataclass(frozen=True, slots=True, eq=False)
class Entrance:
    """The crossings through which one place joins the streets, with their costs."""

    nodes: IntArray
    distance_m: FloatArray
    duration_s: FloatArray
    is_estimate: bool


class EntranceFinder:
    """Finds the entrances of places into one network."""

    def __init__(self, network: RoadNetwork, *, snap_max_m: float) -> None:
        self.network = network
        self.snap_max_m = snap_max_m
        self._tree = KDTree(unit_vectors(network.lats, network.lons))

    def entrances(self, places: Sequence[Point]) -> list[Entrance]:
        """Find the entrance of each place."""
        lats, lons = coordinates(places)
        chords, nearest = self._tree.query(unit_vectors(lats, lons))
        nearest_m = 2 * EARTH_RADIUS_M * np.arcsin(chords / 2)
        spots = [shapely.Point(spot) for spot in self.network.on_plane(lats, lons)]
        return [
            self._snapped(int(node), float(near_m))
            if near_m <= self.snap_max_m
            else self._joined_from_afar(place, spot, int(node), float(near_m))
            for place, spot, node, near_m in zip(
                places, spots, nearest, nearest_m, strict=True
            )
        ]

    def _snapped(self, node: int, near_m: float) -> Entrance:
        return Entrance(
            nodes=np.array([node]),
            distance_m=np.array([near_m]),
            duration_s=np.array([near_m * 3.6 / DOOR_PACE_KMH]),
            is_estimate=False,
        )

    def _joined_from_afar(
        self, place: Point, spot: shapely.Point, nearest: int, near_m: float
    ) -> Entrance:
        nodes = self._candidates(spot, nearest, near_m)
        distance_m = estimated_distance_m(
            great_circle_m(
                np.array(place.lat),
                np.array(place.lon),
                self.network.lats[nodes],
                self.network.lons[nodes],
            )
        )
        return Entrance(
            nodes=nodes,
            distance_m=distance_m,
            duration_s=estimated_duration_s(distance_m),
            is_estimate=True,
        )

    def _candidates(self, spot: shapely.Point, nearest: int, near_m: float) -> IntArray:
        """Choose the crossings by which an off-graph place may join.

        Inside the outline, in a gap between streets, only the nearest one.
        """
        alone = np.array([nearest])
        if self.network.outline.contains(spot):
            return alone
        gateways = self.network.gateways
        reachable = gateways[self._flyover_m(spot) <= FLYOVER_MAX_M]
        if near_m <= NEAR_CROSSING_M or not len(reachable):
            return np.union1d(reachable, alone)
        return reachable

    def _flyover_m(self, spot: shapely.Point) -> FloatArray:
        """Measure how far the line to each gateway runs over the mapped area."""
        network, gateways = self.network, self.network.gateways
        ends = network.on_plane(network.lats[gateways], network.lons[gateways])
        begins = np.broadcast_to([spot.x, spot.y], ends.shape)
        lines = shapely.linestrings(np.stack((begins, ends), axis=1))
        inside = shapely.intersection(lines, network.outline)
        return np.asarray(shapely.length(inside), dtype=np.float64)


def off_graph(entrances: Sequence[Entrance]) -> BoolArray:
    """Tell which places are off the graph."""
    return np.array([entrance.is_estimate for entrance in entrances], dtype=np.bool_)
