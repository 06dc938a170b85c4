"""Locks, by hand: what a search may still change. 1 km takes 60 s and costs 1 $."""

from dataclasses import replace

from routing.core.assemble import plan_of
from routing.core.check import violations_of
from routing.core.plan import Plan, PlannedRoute
from routing.core.problem import Problem, Transfer, Window
from routing.core.rest import Locks, locked_day, rest_of, whole_plan
from routing.core.schedule import schedule
from routing.core.solve.search import search
from routing.core.visits import Draft, Visit, World
from tests.routing.core.days import HOUR, MINUTE, best_plan, crate, day, road, truck

ROAD = road(home=0, farm=10, near=20, far=30)
AT_NEAR = Locks(ends=frozenset({("n", "unload")}))


def two_trucks() -> Problem:
    """`n` to near, `f` to far; blue costs twice as much a kilometre as red."""
    return day(
        ROAD,
        [truck("red"), truck("blue", per_km_cents=200)],
        [crate("n", "farm", "near"), crate("f", "farm", "far")],
    )


def route(problem: Problem, vehicle: str, name: str, to: str) -> PlannedRoute:
    visits = (Visit("farm", loads=(name,)), Visit(to, unloads=(name,)))
    planned = schedule(World(problem, ROAD), Draft(vehicle, visits))
    assert isinstance(planned, PlannedRoute)
    return planned


def apart(problem: Problem) -> Plan:
    """`n` on blue (40 km at 2 $), `f` on red (60 km at 1 $): 140 $."""
    routes = (route(problem, "blue", "n", "near"), route(problem, "red", "f", "far"))
    return plan_of(World(problem, ROAD), routes, engine="test")


def improved(problem: Problem, locks: Locks) -> Plan:
    plan = apart(problem)
    locked = locked_day(problem, plan, locks)
    rest, start = rest_of(locked, ROAD, plan, locks)
    *_, found = search(rest, ROAD, seed=1, iterations=3, start=start)
    whole = whole_plan(locked, plan, locks, found)
    assert violations_of(locked, ROAD, whole) == []
    return whole


def trucks_of(plan: Plan) -> dict[str, str]:
    return {s: r.vehicle_id for r in plan.routes for s in r.shipment_ids}


def test_without_locks_everything_goes_on_the_cheaper_truck():
    plan = improved(two_trucks(), Locks())

    assert (trucks_of(plan), plan.cost_cents) == ({"n": "red", "f": "red"}, 6_000)


def test_a_locked_truck_keeps_its_route_to_the_second():
    problem = two_trucks()

    plan = improved(problem, Locks(vehicle_ids=frozenset({"blue"})))

    assert plan.routes[1] == route(problem, "blue", "n", "near")
    assert (trucks_of(plan), plan.cost_cents) == ({"n": "blue", "f": "red"}, 14_000)


def test_goods_of_a_locked_stop_stay_on_their_truck():
    plan = improved(two_trucks(), AT_NEAR)

    assert trucks_of(plan)["n"] == "blue"


def test_a_locked_stop_becomes_a_pin_and_half_an_hour():
    # Blue leaves at 8:00, farm 8:10, near 8:20: service there between 8:05 and 8:35.
    problem = two_trucks()

    locked = locked_day(problem, apart(problem), AT_NEAR)

    assert locked.shipments[0] == replace(
        problem.shipments[0],
        only_vehicle_ids=("blue",),
        penalty_cents=None,
        delivery_windows=(Window(8 * HOUR + 5 * MINUTE, 8 * HOUR + 35 * MINUTE),),
    )
    assert locked.shipments[1] == problem.shipments[1]


def test_a_window_of_the_goods_still_binds():
    problem = two_trucks()
    narrow = (Window(8 * HOUR, 8 * HOUR + 22 * MINUTE),)
    shipments = (
        replace(problem.shipments[0], delivery_windows=narrow),
        *problem.shipments[1:],
    )
    problem = replace(problem, shipments=shipments)

    locked = locked_day(problem, apart(problem), AT_NEAR)

    assert locked.shipments[0].delivery_windows == (
        Window(8 * HOUR + 5 * MINUTE, 8 * HOUR + 22 * MINUTE),
    )


