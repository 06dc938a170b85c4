"""Story 10: a truck breaks down at 9:40 with five stops left."""

import pytest

from hub.models import Notice
from orders.models import Shipment
from routing import services
from routing.core import formats
from routing.core.check import violations_of
from routing.core.errors import (
    DoneMeanwhile,
    PlaceNotOnRoute,
    PlanNotDriven,
    RestNotPlanned,
    TruckNotOut,
)
from routing.models import Breakdown, Plan, Route, Stop, StopAction, StopTap
from tests.factories import hub as ground
from tests.factories.road import Road, make_road
from tests.factories.routing import make_vehicle

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
    driver = ground.make_driver(road.trucks[1].owner)
    for stop in range(3):
        road.tap(0, stop)
    row = road.proposed()

    road.approve(row)
    road.approve(row)

    told = {notice.person: notice.kind for notice in Notice.objects.all()}
    expected = {people[f"door {number}"] for number in range(2, 7)} | {driver}
    assert set(told) == expected
    assert set(told.values()) == {"route_changed"}
    assert Notice.objects.count() == len(told)


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
