"""The straight-line estimate, by hand arithmetic."""

from routing.core.matrix import Leg
from routing.travel.base import Point
from routing.travel.straight_line import StraightLine

# One degree of latitude on geopy's sphere: 6 371.009 km × π / 180 = 111.1951 km.


def test_a_long_leg_is_lengthened_and_timed_in_two_paces():
    points = {"a": Point(45.5, -73.0), "b": Point(46.5, -73.0)}

    leg = StraightLine().matrix_for(points).leg("a", "b")

    # 111 195.1 m × 1.30 = 144 553.6 m. The first 6 500 m at 48/1.36 km/h take
    # 663.0 s; the other 138 053.6 m at 80 km/h take 6 212.4 s.
    assert leg == Leg(distance_m=144_554, duration_s=6_875, is_estimate=True)


def test_a_short_leg_is_timed_at_town_pace():
    points = {"a": Point(45.6, -73.5), "b": Point(45.61, -73.5)}

    leg = StraightLine().matrix_for(points).leg("a", "b")

    # 1 111.95 m × 1.30 = 1 445.5 m at 35.29 km/h.
    assert leg == Leg(distance_m=1_446, duration_s=147, is_estimate=True)


def test_every_leg_is_an_estimate_unless_there_is_nothing_to_drive():
    points = {
        "a": Point(45.6, -73.5),
        "same": Point(45.6, -73.5),
        "b": Point(46.0, -73.0),
    }

    matrix = StraightLine().matrix_for(points)

    assert matrix.estimates == {(0, 2), (1, 2), (2, 0), (2, 1)}
    assert matrix.leg("a", "same") == Leg(distance_m=0, duration_s=0)


def test_a_leg_is_drawn_straight():
    line = StraightLine().leg_geometry(Point(45.6, -73.5), Point(46.0, -73.0))

    assert line == [(45.6, -73.5), (46.0, -73.0)]


def test_the_engine_states_its_figures():
    assert StraightLine().engine == (
        "straight-line/1 detour=1.3 town=35.3km/h rural=80km/h"
    )
