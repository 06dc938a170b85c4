"""Story 2: ten orders of four farms' goods, four loads to the dock, ten from there."""

from collections import Counter
from datetime import timedelta

import pytest

from orders import services as order_services
from orders.models import Order, OrderLine, Shipment
from routing import bridge, selectors, services
from routing.core import formats
from routing.core.check import violations_of
from routing.models import FleetPool, Plan, StopAction
from routing.travel.straight_line import StraightLine
from tests.factories.crossing import Crossing, close, make_crossing, make_trucks
from tests.factories.week import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def crossing() -> Crossing:
    made = make_crossing()
    close(made)
    return made


def planned(crossing: Crossing, *, num_trucks: int = 2, iterations: int = 2) -> Plan:
    job = services.propose_plan(
        pool=make_trucks(crossing, num_trucks),
        service_on=crossing.cycle.service_on,
        by=None,
        seconds=60,
        seed=1,
        iterations=iterations,
        key="story 2",
    )
    plan = services.run_plan(job_id=job.pk, travel=StraightLine())
    job.refresh_from_db()
    assert plan is not None, job.reason
    plan.refresh_from_db()
    return plan


def masses_kg(plan: Plan, *, kind: str, leg: str) -> Counter[int]:
    """Kilograms handled by place, as the stops of the plan say."""
    found: Counter[int] = Counter()
    actions = StopAction.objects.filter(
        stop__route__plan=plan, kind=kind, shipment__leg=leg
    )
    for action in actions.select_related("stop"):
        found[action.stop.place_id] += action.amounts["chilled"][0] // 1_000
    return found


def test_ten_orders_come_in_four_loads_and_leave_in_ten(crossing):
    plan = planned(crossing)

    problem, matrix = formats.read_problem(plan.problem)
    legs = Counter(Shipment.objects.values_list("leg", flat=True))
    gates = {s.origin_id: 0 for s in Shipment.objects.filter(leg="inbound")}
    doors = {order.drop_point_id: 0 for order in Order.objects.all()}
    # Ten kilograms a case, to the case: what was ordered is what is put off.
    for line in OrderLine.objects.select_related("order"):
        doors[line.order.drop_point_id] += 10 * line.ordered
    assert (Order.objects.count(), legs) == (10, {"inbound": 4, "outbound": 10})
    assert plan.unserved.count() == 0
    assert masses_kg(plan, kind="unload", leg="outbound") == doors
    assert masses_kg(plan, kind="unload", leg="inbound") == {crossing.dock.pk: 440}
    assert masses_kg(plan, kind="load", leg="outbound") == {crossing.dock.pk: 440}
    assert masses_kg(plan, kind="load", leg="inbound").keys() == gates.keys()
    assert violations_of(problem, matrix, formats.read_plan(plan.solution)) == []


def test_what_leaves_the_dock_waits_for_what_comes(crossing):
    plan = planned(crossing)

    problem, _matrix = formats.read_problem(plan.problem)
    after = {shipment.id: len(shipment.after) for shipment in problem.shipments}
    outbound = Shipment.objects.filter(leg="outbound").order_by("pk")
    # The first group orders of two farms, the third and fourth of two, the fifth of
    # all four; then the same five again.
    assert [after[row.public_id] for row in outbound] == [2, 2, 2, 2, 4] * 2
    assert [
        (t.place_id, t.num_docks, t.handling_s, t.dwell_limit_s)
        for t in problem.transfers
    ] == [(crossing.dock.public_id, 2, 900, 14_400)]


def test_leaving_a_farm_behind_costs_what_leaves_with_it(crossing):
    plan = planned(crossing, iterations=0)

    problem, _matrix = formats.read_problem(plan.problem)
    prices = {s.id: s.penalty_cents for s in problem.shipments}
    rows = {row.public_id: row for row in Shipment.objects.all()}
    assert prices == {
        name: 0 if row.leg == "inbound" else row.goods_cents + 25_000
        for name, row in rows.items()
    }


def test_goods_fetched_at_the_dock_are_worth_the_first_leg(crossing):
    outbound = Shipment.objects.filter(leg="outbound").order_by("pk")[0]
    outbound.drop_point = crossing.dock
    outbound.save()

    plan = planned(crossing, iterations=0)

    # The first group ordered 3 cases of the first farm and 1 of the second, at 10 $.
    problem, _matrix = formats.read_problem(plan.problem)
    names = list(
        Shipment.objects.filter(leg="inbound")
        .order_by("pk")
        .values_list("public_id", flat=True)
    )
    prices = {s.id: s.penalty_cents for s in problem.shipments}
    assert [prices[name] for name in names] == [28_000, 26_000, 0, 0]
    assert outbound.public_id not in prices


def read_day(crossing: Crossing, pool: FleetPool, days: int) -> dict[str, list[str]]:
    """What each outbound shipment of a day waits for: farms, by kilograms and door."""
    on = crossing.cycle.service_on + timedelta(days=days)
    problem = bridge.problem_for(pool=pool, service_on=on).problem
    rows = {row.public_id: row for row in Shipment.objects.select_related("producer")}
    return {
        f"{shipment.amounts[0].mass_g // 1_000} kg {rows[shipment.id].drop_point_id}": [
            rows[name].producer.name for name in shipment.after
        ]
        for shipment in problem.shipments
        if rows[shipment.id].leg == "outbound"
    }


def test_what_comes_to_the_dock_another_day_leaves_it_after_it_came(crossing):
    pool = make_trucks(crossing)
    first, second = (s.offer.variant.product.producer for s in crossing.stocks[:2])
    door = crossing.orders[0].drop_point_id
    was = read_day(crossing, pool, 0)[f"40 kg {door}"]

    order_services.decide_shipment(
        shipment=Shipment.objects.get(leg="inbound", producer=first),
        decision="another_day",
        on=crossing.cycle.service_on + timedelta(days=1),
        by=None,
        now=NOW,
    )

    # Three cases of 10 kg of the first farm wait, one of the second leaves today.
    assert was == [first.name, second.name]
    assert read_day(crossing, pool, 0)[f"10 kg {door}"] == [second.name]
    assert read_day(crossing, pool, 1)[f"30 kg {door}"] == [first.name]


def test_the_dock_of_a_plan_is_a_timetable(crossing):
    plan = planned(crossing)

    (dock,) = selectors.dock_sheets(selectors.route_sheets(plan.routes.all()))

    starts = [turn.at.stop.service_start_s for turn in dock.turns]
    assert (dock.place, starts) == (crossing.dock, sorted(starts))
    assert sum(len(turn.brings) for turn in dock.turns) == 4
    assert sum(len(turn.takes) for turn in dock.turns) == 10


def test_goods_that_ride_twice_count_once(crossing):
    pool = make_trucks(crossing)

    (load,) = selectors.day_goods(pool, crossing.cycle.service_on).loads

    assert (load.temperature_class, load.mass_g) == ("chilled", 440_000)
