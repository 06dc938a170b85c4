"""Dispatch: a published plan, everything left behind decided, once a day."""

from datetime import timedelta

import pytest

from hub.services import cycle_gate
from orders.models import Shipment
from routing import bridge, services
from routing.core.edit import MoveShipment, TakeOut
from routing.core.errors import (
    PapersExpired,
    PlanDispatched,
    PlanNotPublished,
    PlanOutdated,
    UnservedUndecided,
)
from routing.models import Plan, VehiclePaper
from tests.factories.routing import WideDay, give_papers, make_wide_day, make_wide_plan
from tests.factories.week import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def day() -> WideDay:
    return make_wide_day()


def publish(plan: Plan) -> Plan:
    give_papers(plan)
    return services.publish_plan(plan=plan, by=None, now=NOW)


def dispatch(plan: Plan, by=None) -> Plan:
    return services.dispatch_plan(plan=plan, by=by, now=NOW)


def decide(plan: Plan, decision: str, *, on=None) -> Shipment:
    return services.decide_unserved(
        left=plan.unserved.get(), decision=decision, on=on, by=None, now=NOW
    )


def test_a_published_plan_is_dispatched_by_name_and_hour(day):
    plan = publish(make_wide_plan(day))

    dispatch(plan, by=day.ana)

    plan.refresh_from_db()
    assert (plan.status, plan.dispatched_by, plan.dispatched_at) == (
        "published",
        day.ana,
        NOW,
    )


def test_dispatching_again_changes_nothing(day):
    plan = dispatch(publish(make_wide_plan(day)))

    again = services.dispatch_plan(plan=plan, by=day.ana, now=NOW + timedelta(hours=1))

    assert (again.dispatched_by, again.dispatched_at) == (None, NOW)


def test_a_truck_whose_insurance_is_over_keeps_the_day_at_home(day):
    plan = publish(make_wide_plan(day))
    VehiclePaper.objects.filter(kind="insurance").update(
        expires_on=plan.service_on - timedelta(days=1)
    )

    with pytest.raises(PapersExpired):
        dispatch(plan)

    plan.refresh_from_db()
    assert plan.dispatched_at is None


def test_the_driver_named_before_still_drives_by_the_new_plan(day):
    first = publish(make_wide_plan(day))

    second = services.publish_plan(plan=make_wide_plan(day), by=None, now=NOW)

    named = [dict(p.routes.values_list("vehicle", "driver")) for p in (first, second)]
    assert named[0] == named[1]
    assert None not in named[0].values()


def test_a_proposed_plan_is_not_dispatched(day):
    plan = make_wide_plan(day)

    with pytest.raises(PlanNotPublished):
        dispatch(plan)

    plan.refresh_from_db()
    assert plan.dispatched_at is None


def test_an_outdated_plan_is_not_dispatched(day):
    plan = publish(make_wide_plan(day))
    cycle_gate.count_change(cycle_id=day.cycle.pk)

    with pytest.raises(PlanOutdated):
        dispatch(plan)

    plan.refresh_from_db()
    assert plan.dispatched_at is None


def test_what_is_left_behind_is_decided_first(day):
    plan = publish(make_wide_plan(day, left=2))

    with pytest.raises(UnservedUndecided) as refused:
        dispatch(plan)

    plan.refresh_from_db()
    assert (refused.value.data, plan.dispatched_at) == ({"count": 2}, None)


@pytest.mark.parametrize(
    ("decision", "status"), [("own_transport", "cancelled"), ("cancelled", "cancelled")]
)
def test_once_decided_the_same_plan_is_dispatched(day, decision, status):
    plan = publish(make_wide_plan(day, left=1))

    shipment = decide(plan, decision)
    dispatch(plan)

    plan.refresh_from_db()
    assert (plan.dispatched_at, shipment.decision, shipment.status) == (
        NOW,
        decision,
        status,
    )


def test_another_day_takes_the_goods_there(day):
    plan = publish(make_wide_plan(day, left=1))
    later = day.service_on + timedelta(days=1)

    shipment = decide(plan, "another_day", on=later)
    dispatch(plan)

    assert (shipment.service_on, shipment.status) == (later, "ready")


