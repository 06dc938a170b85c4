"""Goods that change trucks: each rule said by hand, and kept by the search.

The road: 1 km takes 60 s and costs 1 $; the day begins at 8:00 = 28 800 s. A farm
stands at 10 km, the hub at 30, two groups at 40 and 50; the trucks live at the hub.
"""

import json
from dataclasses import replace

import pytest

from routing.core.check import Violation, check_docks, check_transfers, violations_of
from routing.core.edit import MoveShipment
from routing.core.edit import moved as moved_by_hand
from routing.core.errors import BroughtElsewhere, NegativeValue, UnknownName
from routing.core.explain import reason_for
from routing.core.formats import problem_document, read_problem
from routing.core.plan import Plan, Reason
from routing.core.problem import Amount, Problem, Transfer, Window
from routing.core.solve.search import search
from tests.routing.core.days import HOUR, MINUTE, best_plan, crate, day, road, truck

EIGHT = 8 * HOUR
ROAD = road(home=30, farm=10, hub=30, north=40, south=50)
HUB = Transfer("hub", num_docks=1, handling_s=10 * MINUTE, dwell_limit_s=HOUR)
LOADS = {"load_duration_s": 5 * MINUTE, "unload_duration_s": 5 * MINUTE}


def crossing(num_trucks: int = 1, transfer: Transfer = HUB) -> Problem:
    """One crate comes in, two go out; every crate takes 5 minutes at each end."""
    problem = day(
        ROAD,
        [truck(f"t{number}") for number in range(num_trucks)],
        [
            crate("in", "farm", "hub", penalty_cents=0, **LOADS),
            crate("north", "hub", "north", after=("in",), **LOADS),
            crate("south", "hub", "south", after=("in",), **LOADS),
        ],
    )
    return replace(problem, transfers=(transfer,))


def at_hub(plan: Plan) -> list[tuple[str, tuple[str, ...], tuple[str, ...], int, int]]:
    return [
        (r.vehicle_id, s.unloads, s.loads, s.service_start_s, s.departure_s)
        for r in plan.routes
        for s in r.stops
        if s.place_id == "hub"
    ]


def moved(plan: Plan, loads: str, to_s: int) -> Plan:
    """The plan with another hour for the stop that loads or unloads a shipment."""
    routes = tuple(
        replace(
            route,
            stops=tuple(
                replace(
                    stop,
                    service_start_s=to_s,
                    departure_s=to_s + stop.departure_s - stop.service_start_s,
                )
                if stop.place_id == "hub" and loads in (*stop.loads, *stop.unloads)
                else stop
                for stop in route.stops
            ),
        )
        for route in plan.routes
    )
    return replace(plan, routes=routes)


def test_one_truck_brings_recombines_and_takes_on():
    # 8:00 leave home, 8:20 farm, 8:25 leave, 8:45 hub, 8:50 unloaded; 10 minutes to
    # recombine; from 9:00 two crates are loaded, 9:10 leave, 9:20 north, 9:25 leave,
    # 9:35 south, 9:40 leave, 10:00 home. With the first hour tried it is the same or
    # waits in between; leaving later makes up for it.
    problem = crossing()

    plan = best_plan(problem, ROAD)

    _t, unloads, _l, unload_s, unloaded_s = at_hub(plan)[0]
    _t, _u, loads, load_s, left_s = at_hub(plan)[1]
    assert (unloads, sorted(loads)) == (("in",), ["north", "south"])
    assert unloaded_s - unload_s == 5 * MINUTE
    assert 10 * MINUTE <= load_s - unloaded_s <= HOUR
    assert left_s - load_s == 10 * MINUTE
    assert (plan.unserved, violations_of(problem, ROAD, plan)) == ((), [])


def test_turns_that_are_taken_leave_the_dock_to_others():
    # The truck is at the hub at 8:45 and at 9:00; one dock, taken from 8:40 to 9:05.
    taken = Window(EIGHT + 40 * MINUTE, EIGHT + 65 * MINUTE)
    problem = crossing(transfer=replace(HUB, taken=(taken,)))

    plan = best_plan(problem, ROAD)

    turns = [(start_s, end_s) for _t, _u, _l, start_s, end_s in at_hub(plan)]
    assert plan.unserved == ()
    assert all(end <= taken.start_s or start >= taken.end_s for start, end in turns)


