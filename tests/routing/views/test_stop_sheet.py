"""The sheet of a place: everything for the driver, the code on the day itself."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.test import Client

from hub.models import Person, Place
from routing import services
from tests.factories.routing import make_plan
from tests.factories.week import NOW
from tests.hub.exchange.test_photo import photo
from tests.routing.views.conftest import Cast
from tests.routing.views.test_days import plan_page, words

pytestmark = pytest.mark.django_db
Enter = Callable[[Person], Client]
CODE = "4417#"


@pytest.fixture
def plan(cast: Cast):
    place = cast.day.week.drop_point
    place.access_code, place.max_height_cm = CODE, 310
    place.save()
    plan = make_plan(cast.day)
    services.publish_plan(plan=plan, by=None, now=NOW)
    return plan


def sheet(plan, sequence: int) -> str:
    return f"/routing/mine/{plan.public_id}/1/stops/{sequence}/"


def last_stop(plan) -> int:
    return int(plan.routes.get().stops.order_by("-sequence")[0].sequence)


def test_the_driver_reads_the_code_on_the_day_itself(cast: Cast, enter: Enter, plan):
    client, address = enter(cast.dan), sheet(plan, last_stop(plan))
    noon = NOW.replace(day=plan.service_on.day, hour=16)

    shown = []
    for moment in (NOW, noon, noon + timedelta(days=1)):
        with time_machine.travel(moment):
            page = words(client.get(address))
            shown.append((CODE in page, "310&nbsp;cm" in page))

    assert shown == [(False, True), (True, True), (False, True)]


@time_machine.travel(NOW)
def test_the_code_of_another_stop_is_not_on_this_sheet(cast: Cast, enter: Enter, plan):
    assert CODE not in words(enter(cast.dan).get(sheet(plan, 1)))


@time_machine.travel(NOW)
def test_a_driver_without_a_published_route_sees_no_sheet(
    cast: Cast, enter: Enter, plan
):
    type(plan).objects.update(status="proposed")

    assert enter(cast.dan).get(sheet(plan, last_stop(plan))).status_code == 404


@time_machine.travel(NOW)
@pytest.mark.parametrize("end", ["/places/", "/routing/", "/routing/mine/"])
def test_the_code_is_in_no_list(cast: Cast, enter: Enter, plan, end: str):
    person = cast.dan if end == "/routing/mine/" else cast.ana

    assert CODE not in words(enter(person).get(end))


@time_machine.travel(NOW)
def test_the_code_is_neither_on_the_plan_nor_in_its_documents(
    cast: Cast, enter: Enter, plan
):
    plan.refresh_from_db()
    page = words(enter(cast.ana).get(plan_page(plan)))
    route = words(enter(cast.dan).get(f"/routing/mine/{plan.public_id}/1/"))

    told = [page, route, str(plan.problem), str(plan.solution)]

    assert [CODE in text for text in told] == [False] * 4


@time_machine.travel(NOW)
def test_only_who_drives_there_sees_the_photo_of_the_door(
    cast: Cast, enter: Enter, plan, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    place = Place.objects.get(pk=cast.day.week.drop_point.pk)
    place.photo.save("door.jpg", ContentFile(photo()))
    address = f"{sheet(plan, last_stop(plan))}photo/"

    page = words(enter(cast.dan).get(sheet(plan, last_stop(plan))))
    seen = [enter(who).get(address).status_code for who in (cast.dan, cast.zoe)]
    other_stop = enter(cast.dan).get(f"{sheet(plan, 1)}photo/").status_code

    assert (f'src="{address}"' in page, seen, other_stop) == (True, [200, 404], 404)