def test_a_decision_keeps_every_version_that_leaves_the_goods_behind(day):
    # The version that carries the goods after all is outdated by the decision.
    plan = make_wide_plan(day, left=1)
    other = make_wide_plan(day)

    decide(plan, "own_transport")

    publish(plan)
    with pytest.raises(PlanOutdated):
        publish(other)


def test_a_plan_outdated_before_a_decision_stays_outdated(day):
    plan = publish(make_wide_plan(day, left=1))
    cycle_gate.count_change(cycle_id=day.cycle.pk)

    decide(plan, "own_transport")

    with pytest.raises(PlanOutdated):
        dispatch(plan)


def test_deciding_twice_the_same_way_keeps_the_plan_current(day):
    plan = publish(make_wide_plan(day, left=1))

    decide(plan, "cancelled")
    decide(plan, "cancelled")

    assert dispatch(plan).dispatched_at == NOW


def test_a_decision_taken_back_asks_again(day):
    plan = publish(make_wide_plan(day, left=1))
    decide(plan, "cancelled")

    services.undo_unserved(left=plan.unserved.get(), by=None, now=NOW)

    with pytest.raises(UnservedUndecided):
        dispatch(plan)


def came_from_an_earlier_day(day: WideDay) -> Shipment:
    """The last goods of the day, moved here from two days before."""
    moved = day.shipments[-1]
    moved.first_service_on = day.service_on - timedelta(days=2)
    moved.decision = "another_day"
    moved.save()
    return moved


def test_goods_moved_to_this_day_and_left_again_are_decided_again(day):
    came_from_an_earlier_day(day)
    plan = publish(make_wide_plan(day, left=1))

    with pytest.raises(UnservedUndecided):
        dispatch(plan)

    decide(plan, "another_day", on=day.service_on + timedelta(days=1))
    assert dispatch(plan).dispatched_at == NOW


def test_goods_moved_to_this_day_are_for_hands_and_search_to_carry(day):
    moved = came_from_an_earlier_day(day)
    plan = make_wide_plan(day, left=1)
    locks = bridge.locks_of(plan)
    version = services.adjust_plan(plan=plan, now=NOW)
    truck = version.routes.order_by("number")[0].vehicle.public_id

    edited = services.edit_plan(
        plan=version,
        version=0,
        move=MoveShipment(moved.public_id, truck),
        by=None,
        now=NOW,
    )

    assert (locks.left_ids, edited.unserved.count()) == (frozenset(), 0)


def test_no_other_plan_takes_the_place_of_a_dispatched_one(day):
    other = make_wide_plan(day)
    plan = dispatch(publish(make_wide_plan(day)))

    with pytest.raises(PlanDispatched):
        publish(other)

    statuses = dict(Plan.objects.values_list("pk", "status"))
    assert statuses == {other.pk: "proposed", plan.pk: "published"}


def test_publishing_the_dispatched_plan_again_changes_nothing(day):
    plan = dispatch(publish(make_wide_plan(day)))

    assert publish(plan).dispatched_at == NOW


def test_hands_no_longer_change_a_dispatched_day(day):
    plan = publish(make_wide_plan(day))
    version = services.adjust_plan(plan=plan, now=NOW)
    dispatch(plan)

    with pytest.raises(PlanDispatched):
        services.edit_plan(
            plan=version,
            version=0,
            move=TakeOut((day.shipments[0].public_id,)),
            by=None,
            now=NOW,
        )
    with pytest.raises(PlanDispatched):
        services.adjust_plan(plan=plan, now=NOW)

    assert version.edits.count() == 0


def test_what_was_decided_stays_decided_once_the_trucks_are_gone(day):
    plan = publish(make_wide_plan(day, left=1))
    decide(plan, "cancelled")
    dispatch(plan)

    with pytest.raises(PlanDispatched):
        services.undo_unserved(left=plan.unserved.get(), by=None, now=NOW)
