"""A hub that shares two pools: its goods ride once, by the plan published first."""

from dataclasses import replace

import pytest

from routing import bridge, selectors, services
from routing.core.errors import GoodsRideElsewhere, NothingToCarry
from routing.models import Plan
from tests.factories.routing import (
    PlanDay,
    make_day,
    make_plan,
    make_pool,
    make_vehicle,
)
from tests.factories.week import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def day() -> PlanDay:
    return make_day()


@pytest.fixture
def beside(day: PlanDay) -> PlanDay:
    """The same day in a second pool of the same hub, with a truck of its own."""
    pool = make_pool(day.pool.coordinator)
    make_vehicle(pool)
    return replace(day, pool=pool)


def publish(plan: Plan) -> Plan:
    return services.publish_plan(plan=plan, by=None, now=NOW)


def test_goods_of_a_published_plan_are_refused_to_the_plan_of_another_pool(
    day: PlanDay, beside: PlanDay
) -> None:
    first, second = make_plan(day), make_plan(beside)
    publish(first)

    with pytest.raises(GoodsRideElsewhere) as refusal:
        publish(second)

    second.refresh_from_db()
    assert refusal.value.data == {"count": 1, "pool": day.pool.name}
    assert second.status == "proposed"


def test_the_other_pool_has_nothing_left_to_carry(
    day: PlanDay, beside: PlanDay
) -> None:
    publish(make_plan(day))

    with pytest.raises(NothingToCarry):
        bridge.problem_for(pool=beside.pool, service_on=day.service_on)
    goods = selectors.day_goods(beside.pool, day.service_on)
    assert (goods.shipments, goods.loads, goods.num_elsewhere) == ([], [], 1)


def test_goods_stay_with_the_pool_that_plans_them_anew(
    day: PlanDay, beside: PlanDay
) -> None:
    publish(make_plan(day))

    again = publish(make_plan(day))

    assert again.status == "published"
    assert selectors.riding_elsewhere(day.pool, day.service_on) == {}
    assert list(selectors.riding_elsewhere(beside.pool, day.service_on).values()) == [
        day.pool.name
    ]
