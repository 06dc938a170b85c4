"""A breakdown on its pages: told, looked at, approved."""

from datetime import date

import pytest
import time_machine
from django.test import Client

from routing import selectors, services
from routing.models import Breakdown, Vehicle
from routing.selectors.breakdown_shown import DoorMisfit
from routing.travel.straight_line import StraightLine
from tests.access.exports import files_of
from tests.factories.hub import make_carrier, make_coordinator, make_driver, make_hub
from tests.factories.road import Road, make_road

pytestmark = pytest.mark.django_db


@pytest.fixture
def road() -> Road:
    return make_road()


@pytest.fixture
def ana(road, enter) -> Client:
    client: Client = enter(make_coordinator(road.week.hub))
    return client


def tell(road: Road, ana: Client) -> Breakdown:
    vehicle, place = road.trucks[0].public_id, road.doors[1].public_id
    with time_machine.travel(road.at("9:40"), tick=False):
        ana.post(
            f"/routing/plans/{road.plan.public_id}/breakdown/",
            {"where": f"{vehicle}:{place}", "key": "0" * 31 + "1"},
        )
    return Breakdown.objects.get()


def test_the_difference_is_shown_and_approved(road, ana):
    row = tell(road, ana)
    services.run_rest(job_id=row.job_id, travel=StraightLine())
    page = f"/routing/breakdowns/{row.public_id}/"

    shown = ana.get(page)
    files = files_of(ana, page)
    with time_machine.travel(road.at("9:45"), tick=False):
        ana.post(page + "approve")

    row.refresh_from_db()
    moved = {(m.was_vehicle, m.vehicle) for m in shown.context["moved"]}
    first, second = (truck.name for truck in road.trucks)
    assert moved == {(first, second)}
    assert len(files["deliveries_moved"]) == len(shown.context["moved"]) > 0
    assert (shown.status_code, row.status) == (200, "approved")
    assert ana.get(f"/routing/plans/{road.plan.public_id}/").status_code == 200


def test_a_search_under_way_is_watched(road, ana):
    row = tell(road, ana)

    shown = ana.get(f"/routing/breakdowns/{row.public_id}/")

    assert b'hx-trigger="every 1s"' in shown.content


def test_a_stop_that_is_not_on_the_list_is_refused(road, ana):
    vehicle, place = road.trucks[0].public_id, road.doors[7].public_id

    answer = ana.post(
        f"/routing/plans/{road.plan.public_id}/breakdown/",
        {"where": f"{vehicle}:{place}", "key": "0" * 31 + "1"},
    )

    assert (answer.status_code, Breakdown.objects.count()) == (422, 0)


def test_a_breakdown_is_abandoned_and_taken_up_on_its_page(road, ana):
    row = tell(road, ana)
    services.run_rest(job_id=row.job_id, travel=StraightLine())
    page = f"/routing/breakdowns/{row.public_id}/"

    with time_machine.travel(road.at("9:45"), tick=False):
        ana.post(page + "abandon")
        abandoned = ana.get(page)
        ana.post(page + "resume")

    row.refresh_from_db()
    kinds = [step.kind for step in abandoned.context["steps"]]
    assert (kinds, row.status) == (["told", "abandoned"], "proposed")
    assert "Abandoned: the day stays as it was planned." in abandoned.content.decode()


def test_the_rest_is_planned_again_from_the_page(road, ana):
    row = tell(road, ana)
    page = f"/routing/breakdowns/{row.public_id}/"

    with time_machine.travel(road.at("9:45"), tick=False):
        ana.post(page + "again", {"key": "0" * 31 + "2"})

    old, new = Breakdown.objects.order_by("pk")
    assert (old.status, new.status, new.vehicle) == ("dropped", "planning", old.vehicle)


def test_who_drives_a_truck_that_is_sent_out_is_chosen_on_the_page(enter):
    road = make_road(num_idle=1)
    ana = enter(make_coordinator(road.week.hub))
    driver = make_driver(road.trucks[2].owner)
    facts = services.PaperFacts(kind="licence", number="2", expires_on=date(2036, 1, 1))
    services.keep_driver_paper(person=driver, facts=facts)
    for stop in range(3):
        road.tap(0, stop)
    row = tell(road, ana)
    services.run_rest(job_id=row.job_id, travel=StraightLine())
    page = f"/routing/breakdowns/{row.public_id}/"
    shown = ana.get(page)

    with time_machine.travel(road.at("9:45"), tick=False):
        refused = ana.post(page + "approve", follow=True)
        name = f"driver-{road.trucks[2].public_id}"
        ana.post(page + "approve", {name: driver.public_id})

    (asked,) = shown.context["new_routes"]
    assert asked.vehicle == road.trucks[2]
    assert driver in list(asked.drivers)
    assert "no driver named" in refused.content.decode()
    assert road.route(2).driver == driver


def test_a_driver_of_others_is_as_nobody(enter):
    road = make_road(num_idle=1)
    ana = enter(make_coordinator(road.week.hub))
    stranger = make_driver(make_carrier(hub=make_hub()))
    for stop in range(3):
        road.tap(0, stop)
    row = tell(road, ana)
    services.run_rest(job_id=row.job_id, travel=StraightLine())
    page = f"/routing/breakdowns/{row.public_id}/approve"
    name = f"driver-{road.trucks[2].public_id}"

    with time_machine.travel(road.at("9:45"), tick=False):
        answers = [
            ana.post(page, {name: chosen}, follow=True).content.decode()
            for chosen in (stranger.public_id, "z" * 12)
        ]

    row.refresh_from_db()
    assert ["no driver named" in answer for answer in answers] == [True, True]
    assert (row.status, stranger.name in answers[0]) == ("proposed", False)


def test_what_comes_late_is_said_on_the_page(enter):
    road = make_road({1: 9 * 3_600 + 40 * 60})
    ana = enter(make_coordinator(road.week.hub))
    road.tap(0, 0)
    row = road.proposed(truck=1, place=road.doors[7], clock="9:55")

    page = ana.get(f"/routing/breakdowns/{row.public_id}/").content.decode()

    assert "What comes late all the same" in page
    assert "after the hours of the door" in page


def test_a_truck_that_does_not_fit_where_it_is_sent_is_named(enter):
    road = make_road()
    ana = enter(make_coordinator(road.week.hub))
    low = type(road.doors[2]).objects.filter(pk=road.doors[2].pk)
    low.update(max_height_cm=250)
    Vehicle.objects.filter(pk=road.trucks[1].pk).update(height_cm=300)
    for stop in range(3):
        road.tap(0, stop)
    row = road.proposed()

    shown = ana.get(f"/routing/breakdowns/{row.public_id}/")

    assert shown.context["misfits"] == [
        DoorMisfit(road.trucks[1].name, road.doors[2].name, ["height"])
    ]


def test_goods_taken_over_on_the_road_ask_for_no_door(enter):
    # Door 1, where truck 1 stands, is too low for truck 2, which stops beside it.
    road = make_road()
    type(road.doors[1]).objects.filter(pk=road.doors[1].pk).update(max_height_cm=250)
    Vehicle.objects.filter(pk=road.trucks[1].pk).update(height_cm=300)
    for stop in range(3):
        road.tap(0, stop)
    road.approve(road.proposed())

    sheets = selectors.route_sheets(road.plan.routes.filter(vehicle=road.trucks[1]))

    (spot,) = [at for at in sheets[0].stops if at.stop.place == road.doors[1]]
    assert (spot.misfits, len(spot.loads)) == ([], 5)
