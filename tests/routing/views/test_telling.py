"""What the coordination writes down for a driver who calls."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from routing.models import HandledLine, StopRecord, StopTap
from tests.factories import hub as ground
from tests.factories.driving import DOOR, EIGHT, FARM, Drive, make_drive

NOON = EIGHT + timedelta(hours=4)
pytestmark = pytest.mark.django_db


@pytest.fixture
def drive() -> Drive:
    return make_drive()


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(NOON, tick=False):
        yield


def coordination(drive: Drive):
    return ground.make_member(drive.day.week.hub, "coordinator")


def page_of(drive: Drive) -> str:
    return f"/routing/plans/{drive.route.plan.public_id}/routes/1/tell/"


def write(client: Client, drive: Drive, kind: str, stop: int, **said):
    sent = {
        "local_id": str(uuid4()),
        "stop": drive.stop(stop).public_id,
        "kind": kind,
        "version": "0",
        **said,
    }
    return client.post(f"{page_of(drive)}tap", sent, follow=True)


def units(drive: Drive, told: int) -> dict[str, int]:
    return {f"units-{drive.line.pk}": told}


def delivered_units() -> list[int]:
    return list(
        HandledLine.objects.filter(kind="unload").values_list("units", flat=True)
    )


def test_a_stop_is_written_down_at_the_hour_that_the_driver_said(drive, enter):
    writer = coordination(drive)

    write(enter(writer), drive, "delivered", DOOR, at="09:30", **units(drive, 3))

    tap = StopTap.objects.get()
    told = StopRecord.objects.get(stop=drive.stop(DOOR))
    assert (tap.person, tap.status) == (writer, "applied")
    assert told.done_at == EIGHT + timedelta(minutes=90)
    assert delivered_units() == [3]


def test_without_an_hour_it_happened_now(drive, enter):
    write(enter(coordination(drive)), drive, "arrived", FARM)

    assert StopTap.objects.get().corrected_at == NOON


@pytest.mark.parametrize(
    ("hour", "sentence"),
    [
        ("24:61", "“24:61” is not an hour."),
        ("demain", "“demain” is not an hour."),
        ("12:01", "It is not 12:01 yet on the day of this route."),
    ],
)
def test_an_hour_that_cannot_be_is_refused_and_nothing_is_noted(
    drive, enter, hour, sentence
):
    answer = write(enter(coordination(drive)), drive, "arrived", FARM, at=hour)

    assert sentence in answer.content.decode()
    assert StopTap.objects.count() == 0


def test_what_the_phone_kept_falls_into_place_by_its_hour(drive, enter):
    client = enter(coordination(drive))
    write(client, drive, "delivered", DOOR, at="11:00", **units(drive, 2))

    drive.send([drive.delivered(4, at=EIGHT + timedelta(hours=1))], now=NOON)

    assert delivered_units() == [2]


def test_a_tap_of_the_phone_is_taken_back_by_the_coordination(drive, enter):
    wrong = drive.delivered(4)
    drive.send([wrong])

    write(
        enter(coordination(drive)),
        drive,
        "withdrawn",
        DOOR,
        withdraws=wrong["local_id"],
    )

    assert delivered_units() == []


def test_the_same_form_twice_is_one_note(drive, enter):
    client, name = enter(coordination(drive)), str(uuid4())
    for _again in range(2):
        write(client, drive, "arrived", FARM, local_id=name, at="08:10")

    assert StopTap.objects.count() == 1


def test_only_the_hubs_of_the_pool_write_and_only_once_the_trucks_have_left(
    drive, enter
):
    stranger = ground.make_member(ground.make_hub("Ailleurs"), "coordinator")
    away = write(enter(stranger), drive, "arrived", FARM)
    plan = drive.route.plan
    type(plan).objects.filter(pk=plan.pk).update(dispatched_at=None)
    early = write(enter(coordination(drive)), drive, "arrived", FARM)

    assert (away.status_code, early.status_code) == (404, 404)
    assert StopTap.objects.count() == 0


def test_the_road_leads_there_and_the_page_has_no_phone_in_it(drive, enter):
    client = enter(coordination(drive))
    plan = drive.route.plan

    road = client.get(f"/routing/days/{plan.pool.public_id}/{plan.service_on}/road/")
    page = client.get(page_of(drive)).content.decode()

    assert f'href="{page_of(drive)}"' in road.content.decode()
    assert "drive-phone" not in page
    assert "drive_store.js" not in page