def test_a_truck_at_a_dock_that_is_taken_is_caught():
    problem = crossing()
    plan = best_plan(problem, ROAD)
    start_s, end_s = at_hub(plan)[0][3:]
    taken = replace(HUB, taken=(Window(start_s, end_s),))

    found = check_docks(replace(problem, transfers=(taken,)), plan)

    assert [(v.code, v.data["num_trucks"], v.data["num_docks"]) for v in found] == [
        ("dock_full", 2, 1)
    ]


def test_transfers_that_leave_before_they_came_are_caught():
    problem = crossing()
    plan = best_plan(problem, ROAD)
    unloaded_s = at_hub(plan)[0][4]

    early = moved(plan, "north", unloaded_s + 9 * MINUTE)

    data: dict[str, int | str] = {
        "inbound": "in",
        "loading_s": unloaded_s + 9 * MINUTE,
        "ready_s": unloaded_s + 10 * MINUTE,
    }
    vehicle, stop = plan.routes[0].vehicle_id, 2
    assert check_transfers(problem, early) == [
        Violation("leaves_too_soon", vehicle, stop, name, data)
        for name in plan.routes[0].stops[2].loads
    ]


def test_goods_that_wait_too_long_are_caught():
    problem = crossing()
    plan = best_plan(problem, ROAD)
    unloaded_s = at_hub(plan)[0][4]

    at_limit = moved(plan, "north", unloaded_s + HOUR)
    over = moved(plan, "north", unloaded_s + HOUR + 1)

    data: dict[str, int | str] = {
        "inbound": "in",
        "wait_s": HOUR + 1,
        "dwell_limit_s": HOUR,
    }
    assert check_transfers(problem, at_limit) == []
    assert check_transfers(problem, over) == [
        Violation("waits_too_long", plan.routes[0].vehicle_id, 2, name, data)
        for name in plan.routes[0].stops[2].loads
    ]


def test_without_a_truck_everything_stays_behind():
    problem = crossing(num_trucks=0)

    (plan,) = search(problem, ROAD, seed=1, iterations=0)

    left = {left.shipment_id: left.reason.code for left in plan.unserved}
    assert (plan.routes, left) == (
        (),
        {"in": "no_compartment", "north": "inbound_left", "south": "inbound_left"},
    )


def test_what_nobody_brings_cannot_leave():
    problem = crossing()
    plan = best_plan(problem, ROAD)
    route = plan.routes[0]

    without = replace(plan, routes=(replace(route, stops=route.stops[2:]),))

    assert check_transfers(problem, without) == [
        Violation("leaves_without", route.vehicle_id, 0, name, {"inbound": "in"})
        for name in route.stops[2].loads
    ]


def two_farms() -> Problem:
    """Two crates of 60 kg from the farm: each needs a truck of its own or a turn."""
    heavy = (Amount("chilled", 60_000, 60_000),)
    crates = [crate(s, "farm", "hub", amounts=heavy, **LOADS) for s in ("a", "b")]
    short = {"shift_end_s": EIGHT + 50 * MINUTE}
    problem = day(ROAD, [truck("t0", **short), truck("t1", **short)], crates)
    return replace(problem, transfers=(Transfer("hub", num_docks=1),))


def test_docks_take_one_truck_after_the_other():
    # Out 20 min, load 5, back 20, unload 5: 50 minutes, the whole shift. One dock
    # serves the first truck until 8:50; the second would be at home at 8:55.
    problem = two_farms()
    longer = replace(
        problem,
        vehicles=tuple(
            replace(v, shift_end_s=EIGHT + 55 * MINUTE) for v in problem.vehicles
        ),
    )

    tight, loose = best_plan(problem, ROAD), best_plan(longer, ROAD)

    assert [(r.num_stops, len(r.unserved)) for r in (tight, loose)] == [(2, 1), (4, 0)]
    assert sorted(turn[3:] for turn in at_hub(loose)) == [
        (EIGHT + 45 * MINUTE, EIGHT + 50 * MINUTE),
        (EIGHT + 50 * MINUTE, EIGHT + 55 * MINUTE),
    ]


