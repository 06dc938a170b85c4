"""Hand edits, checked by hand. On the road 1 km takes 60 s and costs 1 $."""

from dataclasses import replace
from typing import Any

import pytest

from routing.core.assemble import plan_of
from routing.core.check import violations_of
from routing.core.edit import (
    Delta,
    Edited,
    MoveShipment,
    MoveStop,
    TakeOut,
    moved,
)
from routing.core.errors import UnknownName
from routing.core.plan import Plan, PlannedRoute, Reason, Unserved
from routing.core.problem import Problem
from routing.core.schedule import schedule
from routing.core.visits import Draft, Visit, World
from tests.routing.core.days import HOUR, MINUTE, crate, day, open_at, road, truck

Seen = tuple[Any, ...]
ROAD = road(home=0, farm=10, near=20, far=30)


def two_crates(**near) -> Problem:
    """Crates `n` to near and `f` to far from one farm; trucks `red` and `blue`."""
    places = {"near": open_at("near", **near)} if near else {}
    return day(
        ROAD,
        [truck("red"), truck("blue")],
        [crate("n", "farm", "near"), crate("f", "farm", "far")],
        **places,
    )


def planned(problem: Problem, *visits: tuple[Any, ...], truck_id: str = "red") -> Plan:
    """The plan of one route, visit by visit: (place, loads, unloads)."""
    world = World(problem, ROAD)
    route = schedule(world, Draft(truck_id, tuple(Visit(*visit) for visit in visits)))
    assert isinstance(route, PlannedRoute)
    return plan_of(world, (route,), engine="test")


def both_on_red(problem: Problem) -> Plan:
    """Farm, near, far: 60 km, 60 $."""
    return planned(
        problem,
        ("farm", ("n", "f"), ()),
        ("near", (), ("n",)),
        ("far", (), ("f",)),
    )


def order(edited: Edited, truck_id: str) -> list[Seen]:
    """What a truck does, stop by stop."""
    return [
        (stop.place_id, stop.loads, stop.unloads)
        for route in edited.plan.routes
        if route.vehicle_id == truck_id
        for stop in route.stops
    ]


def broken(edited: Edited) -> list[Seen]:
    return [(v.code, v.route, v.stop, v.shipment) for v in edited.violations]


def test_a_stop_goes_down_its_route():
    # Home, farm 10, far 30, back to near 20, home: still 60 km. Near now at 50 min
    # after 8:00 and not at 20.
    problem = two_crates()

    edited = moved(problem, ROAD, both_on_red(problem), MoveStop("red", 1, "red", 2))

    assert order(edited, "red") == [
        ("farm", ("n", "f"), ()),
        ("far", (), ("f",)),
        ("near", (), ("n",)),
    ]
    assert [stop.arrival_s for stop in edited.plan.routes[0].stops] == [
        8 * HOUR + 10 * MINUTE,
        8 * HOUR + 30 * MINUTE,
        8 * HOUR + 40 * MINUTE,
    ]
    assert (broken(edited), edited.delta) == ([], Delta(0, 0, 0, 0))


def test_a_stop_on_another_truck_takes_its_goods_along():
    # Red: farm and far, 60 km still. Blue: home, farm, near, home: 40 km, 40 min, 40 $.
    problem = two_crates()

    edited = moved(problem, ROAD, both_on_red(problem), MoveStop("red", 1, "blue", 0))

    assert order(edited, "red") == [("farm", ("f",), ()), ("far", (), ("f",))]
    assert order(edited, "blue") == [("farm", ("n",), ()), ("near", (), ("n",))]
    assert broken(edited) == []
    assert edited.delta == Delta(4_000, 0, 40_000, 40 * MINUTE)


def test_a_stop_that_loads_takes_all_it_loads_along():
    # By far first or by near first, it is 60 km: the first order tried is kept.
    problem = two_crates()

    edited = moved(problem, ROAD, both_on_red(problem), MoveStop("red", 0, "blue"))

    assert order(edited, "blue") == [
        ("farm", ("f", "n"), ()),
        ("far", (), ("f",)),
        ("near", (), ("n",)),
    ]
    assert (order(edited, "red"), broken(edited)) == ([], [])


