"""Quickest ways from many places over one network, by SciPy's Dijkstra.

Each place becomes a vertex of its own with one road to each of its entrances and
none back, so one search per place finds the best entrance and the streets together
and no way can pass through a place. Arriving is the mirror: the quickest way to
each entrance of the destination plus the cost of leaving there.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from routing.travel.base import FloatArray, IntArray
from routing.travel.entrances import Entrance
from routing.travel.network import RoadNetwork


@dataclass(frozen=True, slots=True, eq=False)
class Arrivals:
    """For each origin: the cost to one destination, and by which crossing."""

    distance_m: FloatArray
    duration_s: FloatArray
    crossing: IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Ways:
    """Quickest ways from each origin (row) to every vertex (column)."""

    duration_s: FloatArray
    distance_m: FloatArray
    previous: IntArray
    first_vertex: int

    def arrivals(self, entrance: Entrance) -> Arrivals:
        """Finish the ways at one destination through its best entrance."""
        through_s = self.duration_s[:, entrance.nodes] + entrance.duration_s
        best = through_s.argmin(axis=1)
        rows = np.arange(len(best))
        crossing = entrance.nodes[best]
        return Arrivals(
            distance_m=self.distance_m[rows, crossing] + entrance.distance_m[best],
            duration_s=through_s[rows, best],
            crossing=crossing,
        )

    def crossings_to(self, origin: int, crossing: int) -> list[int]:
        """List the crossings on the way from an origin to a crossing, in order."""
        way = []
        while crossing != self.first_vertex + origin:
            way.append(crossing)
            crossing = int(self.previous[origin, crossing])
        return way[::-1]


def quickest_ways(
    network: RoadNetwork, origins: Sequence[Entrance], *, time_factor: float
) -> Ways:
    """Search from each origin to every crossing.

    Distance is measured along the quickest way, not along the shortest.
    """
    num_nodes = network.num_nodes
    num_vertices = num_nodes + len(origins)
    columns = np.concatenate([network.ends, *(o.nodes for o in origins)])
    length_m = np.concatenate([network.length_m, *(o.distance_m for o in origins)])
    duration_s = np.concatenate(
        [network.duration_s * time_factor, *(o.duration_s for o in origins)]
    )
    per_vertex = np.concatenate(
        [
            np.bincount(network.starts, minlength=num_nodes),
            np.array([len(origin.nodes) for origin in origins], dtype=np.int64),
        ]
    )
    offsets = np.concatenate([[0], np.cumsum(per_vertex)])
    best_s, previous = dijkstra(
        csr_array((duration_s, columns, offsets), shape=(num_vertices, num_vertices)),
        indices=np.arange(num_nodes, num_vertices),
        return_predecessors=True,
    )
    rows = np.repeat(np.arange(num_vertices), per_vertex)
    return Ways(
        duration_s=best_s,
        distance_m=_lengths_along(previous, rows * num_vertices + columns, length_m),
        previous=previous,
        first_vertex=num_nodes,
    )


def _lengths_along(
    previous: IntArray, street_keys: IntArray, length_m: FloatArray
) -> FloatArray:
    """Add up street lengths along each tree of quickest ways.

    Each round doubles the stretch already added, so a way of a thousand streets
    takes ten rounds over whole arrays. `street_keys` rises. Vertices that cannot
    be reached, and the origin itself, have no previous one and get zero.
    """
    num_vertices = previous.shape[1]
    vertices = np.arange(num_vertices)
    reached = previous >= 0
    ahead = np.where(reached, previous, vertices)
    keys = np.where(reached, previous.astype(np.int64) * num_vertices + vertices, 0)
    street = np.searchsorted(street_keys, keys)
    total_m: FloatArray = np.where(reached, length_m[street], 0.0)
    while True:
        further = np.take_along_axis(ahead, ahead, axis=1)
        if np.array_equal(further, ahead):
            return total_m
        total_m = total_m + np.take_along_axis(total_m, ahead, axis=1)
        ahead = further
