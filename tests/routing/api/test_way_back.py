"""A coordination's program reads what a way back changes, then goes it, or may not."""

from datetime import date
from typing import Any

import pytest
import time_machine

from hub.ledger import statements
from orders.models import OrderLine
from routing import services
from routing.models import Plan
from tests.factories.programs import let_in
from tests.factories.routing import PlanDay, give_papers, make_day, make_plan
from tests.factories.scarce import close_short, spend
from tests.factories.settled import bring_all, make_driven_day, settle
from tests.factories.week import NOW, make_week

pytestmark = pytest.mark.django_db

UNTIL = "2026-06-16T22:00:00Z"
REASON = {"reason": "Verglas."}


def published(day: PlanDay) -> Plan:
    plan = make_plan(day)
    give_papers(plan)
    return services.publish_plan(plan=plan, by=None, now=NOW)


def told(preview: Any) -> list[tuple[str, str | None]]:
    rows = ((each["kind"], each["organization_id"]) for each in preview["told"])
    return sorted(rows, key=str)


@time_machine.travel(NOW, tick=False)
def test_a_closed_cycle_is_looked_at_then_opened_again():
    day = make_day(cases=4)
    plan = published(day)
    hub = let_in(day.week.hub)
    address = f"/cycles/{day.week.cycle.public_id}"
    line = OrderLine.objects.get()

    preview = hub.reads(f"{address}/reopening?closes_at={UNTIL}")
    done = hub.does(f"{address}/reopen", {"closes_at": UNTIL, "reason": "Oubli."})
    again = hub.refused(f"{address}/reopen", {"closes_at": UNTIL, "reason": "Oubli."})

    assert preview["orders"] == [
        {
            "order_id": line.order.public_id,
            "buyer_id": day.week.buyer.public_id,
            "buyer": day.week.buyer.name,
            "allocated_cents": line.buyer_cents,
            "ordered_cents": line.buyer_cents,
            "lacking": [],
        }
    ]
    assert preview["money"] == {"fund": None, "envelopes": [], "refusal_code": None}
    assert [row["plan_id"] for row in preview["outdated_plans"]] == [plan.public_id]
    assert told(preview) == sorted(
        [
            ("cycle_reopened", day.week.farm.public_id),
            ("cycle_reopened", day.week.buyer.public_id),
        ]
    )
    assert done == {
        "cycle_id": day.week.cycle.public_id,
        "closes_at": UNTIL,
        "reopened_at": "2026-06-16T14:00:00Z",
        "reason": "Oubli.",
        "num_orders": 1,
        "lacking_units": 0,
        "missing_cents": 0,
    }
    assert again == (409, "cycle_not_closed")
    assert hub.reads(address)["status"] == "open"


@time_machine.travel(NOW, tick=False)
def test_want_of_money_is_told_with_its_figures_and_refuses_the_act():
    week = make_week(fund_cents=1_000)
    close_short(week)
    spend(week, 20)
    hub = let_in(week.hub)
    address = f"/cycles/{week.cycle.public_id}"

    preview = hub.reads(f"{address}/reopening?closes_at={UNTIL}")
    acted = hub.refused(f"{address}/reopen", {"closes_at": UNTIL, **REASON})

    assert preview["money"] == {
        "fund": {
            "free_cents": 480,
            "held_cents": 500,
            "needed_cents": 1_000,
            "missing_cents": 20,
            "free_after_cents": 0,
        },
        "envelopes": [],
        "refusal_code": "fund_too_low",
    }
    assert acted[1] == preview["money"]["refusal_code"]


@time_machine.travel(NOW, tick=False)
@pytest.mark.parametrize(
    ("closes_at", "code"),
    [("2026-06-16T13:00:00Z", "cycle_past"), ("2027-01-01T12:00:00Z", "out")],
)
def test_a_preview_is_refused_as_the_act_is(closes_at, code):
    day = make_day()
    hub = let_in(day.week.hub)
    address = f"/cycles/{day.week.cycle.public_id}"

    looked = hub.get(f"{address}/reopening?closes_at={closes_at}")
    acted = hub.refused(f"{address}/reopen", {"closes_at": closes_at, **REASON})

    expected = {"out": "cycle_out_of_order"}.get(code, code)
    assert acted == (409, expected)
    assert (looked.status_code, looked.json()["error"]["code"]) == acted


@time_machine.travel(NOW, tick=False)
def test_goods_on_a_truck_that_left_keep_their_cycle_closed():
    day = make_day()
    services.dispatch_plan(plan=published(day), by=None, now=NOW)
    hub = let_in(day.week.hub)
    address = f"/cycles/{day.week.cycle.public_id}"

    looked = hub.get(f"{address}/reopening?closes_at={UNTIL}")
    acted = hub.refused(f"{address}/reopen", {"closes_at": UNTIL, **REASON})

    assert acted == (409, "cycle_has_dispatched_route")
    assert (looked.status_code, looked.json()["error"]["code"]) == acted


@time_machine.travel(NOW, tick=False)
def test_a_plan_is_withdrawn_its_trucks_called_back():
    day = make_day()
    plan = services.dispatch_plan(plan=published(day), by=None, now=NOW)
    hub = let_in(day.week.hub)
    address = f"/plans/{plan.public_id}"

    preview = hub.reads(f"{address}/withdrawal")
    done = hub.does(f"{address}/withdraw", REASON)
    looked = hub.get(f"{address}/withdrawal")
    again = hub.refused(f"{address}/withdraw", REASON)

    assert (preview["was_dispatched"], preview["num_routes"]) == (True, 1)
    assert told(preview) == sorted(
        [
            ("plan_withdrawn", day.week.farm.public_id),
            ("plan_withdrawn", day.week.buyer.public_id),
            ("plan_withdrawn", None),
        ],
        key=str,
    )
    assert (done["status"], done["dispatched_at"]) == ("proposed", None)
    assert again == (409, "plan_not_published")
    assert (looked.status_code, looked.json()["error"]["code"]) == again


def test_a_settled_day_is_looked_at_then_reopened_and_settled_anew():
    driven = make_driven_day(wants={"a": (4, 0)})
    services.set_settlement_rule(
        hub=driven.hub, payer="buyer", policy="fixed_order", difference="settled"
    )
    bring_all(driven)
    settle(driven)
    settled = statements.balances("")
    hub = let_in(driven.hub)
    address = f"/pools/{driven.pool.public_id}/days/{driven.service_on}"

    preview = hub.reads(f"{address}/reopening")
    done = hub.does(f"{address}/reopen", {"reason": "Deux caisses gelées."})
    looked = hub.get(f"{address}/reopening")
    again = hub.refused(f"{address}/reopen", REASON)
    reopened = statements.balances("")
    anew = hub.does(f"{address}/settle")

    assert preview["reversed_cents"] == done["reversed_cents"]
    assert [
        (line["is_carrier"], line["settled_cents"] - line["counted_cents"])
        for line in preview["lines"]
    ] == [(True, 0), (False, 0)]
    assert anew["cost_cents"] == preview["reversed_cents"]
    assert (reopened != settled, statements.balances("") == settled) == (True, True)
    assert again == (409, "day_not_settled")
    assert (looked.status_code, looked.json()["error"]["code"]) == again
    assert date.fromisoformat(done["service_on"]) == driven.service_on
