"""A truck breaks down in the middle of its day: what is done stays, the rest moves.

The road: 1 km takes 60 s and costs 1 $; crates need no handling and weigh 40 kg, a
truck holds 100 kg. Homes stand at 0 km, the farm at 10, five doors at 20, 30 … 60.
"""

from dataclasses import replace

import pytest

from routing.core.assemble import plan_of
from routing.core.check import violations_of
from routing.core.continued import Continued, as_if_unbroken, continued
from routing.core.continued import changes_between as changes
from routing.core.plan import Plan, PlannedRoute
from routing.core.problem import Amount, Place, Problem, Transfer, Window
from routing.core.residual import Breakdown, residual_of
from routing.core.residual_told import LateTruck, late_goods, late_trucks
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


def late_day() -> tuple[Problem, Plan]:
    """Doors c and d shut at 8:45 and 8:55: t2, on time, is there at 8:40 and 8:50."""
    problem = two_trucks()
    shuts = {"c": EIGHT + 45 * MINUTE, "d": EIGHT + 55 * MINUTE}
    problem = replace(
        problem,
        shipments=tuple(
            replace(
                s, delivery_windows=(Window(EIGHT, shuts[s.id]),), max_onboard_s=HOUR
            )
            if s.id in shuts
            else s
            for s in problem.shipments
        ),
    )
    return problem, driven(problem, t1=["a", "b"], t2=["c", "d"])


