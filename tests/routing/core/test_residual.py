"""A truck breaks down in the middle of its day: what is done stays, the rest moves.

The road: 1 km takes 60 s and costs 1 $; crates need no handling and weigh 40 kg, a
truck holds 100 kg. Homes stand at 0 km, the farm at 10, five doors at 20, 30 … 60.
"""

from dataclasses import replace

import pytest

from routing.core.assemble import plan_of
from routing.core.check import violations_of
from routing.core.continued import Continued, continued
from routing.core.continued import changes_between as changes
from routing.core.plan import Plan, PlannedRoute
from routing.core.problem import Problem, Window
from routing.core.residual import Breakdown, residual_of
from routing.core.schedule import schedule
from routing.core.solve.search import search
from routing.core.visits import Draft, Visit, World
from tests.routing.core.days import HOUR, MINUTE, crate, day, road, truck

EIGHT = 8 * HOUR
ROAD = road(home=0, farm=10, a=20, b=30, c=40, d=50, e=60)


def two_trucks(**changed) -> Problem:
    """Truck 1 takes crates to a and b, truck 2 to c, d; each loads at the farm."""
    crates = [crate(name, "farm", f"{name}", **changed) for name in "abcd"]
    return day(ROAD, [truck("t1"), truck("t2")], crates)


def driven(problem: Problem, **orders: list[str]) -> Plan:
    """A plan of these doors for each truck, in this order, loaded at the farm."""
    world = World(problem, ROAD)
    routes = []
    for vehicle_id, doors in orders.items():
        loads = Visit("farm", loads=tuple(doors))
        visits = (loads, *(Visit(door, unloads=(door,)) for door in doors))
        route = schedule(world, Draft(vehicle_id, visits))
        assert isinstance(route, PlannedRoute)
        routes.append(route)
    return plan_of(world, tuple(routes), engine="by hand")


def go_on(problem: Problem, plan: Plan, breakdown: Breakdown) -> Continued:
    left = residual_of(problem, ROAD, plan, breakdown)
    rest = list(search(left.problem, left.matrix, seed=1, iterations=3))[-1]
    assert violations_of(left.problem, left.matrix, rest) == []
    joined = continued(problem, ROAD, plan, breakdown, rest)
    assert violations_of(joined.problem, joined.matrix, joined.plan) == []
    return joined


