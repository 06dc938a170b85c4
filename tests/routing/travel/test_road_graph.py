"""Legs on known streets: figures, labels, gateways, drawings, speed."""

import time
from itertools import pairwise, product

import networkx
import numpy as np
import pytest
from geopy.distance import great_circle
from hypothesis import given, settings
from hypothesis import strategies as st

from routing.core.matrix import Leg
from routing.travel.addresses import sample_addresses
from routing.travel.base import LatLon, Point
from routing.travel.road_graph import RoadGraph, montreal_east
from routing.travel.straight_line import StraightLine


def drawn_m(line: list[LatLon]) -> float:
    return sum(float(great_circle(start, end).meters) for start, end in pairwise(line))


def test_golden_figures_on_the_streets_kept(montreal, places):
    matrix = montreal.matrix_for(places)

    assert matrix.distances_m == (
        (0, 13281, 57039, 38015),
        (9528, 0, 47458, 43363),
        (52389, 47613, 0, 69991),
        (41073, 43615, 69991, 0),
    )
    assert matrix.durations_s == (
        (0, 1013, 3343, 2211),
        (795, 0, 2821, 2641),
        (3008, 2835, 0, 3520),
        (2613, 2655, 3520, 0),
    )


def test_legs_are_directed(montreal, places):
    matrix = montreal.matrix_for(places)

    assert matrix.leg("hub", "drop") != matrix.leg("drop", "hub")


def test_every_leg_of_a_place_off_the_graph_is_an_estimate(montreal, places):
    matrix = montreal.matrix_for(places)

    known = {("hub", "drop"), ("drop", "hub")}
    assert matrix.estimates == {
        (matrix.position(start), matrix.position(end))
        for start in places
        for end in places
        if start != end and (start, end) not in known
    }


def test_two_names_for_one_point_have_nothing_to_drive(montreal, places):
    matrix = montreal.matrix_for(
        {"a": places["hub"], "b": places["hub"], "c": places["north"]}
        | {"d": places["north"]}
    )

    assert matrix.leg("a", "b") == Leg(distance_m=0, duration_s=0)
    assert matrix.leg("c", "d") == Leg(distance_m=0, duration_s=0)


def test_the_time_factor_lengthens_times_and_no_distance(outremont):
    network = outremont.network
    at = [Point(float(network.lats[n]), float(network.lons[n])) for n in (0, 100)]

    slow = RoadGraph(network, time_factor=2.0).legs_for(at)
    free = RoadGraph(network, time_factor=1.0).legs_for(at)

    assert slow.duration_s == pytest.approx(2 * free.duration_s)
    assert slow.distance_m == pytest.approx(free.distance_m)


def brute_force_s(
    montreal: RoadGraph, origin: Point, destination: Point
) -> tuple[float, float]:
    """Try every pair of entrances with networkx; give the best time and its length."""
    network = montreal.network
    streets = networkx.DiGraph()
    for street in network.streets:
        streets.add_edge(
            street.start,
            street.end,
            duration_s=street.duration_s * montreal.time_factor,
            length_m=street.length_m,
        )
    out, into = montreal.finder.entrances([origin, destination])
    best = (float("inf"), 0.0)
    for node, out_s, out_m in zip(
        out.nodes.tolist(), out.duration_s, out.distance_m, strict=True
    ):
        reached_s, ways = networkx.single_source_dijkstra(
            streets, node, weight="duration_s"
        )
        for end, in_s, in_m in zip(
            into.nodes.tolist(), into.duration_s, into.distance_m, strict=True
        ):
            way_m = networkx.path_weight(streets, ways[end], "length_m")
            whole = (out_s + reached_s[end] + in_s, out_m + way_m + in_m)
            best = min(best, whole)
    return best


@pytest.mark.parametrize(
    ("start", "end"),
    [("north", "hub"), ("hub", "north"), ("south", "drop"), ("drop", "south")],
)
def test_a_farm_takes_the_entrance_that_makes_its_leg_quickest(
    montreal, places, start, end
):
    legs = montreal.legs_for([places[start], places[end]])

    best_s, best_m = brute_force_s(montreal, places[start], places[end])
    assert legs.duration_s[0, 1] == pytest.approx(best_s, abs=1e-6)
    assert legs.distance_m[0, 1] == pytest.approx(best_m, abs=1e-6)


def test_two_farms_on_one_side_go_straight(montreal):
    farms = [Point(45.9786, -73.4317), Point(46.0231, -73.1124)]

    legs = montreal.legs_for(farms)

    straight = StraightLine().legs_for(farms)
    assert legs.duration_s.tolist() == straight.duration_s.tolist()
    assert montreal.leg_geometry(*farms) == [(farm.lat, farm.lon) for farm in farms]