def test_goods_on_board_of_a_late_truck_still_arrive_as_late_as_it_is():
    # At 9:40 t2 has only left the farm: it heads for c (8:40 by the plan) and is free
    # there now. d, ten minutes on, is reached at 9:50: 55 minutes after its door shuts,
    # and 100 minutes after leaving the farm at 8:10, where 60 were agreed.
    problem, plan = late_day()
    now_s = EIGHT + 100 * MINUTE
    breakdown = Breakdown("t1", "a", now_s, {"t1": 2, "t2": 1})

    after = go_on(problem, plan, breakdown)

    late = [
        (each.shipment_id, each.at_s - EIGHT, each.rule, each.late_s // MINUTE)
        for each in late_goods(after.problem, after.plan)
    ]
    at_s = 110 * MINUTE
    assert late == [
        ("d", at_s, "window", 55),
        ("d", at_s, "time_on_board", 40),
    ]
    assert "d" not in {u.shipment_id for u in after.plan.unserved}


def test_a_truck_on_time_is_excused_nothing():
    problem, plan = late_day()
    breakdown = Breakdown("t1", "a", EIGHT + 21 * MINUTE, {"t1": 2, "t2": 1})

    after = go_on(problem, plan, breakdown)

    assert late_goods(after.problem, after.plan) == ()
    assert [s.late_s for s in after.problem.shipments] == [0] * 5
    assert as_if_unbroken(after.problem).shipments == problem.shipments


def test_driving_alone_is_measured_by_the_hours_agreed():
    problem, plan = late_day()
    breakdown = Breakdown("t1", "a", EIGHT + 100 * MINUTE, {"t1": 2, "t2": 1})
    after = go_on(problem, plan, breakdown)

    unbroken = as_if_unbroken(after.problem)

    assert unbroken.shipments == problem.shipments
    assert unbroken.vehicles == problem.vehicles


def test_a_truck_that_is_back_late_works_as_long_as_it_must():
    # Shifts end at 9:40. t2 is free at c at 9:40, at d at 9:50, home at 10:40.
    problem, _plan = late_day()
    problem = replace(
        problem,
        vehicles=tuple(
            replace(v, shift_end_s=EIGHT + 100 * MINUTE) for v in problem.vehicles
        ),
    )
    plan = driven(problem, t1=["a", "b"], t2=["c", "d"])
    breakdown = Breakdown("t1", "a", EIGHT + 100 * MINUTE, {"t1": 2, "t2": 1})

    after = go_on(problem, plan, breakdown)

    assert late_trucks(after.problem, after.plan) == (
        LateTruck("t2", EIGHT + 160 * MINUTE, HOUR),
    )


def test_a_truck_that_should_have_left_leaves_now_at_the_earliest():
    # t2 was to leave at 8:00; at 8:02 nobody has told anything of it.
    problem = two_trucks()
    plan = driven(problem, t1=["a", "b"], t2=["c", "d"])
    breakdown = Breakdown("t1", "home", EIGHT + 2 * MINUTE, {})

    after = go_on(problem, plan, breakdown).plan

    (route,) = after.routes
    assert (route.vehicle_id, route.departure_s) == ("t2", EIGHT + 2 * MINUTE)
    assert after.served_ids == {"a", "b", "c", "d"}


def test_a_stop_ahead_may_be_followed_by_another_at_the_same_door():
    # Five minutes at the farm's door. t2 is heading there; t1 stands still at home, so
    # its crates are loaded at the farm after t2's own.
    problem = two_trucks(amounts=(Amount("chilled", 20_000, 20_000),))
    farm = Place("farm", service_duration_s=5 * MINUTE)
    problem = replace(
        problem, places=tuple(farm if p.id == "farm" else p for p in problem.places)
    )
    plan = driven(problem, t1=["a", "b"], t2=["c", "d"])
    breakdown = Breakdown("t1", "home", EIGHT + MINUTE, {}, under_way=frozenset({"t2"}))

    after = go_on(problem, plan, breakdown).plan

    assert [stop[::2] for stop in stops(after, "t2")[:2]] == [
        ("farm", ("c", "d")),
        ("farm", ("a", "b")),
    ]


def test_goods_that_a_truck_left_without_are_fetched_after_all():
    # t1 found the farm shut and drove on: at a it has nothing on board.
    problem = two_trucks()
    plan = driven(problem, t1=["a", "b"], t2=["c", "d"])
    breakdown = Breakdown(
        "t1",
        "a",
        EIGHT + 21 * MINUTE,
        {"t1": 1, "t2": 1},
        missed=frozenset({"a", "b"}),
    )

    after = go_on(problem, plan, breakdown).plan

    assert stops(after, "t1") == [("farm", 10, ("a", "b"))]
    fetched = [s for s in stops(after, "t2") if "a+" in s[2] or "b+" in s[2]]
    assert [place for place, _at, _goods in fetched] == ["farm", "a", "b"]


def test_docks_that_stops_ahead_take_are_not_given_twice():
    # One dock, and t2 stands at it from 8:20 to 8:50. t3 is free at home at
    # 8:01 and brings what t1 could not: it waits for the dock.
    ways = road(home=0, farm=10, dock=20, far=60)
    slow = {"load_duration_s": 0, "unload_duration_s": 30 * MINUTE}
    problem = replace(
        day(
            ways,
            [truck("t1"), truck("t2"), truck("t3")],
            [
                crate("x", "farm", "dock", only_vehicle_ids=("t1", "t3"), **slow),
                crate("y", "farm", "dock", **slow),
            ],
        ),
        transfers=(Transfer("dock", num_docks=1),),
    )
    world = World(problem, ways)
    visits = {n: (Visit("farm", loads=(n,)), Visit("dock", unloads=(n,))) for n in "xy"}
    first = schedule(world, Draft("t2", visits["y"]))
    assert isinstance(first, PlannedRoute)
    later = replace(
        problem.shipments[0], delivery_windows=(Window(EIGHT + HOUR, 16 * HOUR),)
    )
    waits = World(replace(problem, shipments=(later, problem.shipments[1])), ways)
    second = schedule(waits, Draft("t1", visits["x"]))
    assert isinstance(second, PlannedRoute)
    plan = plan_of(world, (first, second), engine="by hand")
    assert violations_of(problem, ways, plan) == []
    breakdown = Breakdown("t1", "home", EIGHT + MINUTE, {"t2": 1})

    left = residual_of(problem, ways, plan, breakdown)
    rest = list(search(left.problem, left.matrix, seed=1, iterations=3))[-1]
    after = continued(problem, ways, plan, breakdown, rest)

    assert violations_of(after.problem, after.matrix, after.plan) == []
    (taker,) = [r for r in after.plan.routes if "x" in r.shipment_ids]
    assert taker.stops[-1].service_start_s == EIGHT + 50 * MINUTE


def test_a_search_begins_where_all_others_drive_on():
    problem, plan = late_day()
    breakdown = Breakdown("t1", "a", EIGHT + 100 * MINUTE, {"t1": 2, "t2": 1})

    left = residual_of(problem, ROAD, plan, breakdown)

    assert violations_of(left.problem, left.matrix, left.start) == []
    assert left.start.served_ids == {"d"}
    assert [unserved.shipment_id for unserved in left.start.unserved] == ["b"]
