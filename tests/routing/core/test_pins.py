"""Goods pinned to a truck: told to the search, judged, explained, read from files."""

import json
from dataclasses import replace

import pytest

from routing.core import formats
from routing.core.check import check_pins
from routing.core.edit import MoveShipment, moved
from routing.core.errors import UnknownName
from routing.core.plan import Reason
from routing.core.problem import Problem
from tests.routing.core.days import best_plan, crate, day, road, truck, without_reasons

ROAD = road(home=0, farm=10, drop=30)


def pinned_day(*, room_g: int = 100_000, to: str = "dear") -> Problem:
    """One crate pinned to one of two trucks, of which it is not the cheaper."""
    hold = replace(truck().compartments[0], capacity_g=room_g)
    dear = truck("dear", per_km_cents=200, compartments=(hold,))
    return day(
        ROAD,
        [truck("cheap"), dear],
        [crate("a", "farm", "drop", only_vehicle_ids=(to,))],
    )


def test_the_search_keeps_goods_on_their_truck():
    plan = best_plan(pinned_day(), ROAD)

    assert [(route.vehicle_id, route.shipment_ids) for route in plan.routes] == [
        ("dear", ("a",))
    ]


def test_without_the_pin_the_cheaper_truck_takes_them():
    problem = pinned_day()
    free = replace(problem.shipments[0], only_vehicle_ids=())

    plan = best_plan(replace(problem, shipments=(free,)), ROAD)

    assert [route.vehicle_id for route in plan.routes] == ["cheap"]


def test_goods_on_another_truck_break_the_rule():
    problem = pinned_day()
    plan = moved(problem, ROAD, best_plan(problem, ROAD), MoveShipment("a", "cheap"))

    assert [(v.code, v.route, v.stop, v.shipment) for v in plan.violations] == [
        ("wrong_truck", "cheap", 0, "a")
    ]
    assert check_pins(problem, plan.plan) == list(plan.violations)


def test_goods_whose_truck_is_too_small_stay_behind_with_the_truck_that_could():
    # 40 kg for a truck of 20; cheap would take them: 60 km at 1 $.
    plan = best_plan(pinned_day(room_g=20_000), ROAD)

    assert without_reasons(plan) == ("a",)
    assert plan.unserved[0].reason == Reason(
        "pinned", {"vehicle": "cheap", "added_cents": 6_000}
    )


def test_goods_that_no_truck_could_take_are_explained_by_their_own():
    hold = replace(truck().compartments[0], capacity_g=20_000)
    problem = day(
        ROAD,
        [truck("red", compartments=(hold,)), truck("blue", compartments=(hold,))],
        [crate("a", "farm", "drop", only_vehicle_ids=("blue",))],
    )

    plan = best_plan(problem, ROAD)

    assert plan.unserved[0].reason == Reason(
        "too_heavy", {"temperature_class": "chilled", "short_by_g": 20_000}
    )


def test_two_shipments_pinned_apart_ride_apart():
    crates = [
        crate("a", "farm", "drop", only_vehicle_ids=("red",)),
        crate("b", "farm", "drop", only_vehicle_ids=("blue",)),
    ]
    problem = day(ROAD, [truck("red"), truck("blue")], crates)

    plan = best_plan(problem, ROAD)

    assert {route.vehicle_id: route.shipment_ids for route in plan.routes} == {
        "red": ("a",),
        "blue": ("b",),
    }


def test_a_pin_to_a_truck_that_is_not_there_is_refused():
    with pytest.raises(UnknownName) as refused:
        pinned_day(to="green")

    assert refused.value.data == {
        "field": "shipment a.only_vehicle_ids",
        "value": "green",
    }


def test_pins_come_back_from_a_file():
    problem = pinned_day()

    written = json.dumps(formats.problem_document(problem, ROAD))
    read, _matrix = formats.read_problem(json.loads(written))

    assert read == problem
