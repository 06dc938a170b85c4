"""What programs are told from the plan to the settled day, each of its own."""

import pytest

from routing import services
from tests.factories.day import make_day
from tests.factories.driving import FARM, make_drive
from tests.factories.road import make_road
from tests.factories.settled import bring_all, drive_out, settle
from tests.factories.webhooks import kinds_told, make_endpoint, told
from tests.factories.week import NOW

pytestmark = pytest.mark.django_db


def test_a_day_is_told_to_its_hub_its_buyer_and_its_farms():
    day = make_day(wants={"a": (4, 0), "b": (2, 3)})
    buyer, farm = day.orders["b"].buyer, day.farms[1]
    for listener in (day.hub, buyer, farm):
        make_endpoint(listener)

    driven = drive_out([day])
    bring_all(driven)
    settlement = settle(driven)

    assert kinds_told(day.hub) == [
        "plan.published",
        "plan.dispatched",
        *["delivery.recorded"] * 3,
        *["invoice.issued"] * 2,
        *["statement.ready"] * 2,
        "day.settled",
    ]
    assert kinds_told(farm) == [
        "plan.dispatched",
        "delivery.recorded",
        "statement.ready",
    ]
    assert kinds_told(buyer) == [
        "plan.dispatched",
        *["delivery.recorded"] * 2,
        "invoice.issued",
    ]
    about = {
        "plan_id": driven.plan.public_id,
        "pool_id": driven.pool.public_id,
        "service_on": driven.service_on.isoformat(),
    }
    facts = dict(told(day.hub))
    assert facts["plan.published"] == {**about, "num_routes": 1}
    assert facts["day.settled"] == {**about, "cost_cents": settlement.cost_cents}
    invoice = told(buyer)[-1][1]
    assert (invoice["buyer_id"], invoice["total_cents"]) == (
        buyer.public_id,
        2 * 1_250 + 3 * 2_400,
    )
    assert told(farm)[-1][1] == {
        "hub_id": day.hub.public_id,
        "farm_id": farm.public_id,
        "service_on": driven.service_on.isoformat(),
        "total_cents": 3 * 2_000,
    }


def test_at_the_dispatch_each_hears_of_its_own_stops():
    day = make_day(wants={"a": (4, 0), "b": (2, 3)})
    buyer, farm = day.orders["b"].buyer, day.farms[1]
    for listener in (day.hub, buyer, farm):
        make_endpoint(listener, kinds=["plan.dispatched"])

    driven = drive_out([day])

    places = {
        one: [stop["place_id"] for stop in told(one)[0][1]["stops"]]
        for one in (day.hub, buyer, farm)
    }
    stops = driven.plan.routes.get().stops.select_related("place")
    assert places[day.hub] == [stop.place.public_id for stop in stops]
    assert places[buyer] == [day.orders["b"].drop_point.public_id]
    assert places[farm] == [farm.places.get().public_id]


def test_a_stop_is_told_when_what_stands_of_it_changes():
    drive = make_drive()
    hub, farm = drive.day.week.hub, drive.day.week.farm
    make_endpoint(hub, kinds=["stop.done"])
    make_endpoint(farm, kinds=["stop.done"])
    day = drive.whole_day()

    drive.send(day[:3])
    drive.send(day[3:])

    assert [data["status"] for _, data in told(hub)] == ["left", "left"]
    ((_, data),) = told(farm)
    stop = drive.stop(FARM)
    done_at = stop.record.done_at
    assert done_at is not None
    assert data == {
        "plan_id": drive.route.plan.public_id,
        "pool_id": drive.route.plan.pool.public_id,
        "service_on": drive.route.plan.service_on.isoformat(),
        "route_number": drive.route.number,
        "stop_id": stop.public_id,
        "place_id": stop.place.public_id,
        "status": "left",
        "done_at": done_at.isoformat(),
    }


@pytest.mark.parametrize(
    ("is_sent", "told_farm"), [(True, ["plan.withdrawn"]), (False, [])]
)
def test_a_plan_withdrawn_is_told_to_whom_it_had_been(is_sent, told_farm):
    day = make_day(wants={"a": (4, 0)})
    driven = drive_out([day])
    if not is_sent:
        type(driven.plan).objects.filter(pk=driven.plan.pk).update(dispatched_at=None)
    make_endpoint(day.hub)
    make_endpoint(day.farms[0])

    services.withdraw_plan(
        plan=driven.plan,
        ask=services.WayBack(reason="Neige", by=day.coordinator, now=NOW),
        key="k-1",
    )

    assert (kinds_told(day.hub), kinds_told(day.farms[0])) == (
        ["plan.withdrawn"],
        told_farm,
    )
    assert len(told(day.hub)[0][1]["stops"]) == 2


def test_a_breakdown_is_told_to_those_whose_stops_move():
    road = make_road()
    for listener in (road.week.hub, road.doors[5].organization):
        make_endpoint(listener, kinds=["route.changed"])
    for stop in range(3):
        road.tap(0, stop)

    road.approve(road.proposed())

    ((_, facts),) = told(road.doors[5].organization)
    assert [stop["place_id"] for stop in facts["stops"]] == [road.doors[5].public_id]
