"""What may be done about a breakdown: abandon it, take it up, try again, approve it."""

import pytest

from hub.services import jobs
from routing import services
from routing.core.errors import (
    DriverBusy,
    NotAbandoned,
    OtherTruckFirst,
    PapersExpired,
    RestNotPlanned,
    TruckNotFree,
)
from routing.models import (
    Breakdown,
    Plan,
    Route,
    StopAction,
    VehicleLoan,
    VehiclePaper,
)
from routing.travel.straight_line import StraightLine
from tests.factories import hub as ground
from tests.factories.road import Road, make_road
from tests.factories.routing import give_papers

pytestmark = pytest.mark.django_db


@pytest.fixture
def road() -> Road:
    made = make_road()
    for stop in range(3):
        made.tap(0, stop)
    return made


def steps(row: Breakdown) -> list[str]:
    return [step.kind for step in row.steps.order_by("pk")]


def abandon(road: Road, row: Breakdown) -> Breakdown:
    return services.abandon_breakdown(breakdown=row, by=None, now=road.at("9:41"))


def fail(road: Road, row: Breakdown) -> None:
    """The work of a breakdown ends with a reason."""
    now = road.at("9:40")
    jobs.claim_job(job_id=row.job_id, claim="x", now=now, heartbeat_limit_s=60)
    jobs.fail_job(job_id=row.job_id, claim="x", now=now, reason="no")


def unchanged(road: Road) -> tuple[object, ...]:
    road.plan.refresh_from_db()
    actions = StopAction.objects.order_by("pk").values_list("pk", "stop", "kind")
    return road.plan.edit_version, road.plan.solution, list(actions)


def test_an_abandoned_breakdown_changes_nothing_and_stands_in_nobody_s_way(road):
    row = road.proposed()
    was = unchanged(road)

    abandon(road, row)

    row.refresh_from_db()
    assert (row.status, steps(row)) == ("abandoned", ["told", "abandoned"])
    assert unchanged(road) == was
    other = road.report(key="2", truck=1, place=road.doors[7])
    assert other.status == "planning"


def test_what_was_abandoned_is_taken_up_again_and_approved(road):
    row = road.proposed()
    abandon(road, row)

    services.resume_breakdown(breakdown=row, by=None, now=road.at("9:42"))
    road.approve(row)

    row.refresh_from_db()
    assert steps(row) == ["told", "abandoned", "resumed", "approved"]
    assert row.status == "approved"


def test_an_abandoned_breakdown_is_not_approved(road):
    row = road.proposed()
    abandon(road, row)
    was = unchanged(road)

    with pytest.raises(RestNotPlanned):
        road.approve(row)

    assert unchanged(road) == was


def test_what_is_approved_is_neither_abandoned_nor_taken_up(road):
    row = road.proposed()
    road.approve(row)
    was = unchanged(road)

    with pytest.raises(RestNotPlanned):
        abandon(road, row)
    with pytest.raises(NotAbandoned):
        services.resume_breakdown(breakdown=row, by=None, now=road.at("9:46"))

    assert (unchanged(road), steps(row)) == (was, ["told", "approved"])


def test_nothing_is_taken_up_while_another_is_being_decided(road):
    row = road.proposed()
    abandon(road, row)
    road.report(key="2", truck=1, place=road.doors[7])

    with pytest.raises(NotAbandoned):
        services.resume_breakdown(breakdown=row, by=None, now=road.at("9:42"))

    assert steps(row) == ["told", "abandoned"]


def test_work_that_failed_stands_in_nobody_s_way(road):
    row = road.report()
    with pytest.raises(OtherTruckFirst):
        road.report(key="2", truck=1, place=road.doors[7])
    fail(road, row)

    other = road.report(key="2", truck=1, place=road.doors[7])

    row.refresh_from_db()
    assert (row.status, other.status) == ("dropped", "planning")


def test_after_work_that_failed_the_same_truck_is_tried_again(road):
    row = road.report()
    fail(road, row)

    again = services.plan_rest_again(
        breakdown=row, key="2", by=None, now=road.at("9:41")
    )
    services.run_rest(job_id=again.job_id, travel=StraightLine())
    road.approve(again)

    row.refresh_from_db()
    again.refresh_from_db()
    assert (row.status, again.status) == ("dropped", "approved")


def test_a_truck_without_papers_does_not_drive_longer(road):
    row = road.proposed()
    VehiclePaper.objects.filter(vehicle=road.trucks[1], kind="insurance").delete()
    was = unchanged(road)

    with pytest.raises(PapersExpired) as refusal:
        road.approve(row)

    assert refusal.value.data == {"count": 1, "holders": road.trucks[1].name}
    assert unchanged(road) == was
    row.refresh_from_db()
    assert row.status == "proposed"


def test_a_truck_that_the_pool_has_no_longer_does_not_drive_longer(road):
    row = road.proposed()
    VehicleLoan.objects.create(
        vehicle=road.trucks[1],
        pool=None,
        service_on=road.plan.service_on,
        shift_start_s=12 * 3_600,
        shift_end_s=18 * 3_600,
        status=VehicleLoan.Status.CONFIRMED,
    )
    was = unchanged(road)

    with pytest.raises(TruckNotFree):
        road.approve(row)

    assert unchanged(road) == was


@pytest.fixture
def third() -> Road:
    """A third truck is at home, and drives for nothing."""
    made = make_road(num_idle=1)
    for stop in range(3):
        made.tap(0, stop)
    return made


def send_out(road: Road) -> Breakdown:
    """A proposal that sends the third truck out."""
    row: Breakdown = road.proposed()
    going = {route["vehicle_id"] for route in row.solution["plan"]["routes"]}
    assert road.trucks[2].public_id in going
    return row


def test_a_truck_that_is_sent_out_needs_papers_and_a_driver(third):
    row = send_out(third)
    was = unchanged(third)

    with pytest.raises(PapersExpired) as refusal:
        third.approve(row)

    assert refusal.value.data == {"count": 1, "holders": third.trucks[2].name}
    assert unchanged(third) == was


def test_who_drives_a_truck_that_is_sent_out_is_named_with_the_approval(third):
    row = send_out(third)
    driver = ground.make_driver(third.trucks[2].owner)
    give_papers(third.plan, driver=driver)
    for truck, person in zip(third.trucks, third.drivers, strict=False):
        third.plan.routes.filter(vehicle=truck).update(driver=person)
    sent_out = {third.trucks[2].public_id: driver}

    services.approve_rest(
        breakdown=row, by=None, now=third.at("9:45"), drivers=sent_out
    )

    assert third.route(2).driver == driver
    assert third.route(2).edit_version == 1


def test_nobody_is_named_for_two_trucks_at_once(third):
    row = send_out(third)
    Route.objects.filter(vehicle=third.trucks[1]).update(end_s=60_000)
    was = unchanged(third)

    with pytest.raises(DriverBusy):
        services.approve_rest(
            breakdown=row,
            by=None,
            now=third.at("9:45"),
            drivers={third.trucks[2].public_id: third.drivers[1]},
        )

    assert unchanged(third) == was
    assert Plan.objects.get().routes.count() == 2


def test_a_truck_whose_papers_lack_is_not_proposed():
    road = make_road(num_idle=1)
    for stop in range(3):
        road.tap(0, stop)
    VehiclePaper.objects.filter(vehicle=road.trucks[2]).delete()

    row = road.proposed()

    assert row.kept_home == [road.trucks[2].public_id]
    going = {route["vehicle_id"] for route in row.solution["plan"]["routes"]}
    assert road.trucks[2].public_id not in going
