"""Trucks that run late, or have not left, when another one breaks down."""

import pytest

from hub.models import Notice
from orders.models import Shipment
from routing import selectors, services
from routing.core import formats
from routing.core.check import violations_of
from routing.models import StopAction
from routing.travel.straight_line import StraightLine
from tests.factories.hub import make_member
from tests.factories.road import Road, make_road

pytestmark = pytest.mark.django_db

CLOSES_S = 9 * 3_600 + 40 * 60


@pytest.fixture
def road() -> Road:
    return make_road()


def test_the_proposal_says_which_delivery_is_late_and_by_how_much():
    # Truck 1 has only left the farm at 9:55, with all its goods on board; door 0, its
    # next stop, stays. Door 1 shuts at 9:40.
    road = make_road({1: CLOSES_S})
    road.tap(0, 0)

    row = road.proposed(truck=1, place=road.doors[7], clock="9:55")

    shipment = Shipment.objects.get(drop_point=road.doors[1])
    (late,) = selectors.late_deliveries(row)
    assert (late.shipment, late.vehicle, late.rule) == (
        shipment,
        road.trucks[0].name,
        "window",
    )
    assert late.late_s == late.at_s - CLOSES_S
    assert late.at_s >= 9 * 3_600 + 55 * 60


def test_goods_on_board_of_a_late_truck_are_brought_and_the_day_is_sound():
    road = make_road({1: CLOSES_S})
    road.tap(0, 0)
    row = road.proposed(truck=1, place=road.doors[7], clock="9:55")

    plan = services.approve_rest(breakdown=row, by=None, now=road.at("9:56"))

    plan.refresh_from_db()
    problem, matrix = formats.read_problem(plan.problem)
    solution = formats.read_plan(plan.solution)
    came = StopAction.objects.filter(
        stop__route=road.route(0), kind="unload", shipment__drop_point=road.doors[1]
    )
    assert violations_of(problem, matrix, solution) == []
    assert (came.count(), plan.unserved.count()) == (1, 0)


def test_a_truck_that_nobody_has_told_of_leaves_now_at_the_earliest(road):
    # 8:02: truck 2 was to leave at 8:00. Truck 1 is on its way to the farm.
    road.tell(0, road.route(0).stops.get(sequence=1), "arrived", "8:01")

    row = road.proposed(clock="8:02", place=road.doors[0])
    services.approve_rest(breakdown=row, by=None, now=road.at("8:03"))

    second = road.route(1)
    assert second.start_s >= 8 * 3_600 + 120
    doors = StopAction.objects.filter(stop__route=second, kind="unload")
    assert doors.count() == 8


def test_goods_of_a_stop_left_undone_are_not_on_board(road):
    # Nobody opened at the farm: truck 1 drove on with nothing.
    gate = road.route(0).stops.get(sequence=1)
    road.tell(0, gate, "arrived", "8:10")
    road.tell(0, gate, "problem", "8:15", reason="closed")
    road.tell(0, gate, "departed", "8:20")

    row = road.report(clock="8:21", place=road.doors[0])

    seven = Shipment.objects.filter(drop_point__in=road.doors[:7])
    assert row.missed == sorted(seven.values_list("public_id", flat=True))
    services.run_rest(job_id=row.job_id, travel=StraightLine())
    services.approve_rest(breakdown=row, by=None, now=road.at("8:22"))
    fetched = StopAction.objects.filter(stop__route=road.route(1), kind="load")
    assert set(fetched.values_list("stop__place", flat=True)) == {gate.place_id}
    assert fetched.count() == 8


def test_a_farm_whose_goods_nobody_fetches_is_told_once(road):
    # Truck 1 breaks down before it leaves; truck 2 has done its stops, and its day may
    # not get longer.
    farmer = make_member(road.week.farm, "producer")
    for stop in range(2):
        road.tap(1, stop)
    no_longer(road)
    row = road.proposed(clock="7:59", place=road.doors[0])

    services.approve_rest(breakdown=row, by=None, now=road.at("7:59"))

    (told,) = Notice.objects.filter(person=farmer)
    assert (told.kind, told.data["stops"]) == ("route_changed", [])
    assert road.plan.unserved.count() == 7


def no_longer(road: Road) -> None:
    """Truck 2 may be out for as long as it was planned, and no more."""
    second = road.route(1)
    road.plan.refresh_from_db()
    for vehicle in road.plan.problem["problem"]["vehicles"]:
        if vehicle["id"] == road.trucks[1].public_id:
            vehicle["max_duration_s"] = second.end_s - second.start_s
    road.plan.save()


def test_the_driver_of_a_route_given_to_others_is_told_in_words(road):
    row = road.proposed(clock="7:59", place=road.doors[0])

    services.approve_rest(breakdown=row, by=None, now=road.at("7:59"))

    (told,) = Notice.objects.filter(person=road.drivers[0])
    assert (told.data["is_driver"], told.data["stops"]) == (True, [])
    given = road.route(0)
    assert (given.stops.count(), given.cost_cents, given.edit_version) == (0, 0, 1)
