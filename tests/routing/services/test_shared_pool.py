"""Two hubs want two trucks for the same morning: one plan, no double booking."""

import pytest

from orders import services as orders
from routing import services
from routing.models import Plan, StopAction
from routing.travel.straight_line import StraightLine
from tests.factories.routing import make_day, make_vehicle
from tests.factories.week import NOW, make_stock, make_week, order

pytestmark = pytest.mark.django_db

CASES = 60


def closed_week_of_another_hub():
    """The same Thursday at another hub: 60 cases of 10 kg as well."""
    week = make_week(fund_cents=100_000)
    stock = make_stock(week, quantity=CASES)
    order(week, {stock.offer.public_id: CASES})
    orders.close_cycle(cycle_id=week.cycle.pk, by=None, now=NOW)
    return week


@pytest.fixture
def shared_day():
    """Two hubs, 600 kg each, one pool of two trucks of 1 000 kg, one morning.

    Farms open at 8:00, and trucks are back at 10:00: each has time for one way.
    """
    day = make_day(cases=CASES, shift_end_s=36_000)
    make_vehicle(day.pool, shift_end_s=36_000)
    other = closed_week_of_another_hub()
    services.join_pool(hub=other.hub, code=day.pool.public_id)
    day.pool.refresh_from_db()
    return day


def ask(day, key):
    return services.propose_plan(
        pool=day.pool,
        service_on=day.service_on,
        by=None,
        seconds=20,
        seed=1,
        key=key,
        iterations=20,
    )


def test_both_coordinations_ask_and_get_the_same_planning(shared_day):
    first, second = ask(shared_day, "ana"), ask(shared_day, "zoe")

    assert first == second


def test_one_plan_carries_the_goods_of_both_on_two_trucks(shared_day):
    plan = services.run_plan(job_id=ask(shared_day, "ana").pk, travel=StraightLine())
    assert plan
    services.publish_plan(plan=plan, by=None, now=NOW)

    loads = StopAction.objects.filter(stop__route__plan=plan, kind="load")
    hubs = set(loads.values_list("shipment__cycle__hub", flat=True))
    trucks = list(plan.routes.values_list("vehicle", flat=True))
    assert (len(hubs), loads.count(), plan.unserved.count()) == (2, 2, 0)
    assert len(trucks) == len(set(trucks)) == 2


def test_a_second_plan_replaces_the_first_and_never_stands_beside_it(shared_day):
    for key in ("ana", "zoe"):
        plan = services.run_plan(job_id=ask(shared_day, key).pk, travel=StraightLine())
        assert plan
        services.publish_plan(plan=plan, by=None, now=NOW)

    statuses = Plan.objects.order_by("pk").values_list("status", flat=True)
    assert list(statuses) == ["replaced", "published"]