def test_a_stop_joins_the_stop_of_the_same_place():
    # Blue already goes to near with `n`; the farm's stop of `f` joins blue's farm.
    problem = two_crates()
    alone = planned(
        problem, ("farm", ("n",), ()), ("near", (), ("n",)), truck_id="blue"
    )
    red = planned(problem, ("farm", ("f",), ()), ("far", (), ("f",)))
    plan = plan_of(
        World(problem, ROAD), (red.routes[0], alone.routes[0]), engine="test"
    )

    edited = moved(problem, ROAD, plan, MoveStop("red", 1, "blue", 2))

    assert order(edited, "blue") == [
        ("farm", ("f", "n"), ()),
        ("near", (), ("n",)),
        ("far", (), ("f",)),
    ]
    assert edited.delta == Delta(-4_000, 0, -40_000, -40 * MINUTE)


def test_a_shipment_goes_where_the_detour_is_shortest():
    problem = two_crates()

    edited = moved(problem, ROAD, both_on_red(problem), MoveShipment("f", "blue"))

    assert order(edited, "red") == [("farm", ("n",), ()), ("near", (), ("n",))]
    assert order(edited, "blue") == [("farm", ("f",), ()), ("far", (), ("f",))]
    # Red is back 20 km sooner, blue drives 60.
    assert edited.delta == Delta(4_000, 0, 40_000, 40 * MINUTE)


def test_what_is_taken_out_stays_behind_by_hand():
    # Without `f` red turns at near: 40 km. Its penalty is 500 $.
    problem = two_crates()

    edited = moved(problem, ROAD, both_on_red(problem), TakeOut(("f",)))

    assert edited.plan.unserved == (Unserved("f", Reason("taken_out")),)
    assert edited.plan.penalty_cents == 50_000
    assert edited.delta == Delta(-2_000, 50_000, -20_000, -20 * MINUTE)


def test_what_stayed_behind_is_put_in():
    problem = two_crates()
    plan = planned(problem, ("farm", ("n",), ()), ("near", (), ("n",)))

    edited = moved(problem, ROAD, plan, MoveShipment("f", "red"))

    assert (edited.plan.unserved, broken(edited)) == ((), [])
    assert edited.delta == Delta(2_000, -50_000, 20_000, 20 * MINUTE)


def test_the_last_goods_taken_out_leave_the_truck_at_home():
    problem = two_crates()
    plan = planned(problem, ("farm", ("n",), ()), ("near", (), ("n",)))

    edited = moved(problem, ROAD, plan, TakeOut(("n",)))

    assert edited.plan.routes == ()


def test_reasons_given_before_are_kept():
    problem = two_crates()
    plan = replace(
        planned(problem, ("farm", ("n",), ()), ("near", (), ("n",))),
        unserved=(Unserved("f", Reason("no_room_left", {"rule": "load"})),),
    )

    edited = moved(problem, ROAD, plan, TakeOut(("n",)))

    assert edited.plan.unserved == (
        Unserved("n", Reason("taken_out")),
        Unserved("f", Reason("no_room_left", {"rule": "load"})),
    )


def test_a_delivery_before_its_pickup_is_shown_with_what_breaks():
    problem = two_crates()

    edited = moved(problem, ROAD, both_on_red(problem), MoveStop("red", 1, "red", 0))

    assert broken(edited) == [
        ("not_loaded", "red", 0, "n"),
        ("not_unloaded", "red", 1, "n"),
    ]


def test_a_window_that_cannot_be_kept_is_shown_with_the_hour_of_arrival():
    # Near closes at 8:30; after far the truck is there at 8:40 at the soonest.
    problem = two_crates(service_s=0)
    closed = day(
        ROAD,
        list(problem.vehicles),
        list(problem.shipments),
        near=open_at("near", (8 * HOUR, 8 * HOUR + 30 * MINUTE)),
    )

    edited = moved(closed, ROAD, both_on_red(closed), MoveStop("red", 1, "red", 2))

    assert [(v.code, v.stop, dict(v.data)) for v in edited.violations] == [
        ("outside_place_window", 2, {"service_start_s": 8 * HOUR + 40 * MINUTE})
    ]


