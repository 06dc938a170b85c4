"""What a problem and a matrix refuse, naming the field."""

from dataclasses import replace

import pytest

from routing.core.errors import (
    BackwardsWindow,
    DuplicateName,
    EmptyShipment,
    MatrixMismatch,
    NegativeValue,
    NothingToMove,
    UnknownClass,
    UnknownName,
)
from routing.core.matrix import Leg, Matrix
from routing.core.problem import Amount, Compartment, Place, Problem, Window
from tests.routing.core.days import crate, day, road, truck

ROAD = road(home=0, farm=10, drop=30)
TWICE = (Compartment("chilled", 1, 1), Compartment("chilled", 2, 2))
NOTHING = (Amount("chilled", 0, 0),)


@pytest.mark.parametrize(
    ("make", "refusal", "data"),
    [
        (
            lambda: Window(20, 10),
            BackwardsWindow,
            {"field": "window", "start_s": 20, "end_s": 10},
        ),
        (
            lambda: Window(-1, 10),
            NegativeValue,
            {"field": "window.start_s", "value": -1},
        ),
        (
            lambda: Place("a", service_duration_s=-5),
            NegativeValue,
            {"field": "place a.service_duration_s", "value": -5},
        ),
        (
            lambda: Amount("warm", 1, 1),
            UnknownClass,
            {"field": "amount.temperature_class", "value": "warm"},
        ),
        (
            lambda: Compartment("chilled", 1, -1),
            NegativeValue,
            {"field": "compartment.capacity_ml", "value": -1},
        ),
        (
            lambda: truck(per_km_cents=-1),
            NegativeValue,
            {"field": "vehicle truck.per_km_cents", "value": -1},
        ),
        (
            lambda: truck(shift_start_s=9, shift_end_s=8),
            BackwardsWindow,
            {"field": "vehicle truck.shift", "start_s": 9, "end_s": 8},
        ),
        (
            lambda: truck(compartments=TWICE),
            DuplicateName,
            {"field": "vehicle truck.compartments", "value": "chilled"},
        ),
        (
            lambda: crate("a", "farm", "farm"),
            NothingToMove,
            {"field": "shipment a", "value": "farm"},
        ),
        (
            lambda: crate("a", "farm", "drop", amounts=NOTHING),
            EmptyShipment,
            {"field": "shipment a"},
        ),
        (
            lambda: day(ROAD, [truck()], [crate("a", "moon", "drop")]),
            UnknownName,
            {"field": "shipment a.pickup_place_id", "value": "moon"},
        ),
        (
            lambda: day(ROAD, [truck(end_place_id="moon")], []),
            UnknownName,
            {"field": "vehicle truck.end_place_id", "value": "moon"},
        ),
        (
            lambda: Problem((Place("a"), Place("a")), (), ()),
            DuplicateName,
            {"field": "places", "value": "a"},
        ),
        (
            lambda: replace(ROAD, distances_m=ROAD.distances_m[:2]),
            MatrixMismatch,
            {"field": "matrix.distances_m", "value": "3 × 3"},
        ),
        (
            lambda: Matrix(("a",), ((5,),), ((0,),)),
            MatrixMismatch,
            {"field": "matrix.distances_m[0][0]", "value": 5},
        ),
        (
            lambda: Matrix(("a", "b"), ((0, -2), (0, 0)), ((0, 0), (0, 0))),
            NegativeValue,
            {"field": "matrix.distances_m[0]", "value": -2},
        ),
        (
            lambda: replace(ROAD, estimates=frozenset({(0, 3)})),
            MatrixMismatch,
            {"field": "matrix.estimates", "value": "(0, 3)"},
        ),
        (
            lambda: road(home=0).require_places_of(day(ROAD, [], [])),
            MatrixMismatch,
            {"field": "matrix.place_ids", "value": "farm"},
        ),
    ],
)
def test_a_bad_value_is_refused_with_its_field(make, refusal, data):
    with pytest.raises(refusal) as caught:
        make()

    assert caught.value.data == data


def test_a_leg_knows_its_direction_and_whether_it_is_a_guess():
    one_way = replace(
        ROAD,
        distances_m=((0, 7, 9), (5, 0, 9), (9, 9, 0)),
        estimates=frozenset({(1, 0)}),
    )

    assert one_way.leg("home", "farm") == Leg(7, 600, is_estimate=False)
    assert one_way.leg("farm", "home") == Leg(5, 600, is_estimate=True)


def test_the_digest_follows_the_figures():
    same = road(home=0, farm=10, drop=30)
    other = replace(ROAD, estimates=frozenset({(0, 1)}))

    assert same.digest == ROAD.digest
    assert other.digest != ROAD.digest