def test_two_places_off_the_graph_use_the_streets_when_quicker(tiny_network):
    # With no snapping both ends are off the graph; streets at 36 km/h without
    # factor beat the straight line at 35.3 km/h lengthened by 1.30.
    quick = RoadGraph(tiny_network, time_factor=0.5, snap_max_m=1.0)
    slow = RoadGraph(tiny_network, time_factor=9.0, snap_max_m=1.0)
    ends = [Point(45.5999, -73.50), Point(45.6101, -73.50)]

    by_street, by_air = quick.legs_for(ends), slow.legs_for(ends)

    straight = StraightLine().legs_for(ends)
    # 11.12 m × 1.30 at each end, 1 200 m of street between.
    assert by_street.distance_m[0, 1] == pytest.approx(1_200 + 2 * 14.46, abs=0.1)
    assert by_street.duration_s[0, 1] < straight.duration_s[0, 1]
    assert by_air.duration_s[0, 1] == straight.duration_s[0, 1]
    assert by_street.is_estimate[0, 1]


@pytest.mark.parametrize(
    ("start", "end"), [("hub", "drop"), ("drop", "hub"), ("hub", "hub")]
)
def test_a_drawn_leg_is_as_long_as_the_matrix_says(montreal, places, start, end):
    origin, destination = places[start], places[end]

    line = montreal.leg_geometry(origin, destination)

    leg = montreal.matrix_for({"a": origin, "b": destination}).leg("a", "b")
    assert line[0] == (origin.lat, origin.lon)
    assert line[-1] == (destination.lat, destination.lon)
    assert drawn_m(line) == pytest.approx(leg.distance_m, abs=1.0)


def test_a_leg_from_a_farm_is_drawn_straight_to_its_gateway(montreal, places):
    line = montreal.leg_geometry(places["north"], places["hub"])

    network = montreal.network
    gateways = {
        (float(network.lats[n]), float(network.lons[n])) for n in network.gateways
    }
    leg = montreal.matrix_for(places).leg("north", "hub")
    air_m = great_circle(line[0], line[1]).meters
    assert line[0] == (places["north"].lat, places["north"].lon)
    assert line[1] in gateways
    # The straight part counts 1.30 times in the matrix.
    assert drawn_m(line) + 0.30 * air_m == pytest.approx(leg.distance_m, abs=1.0)


def test_the_digest_is_stable_and_the_engine_names_file_and_settings(places):
    network = montreal_east().network

    once = RoadGraph(network).matrix_for(places)
    again = RoadGraph(network).matrix_for(places)
    slower = RoadGraph(network, time_factor=1.5).matrix_for(places)

    assert once.digest == again.digest
    assert once.digest != slower.digest
    assert once.engine == (
        "road-graph/1 graph=2e88d19fce21778d factor=1.36 snap=400m; "
        "straight-line/1 detour=1.3 town=35.3km/h rural=80km/h"
    )


def test_searching_in_parts_changes_nothing(montreal, monkeypatch):
    points = [a.point for a in sample_addresses(montreal.network, 7, seed=5)]
    whole = montreal.legs_for(points)

    monkeypatch.setattr("routing.travel.road_graph.ORIGINS_AT_ONCE", 3)
    parts = montreal.legs_for(points)

    assert np.array_equal(whole.duration_s, parts.duration_s)
    assert np.array_equal(whole.distance_m, parts.distance_m)


def test_no_place_gives_an_empty_matrix(montreal):
    assert montreal.matrix_for({}).place_ids == ()


def test_two_hundred_places_take_seconds(montreal):
    points = {
        str(number): address.point
        for number, address in enumerate(sample_addresses(montreal.network, 200, 6))
    }
    started = time.perf_counter()

    matrix = montreal.matrix_for(points)

    # 0.4 s measured on one core; the margin is for a busy machine.
    assert time.perf_counter() - started < 8
    assert len(matrix.distances_m) == 200


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(45.3, 46.6), st.floats(-74.2, -72.0)),
        min_size=1,
        max_size=5,
    )
)
def test_wherever_the_places_are_every_leg_has_figures(pairs):
    montreal = montreal_east()
    points = [Point(lat, lon) for lat, lon in pairs]

    legs = montreal.legs_for(points)

    air_m = StraightLine().legs_for(points).distance_m / 1.30
    assert np.isfinite(legs.duration_s).all()
    # A way is never shorter than the great circle, but for a millimetre of rounding.
    assert (legs.distance_m >= air_m - 1e-3).all()
    assert ((legs.duration_s > 0) == (air_m > 0)).all()
    for start, end in product(points, repeat=2):
        line = montreal.leg_geometry(start, end)
        assert (line[0], line[-1]) == ((start.lat, start.lon), (end.lat, end.lon))
