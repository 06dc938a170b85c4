"""An accountant's program: a day billed, corrected, paid, and read to the cent.

A case is 10,00 $ to the farm, 1,00 $ of transport, 1,50 $ of margin: 12,50 $.
"""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from hub.ledger import statements
from orders import services
from orders.models import Invoice
from tests.factories.day import Day, deliver, make_day
from tests.factories.programs import Program, let_in
from tests.factories.week import NOW, make_stock, make_week, order

pytestmark = pytest.mark.django_db
THURSDAY = "2026-06-18"
ITS_EVENING = "2026-06-18T20:00:00-04:00"


@pytest.fixture(autouse=True)
def _in_the_evening() -> Iterator[None]:
    with time_machine.travel(ITS_EVENING, tick=False):
        yield


@pytest.fixture
def day() -> Day:
    """Five cases came to “a”, three to “b”; what “c” ordered is on the road."""
    made = make_day(wants={"a": (5, 0), "b": (3, 0), "c": (2, 0)})
    deliver(made, "a")
    deliver(made, "b")
    return made


@pytest.fixture
def hub(day: Day) -> Program:
    return let_in(day.hub)


def bills(hub: Program) -> Any:
    return hub.does(f"/billing/days/{THURSDAY}/bill")


def item_of(day: Day, name: str) -> str:
    return day.orders[name].lines.get().item_public_id


def test_a_day_is_billed_once_and_says_what_waits(day: Day, hub: Program) -> None:
    before = hub.reads("/billing/days")

    first, again = bills(hub), bills(hub)

    assert before == {"days": [THURSDAY]}
    assert first == again
    assert {
        row["order_id"]: (row["state"], row["invoice_number"])
        for row in first["orders"]
    } == {
        day.orders["a"].public_id: ("billed", 1),
        day.orders["b"].public_id: ("billed", 2),
        day.orders["c"].public_id: ("on_the_road", None),
    }
    assert first["totals"] == {
        "farm_cents": 8_000,
        "transport_cents": 800,
        "fees_cents": 0,
        "margin_cents": 1_200,
        "draw_cents": 0,
        "rounding_cents": 0,
        "tps_cents": 0,
        "tvq_cents": 0,
        "buyer_cents": 10_000,
        "num_invoices": 2,
        "num_credit_notes": 0,
        "envelope_cents": 0,
        "fund_drawn_cents": 0,
        "fund_given_cents": 0,
    }
    assert Invoice.objects.count() == 2


def test_a_correction_is_a_credit_note_and_another_invoice(
    day: Day, hub: Program
) -> None:
    bills(hub)
    buyer = let_in(day.orders["a"].buyer)
    (shown,) = buyer.reads("/invoices")["items"]

    papers = hub.does(
        f"/invoices/{shown['id']}/correct",
        {"quantities": {item_of(day, "a"): 2}, "reason": "three frozen"},
    )

    kept = buyer.reads(f"/invoices/{shown['id']}")
    credit, again = papers["credit_note"], papers["invoice"]
    assert [
        (each["number"], each["kind"], each["buyer_cents"], each["corrects_id"])
        for each in (kept, credit, again)
    ] == [
        (1, "invoice", 6_250, None),
        (3, "credit_note", -6_250, shown["id"]),
        (4, "invoice", 2_500, shown["id"]),
    ]
    assert kept["corrected_by"] == [credit["id"], again["id"]]
    assert [
        (line["item_id"], line["quantity"], line["farm_cents"], line["buyer_cents"])
        for line in again["lines"]
    ] == [(item_of(day, "a"), 2, 2_000, 2_500)]
    assert (again["reason"], again["parts"]["margin_cents"]) == ("three frozen", 300)


@pytest.mark.parametrize(
    ("item", "units", "code"),
    [
        ("b's own", 1, "not_on_this_invoice"),
        ("a's own", 5, "nothing_to_correct"),
        ("a's own", 6, "delivered_above_ordered"),
    ],
)
def test_a_correction_that_cannot_be_moves_nothing(
    day: Day, hub: Program, item: str, units: int, code: str
) -> None:
    bills(hub)
    shown = Invoice.objects.get(number=1)
    named = {"a's own": item_of(day, "a"), "b's own": "222222222222"}[item]

    answer = hub.refused(
        f"/invoices/{shown.public_id}/correct",
        {"quantities": {named: units}, "reason": "x"},
    )

    assert answer == (409, code)
    assert Invoice.objects.count() == 2


def test_an_invoice_corrected_before_says_so(day: Day, hub: Program) -> None:
    bills(hub)
    shown = Invoice.objects.get(number=1)
    asked = {"quantities": {item_of(day, "a"): 2}, "reason": "x"}
    hub.does(f"/invoices/{shown.public_id}/correct", asked)

    again = hub.refused(f"/invoices/{shown.public_id}/correct", asked)

    assert again == (409, "already_corrected")
    assert Invoice.objects.count() == 4


