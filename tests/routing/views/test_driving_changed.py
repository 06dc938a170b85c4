"""The phone of a driver whose route a breakdown changed, or gave to others."""

import pytest
import time_machine

from routing import services
from tests.factories.road import Road, make_road

pytestmark = pytest.mark.django_db


@pytest.fixture
def road() -> Road:
    return make_road()


def page_of(road: Road, truck: int) -> str:
    route = road.route(truck)
    return f"/routing/mine/{road.plan.public_id}/{route.number}/drive/"


def test_a_route_given_to_others_says_so_in_words(road, enter):
    row = road.proposed(clock="7:59", place=road.doors[0])
    services.approve_rest(breakdown=row, by=None, now=road.at("7:59"))
    phone = enter(road.drivers[0])

    with time_machine.travel(road.at("8:05"), tick=False):
        page = phone.get(page_of(road, 0))
        routes = phone.get("/routing/mine/")

    assert page.status_code == 200
    assert "This route was given to other trucks" in page.content.decode()
    assert "given to other trucks" in routes.content.decode()


def test_stops_that_were_taken_out_are_no_longer_on_the_phone(road, enter):
    for stop in range(3):
        road.tap(0, stop)
    road.approve(road.proposed())

    shown = enter(road.drivers[0]).get(page_of(road, 0)).context["sheet"]

    assert [each.mark for each in shown.stops] == ["A1", "A2", "A3"]


def test_a_stop_ahead_that_a_truck_still_makes_takes_the_taps_of_an_older_phone(road):
    for stop in range(3):
        road.tap(0, stop)
    last = road.route(1).stops.order_by("sequence").last()
    road.approve(road.proposed())

    answer = road.tell(1, last, "arrived", "9:50")

    last.refresh_from_db()
    assert (answer, last.place, last.record.status) == (
        "applied",
        road.doors[7],
        "arrived",
    )
