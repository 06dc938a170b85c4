"""Any truck of any small day breaks down at any moment, whatever was tapped till then.

Taps may be late, early or missing, a loading missed; goods may change trucks at a dock.
"""

from dataclasses import replace

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from routing.core.check import violations_of
from routing.core.continued import RESCUED, Continued, base_name, continued
from routing.core.matrix import Matrix
from routing.core.plan import Plan, PlannedRoute
from routing.core.problem import Place, Problem, Shipment, Transfer
from routing.core.residual import Breakdown, residual_of
from routing.core.solve.search import search
from tests.routing.core.test_properties import (
    days,
    matrices,
    seldom,
    shipments,
    vehicles,
    windows,
)
from tests.soak.figures import count
from tests.soak.playing import num_examples

patient = settings(
    deadline=None,
    max_examples=num_examples(20, a_round=100),
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.large_base_example,
        HealthCheck.filter_too_much,
        HealthCheck.data_too_large,
    ],
)


def optional(problem: Problem) -> Problem:
    """Goods that are worth a route; what no truck can take may stay behind."""
    return replace(
        problem,
        shipments=tuple(
            replace(s, penalty_cents=50_000 + (s.penalty_cents or 0))
            for s in problem.shipments
        ),
    )


@st.composite
def crossings(draw) -> tuple[Problem, Matrix]:
    """Two farms, a dock, two doors: what comes in is recombined before it goes out."""
    names = ("east", "west", "dock", "north", "south")
    legs = (("east", "dock"), ("west", "dock"), ("dock", "north"), ("dock", "south"))
    moved = []
    for number, (pickup, delivery) in enumerate(legs):
        shipment: Shipment = draw(shipments(number, names))
        after = ("shipment-0", "shipment-1") if pickup == "dock" else ()
        moved.append(
            replace(
                shipment,
                pickup_place_id=pickup,
                delivery_place_id=delivery,
                pickup_windows=(),
                after=draw(st.sampled_from((after, after[:1]))),
            )
        )
    dock = Transfer(
        "dock",
        num_docks=draw(seldom(st.integers(1, 2))),
        handling_s=draw(st.integers(0, 900)),
        dwell_limit_s=draw(seldom(st.integers(900, 5_400))),
    )
    problem = Problem(
        places=tuple(
            Place(name, "", draw(st.integers(0, 300)), draw(windows()))
            if name in ("north", "south")
            else Place(name, "", draw(st.integers(0, 300)))
            for name in names
        ),
        vehicles=tuple(
            draw(vehicles(i, names)) for i in range(draw(st.integers(2, 3)))
        ),
        shipments=tuple(moved),
        transfers=(dock,),
    )
    return problem, draw(matrices(names))


@st.composite
def taps(draw, plan: Plan) -> Breakdown:
    """How far the trucks are when one of them stands still."""
    broken: PlannedRoute = draw(st.sampled_from(plan.routes))
    num_done = {r.vehicle_id: draw(st.integers(0, len(r.stops))) for r in plan.routes}
    loaded = [
        name
        for route in plan.routes
        for stop in route.stops[: num_done[route.vehicle_id]]
        for name in stop.loads
    ]
    places = [stop.place_id for stop in broken.stops]
    last_s = max(route.return_s for route in plan.routes)
    return Breakdown(
        vehicle_id=broken.vehicle_id,
        place_id=draw(st.sampled_from(places)),
        now_s=draw(st.integers(0, last_s + 3_600)),
        num_done=num_done,
        under_way=frozenset(
            name for name, done in num_done.items() if done or draw(st.booleans())
        ),
        missed=frozenset(name for name in loaded if draw(st.integers(0, 5)) == 0),
    )


@st.composite
def breakdowns(draw) -> tuple[Continued, Breakdown]:
    """A day as planned, and a truck of it that stands still."""
    problem, matrix = draw(st.one_of(days(), crossings()))
    problem = optional(problem)
    plan = list(search(problem, matrix, seed=1, iterations=1))[-1]
    assume(plan.routes)
    return Continued(problem, matrix, plan), draw(taps(plan))


def gone_on(day: Continued, breakdown: Breakdown) -> Continued:
    asked = (day.problem, day.matrix, day.plan, breakdown)
    left = residual_of(*asked)
    plans = search(left.problem, left.matrix, seed=1, iterations=2, start=left.start)
    return continued(*asked, list(plans)[-1])


def on_board(day: Continued, route: PlannedRoute, breakdown: Breakdown) -> set[str]:
    """What a truck has loaded and not unloaded at the stops that are done."""
    done = route.stops[: breakdown.num_done[route.vehicle_id]]
    missed = breakdown.missed | {s.id for s in day.problem.shipments if s.is_missed}
    loaded = {name for stop in done for name in stop.loads} - missed
    return loaded - {s for stop in done for s in stop.unloads}


def assert_it_goes_on(day: Continued, breakdown: Breakdown, after: Continued) -> None:
    assert violations_of(after.problem, after.matrix, after.plan) == []
    now = {route.vehicle_id: route for route in after.plan.routes}
    left = {unserved.shipment_id for unserved in after.plan.unserved}
    for route in day.plan.routes:
        num_done = breakdown.num_done[route.vehicle_id]
        goods = on_board(day, route, breakdown)
        if not num_done:
            continue
        gone = now[route.vehicle_id]
        assert gone.stops[:num_done] == route.stops[:num_done]
        put_down = {s: stop.place_id for stop in gone.stops for s in stop.unloads}
        if route.vehicle_id != breakdown.vehicle_id:
            doors = day.problem.shipments_by_id()
            assert goods <= put_down.keys()
            assert all(put_down[s] == doors[s].delivery_place_id for s in goods)
            continue
        assert {s: put_down[s] for s in goods} == dict.fromkeys(
            goods, breakdown.spot_id
        )
        carried = after.plan.served_ids
        assert all(
            (f"{s}{RESCUED}" in carried) != (f"{s}{RESCUED}" in left) for s in goods
        )


@given(breakdowns())
@patient
def test_any_day_goes_on_soundly_with_what_is_done_and_what_is_on_board(broken):
    day, breakdown = broken

    after = gone_on(day, breakdown)

    assert_it_goes_on(day, breakdown, after)
    count("breakdowns")


@given(breakdowns(), st.data())
@patient
def test_any_day_goes_on_soundly_after_a_second_breakdown(broken, data):
    day, first = broken
    once = gone_on(day, first)
    trucks = [r for r in once.plan.routes if r.vehicle_id != first.vehicle_id]
    assume(trucks)
    told = data.draw(taps(replace(once.plan, routes=tuple(trucks))))
    later_s = max(first.now_s + 1, told.now_s)
    num_done = {r.vehicle_id: len(r.stops) for r in once.plan.routes} | {
        name: max(done, first.num_done.get(name, 0))
        for name, done in told.num_done.items()
    }
    second = replace(
        told,
        now_s=later_s,
        num_done=num_done,
        broken_before=frozenset({first.vehicle_id}),
    )

    twice = gone_on(once, second)

    assert_it_goes_on(once, second, twice)
    names = {base_name(shipment.id) for shipment in twice.problem.shipments}
    assert names == {base_name(shipment.id) for shipment in day.problem.shipments}
    count("second breakdowns")
