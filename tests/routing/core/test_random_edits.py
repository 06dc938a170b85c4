"""Any edits of any small day: nothing is lost, nothing is carried twice."""

from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from routing.core.assemble import plan_of
from routing.core.check import violations_of
from routing.core.edit import Edited, Move, MoveShipment, MoveStop, TakeOut, moved
from routing.core.matrix import Matrix
from routing.core.plan import Plan
from routing.core.problem import Problem
from routing.core.visits import World
from tests.routing.core.test_properties import days
from tests.soak.figures import count
from tests.soak.playing import num_examples

HAND_MADE = {
    "not_loaded",
    "not_unloaded",
    "outside_place_window",
    "outside_shipment_window",
    "back_after_shift",
    "day_too_long",
    "route_too_far",
    "too_long_on_board",
    "no_compartment",
    "too_heavy",
    "too_big",
    "mandatory_left",
    "wrong_truck",
}
"""What a hand may break; a figure that does not add up is never its doing."""


def any_move(draw, problem: Problem, plan: Plan) -> Move:
    trucks = st.sampled_from([vehicle.id for vehicle in problem.vehicles])
    names = st.sampled_from([shipment.id for shipment in problem.shipments])
    kinds = ["shipment", "shipment", "out"]
    kinds += ["stop"] * 3 if plan.routes else []
    kind = draw(st.sampled_from(kinds))
    if kind == "shipment":
        return MoveShipment(draw(names), draw(trucks))
    if kind == "out":
        return TakeOut((draw(names),))
    route = draw(st.sampled_from(plan.routes))
    to = draw(trucks)
    known = {r.vehicle_id: len(r.stops) for r in plan.routes}
    last = known.get(to, 0) - (to == route.vehicle_id)
    return MoveStop(
        route.vehicle_id,
        draw(st.integers(0, len(route.stops) - 1)),
        to,
        draw(st.none() | st.integers(0, last)),
    )


@st.composite
def edited_days(draw) -> tuple[Problem, Matrix, list[Edited]]:
    problem, matrix = draw(days())
    plan = plan_of(World(problem, matrix), (), engine="test")
    steps: list[Edited] = []
    for _ in range(draw(st.integers(1, 6))):
        steps.append(moved(problem, matrix, plan, any_move(draw, problem, plan)))
        plan = steps[-1].plan
    return problem, matrix, steps


patient = settings(
    deadline=None,
    max_examples=num_examples(100, a_round=400),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example],
)


@given(edited_days())
@patient
def test_every_shipment_is_carried_once_or_stays_behind_once(day):
    problem, _matrix, steps = day

    for step in steps:
        seen = Counter(left.shipment_id for left in step.plan.unserved)
        loads = [s for route in step.plan.routes for s in route.shipment_ids]
        unloads = [
            s for r in step.plan.routes for stop in r.stops for s in stop.unloads
        ]
        seen.update(loads)
        assert sorted(loads) == sorted(unloads)
        assert seen == Counter(shipment.id for shipment in problem.shipments)


@given(edited_days())
@patient
def test_what_an_edit_breaks_is_a_rule_never_a_figure(day):
    problem, matrix, steps = day

    for step in steps:
        assert list(step.violations) == violations_of(problem, matrix, step.plan)
        assert {violation.code for violation in step.violations} <= HAND_MADE
    count("edits of plans judged", len(steps))


@given(edited_days())
@patient
def test_the_same_edit_of_the_same_plan_gives_the_same_plan(day):
    problem, matrix, steps = day
    names = tuple(shipment.id for shipment in problem.shipments)

    once = moved(problem, matrix, steps[-1].plan, TakeOut(names[:1]))
    twice = moved(problem, matrix, once.plan, TakeOut(names[:1]))

    assert (twice.plan, twice.delta.cost_cents) == (once.plan, 0)
