"""A program feeds the bank's lines: recorded, proposed, matched, taken back.

“a” owes 62,50 $ on invoice 1 and “b” 37,50 $ on invoice 2.
"""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from orders.models import ReceivedPayment
from tests.factories.payments import Billed, books, make_billed
from tests.factories.programs import Program, let_in

pytestmark = pytest.mark.django_db
LIST = "/received-payments"


@pytest.fixture(autouse=True)
def _in_the_evening() -> Iterator[None]:
    with time_machine.travel("2026-06-18T20:00:00-04:00", tick=False):
        yield


@pytest.fixture
def billed() -> Billed:
    return make_billed()


@pytest.fixture
def hub(billed: Billed) -> Program:
    return let_in(billed.hub)


def test_a_line_of_the_bank_is_recorded_proposed_and_matched(
    billed: Billed, hub: Program
) -> None:
    line = {"amount_cents": 6_250, "payer": "OASIS", "reference": "facture 1"}
    made = hub.does(LIST, line)
    waiting = hub.reads(f"{LIST}?waiting=true")["items"]
    before = books(billed)
    (proposal,) = hub.reads(f"{LIST}/{made['id']}/proposals")["proposals"]

    pays = [
        {key: part[key] for key in ("invoice_id", "amount_cents")}
        for part in proposal["pays"]
    ]
    matched = hub.does(
        f"{LIST}/{made['id']}/match",
        {"buyer_id": proposal["buyer_id"], "pays": pays},
    )

    assert [row["id"] for row in waiting] == [made["id"]]
    assert before["suspense"] == 6_250
    assert (proposal["is_exact"], proposal["is_certain"]) == (True, True)
    assert books(billed) == {"bank": -6_250, "suspense": 0, "a": 0, "b": -3_750}
    assert hub.reads(f"{LIST}?waiting=true")["items"] == []

    undone = hub.does(f"/payment-matches/{matched['id']}/undo", {})

    assert undone == matched | {"is_taken_back": True}
    assert books(billed) == before


def test_a_line_sent_twice_waits_for_a_decision(billed: Billed, hub: Program) -> None:
    line = {"amount_cents": 6_250, "payer": "OASIS"}
    first, second = hub.does(LIST, line), hub.does(LIST, line)

    decided = hub.does(f"{LIST}/{second['id']}/decide", {"is_another": False})

    assert (second["looks_like_id"], second["is_undecided"]) == (first["id"], True)
    assert (decided["left_cents"], decided["is_taken_back"]) == (0, True)
    assert books(billed)["suspense"] == 6_250


def test_money_sent_back_no_longer_waits(billed: Billed, hub: Program) -> None:
    made = hub.does(LIST, {"amount_cents": 6_250})

    after = hub.does(
        f"{LIST}/{made['id']}/refund", {"amount_cents": 250, "method": "chèque 1"}
    )

    assert after["left_cents"] == 6_000
    assert books(billed)["bank"] == -6_000


REFUSED = [
    ({"amount_cents": 6_251, "pays": []}, "match_above_left"),
    ({"pays": [("a", 6_251)]}, "paid_above_matched"),
    ({"pays": [("b", 100)]}, "invoice_not_open"),
]


@pytest.mark.parametrize(("asked", "code"), REFUSED, ids=[row[1] for row in REFUSED])
def test_a_match_that_cannot_be_is_refused_and_nothing_moves(
    billed: Billed, hub: Program, asked: dict[str, Any], code: str
) -> None:
    made = hub.does(LIST, {"amount_cents": 6_250})
    before = books(billed)
    pays = [
        {"invoice_id": billed.invoices[name].public_id, "amount_cents": cents}
        for name, cents in asked["pays"]
    ]

    answer = hub.refused(
        f"{LIST}/{made['id']}/match",
        asked | {"buyer_id": billed.buyer("a").public_id, "pays": pays},
    )

    assert answer == (409, code)
    assert books(billed) == before
    assert ReceivedPayment.objects.get().left_cents == 6_250