def test_a_load_too_many_is_shown():
    # 40 + 40 kg on a truck of 100; blue holds 50.
    small = truck(
        "blue", compartments=(replace(truck().compartments[0], capacity_g=50_000),)
    )
    problem = day(ROAD, [truck("red"), small], list(two_crates().shipments))

    edited = moved(problem, ROAD, both_on_red(problem), MoveStop("red", 0, "blue", 0))

    assert [(v.code, v.route, v.stop) for v in edited.violations] == [
        ("too_heavy", "blue", 0)
    ]


def test_a_shift_that_is_too_short_is_shown():
    # 60 km of road in a shift of 50 min: back 10 min late.
    short = truck("blue", shift_end_s=8 * HOUR + 50 * MINUTE)
    problem = day(ROAD, [truck("red"), short], list(two_crates().shipments))

    edited = moved(problem, ROAD, both_on_red(problem), MoveStop("red", 0, "blue", 0))

    assert [(v.code, v.route, dict(v.data)) for v in edited.violations] == [
        (
            "back_after_shift",
            "blue",
            {"return_s": 9 * HOUR, "shift_end_s": 8 * HOUR + 50 * MINUTE},
        )
    ]


def test_a_ride_too_long_is_shown():
    # `n` may ride 15 min; by way of far it rides 30.
    shipments = list(two_crates().shipments)
    shipments[0] = replace(shipments[0], max_onboard_s=15 * MINUTE)
    problem = day(ROAD, [truck("red")], shipments)

    edited = moved(problem, ROAD, both_on_red(problem), MoveStop("red", 1, "red", 2))

    assert [(v.code, v.shipment, dict(v.data)) for v in edited.violations] == [
        (
            "too_long_on_board",
            "n",
            {"ride_s": 30 * MINUTE, "max_onboard_s": 15 * MINUTE},
        )
    ]


def test_a_pin_that_is_broken_is_shown():
    shipments = list(two_crates().shipments)
    shipments[0] = replace(shipments[0], only_vehicle_ids=("red",))
    problem = day(ROAD, [truck("red"), truck("blue")], shipments)

    edited = moved(problem, ROAD, both_on_red(problem), MoveShipment("n", "blue"))

    assert broken(edited) == [("wrong_truck", "blue", 0, "n")]


def test_routes_that_are_not_touched_stay_to_the_second():
    # Blue leaves an hour before it must; moving red's stops does not wake it.
    problem = two_crates()
    blue = planned(
        problem, ("farm", ("n",), ()), ("near", (), ("n",)), truck_id="blue"
    ).routes[0]
    early = replace(blue, departure_s=blue.departure_s - HOUR)
    red = planned(problem, ("farm", ("f",), ()), ("far", (), ("f",))).routes[0]
    plan = plan_of(World(problem, ROAD), (red, early), engine="test")

    edited = moved(problem, ROAD, plan, TakeOut(("f",)))

    assert edited.plan.routes == (early,)


def test_a_sound_edit_stands_up_to_the_check():
    problem = two_crates()

    edited = moved(problem, ROAD, both_on_red(problem), MoveStop("red", 1, "blue"))

    assert violations_of(problem, ROAD, edited.plan) == []


@pytest.mark.parametrize(
    "move",
    [
        MoveStop("green", 0, "red"),
        MoveStop("red", 0, "green"),
        MoveStop("red", 3, "red"),
        MoveStop("red", -1, "red"),
        MoveStop("red", 0, "red", 3),
        MoveStop("red", 0, "blue", 1),
        MoveShipment("x", "red"),
        TakeOut(("x",)),
    ],
)
def test_what_is_not_there_is_refused(move):
    problem = two_crates()

    with pytest.raises(UnknownName):
        moved(problem, ROAD, both_on_red(problem), move)
