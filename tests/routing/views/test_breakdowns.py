"""A breakdown on its pages: told, looked at, approved."""

import pytest
import time_machine
from django.test import Client

from routing import services
from routing.models import Breakdown
from routing.travel.straight_line import StraightLine
from tests.factories.hub import make_coordinator
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
    with time_machine.travel(road.at("9:45"), tick=False):
        ana.post(page + "approve")

    row.refresh_from_db()
    moved = {(m.was_vehicle, m.vehicle) for m in shown.context["moved"]}
    first, second = (truck.name for truck in road.trucks)
    assert moved == {(first, second)}
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
