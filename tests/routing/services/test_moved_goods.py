"""Goods moved to another day: the plans of that day learn of it, and others do not."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hub.core.errors import DomainError
from hub.models import Cycle
from orders.models import Shipment, ShipmentAmount
from routing import selectors, services
from routing.core.errors import (
    CycleLeftTheDay,
    GoodsCame,
    PlanDispatched,
    PlanOutdated,
)
from routing.models import Plan
from routing.services import publishing
from tests.factories.hub import make_cycle
from tests.factories.routing import WideDay, give_papers, make_wide_day, make_wide_plan
from tests.factories.week import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def day() -> WideDay:
    return make_wide_day()


@pytest.fixture
def next_day(day) -> WideDay:
    """The day after, with goods of a cycle of its own for the first drop point."""
    return day_after(day, 1)


def day_after(day: WideDay, days: int) -> WideDay:
    on = day.service_on + timedelta(days=days)
    cycle = make_cycle(day.hub, service_on=on, status=Cycle.Status.CLOSED)
    first = day.shipments[0]
    shipment = Shipment.objects.create(
        cycle=cycle,
        producer=first.producer,
        origin=first.origin,
        drop_point=first.drop_point,
        service_on=on,
        goods_cents=10_000,
    )
    ShipmentAmount.objects.create(
        shipment=shipment, temperature_class="chilled", mass_g=1_000, volume_ml=4_000
    )
    return replace(day, cycle=cycle, shipments=[shipment])


def move(plan: Plan, to: WideDay) -> Shipment:
    return services.decide_unserved(
        left=plan.unserved.get(),
        decision="another_day",
        on=to.service_on,
        by=None,
        now=NOW,
    )


def publish(plan: Plan) -> Plan:
    give_papers(plan)
    return services.publish_plan(plan=plan, by=None, now=NOW)


def refusal_of(plan: Plan) -> type[DomainError] | None:
    """Why a plan is refused now, if it is."""
    moved = selectors.moved_since(
        plan, selectors.closed_cycles(plan.pool, plan.service_on)
    )
    return publishing.REFUSALS[moved["how"]] if moved else None


def test_goods_that_come_to_a_day_outdate_the_plan_made_before(day, next_day):
    there = make_wide_plan(next_day)

    move(make_wide_plan(day, left=1), next_day)

    with pytest.raises(GoodsCame) as refused:
        publish(there)
    assert refused.value.data["cycle"] == day.cycle.name
    assert "were moved to this day after it was made" in str(refused.value)
    there.refresh_from_db()
    assert there.status == "proposed"


def test_the_plan_made_after_goods_came_stands_on_their_cycle_too(day, next_day):
    move(make_wide_plan(day, left=1), next_day)

    there = make_wide_plan(next_day)

    known = dict(there.cycles.values_list("cycle_id", "revision"))
    day.cycle.refresh_from_db()
    assert known == {day.cycle.pk: day.cycle.revision, next_day.cycle.pk: 0}
    assert publish(there).status == "published"


def test_a_day_to_which_nothing_but_moved_goods_comes_is_listed(day):
    on = day.service_on + timedelta(days=1)
    left = make_wide_plan(day, left=1).unserved.get()
    services.decide_unserved(left=left, decision="another_day", on=on, by=None, now=NOW)

    days = selectors.days_of([day.pool], since=day.service_on)

    assert [(row.service_on, [c.pk for c in row.cycles]) for row in days] == [
        (on, [day.cycle.pk]),
        (day.service_on, [day.cycle.pk]),
    ]


def test_goods_that_leave_again_outdate_the_plan_that_carries_them(day, next_day):
    third = day_after(day, 2)
    move(make_wide_plan(day, left=1), next_day)
    carrying, leaving = make_wide_plan(next_day), make_wide_plan(next_day, left=1)

    gone = leaving.unserved.get().shipment
    assert gone.cycle_id == next_day.cycle.pk
    services.decide_unserved(
        left=leaving.unserved.get(),
        decision="another_day",
        on=third.service_on,
        by=None,
        now=NOW,
    )

    assert (refusal_of(carrying), refusal_of(leaving)) == (PlanOutdated, None)


def test_a_cycle_of_which_nothing_rides_any_more_is_no_concern_of_the_day(
    day, next_day
):
    third = day_after(day, 2)
    moved = move(make_wide_plan(day, left=1), next_day)
    next_day.shipments[0].delete()
    leaving = make_wide_plan(next_day, left=1)
    carrying = make_wide_plan(next_day)

    move(leaving, third)

    assert (refusal_of(carrying), refusal_of(leaving)) == (CycleLeftTheDay, None)
    assert list(leaving.cycles.values_list("cycle", flat=True)) == [next_day.cycle.pk]
    assert moved.cycle_id == day.cycle.pk


def test_a_decision_leaves_the_plans_of_other_days_as_they_are(day, next_day):
    third = day_after(day, 2)
    move(make_wide_plan(day, left=1), next_day)
    there = make_wide_plan(next_day)

    move(make_wide_plan(day, left=1), third)

    assert refusal_of(there) is None


def test_goods_move_to_no_day_whose_trucks_have_left(day, next_day):
    services.dispatch_plan(plan=publish(make_wide_plan(next_day)), by=None, now=NOW)
    plan = make_wide_plan(day, left=1)

    with pytest.raises(PlanDispatched):
        move(plan, next_day)

    shipment = plan.unserved.get().shipment
    assert (shipment.service_on, shipment.num_decisions) == (day.service_on, 0)


def test_goods_taken_back_are_asked_for_on_their_first_day_alone(day, next_day):
    plan = make_wide_plan(day, left=1)
    move(plan, next_day)
    there = make_wide_plan(next_day, left=1)
    left = there.unserved.get()
    moved = Shipment.objects.get(first_service_on=day.service_on)
    left.shipment = moved
    left.save()

    services.undo_unserved(left=plan.unserved.get(), by=None, now=NOW)

    assert selectors.undecided_of(plan).count() == 1
    assert selectors.undecided_of(there).count() == 0


def test_a_plan_the_trucks_left_by_grows_old_no_more(day, next_day):
    plan = make_wide_plan(day, left=1)
    move(plan, next_day)
    there = services.dispatch_plan(
        plan=publish(make_wide_plan(next_day)), by=None, now=NOW
    )
    Cycle.objects.filter(pk=day.cycle.pk).update(revision=99)

    rows = selectors.proposals_of(there.pool, there.service_on)

    assert [(row.plan, row.moved) for row in rows] == [(there, None)]
