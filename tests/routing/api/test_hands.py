"""A coordination's program: a plan adjusted, left goods decided, a truck that stops."""

from typing import Any

import pytest
import time_machine

from routing import services
from routing.models import Plan
from tests.factories.programs import Program, let_in
from tests.factories.routing import (
    WideDay,
    give_papers,
    make_wide_day,
    make_wide_plan,
)
from tests.factories.week import NOW, make_week

pytestmark = pytest.mark.django_db


def on_the_road(day: WideDay) -> Plan:
    """The trucks of the day left at seven."""
    plan = services.publish_plan(plan=make_wide_plan(day), by=None, now=NOW)
    give_papers(plan)
    return services.dispatch_plan(plan=plan, by=None, now=NOW)


def places(plan: Any) -> list[list[str]]:
    return [[stop["place_id"] for stop in route["stops"]] for route in plan["routes"]]


def first_stop_last(plan: Any) -> dict[str, Any]:
    route = plan["routes"][0]
    return {
        "edit_version": plan["edit_version"],
        "move": {
            "kind": "move_stop",
            "vehicle_id": route["vehicle_id"],
            "sequence": len(route["stops"]) - 1,
            "to_vehicle_id": route["vehicle_id"],
            "to_sequence": len(route["stops"]),
        },
    }


def test_a_stop_is_moved_and_moved_back() -> None:
    day = make_wide_day(num_drops=2, num_trucks=1)
    plan = make_wide_plan(day)
    hub = let_in(day.hub)
    version = hub.does(f"/plans/{plan.public_id}/adjust")
    address = f"/plans/{version['id']}"
    before = hub.reads(address)

    after = hub.does(f"{address}/edits", first_stop_last(before))
    late = hub.refused(f"{address}/edits", first_stop_last(before))
    back = hub.does(f"{address}/undo", {"edit_version": after["edit_version"]})

    farm, one, other = places(before)[0]
    assert (places(after), after["num_broken"]) == ([[farm, other, one]], 0)
    assert late == (409, "plan_edited_meanwhile")
    assert places(back) == places(before)
    assert [
        [each["kind"] for each in stop["shipments"]]
        for stop in back["routes"][0]["stops"]
    ] == [["load", "load"], ["unload"], ["unload"]]


def test_goods_left_out_are_decided_and_taken_back() -> None:
    day = make_wide_day(num_drops=2, num_trucks=1)
    plan = make_wide_plan(day, left=1)
    hub = let_in(day.hub)
    address = f"/plans/{plan.public_id}"
    (left,) = hub.reads(address)["unserved"]
    decide = f"{address}/unserved/{left['shipment_id']}"

    early = hub.refused(f"{decide}/decide", {"decision": "another_day"})
    decided = hub.does(
        f"{decide}/decide", {"decision": "own_transport", "note": "by bicycle"}
    )
    undone = hub.does(f"{decide}/undo")

    assert early == (409, "day_not_later")
    assert (left["decision"], left["moved_to"], left["note"]) == ("", None, "")
    assert decided == {**left, "decision": "own_transport", "note": "by bicycle"}
    assert undone == left


def test_a_truck_that_stops_is_told_and_abandoned() -> None:
    day = make_wide_day(num_drops=1, num_trucks=1)
    plan = on_the_road(day)
    hub = let_in(day.hub)
    route = hub.reads(f"/plans/{plan.public_id}")["routes"][0]
    report = {
        "vehicle_id": route["vehicle_id"],
        "place_id": route["stops"][0]["place_id"],
    }
    address = f"/plans/{plan.public_id}/breakdowns"

    early = hub.refused(address, report)
    with time_machine.travel("2026-06-18T08:00:00-04:00", tick=False):
        hub = let_in(day.hub)
        told = hub.does(address, report)
        elsewhere = hub.refused(address, {**report, "place_id": "222222222222"})
        gone = hub.does(f"/breakdowns/{told['id']}/abandon")
        again = hub.refused(f"/breakdowns/{told['id']}/resume")
        (shown,) = hub.reads(f"/breakdowns?plan_id={plan.public_id}")["items"]

    assert (early, elsewhere, again) == (
        (409, "plan_not_driven"),
        (409, "place_not_on_route"),
        (409, "rest_not_planned"),
    )
    assert (told["status"], gone["status"]) == ("planning", "abandoned")
    assert shown == gone


