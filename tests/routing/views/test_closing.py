"""The page that closes a cycle, for a coordinator of its hub."""

import pytest

from hub.models import Job
from orders.models import CycleClosing, Shipment
from routing.models import FleetPool
from tests.factories import hub as ground
from tests.factories.week import Week, make_stock, make_week, order

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def week() -> Week:
    return make_week()


@pytest.fixture
def coordinator(week, enter):
    return enter(ground.make_coordinator(week.hub))


def address(week: Week) -> str:
    return f"/routing/closing/{week.cycle.public_id}/"


def test_pressing_twice_closes_once_and_without_any_truck(
    coordinator, week, worker_at_once
):
    order(week, {make_stock(week).offer.public_id: 4})
    assert FleetPool.objects.count() == 0

    answers = [coordinator.post(f"{address(week)}close").url for _ in range(2)]

    week.cycle.refresh_from_db()
    assert answers == [address(week)] * 2
    assert (week.cycle.status, Job.objects.count()) == ("closed", 1)
    assert (CycleClosing.objects.count(), Shipment.objects.count()) == (1, 1)


def test_the_page_says_what_the_close_will_do(coordinator, week):
    order(week, {make_stock(week).offer.public_id: 4})

    page = coordinator.get(address(week)).content.decode()

    assert "1 order is shared out." in page
    assert "No place where a truck can load" not in page


def test_the_page_of_orders_leads_to_the_one_that_closes(coordinator, week):
    page = coordinator.get(f"/orders/cycle/{week.cycle.public_id}/").content.decode()

    assert page.count(f'href="{address(week)}"') == 1


def test_a_farm_without_a_place_is_told_before_and_after(
    coordinator, week, worker_at_once
):
    farm = ground.make_farm(hub=week.hub)
    order(week, {make_stock(week, farm=farm).offer.public_id: 1})

    before = coordinator.get(address(week)).content.decode()
    coordinator.post(f"{address(week)}close")
    after = coordinator.get(address(week)).content.decode()

    assert f"No place where a truck can load: {farm.name}." in before
    assert "has no place where a truck can load" in after
    assert "Finish the close" in after
    assert CycleClosing.objects.count() == 0


def test_a_close_that_was_cut_is_finished_by_pressing_again(
    coordinator, week, worker_at_once
):
    farm = ground.make_farm(hub=week.hub)
    order(week, {make_stock(week, farm=farm).offer.public_id: 1})
    coordinator.post(f"{address(week)}close")
    ground.make_place(farm, kind="farm", point=ground.FARM_POINT)

    coordinator.post(f"{address(week)}close")

    week.cycle.refresh_from_db()
    states = sorted(Job.objects.values_list("state", flat=True))
    assert (week.cycle.status, states) == ("closed", ["done", "failed"])
