"""Story 10: a truck breaks down at 9:40 with five stops left."""

from datetime import timedelta

import pytest

from hub.models import Notice
from orders.models import Shipment
from routing import selectors, services
from routing.core import formats
from routing.core.check import violations_of
from routing.core.errors import (
    DaySettled,
    DoneMeanwhile,
    PlaceNotOnRoute,
    PlanNotDriven,
    RestNotPlanned,
    TruckNotOut,
)
from routing.models import (
    Breakdown,
    DaySettlement,
    Plan,
    Route,
    Stop,
    StopAction,
    StopRecord,
    StopTap,
    Vehicle,
    VehicleLoan,
)
from routing.travel.straight_line import StraightLine
from tests.factories import hub as ground
from tests.factories.road import Road, make_road
from tests.factories.routing import make_pool, make_vehicle
from tests.factories.week import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def road() -> Road:
    return make_road()


def stops(route: Route) -> list[tuple[int, int, int, list[tuple[str, int]]]]:
    """Row, hour and what is handled at each stop of a route."""
    return [
        (
            stop.pk,
            stop.sequence,
            stop.service_start_s,
            sorted(stop.actions.values_list("kind", "shipment__drop_point")),
        )
        for stop in route.stops.order_by("sequence")
    ]


def deliveries(plan: Plan) -> dict[int, str]:
    """The truck that unloads at each door."""
    actions = StopAction.objects.filter(stop__route__plan=plan, kind="unload")
    return {
        action.shipment.drop_point_id: action.stop.route.vehicle.name
        for action in actions
    }


def test_the_five_stops_left_go_to_the_other_truck(road):
    for stop in range(3):
        road.tap(0, stop)
    before = stops(road.route(0))

    plan = road.approve(road.proposed())

    first, second = (truck.name for truck in road.trucks)
    doors = [door.pk for door in road.doors]
    assert deliveries(plan) == {
        **dict.fromkeys(doors[:2], first),
        **dict.fromkeys(doors[2:], second),
    }
    assert stops(road.route(0)) == before[:3]
    taken_over = StopAction.objects.filter(
        stop__route=road.route(1), stop__place=road.doors[1], kind="load"
    )
    assert sorted(taken_over.values_list("shipment__drop_point", flat=True)) == sorted(
        doors[2:7]
    )


def test_the_day_as_it_goes_on_is_judged_whole(road):
    for stop in range(3):
        road.tap(0, stop)

    plan = road.approve(road.proposed())

    plan.refresh_from_db()
    problem, matrix = formats.read_problem(plan.problem)
    solution = formats.read_plan(plan.solution)
    assert violations_of(problem, matrix, solution) == []
    assert (plan.status, plan.edit_version, plan.unserved.count()) == (
        "published",
        1,
        0,
    )


def test_nothing_changes_before_somebody_approves(road):
    was = [stops(road.route(truck)) for truck in (0, 1)]

    road.proposed()

    road.plan.refresh_from_db()
    assert [stops(road.route(truck)) for truck in (0, 1)] == was
    assert road.plan.edit_version == 0


def test_approving_twice_approves_once(road):
    row = road.proposed()
    road.approve(row)

    plan = road.approve(row)

    assert (plan.edit_version, Breakdown.objects.get().status) == (1, "approved")


def test_a_stop_done_meanwhile_makes_the_proposal_old(road):
    for stop in range(3):
        road.tap(0, stop)
    row = road.proposed()
    was = [stops(road.route(truck)) for truck in (0, 1)]
    road.tap(0, 3)

    with pytest.raises(DoneMeanwhile) as refusal:
        road.approve(row)

    assert refusal.value.data == {"vehicle": road.trucks[0].name}
    assert [stops(road.route(truck)) for truck in (0, 1)] == was
    row.refresh_from_db()
    assert row.status == "proposed"


def send(road: Road, truck: int, stop: Stop, kind: str, number: int) -> str:
    """What becomes of a tap that a phone sends for a stop it knows."""
    at = road.at("9:42")
    (answer,) = services.apply_taps(
        route=road.route(truck),
        person=None,
        taps=[
            {
                "local_id": f"00000000-0000-0000-0001-{number:012d}",
                "device": f"phone {truck}",
                "device_seq": 1_000 + number,
                "stop": stop.public_id,
                "kind": kind,
                "tapped_at": at.isoformat(),
            }
        ],
        sent_at=at,
        now=at,
    )
    return answer.status


def test_a_stop_reached_meanwhile_makes_the_proposal_old(road):
    # The truck stood at door 1 when it broke down; it is at door 2 now.
    for stop in range(3):
        road.tap(0, stop)
    row = road.proposed()
    third = road.route(0).stops.order_by("sequence")[3]
    assert send(road, 0, third, "arrived", 1) == "applied"

    with pytest.raises(DoneMeanwhile):
        road.approve(row)

    assert deliveries(road.plan)[road.doors[2].pk] == road.trucks[0].name


def test_a_broken_truck_may_stand_at_a_stop_it_could_not_do(road):
    for stop in range(3):
        road.tap(0, stop)
    third = road.route(0).stops.order_by("sequence")[3]
    at = road.at("9:39")
    StopTap.objects.update(tapped_at=at)
    send(road, 0, third, "arrived", 1)
    StopRecord.objects.filter(stop=third).update(arrived_at=at)
    row = road.proposed(place=road.doors[2])

    road.approve(row)

    third.refresh_from_db()
    assert (third.sequence, third.actions.count()) == (Stop.CUT_FROM, 0)
    progress = selectors.progress_of(road.plan, now_s=0)
    assert progress.num_done[road.trucks[1].public_id] == 0


