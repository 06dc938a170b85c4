"""The doors of a driver's phone, and the page of the coordination beside them."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from hub.core.periods import at_local
from routing import selectors
from routing.models import StopRecord, StopTap
from tests.factories import hub as ground
from tests.factories.driving import DOOR, FARM, Drive, make_drive

pytestmark = pytest.mark.django_db


@pytest.fixture
def drive() -> Drive:
    return make_drive()


def page_of(drive: Drive) -> str:
    return f"/routing/mine/{drive.route.plan.public_id}/1/drive/"


def post(client: Client, drive: Drive, sent: object, **changes):
    body = {
        "person": drive.driver.public_id,
        "sent_at": timezone.now().isoformat(),
        "taps": sent,
    }
    return client.post(
        f"{page_of(drive)}taps",
        json.dumps(body | changes),
        content_type="application/json",
    )


def test_a_phone_gets_an_answer_for_each_tap_and_all_that_counts(drive, enter):
    client = enter(drive.driver)
    arrived = drive.tap("arrived", FARM)
    wrong = drive.delivered(4, temperatures={"chilled": "400"})

    answer = post(client, drive, [arrived, wrong])

    said = answer.json()
    assert said["answers"] == [
        {"local_id": arrived["local_id"], "status": "applied"},
        {
            "local_id": wrong["local_id"],
            "status": "refused",
            "code": "not_a_temperature",
            "sentence": "“400” is not a temperature. Read the thermometer again and "
            "write the degrees, between -60 and 60, like 3.5 or -18.",
            "field": "chilled",
        },
    ]
    assert [tap["local_id"] for tap in said["taps"]] == [arrived["local_id"]]


def test_taps_of_another_person_are_not_taken(drive, enter):
    answer = post(
        enter(drive.driver), drive, [drive.tap("arrived", FARM)], person="someone"
    )

    assert (answer.status_code, StopTap.objects.count()) == (422, 0)


def test_the_route_of_another_truck_does_not_exist(drive, enter):
    stranger = ground.make_driver(ground.make_carrier(hub=drive.day.week.hub))

    answers = [
        enter(stranger).get(page_of(drive)),
        post(
            enter(stranger),
            drive,
            [drive.tap("arrived", FARM)],
            person=stranger.public_id,
        ),
    ]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert StopTap.objects.count() == 0


def test_a_farmer_who_drives_may_tell_the_route_while_acting_for_the_farm(drive, enter):
    farm = ground.make_farm("Abricot", hub=drive.day.week.hub)
    ground.make_member(farm, "producer", person=drive.driver)

    answers = [
        enter(drive.driver).get(page_of(drive)),
        post(enter(drive.driver), drive, [drive.tap("arrived", FARM)]),
    ]

    assert [answer.status_code for answer in answers] == [200, 200]


def test_who_has_tapped_finishes_telling_when_another_is_named(drive, enter):
    drive.send([drive.tap("arrived", FARM)])
    other = ground.make_driver(drive.day.vehicle.owner)
    type(drive.route).objects.update(driver=other)

    answer = post(enter(drive.driver), drive, [drive.loaded(4)])

    assert answer.status_code == 200
    assert StopTap.objects.count() == 2


def test_a_plan_that_was_not_dispatched_is_not_driven(drive, enter):
    plan = drive.route.plan
    type(plan).objects.filter(pk=plan.pk).update(dispatched_at=None)

    answer = enter(drive.driver).get(page_of(drive))

    assert answer.status_code == 404


@pytest.mark.parametrize(
    "wrong", [{"taps": "none"}, {"taps": [{}] * 201}, {"sent_at": "noon"}]
)
def test_what_no_phone_of_ours_sends_is_nonsense(drive, enter, wrong):
    answer = post(enter(drive.driver), drive, [], **wrong)

    assert (answer.status_code, StopTap.objects.count()) == (400, 0)


def test_a_form_sent_twice_is_one_tap(drive, enter):
    client = enter(drive.driver)
    form = {
        name: value
        for name, value in drive.tap("arrived", FARM).items()
        if name in ("local_id", "stop", "kind")
    }

    for _again in range(2):
        client.post(f"{page_of(drive)}tap", form)

    assert [tap.kind for tap in StopTap.objects.all()] == ["arrived"]
    assert StopRecord.objects.get().status == "arrived"


def test_a_form_that_is_refused_says_why(drive, enter):
    tap = drive.tap("delivered", DOOR)
    form = {name: tap[name] for name in ("local_id", "stop", "kind")}
    form[f"units-{drive.line.pk}"] = "5"

    answer = enter(drive.driver).post(f"{page_of(drive)}tap", form, follow=True)

    assert "is more than the 4 that were to come" in answer.content.decode()
    assert StopTap.objects.count() == 0


def test_the_worker_answers_below_the_driver_s_pages_only(drive, client):
    answer = client.get("/routing/mine/worker.js")

    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer.headers["Service-Worker-Allowed"] == "/routing/mine/"
    assert answer.content.decode().startswith('const SETUP = {"assets": ["/static/')


def test_the_coordination_sees_the_day_as_it_is_told(drive, enter):
    drive.send(
        [
            drive.loaded(4, temperatures={"chilled": "9"}),
            drive.delivered(3, receiver="Mireille", note="une caisse ouverte"),
            drive.tap("problem", DOOR, reason="damaged"),
        ]
    )
    pool, on = drive.day.pool.public_id, drive.day.service_on

    words = enter(ground.make_coordinator(drive.day.week.hub)).get(
        f"/routing/days/{pool}/{on}/road/"
    )

    page = words.content.decode()
    told = ["too warm", "1 unit short", "Goods damaged", "Mireille", "To look at"]
    assert [word for word in [*told, "une caisse ouverte"] if word not in page] == []


def test_a_late_truck_is_expected_at_the_next_door_when_it_may_come(drive):
    """The farm was left an hour late: the door waits as long, planned or not."""
    farm, door = drive.stop(FARM), drive.stop(DOOR)
    plan, on = drive.route.plan, drive.route.plan.service_on
    left_at = at_local(on, farm.departure_s + 3_600)
    drive.send([drive.tap("departed", FARM, at=left_at)], now=left_at)

    (road,) = selectors.road_routes(plan, left_at)
    (over,) = selectors.road_routes(plan, left_at + timedelta(days=1))

    waited_s = door.service_start_s - door.arrival_s
    assert (waited_s, [at.expected_at for at in road.stops]) == (
        0,
        [None, at_local(on, door.arrival_s + 3_600)],
    )
    assert [at.expected_at for at in over.stops] == [None, None]


def test_what_came_late_is_told_to_the_coordination(drive, enter):
    plan = drive.route.plan
    type(plan).objects.filter(pk=plan.pk).update(status="replaced")
    drive.send([drive.tap("problem", DOOR, reason="access", note="pont fermé")])
    pool, on = drive.day.pool.public_id, drive.day.service_on

    page = enter(ground.make_coordinator(drive.day.week.hub)).get(
        f"/routing/days/{pool}/{on}/road/"
    )

    assert "pont fermé" in page.content.decode()
    assert drive.driver.name in page.content.decode()


def test_before_the_trucks_leave_there_is_no_day_under_way(drive, enter):
    plan = drive.route.plan
    type(plan).objects.filter(pk=plan.pk).update(dispatched_at=None)
    pool, on = drive.day.pool.public_id, drive.day.service_on + timedelta(days=0)

    answer = enter(ground.make_coordinator(drive.day.week.hub)).get(
        f"/routing/days/{pool}/{on}/road/"
    )

    assert answer.status_code == 404


@pytest.mark.parametrize(("days_ago", "is_shown"), [(0, True), (1, False)])
def test_the_code_of_a_door_is_shown_until_the_day_is_over(
    drive, enter, days_ago, is_shown
):
    plan = drive.route.plan
    day = timezone.localdate() - timedelta(days=days_ago)
    type(plan).objects.filter(pk=plan.pk).update(service_on=day)
    place = drive.stop(DOOR).place
    type(place).objects.filter(pk=place.pk).update(access_code="4411#")

    page = enter(drive.driver).get(page_of(drive)).content.decode()

    assert ("4411#" in page) == is_shown


@pytest.mark.parametrize(("held", "changed"), [(0, True), (1, False), (None, True)])
def test_an_older_phone_is_told_that_its_route_changed_and_its_taps_count(
    drive, enter, held, changed
):
    type(drive.route).objects.filter(pk=drive.route.pk).update(edit_version=1)

    said = post(
        enter(drive.driver), drive, [drive.tap("arrived", FARM)], version=held
    ).json()

    assert (said["answers"][0]["status"], said["has_changed"]) == ("applied", changed)
    assert StopRecord.objects.get().status == "arrived"


def test_a_phone_asks_without_taps_whether_its_route_changed(drive, enter):
    client = enter(drive.driver)
    before = post(client, drive, [], version=0).json()
    type(drive.route).objects.filter(pk=drive.route.pk).update(edit_version=1)

    after = post(client, drive, [], version=0).json()

    assert (before["has_changed"], after["has_changed"]) == (False, True)
    assert StopTap.objects.count() == 0


def test_the_page_carries_the_version_of_its_plan(drive, enter):
    type(drive.route.plan).objects.update(edit_version=3)

    page = enter(drive.driver).get(page_of(drive))

    assert page.context["phone"]["version"] == 3


def test_a_form_of_an_older_page_is_told_that_the_route_changed(drive, enter):
    type(drive.route).objects.filter(pk=drive.route.pk).update(edit_version=1)
    tap = drive.tap("arrived", FARM)
    form = {name: tap[name] for name in ("local_id", "stop", "kind")}

    answer = enter(drive.driver).post(
        f"{page_of(drive)}tap", {**form, "version": "0"}, follow=True
    )

    assert "The coordination changed this route." in answer.content.decode()
    assert StopRecord.objects.get().status == "arrived"
