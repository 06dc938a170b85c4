"""The check itself: each further way a plan can be wrong, and no hand in the search."""

import ast
import re
from dataclasses import replace
from pathlib import Path

import pytest

from routing.core import check
from routing.core.check import Violation, violations_of
from routing.core.check.violation import SENTENCES
from routing.core.plan import PlannedRoute, Reason, Unserved
from tests.routing.core.days import (
    HOUR,
    MINUTE,
    best_plan,
    crate,
    day,
    road,
    truck,
    with_route,
    with_stop,
)

CORE = Path(check.__file__).parents[1]
EIGHT = 8 * HOUR
ROAD = road(home=0, farm=10, drop=30)
PROBLEM = day(ROAD, [truck()], [crate("a", "farm", "drop")])
PLAN = best_plan(PROBLEM, ROAD)
ROUTE = PLAN.routes[0]
STAYS = Unserved("a", Reason("no_room_left"))


def test_a_sound_plan_breaks_nothing():
    assert violations_of(PROBLEM, ROAD, PLAN) == []


@pytest.mark.parametrize(
    ("plan", "first"),
    [
        (with_route(PLAN, vehicle_id="x"), Violation("unknown_vehicle", "x")),
        (
            replace(PLAN, routes=(ROUTE, ROUTE)),
            Violation("vehicle_used_twice", "truck"),
        ),
        (
            with_stop(PLAN, 0, place_id="moon"),
            Violation("unknown_place", "truck", 0, data={"place": "moon"}),
        ),
        (
            with_stop(PLAN, 0, loads=("x",)),
            Violation("unknown_shipment", "truck", 0, "x"),
        ),
        (
            replace(PLAN, unserved=(Unserved("x", Reason("no_room_left")),)),
            Violation("unknown_shipment", shipment="x"),
        ),
        (replace(PLAN, matrix_digest="other"), Violation("wrong_matrix")),
        (with_stop(PLAN, 0, loads=()), Violation("empty_stop", "truck", 0)),
        (
            with_stop(PLAN, 0, loads=("a", "a")),
            Violation("handled_twice", shipment="a"),
        ),
        (
            with_stop(PLAN, 0, place_id="home"),
            Violation("wrong_pickup_place", "truck", 0, "a"),
        ),
        (
            with_stop(PLAN, 1, leg=replace(ROUTE.stops[1].leg, distance_m=1)),
            Violation("wrong_leg", "truck", 1),
        ),
        (
            with_stop(PLAN, 1, leg=replace(ROUTE.stops[1].leg, is_estimate=True)),
            Violation("wrong_leg", "truck", 1),
        ),
        (
            with_route(PLAN, return_leg=ROUTE.stops[0].leg),
            Violation("wrong_leg", "truck", 2),
        ),
        (
            with_route(PLAN, departure_s=EIGHT + 1),
            Violation(
                "wrong_arrival",
                "truck",
                0,
                data={
                    "arrival_s": EIGHT + 10 * MINUTE,
                    "expected_s": EIGHT + 10 * MINUTE + 1,
                },
            ),
        ),
        (
            with_stop(PLAN, 0, service_start_s=EIGHT),
            Violation("serves_before_arriving", "truck", 0),
        ),
        (
            with_route(PLAN, return_s=EIGHT + 59 * MINUTE),
            Violation(
                "wrong_return",
                "truck",
                data={
                    "return_s": EIGHT + 59 * MINUTE,
                    "expected_s": EIGHT + 60 * MINUTE,
                },
            ),
        ),
        (
            replace(PLAN, unserved=(STAYS,)),
            Violation("carried_and_left", shipment="a"),
        ),
        (
            replace(PLAN, penalty_cents=1),
            Violation(
                "wrong_total",
                data={"figure": "penalty_cents", "value": 1, "expected": 0},
            ),
        ),
        (
            replace(PLAN, duration_s=1),
            Violation(
                "wrong_total",
                data={"figure": "duration_s", "value": 1, "expected": 3_600},
            ),
        ),
    ],
)
def test_a_wrong_plan_is_told_what_is_wrong_first(plan, first):
    assert violations_of(PROBLEM, ROAD, plan)[0] == first


def test_a_shipment_left_twice_is_told():
    left = replace(PLAN, routes=(), unserved=(STAYS, STAYS))

    assert Violation("explained_twice", shipment="a") in violations_of(
        PROBLEM, ROAD, left
    )


def test_a_route_without_stops_costs_what_it_costs():
    # Nothing to do and yet on the road: sound in itself, the totals say so.
    leg = ROAD.leg("home", "home")
    idle = PlannedRoute("truck", EIGHT, EIGHT, (), leg, 0, 0)
    plan = replace(
        PLAN,
        routes=(idle,),
        unserved=(STAYS,),
        cost_cents=0,
        penalty_cents=50_000,
        distance_m=0,
        duration_s=0,
    )

    assert violations_of(PROBLEM, ROAD, plan) == []


def test_every_sentence_can_be_filled():
    violation = Violation("wrong_leg", "truck", 1)

    assert str(violation) == (
        "The way to stop 2 of truck is not the one of the matrix."
    )


def test_every_code_that_is_raised_has_a_sentence():
    sources = [path.read_text() for path in (CORE / "check").glob("*.py")]
    raised = {
        code
        for source in sources
        for code in re.findall(r'Violation\(\s*"(\w+)"', source)
    }

    assert raised == set(SENTENCES)


def test_each_rule_has_its_twin_in_the_solver():
    # Names are the plan's own: the solver can name nothing that does not exist.
    rooms = ("constraints", "transfers", "docks")
    added = set().union(
        *(functions_of(CORE / "solve" / f"{room}.py", "add_") for room in rooms)
    )
    checked = {name for name in check.__all__ if name.startswith("check_")}

    assert {f"check_{name}" for name in added} == checked - {"check_names"}


def functions_of(path: Path, prefix: str) -> set[str]:
    return {
        node.name.removeprefix(prefix)
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith(prefix)
    }


def test_the_check_shares_no_code_with_the_search():
    allowed = {"problem", "matrix", "plan", "check"}
    imported = {
        node.module.removeprefix("routing.core.").split(".")[0]
        for path in (CORE / "check").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom)
        and node.module is not None
        and node.module.startswith("routing")
    }

    assert imported == allowed
