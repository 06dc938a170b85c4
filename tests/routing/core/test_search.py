"""The search: repeatable, ever better, blind to names, free of geometry."""

from dataclasses import replace
from itertools import islice

import pytest

from benchmarks.hub_day import hub_day
from routing.core.edit import MoveShipment, moved
from routing.core.matrix import Matrix
from routing.core.plan import Plan
from routing.core.problem import Problem
from routing.core.solve.search import search
from tests.routing.core.days import best_plan, crate, day, open_at, road, truck

PROBLEM, MATRIX = hub_day(9, 3, seed=5)


def costs_of(plan: Plan) -> int:
    return plan.cost_cents + plan.penalty_cents


def test_the_same_seed_and_iterations_give_the_same_plans():
    once = list(search(PROBLEM, MATRIX, seed=3, iterations=6))
    again = list(search(PROBLEM, MATRIX, seed=3, iterations=6))

    assert once == again


def test_the_seed_matters():
    # A larger day, stopped early: two seeds have taken different ways by then.
    problem, matrix = hub_day(24, 4, seed=6)

    one = list(search(problem, matrix, seed=1, iterations=4))
    two = list(search(problem, matrix, seed=2, iterations=4))

    assert one != two


def test_each_plan_is_better_than_the_one_before():
    problem, matrix = hub_day(20, 4, seed=2)

    costs = [costs_of(plan) for plan in search(problem, matrix, seed=1, iterations=12)]

    assert len(costs) > 1
    assert costs == sorted(set(costs), reverse=True)


def test_a_caller_may_draw_one_plan_and_leave():
    drawn = list(islice(search(PROBLEM, MATRIX, seed=1), 1))

    assert len(drawn[0].served_ids) + len(drawn[0].unserved) == 9


def test_names_do_not_matter():
    # The same day with every id replaced by its mirror image: the same plan, mirrored.
    mirrored = renamed(PROBLEM)
    matrix = replace(MATRIX, place_ids=tuple(name[::-1] for name in MATRIX.place_ids))

    plain = best_plan(PROBLEM, MATRIX)
    other = best_plan(mirrored, matrix)

    assert shape_of(other) == [
        (truck_id[::-1], [[name[::-1] for name in stop] for stop in stops])
        for truck_id, stops in shape_of(plain)
    ]
    assert other.cost_cents == plain.cost_cents


def renamed(problem: Problem) -> Problem:
    return Problem(
        places=tuple(replace(place, id=place.id[::-1]) for place in problem.places),
        vehicles=tuple(
            replace(v, id=v.id[::-1], home_place_id=v.home_place_id[::-1])
            for v in problem.vehicles
        ),
        shipments=tuple(
            replace(
                s,
                id=s.id[::-1],
                pickup_place_id=s.pickup_place_id[::-1],
                delivery_place_id=s.delivery_place_id[::-1],
            )
            for s in problem.shipments
        ),
    )


def shape_of(plan: Plan) -> list[tuple[str, list[list[str]]]]:
    return [
        (
            route.vehicle_id,
            [[stop.place_id, *stop.unloads, *stop.loads] for stop in route.stops],
        )
        for route in plan.routes
    ]


def test_a_detour_that_is_faster_than_the_direct_way_is_found():
    # From farm to drop 90 min directly, but 10 + 10 min by way of the market, where a
    # second crate is wanted. The drop closes at 9:00, so only the detour carries both.
    names = ("home", "farm", "market", "drop")
    minutes = (
        (0, 10, 50, 50),
        (10, 0, 10, 90),
        (50, 10, 0, 10),
        (50, 90, 10, 0),
    )
    matrix = Matrix(
        place_ids=names,
        distances_m=tuple(tuple(value * 1_000 for value in row) for row in minutes),
        durations_s=tuple(tuple(value * 60 for value in row) for row in minutes),
    )
    problem = day(
        matrix,
        [truck()],
        [crate("a", "farm", "drop"), crate("b", "farm", "market")],
        drop=open_at("drop", (8 * 3_600, 9 * 3_600)),
    )

    plan = best_plan(problem, matrix)

    # 10 + 10 + 10 + 50 km.
    assert shape_of(plan) == [
        (
            "truck",
            [["farm", *plan.routes[0].stops[0].loads], ["market", "b"], ["drop", "a"]],
        )
    ]
    assert plan.distance_m == 80_000