def test_a_dock_that_is_overfull_is_caught():
    # Both trucks at the dock from 8:45 to 8:50; with one second less it would be one.
    problem = two_farms()
    roomy = replace(problem, transfers=(Transfer("hub", num_docks=2),))
    plan = best_plan(roomy, ROAD)

    found = check_docks(problem, plan)

    data = {"at_s": EIGHT + 45 * MINUTE, "num_trucks": 2, "num_docks": 1}
    assert found == [
        Violation("dock_full", name, 1, None, data) for name in ("t0", "t1")
    ]
    assert check_docks(roomy, plan) == []


def test_what_cannot_come_keeps_back_what_would_leave_with_it():
    heavy = Amount("frozen", 1_000, 1_000)
    problem = crossing()
    inbound = replace(problem.shipments[0], amounts=(heavy,))
    problem = replace(problem, shipments=(inbound, *problem.shipments[1:]))

    plan = best_plan(problem, ROAD)

    reasons = {left.shipment_id: left.reason for left in plan.unserved}
    missing = Reason("inbound_left", {"inbound": "in", "num_inbound": 1})
    assert reasons == {
        "in": Reason("no_compartment", {"temperature_class": "frozen"}),
        "north": missing,
        "south": missing,
    }
    assert plan.penalty_cents == 100_000


def test_what_nothing_takes_on_is_not_brought():
    # Both groups receive at 8:30 and not after: the goods are at the hub at 8:50.
    problem = crossing()
    shut = tuple(
        replace(place, windows=(Window(EIGHT, EIGHT + 30 * MINUTE),))
        if place.id in ("north", "south")
        else place
        for place in problem.places
    )
    problem = replace(problem, places=shut)

    plan = best_plan(problem, ROAD)

    assert (plan.routes, plan.cost_cents, plan.penalty_cents) == ((), 0, 100_000)
    assert reason_for(problem, ROAD, plan, "in") == Reason(
        "outbound_left", {"num_outbound": 2}
    )


def test_the_same_seed_gives_the_same_crossing():
    problem = crossing(num_trucks=2)

    first = list(search(problem, ROAD, seed=7, iterations=5))
    second = list(search(problem, ROAD, seed=7, iterations=5))

    assert first == second


def test_a_crossing_is_the_same_after_its_document():
    problem = crossing()

    again, _matrix = read_problem(
        json.loads(json.dumps(problem_document(problem, ROAD)))
    )

    assert again == problem


@pytest.mark.parametrize(
    ("after", "error"), [(("nobody",), UnknownName), (("north",), BroughtElsewhere)]
)
def test_goods_come_after_what_is_brought_to_them(after, error):
    problem = crossing()
    south = replace(problem.shipments[2], after=after)

    with pytest.raises(error):
        replace(problem, shipments=(*problem.shipments[:2], south))


@pytest.mark.parametrize(
    "changes", [{"num_docks": 0}, {"handling_s": -1}, {"dwell_limit_s": 9 * MINUTE}]
)
def test_a_transfer_that_cannot_work_is_refused(changes):
    with pytest.raises(NegativeValue):
        replace(HUB, **changes)


def test_a_move_by_hand_keeps_the_hours_of_the_dock():
    # One truck does all; its last door goes to the idle one, which must not load
    # before the goods are recombined.
    problem = crossing(num_trucks=2, transfer=replace(HUB, num_docks=2))
    plan = best_plan(problem, ROAD)
    (busy,) = [route.vehicle_id for route in plan.routes]
    idle = "t1" if busy == "t0" else "t0"

    edited = moved_by_hand(problem, ROAD, plan, MoveShipment("south", idle))

    assert (edited.violations, len(edited.plan.routes)) == ((), 2)