def test_a_phone_out_of_reach_is_kept_as_late(road):
    for stop in range(3):
        road.tap(0, stop)
    third = road.route(0).stops.order_by("sequence")[3]
    road.approve(road.proposed())

    answer = send(road, 0, third, "delivered", 1)

    kept = StopTap.objects.get(stop=third.pk)
    assert (answer, kept.late_reason) == ("late", "replaced")
    assert len(stops(road.route(0))) == 3
    assert deliveries(road.plan)[road.doors[2].pk] == road.trucks[1].name


def test_the_approval_looks_at_its_own_clock(road):
    # Nobody taps: by the plan truck 1 has done all its stops long before 11:00.
    row = services.report_breakdown(
        plan=road.plan,
        report=services.Report(vehicle=road.trucks[1], place=road.doors[7], key="1"),
        by=None,
        now=road.at("8:45"),
    )
    services.run_rest(job_id=row.job_id, travel=StraightLine())
    was = [stops(road.route(truck)) for truck in (0, 1)]

    with pytest.raises(DoneMeanwhile):
        services.approve_rest(breakdown=row, by=None, now=road.at("11:00"))
    with pytest.raises(PlanNotDriven):
        services.approve_rest(
            breakdown=row, by=None, now=road.at("8:48") + timedelta(days=1)
        )

    assert [stops(road.route(truck)) for truck in (0, 1)] == was
    services.approve_rest(breakdown=row, by=None, now=road.at("8:46"))
    assert set(deliveries(road.plan).values()) == {road.trucks[0].name}


def test_a_settled_day_goes_on_no_more(road):
    row = road.proposed()
    was = [stops(road.route(truck)) for truck in (0, 1)]
    DaySettlement.objects.create(
        pool=road.plan.pool,
        service_on=road.plan.service_on,
        plan=road.plan,
        cost_cents=0,
        settled_at=NOW,
    )

    with pytest.raises(DaySettled):
        road.approve(row)

    assert [stops(road.route(truck)) for truck in (0, 1)] == was


def test_told_again_the_rest_is_planned_anew(road):
    for stop in range(3):
        road.tap(0, stop)
    old = road.proposed()
    road.tap(0, 3)

    new = road.proposed(key="2", place=road.doors[2])

    old.refresh_from_db()
    assert (old.status, new.num_done[road.trucks[0].public_id]) == ("dropped", 4)
    with pytest.raises(RestNotPlanned):
        road.approve(old)
    road.approve(new)
    assert deliveries(road.plan)[road.doors[2].pk] == road.trucks[0].name


def test_the_same_key_tells_one_breakdown(road):
    first = road.report()

    again = road.report()

    assert (again.pk, Breakdown.objects.count()) == (first.pk, 1)


def test_what_drivers_told_stays_and_counts_on(road):
    for stop in range(3):
        road.tap(0, stop)
    road.approve(road.proposed())

    road.tap(1, 1)

    told = StopTap.objects.filter(status="applied").count()
    records = Stop.objects.filter(record__isnull=False)
    assert (told, records.count()) == (8, 4)


def test_goods_that_nobody_can_take_over_wait_for_a_decision():
    # Door 2 shuts at 9:45, ten minutes after the truck would have been there; the
    # other truck is free at 9:40 and 7 km away.
    road = make_road({2: 9 * 3_600 + 45 * 60})
    for stop in range(3):
        road.tap(0, stop)
    shipment = Shipment.objects.get(drop_point=road.doors[2])
    row = road.proposed()

    plan = road.approve(row)

    (left,) = plan.unserved.all()
    assert (left.shipment, left.reason_code) == (shipment, "window_unreachable")
    services.decide_unserved(
        left=left, decision="cancelled", on=None, by=None, now=road.at("9:50")
    )
    shipment.refresh_from_db()
    assert (shipment.status, shipment.decision) == ("cancelled", "cancelled")


def test_everyone_concerned_is_told_once(road):
    people = {
        f"door {number}": ground.make_group_buyer(door.organization)
        for number, door in enumerate(road.doors)
    }
    for stop in range(3):
        road.tap(0, stop)
    row = road.proposed()

    road.approve(row)
    road.approve(row)

    told = {notice.person: notice.kind for notice in Notice.objects.all()}
    expected = {people[f"door {number}"] for number in range(2, 7)}
    expected |= set(road.drivers)
    assert set(told) == expected
    assert set(told.values()) == {"route_changed"}
    assert Notice.objects.count() == len(told)


def test_the_driver_of_a_lent_truck_is_told(road):
    truck = road.trucks[1]
    VehicleLoan.objects.create(
        vehicle=truck,
        pool=road.plan.pool,
        service_on=road.plan.service_on,
        shift_start_s=8 * 3_600,
        shift_end_s=18 * 3_600,
        status=VehicleLoan.Status.CONFIRMED,
    )
    Vehicle.objects.filter(pk=truck.pk).update(pool=make_pool())
    for stop in range(3):
        road.tap(0, stop)
    row = road.proposed()

    road.approve(row)

    assert Notice.objects.filter(person=road.drivers[1]).count() == 1
    taken_over = {moved.vehicle for moved in selectors.moved_deliveries(row)}
    assert taken_over == {truck.name}


def test_a_plan_that_was_not_dispatched_has_no_breakdown(road):
    Plan.objects.update(dispatched_at=None)

    with pytest.raises(PlanNotDriven):
        road.report()

    assert Breakdown.objects.count() == 0


def test_a_truck_breaks_down_on_its_own_route(road):
    elsewhere = make_vehicle(road.plan.pool)
    road.trucks.append(elsewhere)

    with pytest.raises(TruckNotOut):
        road.report(truck=2)
    with pytest.raises(PlaceNotOnRoute):
        road.report(place=road.doors[7])

    assert Breakdown.objects.count() == 0
