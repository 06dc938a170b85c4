"""Travel on known streets: an OSMnx graph searched by SciPy.

Free-flow times (posted limits, no lights, no turns) are optimistic: OSRM's car
profile takes 1.36 times longer on the same Montreal streets (5th to 95th
percentile: 1.31 to 1.46, correlation 0.998). `TIME_FACTOR` is that median; a hub
replaces it when its own recorded arrivals say otherwise.

A leg that touches a place off the graph is labelled an estimate. Between two such
places the straight line stands in whenever it is quicker than joining the streets.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np

from routing.core.matrix import Matrix
from routing.travel.base import BoolArray, LatLon, Legs, Point
from routing.travel.entrances import Entrance, EntranceFinder, off_graph
from routing.travel.network import RoadNetwork
from routing.travel.search import quickest_ways
from routing.travel.straight_line import StraightLine

TIME_FACTOR = 1.36
SNAP_MAX_M = 400.0
# Searches are made for this many origins at a time, to bound the memory.
ORIGINS_AT_ONCE = 250

MONTREAL_EAST = Path(__file__).parent / "data" / "montreal-est-drive.graphml.gz"


class RoadGraph:
    """The provider on known streets, with straight lines to what they miss."""

    def __init__(
        self,
        network: RoadNetwork,
        *,
        time_factor: float = TIME_FACTOR,
        snap_max_m: float = SNAP_MAX_M,
    ) -> None:
        self.network = network
        self.time_factor = time_factor
        self.finder = EntranceFinder(network, snap_max_m=snap_max_m)

    @property
    def engine(self) -> str:
        """Name, version, road file and settings: one matrix, one engine."""
        return (
            f"road-graph/1 graph={self.network.digest} factor={self.time_factor:g}"
            f" snap={self.finder.snap_max_m:g}m; {StraightLine().engine}"
        )

    def matrix_for(self, points: Mapping[str, Point]) -> Matrix:
        """Measure every directed leg between the points, named by place id."""
        legs = self.legs_for(list(points.values()))
        return legs.rounded(tuple(points), engine=self.engine)

    def legs_for(self, places: Sequence[Point]) -> Legs:
        """Measure every leg, in floats."""
        entrances = self.finder.entrances(places)
        streets = self._along_streets(entrances)
        straight = StraightLine().legs_for(places)
        direct = _goes_direct(entrances, streets=streets, straight=straight)
        off = off_graph(entrances)
        return Legs(
            distance_m=np.where(direct, straight.distance_m, streets.distance_m),
            duration_s=np.where(direct, straight.duration_s, streets.duration_s),
            is_estimate=(off[:, None] | off[None, :]) & (straight.distance_m > 0),
        )

    def leg_geometry(self, origin: Point, destination: Point) -> list[LatLon]:
        """Return the line to draw for one leg, from origin to destination.

        Parts that were estimated as the crow flies are drawn straight.
        """
        ends = [(origin.lat, origin.lon), (destination.lat, destination.lon)]
        entrances = self.finder.entrances([origin, destination])
        streets = self._along_streets(entrances)
        straight = StraightLine().legs_for([origin, destination])
        if _goes_direct(entrances, streets=streets, straight=straight)[0, 1]:
            return ends
        ways = quickest_ways(self.network, entrances[:1], time_factor=self.time_factor)
        last = int(ways.arrivals(entrances[1]).crossing[0])
        return [ends[0], *self._drawn(ways.crossings_to(0, last)), ends[1]]

    def _along_streets(self, entrances: list[Entrance]) -> Legs:
        """Measure every leg through the entrances of its two ends."""
        shape = (len(entrances), len(entrances))
        distance_m, duration_s = np.zeros(shape), np.zeros(shape)
        for first in range(0, len(entrances), ORIGINS_AT_ONCE):
            rows = slice(first, first + ORIGINS_AT_ONCE)
            ways = quickest_ways(
                self.network, entrances[rows], time_factor=self.time_factor
            )
            for column, entrance in enumerate(entrances):
                arrivals = ways.arrivals(entrance)
                distance_m[rows, column] = arrivals.distance_m
                duration_s[rows, column] = arrivals.duration_s
        return Legs(distance_m, duration_s, np.zeros(shape, dtype=np.bool_))

    def _drawn(self, crossings: list[int]) -> list[LatLon]:
        """Join the drawings of the streets between consecutive crossings."""
        network, first = self.network, crossings[0]
        line = [(float(network.lats[first]), float(network.lons[first]))]
        for ends in pairwise(crossings):
            line.extend(network.lines[ends][1:])
        return line


def _goes_direct(
    entrances: Sequence[Entrance], *, streets: Legs, straight: Legs
) -> BoolArray:
    """Tell which legs are straight: none to drive, or both ends off the graph."""
    off = off_graph(entrances)
    quicker = straight.duration_s <= streets.duration_s
    direct: BoolArray = (off[:, None] & off[None, :] & quicker) | (
        straight.distance_m == 0
    )
    return direct


def read_network(path: Path) -> RoadNetwork:
    """Read a GraphML file of OSMnx into arrays."""
    from routing.travel import osm  # OSMnx: two seconds that few processes owe

    graph, digest = osm.read_graph(path)
    return osm.network_from(osm.prepared(graph), digest=digest)


@lru_cache(maxsize=1)
def montreal_east() -> RoadGraph:
    """Return the provider on the streets the project keeps, read once a process."""
    return RoadGraph(read_network(MONTREAL_EAST))