def test_two_mandatory_crates_win_over_a_dear_optional_one():
    # Each crate fills the truck and takes 60 of the 130 minutes: two of three fit.
    matrix = road(home=0, farm=10, drop=30)
    full = road(home=0, farm=10, drop=30)
    crates = [
        crate("dear", "farm", "drop", penalty_cents=10**8),
        crate("must-1", "farm", "drop", penalty_cents=None),
        crate("must-2", "farm", "drop", penalty_cents=None),
    ]
    small = truck(
        compartments=(replace(truck().compartments[0], capacity_g=40_000),),
        shift_end_s=8 * 3_600 + 130 * 60,
    )

    plan = best_plan(day(matrix, [small], crates), full)

    assert plan.served_ids == {"must-1", "must-2"}


def test_a_day_without_vehicles_or_shipments_gives_an_empty_plan():
    matrix = road(home=0, farm=10, drop=30)
    nobody = day(matrix, [], [crate("a", "farm", "drop")])
    nothing = day(matrix, [truck()], [])

    plans = [best_plan(nobody, matrix), best_plan(nothing, matrix)]

    assert [(plan.routes, plan.penalty_cents) for plan in plans] == [
        ((), 50_000),
        ((), 0),
    ]
    assert plans[0].unserved[0].reason.code == "no_compartment"


def test_a_truck_may_end_its_day_elsewhere():
    # home 0 → farm 10 → drop 30 → garage 35: 35 km and no way back.
    matrix = road(home=0, farm=10, drop=30, garage=35)
    problem = day(matrix, [truck(end_place_id="garage")], [crate("a", "farm", "drop")])

    plan = best_plan(problem, matrix)

    assert (plan.distance_m, plan.routes[0].return_leg.distance_m) == (35_000, 5_000)


def test_goods_of_two_classes_fill_two_compartments():
    # One shipment of 60 kg chilled and 60 kg ambient is not 120 kg of anything.
    amounts = tuple(
        replace(crate("x", "a", "b").amounts[0], temperature_class=name, mass_g=60_000)
        for name in ("chilled", "ambient")
    )
    matrix = road(home=0, farm=10, drop=30)
    holds = tuple(
        replace(truck().compartments[0], temperature_class=name)
        for name in ("chilled", "ambient")
    )
    problem = day(
        matrix,
        [truck(compartments=holds)],
        [crate("a", "farm", "drop", amounts=amounts)],
    )

    plan = best_plan(problem, matrix)

    assert plan.served_ids == {"a"}


@pytest.mark.soak
def test_a_full_day_of_eighty_shipments_is_planned_well():
    problem, matrix = hub_day(80, 8, seed=1)

    plans = list(search(problem, matrix, seed=1, time_limit_s=60))

    assert costs_of(plans[-1]) < 385_000


def test_a_search_from_a_plan_finds_nothing_worse():
    # No round at all: what comes is the plan it began from, on the dearer truck.
    problem = day(
        road(home=0, farm=10, drop=30),
        [truck("cheap"), truck("dear", per_km_cents=200)],
        [crate("a", "farm", "drop")],
    )
    matrix = road(home=0, farm=10, drop=30)
    start = moved(
        problem, matrix, best_plan(problem, matrix), MoveShipment("a", "dear")
    )

    plans = list(search(problem, matrix, seed=1, iterations=0, start=start.plan))

    assert [plan.cost_cents for plan in plans] == [12_000]


def test_a_search_from_a_plan_that_breaks_a_rule_begins_anew():
    problem = day(
        road(home=0, farm=10, drop=30),
        [truck("cheap"), truck("dear", per_km_cents=200)],
        [crate("a", "farm", "drop", only_vehicle_ids=("cheap",))],
    )
    matrix = road(home=0, farm=10, drop=30)
    start = moved(
        problem, matrix, best_plan(problem, matrix), MoveShipment("a", "dear")
    )

    plans = list(search(problem, matrix, seed=1, iterations=0, start=start.plan))

    assert [plan.cost_cents for plan in plans] == [6_000]
