"""Quickest ways agree with networkx and follow one-way streets."""

from itertools import pairwise

import networkx
import numpy as np
import pytest

from routing.travel.base import Point
from routing.travel.road_graph import RoadGraph
from routing.travel.search import quickest_ways


@pytest.fixture(scope="module")
def crossings(outremont) -> list[Point]:
    """Every seventh crossing of Outremont, as places that stand exactly there."""
    network = outremont.network
    return [
        Point(float(network.lats[node]), float(network.lons[node]))
        for node in range(0, network.num_nodes, 7)
    ]


@pytest.fixture(scope="module")
def osm_ids(outremont_graph) -> list[int]:
    return sorted(outremont_graph.nodes)[::7]


def test_durations_agree_with_networkx(outremont, outremont_graph, crossings, osm_ids):
    free_flow = RoadGraph(outremont.network, time_factor=1.0)

    legs = free_flow.legs_for(crossings)

    networkx_s = []
    for start in osm_ids:
        reached = networkx.single_source_dijkstra_path_length(
            outremont_graph, start, weight="travel_time"
        )
        networkx_s.append([reached[end] for end in osm_ids])
    assert len(crossings) == 33
    assert np.abs(legs.duration_s - np.array(networkx_s)).max() < 1e-6


def test_distances_agree_with_networkx_along_the_quickest_way(
    outremont, outremont_graph, crossings, osm_ids
):
    legs = outremont.legs_for(crossings)

    networkx_m = []
    for start in osm_ids:
        ways = networkx.single_source_dijkstra_path(
            outremont_graph, start, weight="travel_time"
        )
        networkx_m.append([_length_m(outremont_graph, ways[end]) for end in osm_ids])
    assert np.abs(legs.distance_m - np.array(networkx_m)).max() < 1e-6


def _length_m(graph: networkx.MultiDiGraph, way: list[int]) -> float:
    streets = [graph[start][end].values() for start, end in pairwise(way)]
    quickest = [min(each, key=lambda data: data["travel_time"]) for each in streets]
    return sum(float(data["length"]) for data in quickest)


def test_the_way_follows_one_way_streets(tiny_network):
    finder = RoadGraph(tiny_network).finder
    entrances = finder.entrances([Point(45.60, -73.50), Point(45.62, -73.51)])

    ways = quickest_ways(tiny_network, entrances, time_factor=1.0)

    # Out by 0 → 1 → 2 (1 200 + 1 500 m at 10 m/s), back by 2 → 0 (3 000 m).
    out, back = ways.arrivals(entrances[1]), ways.arrivals(entrances[0])
    assert (out.duration_s[0], out.distance_m[0]) == (270.0, 2_700.0)
    assert (back.duration_s[1], back.distance_m[1]) == (300.0, 3_000.0)
    assert ways.crossings_to(0, 2) == [0, 1, 2]
    assert ways.crossings_to(1, 0) == [2, 0]