def test_a_plan_that_moves_what_is_locked_does_not_pass():
    problem = two_trucks()
    plan = apart(problem)
    both = improved(problem, Locks())

    locked = locked_day(problem, plan, AT_NEAR)

    # On red, by way of far, near is reached at 8:40.
    assert [(v.code, v.shipment) for v in violations_of(locked, ROAD, both)] == [
        ("wrong_truck", "n"),
        ("outside_shipment_window", "n"),
    ]


def test_goods_decided_otherwise_stay_behind():
    problem = two_trucks()
    plan = plan_of(
        World(problem, ROAD), (route(problem, "red", "f", "far"),), engine="test"
    )
    locks = Locks(left_ids=frozenset({"n"}))

    rest, start = rest_of(locked_day(problem, plan, locks), ROAD, plan, locks)
    *_, found = search(rest, ROAD, seed=1, iterations=2, start=start)
    whole = whole_plan(problem, plan, locks, found)

    assert [shipment.id for shipment in rest.shipments] == ["f"]
    assert whole == replace(plan, engine="or-tools")


HUB_ROAD = road(home=30, farm=10, hub=30, north=40, south=50)
ONE_DOCK = Transfer("hub", num_docks=1, handling_s=10 * MINUTE, dwell_limit_s=HOUR)
SLOW = {"load_duration_s": 5 * MINUTE, "unload_duration_s": 5 * MINUTE}


def at_one_dock() -> Problem:
    """Red and blue each bring a crate to the hub and take it on; it has one dock."""
    crates = []
    for name, to in (("red", "north"), ("blue", "south")):
        only = {"only_vehicle_ids": (name,), **SLOW}
        crates.append(crate(f"in {name}", "farm", "hub", penalty_cents=0, **only))
        out = crate(f"out {name}", "hub", to, after=(f"in {name}",), **only)
        crates.append(out)
    problem = day(HUB_ROAD, [truck("red"), truck("blue")], crates)
    return replace(problem, transfers=(ONE_DOCK,))


def test_a_locked_truck_keeps_its_turn_at_the_only_dock():
    # Alone, blue would be at the hub when red is; both trucks leave home together.
    problem = at_one_dock()
    plan = best_plan(problem, HUB_ROAD)
    locks = Locks(vehicle_ids=frozenset({"red"}))

    locked = locked_day(problem, plan, locks)
    rest, start = rest_of(locked, HUB_ROAD, plan, locks)
    found = list(search(rest, HUB_ROAD, seed=1, iterations=3, start=start))
    whole = [whole_plan(locked, plan, locks, each) for each in found]

    assert [violations_of(locked, HUB_ROAD, each) for each in whole] == [[]] * len(
        found
    )
    assert whole[-1].served_ids == plan.served_ids
    assert len(plan.served_ids) == 4


def test_a_locked_truck_is_no_longer_one_of_those_that_may_take_goods():
    # Only red and green stop at near; with red locked, green is the one left.
    problem = day(
        ROAD,
        [truck("red"), truck("green")],
        [crate("n", "farm", "near", only_vehicle_ids=("red", "green"))],
    )
    nothing = plan_of(World(problem, ROAD), (), engine="test")

    rests = [
        rest_of(problem, ROAD, nothing, Locks(vehicle_ids=frozenset(names)))[0]
        for names in ({"red"}, {"red", "green"})
    ]

    assert [s.only_vehicle_ids for s in rests[0].shipments] == [("green",)]
    assert rests[1].shipments == ()


def test_the_turns_of_a_locked_truck_are_said_to_the_search():
    problem = at_one_dock()
    plan = best_plan(problem, HUB_ROAD)
    red = next(r for r in plan.routes if r.vehicle_id == "red")
    locks = Locks(vehicle_ids=frozenset({"red"}))

    rest, _start = rest_of(problem, HUB_ROAD, plan, locks)

    assert rest.transfers[0].taken == tuple(
        Window(stop.service_start_s, stop.departure_s)
        for stop in red.stops
        if stop.place_id == "hub"
    )