def stops(plan: Plan, vehicle_id: str) -> list[tuple[str, int, tuple[str, ...]]]:
    """Where a truck stops, in minutes after eight, and what it loads and unloads."""
    return [
        (s.place_id, (s.service_start_s - EIGHT) // MINUTE, s.loads + s.unloads)
        for r in plan.routes
        if r.vehicle_id == vehicle_id
        for s in r.stops
    ]


def test_goods_on_board_are_taken_over_where_the_truck_stands():
    # t1: 8:00 home, 8:10 farm, 8:20 a, 8:30 b. It breaks down at a at 8:21 with the
    # crate for b on board. t2 has left the farm at 8:10 and heads for c, at 8:40: that
    # stop stays. From there: d at 8:50, back to a at 9:20 for the crate, b at 9:30,
    # home: 10 + 30 + 10 + 30 = 80 km. Back to a first would be 20 + 10 + 20 + 50 = 100.
    problem = two_trucks()
    plan = driven(problem, t1=["a", "b"], t2=["c", "d"])
    breakdown = Breakdown("t1", "a", EIGHT + 21 * MINUTE, {"t1": 2, "t2": 1})

    after = go_on(problem, plan, breakdown).plan

    spot = breakdown.spot_id
    assert stops(after, "t1") == [
        ("farm", 10, ("a", "b")),
        ("a", 20, ("a",)),
        (spot, 21, ("b",)),
    ]
    assert stops(after, "t2") == [
        ("farm", 10, ("c", "d")),
        ("c", 40, ("c",)),
        ("d", 50, ("d",)),
        (spot, 80, ("b+",)),
        ("b", 90, ("b+",)),
    ]


def test_stops_that_are_done_stay_to_the_second():
    problem = two_trucks()
    plan = driven(problem, t1=["a", "b"], t2=["c", "d"])
    breakdown = Breakdown("t1", "a", EIGHT + 21 * MINUTE, {"t1": 2, "t2": 1})

    after = go_on(problem, plan, breakdown).plan

    was = {r.vehicle_id: r for r in plan.routes}
    now = {r.vehicle_id: r for r in after.routes}
    assert now["t1"].stops[:2] == was["t1"].stops[:2]
    assert now["t2"].stops[:2] == was["t2"].stops[:2]
    assert [now[t].departure_s for t in now] == [was[t].departure_s for t in was]


def test_goods_not_loaded_yet_are_free():
    # t1 breaks down at home before it leaves; t2 stands at home too and takes all.
    problem = two_trucks(amounts=crate("x", "farm", "a").amounts)
    problem = replace(
        problem,
        vehicles=tuple(replace(v, shift_end_s=20 * HOUR) for v in problem.vehicles),
    )
    plan = driven(problem, t1=["a", "b"], t2=["c", "d"])
    breakdown = Breakdown("t1", "home", EIGHT - MINUTE, {})

    after = go_on(problem, plan, breakdown).plan

    assert [r.vehicle_id for r in after.routes] == ["t2"]
    assert after.served_ids == {"a", "b", "c", "d"}


def test_what_nobody_can_take_over_stays_behind_with_a_reason():
    # The door of b shuts at 9:00: nobody can be at a before 9:00.
    problem = two_trucks()
    b = replace(problem.shipments[1], delivery_windows=(Window(EIGHT, 9 * HOUR),))
    problem = replace(
        problem, shipments=(problem.shipments[0], b, *problem.shipments[2:])
    )
    plan = driven(problem, t1=["a", "b"], t2=["c", "d"])
    breakdown = Breakdown("t1", "a", EIGHT + 21 * MINUTE, {"t1": 2, "t2": 1})

    after = go_on(problem, plan, breakdown).plan

    assert [(u.shipment_id, u.reason.code) for u in after.unserved] == [
        ("b+", "window_unreachable")
    ]


def test_goods_on_board_of_the_others_stay_on_their_truck():
    problem = two_trucks()
    plan = driven(problem, t1=["a", "b"], t2=["c", "d"])
    breakdown = Breakdown("t1", "a", EIGHT + 21 * MINUTE, {"t1": 2, "t2": 1})

    left = residual_of(problem, ROAD, plan, breakdown).problem

    pinned = {s.id: (s.pickup_place_id, s.only_vehicle_ids) for s in left.shipments}
    start = f"t2@{breakdown.now_s}"
    assert pinned == {"b": (breakdown.spot_id, ()), "d": (start, ("t2",))}
    assert [(v.id, v.home_place_id, v.shift_start_s) for v in left.vehicles] == [
        ("t2", start, EIGHT + 40 * MINUTE)
    ]


def test_the_difference_tells_each_delivery_that_moves():
    problem = two_trucks()
    plan = driven(problem, t1=["a", "b"], t2=["c", "d"])
    breakdown = Breakdown("t1", "a", EIGHT + 21 * MINUTE, {"t1": 2, "t2": 1})
    after = go_on(problem, plan, breakdown).plan

    told = changes(plan, after)

    b = next(change for change in told if change.shipment_id == "b")
    assert (b.was_vehicle_id, b.was_s, b.vehicle_id) == (
        "t1",
        EIGHT + 30 * MINUTE,
        "t2",
    )
    assert {change.shipment_id for change in told} <= {"b", "d"}


@pytest.mark.parametrize("num_done", [0, 1, 2, 3])
def test_whatever_is_done_the_day_goes_on_soundly(num_done):
    problem = two_trucks()
    plan = driven(problem, t1=["a", "b"], t2=["c", "d"])
    route = plan.routes[0]
    now_s = route.stops[num_done - 1].departure_s if num_done else route.departure_s
    at = route.stops[num_done - 1].place_id if num_done else "home"
    others = sum(s.departure_s <= now_s for s in plan.routes[1].stops)
    breakdown = Breakdown("t1", at, now_s, {"t1": num_done, "t2": others})

    after = go_on(problem, plan, breakdown)

    assert after.plan.routes != ()


def test_a_second_breakdown_goes_on_from_the_first():
    # Three trucks: t1 breaks down at a, then t2, which took its crate over.
    problem = two_trucks()
    problem = replace(problem, vehicles=(*problem.vehicles, truck("t3")))
    plan = driven(problem, t1=["a", "b"], t2=["c", "d"])
    first = Breakdown("t1", "a", EIGHT + 21 * MINUTE, {"t1": 2, "t2": 1})
    once = go_on(problem, plan, first)
    routes = {r.vehicle_id: r for r in once.plan.routes}
    carrier = next(
        r for r in once.plan.routes if "b+" in r.shipment_ids and r.vehicle_id != "t1"
    )
    loaded = next(i for i, s in enumerate(carrier.stops) if "b+" in s.loads)
    now_s = carrier.stops[loaded].departure_s
    done = {
        name: sum(s.departure_s <= now_s for s in route.stops)
        for name, route in routes.items()
    }
    second = Breakdown(carrier.vehicle_id, "a", now_s, done)

    left = residual_of(once.problem, once.matrix, once.plan, second)
    rest = list(search(left.problem, left.matrix, seed=1, iterations=3))[-1]
    twice = continued(once.problem, once.matrix, once.plan, second, rest)

    assert violations_of(twice.problem, twice.matrix, twice.plan) == []
    assert "b++" in twice.plan.served_ids