def test_a_driver_is_named_among_those_who_may_drive() -> None:
    day = make_wide_day(num_drops=1, num_trucks=1)
    plan = services.publish_plan(plan=make_wide_plan(day), by=None, now=NOW)
    driver = give_papers(plan)
    hub: Program = let_in(day.hub)
    address = f"/plans/{plan.public_id}/routes/1"

    known = [each["id"] for each in hub.reads(f"{address}/drivers")]
    freed = hub.does(f"{address}/driver", {"driver_id": None})
    named = hub.does(f"{address}/driver", {"driver_id": driver.public_id})
    stranger = hub.refused(f"{address}/driver", {"driver_id": day.ana.public_id})

    assert driver.public_id in known
    assert (freed["driver_id"], named["driver_id"]) == (None, driver.public_id)
    assert stranger == (404, "not_found")


@pytest.mark.parametrize("way", ["stop", "discard"])
def test_a_search_is_ended_once_and_another_may_begin(way: str) -> None:
    day = make_wide_day(num_drops=2, num_trucks=1)
    hub = let_in(day.hub)
    asked = {
        "pool_id": day.pool.public_id,
        "service_on": day.service_on.isoformat(),
        "seconds": 1,
    }
    begun, same = hub.does("/plans", asked), hub.does("/plans", asked)

    ended = hub.does(f"/jobs/{begun['id']}/{way}")
    after = hub.does(f"/jobs/{begun['id']}/{way}")

    assert same["id"] == begun["id"]
    assert [each["state"] for each in (begun, ended, after)] == [
        "queued",
        "stopped",
        "stopped",
    ]
    assert hub.does("/plans", asked)["id"] != begun["id"]


@pytest.mark.parametrize("way", ["stop", "discard"])
def test_a_close_is_no_search_and_goes_on(way: str) -> None:
    week = make_week()
    hub = let_in(week.hub)
    job = hub.does(f"/cycles/{week.cycle.public_id}/close")

    refused = hub.refused(f"/jobs/{job['id']}/{way}")

    assert refused == (404, "not_found")
    assert hub.reads(f"/jobs/{job['id']}")["state"] == "queued"


def test_the_rest_is_planned_again_for_the_same_truck() -> None:
    day = make_wide_day(num_drops=2, num_trucks=1)
    plan = on_the_road(day)
    hub = let_in(day.hub)
    route = hub.reads(f"/plans/{plan.public_id}")["routes"][0]
    asked = {
        "vehicle_id": route["vehicle_id"],
        "place_id": route["stops"][0]["place_id"],
    }
    with time_machine.travel("2026-06-18T08:00:00-04:00", tick=False):
        hub = let_in(day.hub)
        told = hub.does(f"/plans/{plan.public_id}/breakdowns", asked)

        again = hub.does(f"/breakdowns/{told['id']}/again")
        shown = hub.reads(f"/breakdowns?plan_id={plan.public_id}")["items"]

    assert {**again, "id": told["id"]} == told
    assert [(each["id"], each["status"]) for each in shown] == [
        (told["id"], "dropped"),
        (again["id"], "planning"),
    ]


@pytest.mark.parametrize(
    ("move", "told"),
    [
        (
            {"kind": "take_out"},
            [("body.move.take_out.shipment_ids", "This field is missing.")],
        ),
        (
            {"kind": "fly"},
            [
                (
                    "body.move",
                    "Choose one of: 'move_stop', 'move_shipment', 'take_out'.",
                )
            ],
        ),
    ],
)
def test_only_what_is_wrong_with_the_move_that_was_meant_is_told(
    move: dict[str, Any], told: list[tuple[str, str]]
) -> None:
    day = make_wide_day(num_drops=1, num_trucks=1)
    plan = make_wide_plan(day)

    answer = let_in(day.hub).tries(
        f"/plans/{plan.public_id}/edits", {"edit_version": 0, "move": move}
    )

    fields = answer.json()["error"]["fields"]
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "not_valid")
    assert [(each["field"], each["message"]) for each in fields] == told
