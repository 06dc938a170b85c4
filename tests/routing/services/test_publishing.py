"""Publishing: one plan a day, and never one that the orders have left behind."""

from datetime import date

import pytest

from hub.models import Cycle
from hub.services import cycle_gate
from routing import services
from routing.core.errors import CycleLeftTheDay, CycleNotPlanned, PlanOutdated
from routing.models import Plan
from tests.factories.hub import make_coordinator, make_cycle
from tests.factories.routing import PlanDay, make_day, make_plan
from tests.factories.week import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def day() -> PlanDay:
    return make_day()


def publish(plan: Plan) -> Plan:
    return services.publish_plan(plan=plan, by=None, now=NOW)


def test_a_current_plan_is_published_by_name_and_hour(day):
    person = make_coordinator(day.week.hub)

    plan = services.publish_plan(plan=make_plan(day), by=person, now=NOW)

    plan.refresh_from_db()
    assert (plan.status, plan.published_by, plan.published_at) == (
        "published",
        person,
        NOW,
    )


def test_publishing_again_changes_nothing(day):
    plan = publish(make_plan(day))

    again = services.publish_plan(plan=plan, by=make_coordinator(day.week.hub), now=NOW)

    assert (again.status, again.published_by) == ("published", None)


def test_a_later_plan_replaces_the_published_one(day):
    first, second = make_plan(day), make_plan(day)
    publish(first)

    publish(second)

    statuses = dict(Plan.objects.values_list("pk", "status"))
    assert statuses == {first.pk: "replaced", second.pk: "published"}


def test_a_plan_made_before_a_change_is_refused(day):
    plan = make_plan(day)
    planned = plan.cycles.get().revision
    cycle_gate.count_change(cycle_id=day.week.cycle.pk)

    with pytest.raises(PlanOutdated) as refused:
        publish(plan)

    plan.refresh_from_db()
    assert (refused.value.data, plan.status) == (
        {
            "cycle": day.week.cycle.name,
            "planned": planned,
            "current": planned + 1,
        },
        "proposed",
    )


def test_a_plan_made_before_another_cycle_closed_is_refused(day):
    plan = make_plan(day)
    late = make_cycle(
        day.week.hub, service_on=day.service_on, status=Cycle.Status.CLOSED
    )

    with pytest.raises(CycleNotPlanned) as refused:
        publish(plan)

    assert refused.value.data == {"cycle": late.name, "planned": 0, "current": 0}
    assert "closed after it was made" in str(refused.value)


def test_a_plan_whose_cycle_left_the_day_is_refused(day):
    plan = make_plan(day)
    Cycle.objects.filter(pk=day.week.cycle.pk).update(service_on=date(2026, 7, 2))
    day.week.cycle.shipments.update(service_on=date(2026, 7, 2))

    with pytest.raises(CycleLeftTheDay) as refused:
        publish(plan)

    assert refused.value.data["cycle"] == day.week.cycle.name


def test_an_outdated_plan_leaves_the_published_one_in_place(day):
    first, second = make_plan(day), make_plan(day)
    publish(first)
    cycle_gate.count_change(cycle_id=day.week.cycle.pk)

    with pytest.raises(PlanOutdated):
        publish(second)

    statuses = dict(Plan.objects.values_list("pk", "status"))
    assert statuses == {first.pk: "published", second.pk: "proposed"}
