"""A cycle is opened again, a plan withdrawn, trucks called back; or it is too late."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hub.models import Notice
from orders import services as order_services
from orders.core.errors import RequestReused
from orders.models import CycleClosing, CycleReopening
from routing import selectors, services
from routing.core.errors import (
    AnotherVersionOpen,
    CycleHasDispatchedRoute,
    CycleLeftTheDay,
    PlanBegun,
    PlanNotPublished,
)
from routing.models import Plan, PlanWithdrawal, StopTap
from tests.factories import hub as ground
from tests.factories.driving import EIGHT, FARM, make_drive
from tests.factories.routing import (
    PlanDay,
    give_papers,
    make_day,
    make_plan,
    make_wide_day,
    make_wide_plan,
)
from tests.factories.week import NOW

pytestmark = pytest.mark.django_db

BACK = services.WayBack(reason="Verglas.", by=None, now=NOW)


@pytest.fixture
def day() -> PlanDay:
    return make_day()


def published(plan: Plan) -> Plan:
    give_papers(plan)
    return services.publish_plan(plan=plan, by=None, now=NOW)


def reopen(day: PlanDay) -> CycleReopening:
    ask = order_services.Reopening(
        closes_at=NOW + timedelta(hours=8), reason="Oubli.", by=None, now=NOW
    )
    return services.reopen_cycle(cycle=day.week.cycle, ask=ask, key="again")


def withdraw(plan: Plan, key: str = "back") -> PlanWithdrawal:
    return services.withdraw_plan(plan=plan, ask=BACK, key=key)


def kinds() -> list[str]:
    return sorted(Notice.objects.values_list("kind", flat=True))


def test_a_plan_of_before_is_old_once_its_cycle_is_open(day):
    plan = published(make_plan(day))

    reopen(day)

    assert [row.pk for row in selectors.plans_outdated_by(day.week.cycle)] == [plan.pk]
    with pytest.raises(CycleLeftTheDay):
        services.dispatch_plan(plan=plan, by=None, now=NOW)


def test_a_cycle_whose_trucks_left_stays_closed(day):
    plan = published(make_plan(day))
    services.dispatch_plan(plan=plan, by=None, now=NOW)
    told = kinds()

    with pytest.raises(CycleHasDispatchedRoute):
        reopen(day)

    assert (CycleClosing.objects.count(), kinds()) == (1, told)


def test_a_close_after_a_reopening_is_a_job_of_its_own(day):
    cycle = day.week.cycle
    first = services.request_close(cycle=cycle, by=None)
    reopen(day)

    again = services.request_close(cycle=cycle, by=None)
    services.run_close(job_id=first.pk)
    cycle.refresh_from_db()
    still_open = cycle.status
    services.run_close(job_id=again.pk)

    cycle.refresh_from_db()
    assert (first.pk == again.pk, still_open, cycle.status) == (False, "open", "closed")


def test_a_withdrawn_plan_is_a_proposal_and_can_be_published_again():
    plan = published(make_wide_plan(make_wide_day()))

    found = withdraw(plan)
    assert withdraw(plan) == found

    plan.refresh_from_db()
    assert (plan.status, plan.published_at, found.dispatched_at) == (
        "proposed",
        None,
        None,
    )
    assert set(kinds()) == {"plan_withdrawn"}
    assert services.publish_plan(plan=plan, by=None, now=NOW).status == "published"


def test_trucks_called_back_are_told_to_all_and_leave_again_with_new_words(day):
    ground.make_producer(day.week.farm)
    plan = published(make_plan(day))
    services.dispatch_plan(plan=plan, by=None, now=NOW)
    sent = kinds()

    withdraw(plan)
    called_back = kinds()
    services.publish_plan(plan=plan, by=None, now=NOW)
    services.dispatch_plan(plan=plan, by=None, now=NOW)

    assert called_back == sorted([*sent, *["plan_withdrawn"] * 3])
    assert kinds() == sorted([*called_back, *sent])
    assert PlanWithdrawal.objects.get().reason == "Verglas."


def test_a_plan_that_nobody_published_is_not_withdrawn():
    plan = make_wide_plan(make_wide_day())

    with pytest.raises(PlanNotPublished):
        withdraw(plan)

    assert PlanWithdrawal.objects.count() == 0


def test_a_day_that_has_begun_is_not_called_back():
    drive = make_drive()
    drive.send([drive.tap("arrived", FARM)])
    told = kinds()

    with pytest.raises(PlanBegun):
        withdraw(drive.route.plan)

    assert (PlanWithdrawal.objects.count(), kinds()) == (0, told)


def test_goods_noted_at_a_door_are_a_beginning():
    drive = make_drive()
    order_services.record_delivery(
        shipment_id=drive.day.shipment.pk,
        quantities={drive.line.pk: 4},
        by=None,
        now=NOW,
    )

    with pytest.raises(PlanBegun):
        withdraw(drive.route.plan)


def test_a_truck_that_broke_down_before_its_first_tap_is_a_beginning():
    drive = make_drive()
    plan = drive.route.plan
    report = services.Report(
        vehicle=drive.route.vehicle, place=drive.stop(FARM).place, key="1"
    )
    services.report_breakdown(plan=plan, report=report, by=None, now=EIGHT)

    with pytest.raises(PlanBegun):
        withdraw(plan)


def test_a_tap_that_came_too_late_is_no_beginning():
    drive = make_drive()
    plan = drive.route.plan
    withdraw(plan)
    drive.send([drive.tap("arrived", FARM)])
    plan.refresh_from_db()
    services.publish_plan(plan=plan, by=None, now=NOW)

    withdraw(plan, key="back again")

    taps = list(StopTap.objects.values_list("status", flat=True))
    assert (taps, PlanWithdrawal.objects.count()) == (["late"], 2)


def test_a_key_withdraws_one_plan_for_one_reason():
    plan, other = (published(make_wide_plan(make_wide_day())) for _ in range(2))
    withdraw(plan)

    with pytest.raises(RequestReused):
        withdraw(other)
    with pytest.raises(RequestReused):
        services.withdraw_plan(
            plan=plan, ask=replace(BACK, reason="Panne."), key="back"
        )

    other.refresh_from_db()
    assert (other.status, PlanWithdrawal.objects.count()) == ("published", 1)


def test_of_two_versions_adjusted_by_hand_one_stays_published():
    source = make_wide_plan(make_wide_day())
    version = published(services.adjust_plan(plan=source, now=NOW))
    services.adjust_plan(plan=source, now=NOW)

    with pytest.raises(AnotherVersionOpen):
        withdraw(version)

    version.refresh_from_db()
    assert version.status == "published"
