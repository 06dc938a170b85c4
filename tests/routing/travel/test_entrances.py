"""Where a place joins the streets, and what that costs."""

import numpy as np
import pytest
from geopy.distance import great_circle

from routing.travel.base import Point
from routing.travel.entrances import EntranceFinder
from routing.travel.road_graph import RoadGraph


@pytest.fixture
def finder(montreal: RoadGraph) -> EntranceFinder:
    return montreal.finder


def crossing(finder: EntranceFinder, node: int) -> Point:
    network = finder.network
    return Point(float(network.lats[node]), float(network.lons[node]))


def metres(origin: Point, end: Point) -> float:
    pair = (origin.lat, origin.lon), (end.lat, end.lon)
    return float(great_circle(*pair).meters)


def test_a_place_near_a_crossing_joins_there_at_the_pace_of_doors(tiny_network):
    finder = EntranceFinder(tiny_network, snap_max_m=400.0)

    (entrance,) = finder.entrances([Point(45.599, -73.50)])

    # 0.001° of latitude is 111.2 m, at 20 km/h 20.0 s.
    assert entrance.nodes.tolist() == [0]
    assert entrance.distance_m.round(1).tolist() == [111.2]
    assert entrance.duration_s.round(1).tolist() == [20.0]
    assert not entrance.is_estimate


def test_a_place_beyond_the_snapping_distance_is_an_estimate(tiny_network):
    finder = EntranceFinder(tiny_network, snap_max_m=111.0)

    (entrance,) = finder.entrances([Point(45.599, -73.50)])

    # The tiny network has no main road: every crossing lets traffic in.
    # 111.2 m × 1.30 = 144.6 m at 48/1.36 km/h.
    assert entrance.is_estimate
    assert entrance.nodes.tolist() == [0, 1, 2]
    assert entrance.distance_m[0].round(1) == 144.6
    assert entrance.duration_s[0].round(1) == 14.7


def test_the_nearest_crossing_is_the_nearest_by_great_circle(finder):
    point = Point(45.6123, -73.5581)

    (entrance,) = finder.entrances([point])

    every_m = [
        metres(point, crossing(finder, node))
        for node in range(finder.network.num_nodes)
    ]
    assert entrance.nodes.tolist() == [int(np.argmin(every_m))]
    assert entrance.distance_m[0] == pytest.approx(min(every_m), abs=1e-3)


def test_a_farm_joins_by_gateways_on_its_own_side_only(finder, places):
    north, south = finder.entrances([places["north"], places["south"]])

    network = finder.network
    # From Lanaudière only the bridge at the northern tip; from Montérégie the
    # river side, by the tunnel and both tips, never the inland side.
    assert set(north.nodes.tolist()) < set(south.nodes.tolist())
    assert set(south.nodes.tolist()) < set(network.gateways.tolist())
    assert network.lats[north.nodes].min() > 45.68
    assert network.lats[south.nodes].min() < 45.60
    assert network.lons[network.gateways].min() < -73.60
    assert network.lons[south.nodes].min() > -73.57


def test_a_gap_between_streets_is_joined_by_its_nearest_crossing(montreal):
    finder = RoadGraph(montreal.network, snap_max_m=10.0).finder
    gap = Point(45.6301, -73.5432)

    (entrance,) = finder.entrances([gap])

    assert entrance.is_estimate
    assert len(entrance.nodes) == 1


def test_a_place_just_outside_may_join_at_its_nearest_crossing(finder):
    # A kilometre east of the last crossing, in the river.
    east = int(np.argmax(finder.network.lons))
    last = crossing(finder, east)
    point = Point(last.lat, last.lon + 0.013)

    (entrance,) = finder.entrances([point])

    assert entrance.is_estimate
    assert east in entrance.nodes.tolist()