def test_a_correction_is_looked_at_and_nothing_moves(day: Day, hub: Program) -> None:
    bills(hub)
    shown = Invoice.objects.get(number=1)
    before = hub.reads("/fund")

    look = hub.does(
        f"/invoices/{shown.public_id}/correction",
        {"quantities": {item_of(day, "a"): 2}},
    )

    assert look == {
        "invoice_id": shown.public_id,
        "again_cents": 2_500,
        "fund_free_cents": before["balance_cents"],
        "fund_free_after_cents": before["balance_cents"],
        "envelope_cents": 0,
        "envelope_after_cents": 0,
        "missing_cents": 0,
        "refusal_code": None,
    }
    assert (Invoice.objects.count(), hub.reads("/fund")) == (2, before)
    assert hub.refused(
        f"/invoices/{shown.public_id}/correction",
        {"quantities": {item_of(day, "a"): 6}},
    ) == (409, "delivered_above_ordered")


def test_statements_of_a_buyer_and_of_a_farm_add_up(day: Day, hub: Program) -> None:
    bills(hub)
    buyer, farm = day.orders["a"].buyer, day.farms[0]
    hub.does(
        "/payments",
        {"buyer_id": buyer.public_id, "amount_cents": 6_000, "method": "cheque 12"},
    )
    hub.does(
        "/payouts",
        {
            "farm_id": farm.public_id,
            "amount_cents": 5_000,
            "method": "transfer",
            "paid_on": "2026-06-18",
        },
    )

    owed, paid = (
        let_in(member).reads(f"/accounts/{member.public_id}/statement")
        for member in (buyer, farm)
    )

    assert entries(owed) == [
        ("sale", 1, 6_250, 6_250),
        ("payment", None, -6_000, 250),
    ]
    assert owed["entries"][1]["name"] == "Payment received · cheque 12"
    assert (owed["opening_owed_cents"], owed["closing_owed_cents"]) == (0, 250)
    assert entries(paid) == [
        ("sale", 1, 5_000, 5_000),
        ("sale", 2, 3_000, 8_000),
        ("payout", None, -5_000, 3_000),
    ]
    assert (owed["sales"], paid["closing_owed_cents"]) == ([], 3_000)
    assert [(row["invoice_number"], row["farm_cents"]) for row in paid["sales"]] == [
        (1, 5_000),
        (2, 3_000),
    ]
    assert {
        row["organization_id"]: row["owed_cents"] for row in hub.reads("/accounts")
    } == {
        buyer.public_id: 250,
        day.orders["b"].buyer.public_id: 3_750,
        day.orders["c"].buyer.public_id: 0,
        farm.public_id: 3_000,
        day.farms[1].public_id: 0,
        day.week.buyer.public_id: 0,
    }


def entries(statement: Any) -> list[tuple[str, int | None, int, int]]:
    names = ("kind", "invoice_number", "amount_cents", "owed_cents")
    return [tuple(each[name] for name in names) for each in statement["entries"]]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"amount_cents": 8_001}, "paid_above_owed"),
        ({"paid_on": "2026-06-19"}, "paid_in_future"),
    ],
)
def test_a_payout_that_cannot_be_moves_nothing(
    day: Day, hub: Program, more: dict[str, Any], code: str
) -> None:
    bills(hub)
    farm = day.farms[0].public_id
    paid = {"farm_id": farm, "amount_cents": 8_000, "method": "transfer"}

    assert hub.refused("/payouts", paid | more) == (409, code)

    assert statements.balance_cents(f"farm:{farm}") == 8_000


def test_a_payment_without_its_scope_is_refused(day: Day) -> None:
    reader = let_in(day.hub, "statements:read", "billing:write")
    buyer = day.orders["a"].buyer.public_id
    paid = {"buyer_id": buyer, "amount_cents": 100, "method": "cheque"}

    assert reader.refused("/payments", paid) == (403, "scope_missing")


def test_the_allocation_says_who_is_short_of_what_and_why() -> None:
    week = make_week()
    stock = make_stock(week, quantity=10)
    asked = order(week, {stock.offer.public_id: 10})
    hub, farm = let_in(week.hub), let_in(week.farm)
    address = f"/cycles/{week.cycle.public_id}"
    early = hub.get(f"{address}/allocation")
    with time_machine.travel("2026-06-16T10:00:00-04:00", tick=False):
        farm.does(
            "/availability",
            {
                "offer_id": stock.offer.public_id,
                "week_on": stock.week_on.isoformat(),
                "quantity": 7,
            },
        )
    close(week)

    item = hub.reads(f"{address}/allocation")["items"][0]
    own = farm.reads(f"{address}/sold")

    assert early.json()["error"] == {
        "code": "not_shared_out",
        "message": f"“{week.cycle.name}” is not closed yet: nothing is shared out.",
        "fields": [],
    }
    assert (item["ordered"], item["allocated"], item["short"]) == (10, 7, 3)
    assert [
        (row["order_id"], row["ordered"], row["allocated"]) for row in item["lines"]
    ] == [(asked.public_id, 10, 7)]
    assert [(row["farm_id"], row["units"]) for row in item["farms"]] == [
        (week.farm.public_id, 7)
    ]
    assert (own["is_final"], own["pay_cents"], own["rows"][0]["units"]) == (
        True,
        7_000,
        7,
    )


def close(week: Any) -> None:
    services.close_cycle(cycle_id=week.cycle.pk, by=None, now=NOW)
