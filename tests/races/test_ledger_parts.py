"""A split fund asked by many at once: no overdraft, no refusal while money is left."""

import random
import threading
from collections import Counter
from functools import partial

import pytest
from django.db import transaction

from hub.ledger import posting
from hub.ledger.audit import audit
from hub.ledger.core.accounts import AccountRef, Move
from hub.ledger.models import Part
from hub.ledger.splitting import split
from hub.ledger.statements import balance_cents, balances
from tests.factories.ledger import FARM, FUND, TODAY, give
from tests.races.crowd import (
    all_at_once,
    rewritten,
    wait_until_somebody_waits,
    without_constraint,
)

pytestmark = pytest.mark.django_db(transaction=True)
NUM_TAKERS = 16
NUM_PARTS = 4
NO_LOCK = (
    "ledger_lock_parts",
    "LIMIT 1 FOR UPDATE SKIP LOCKED;",
    "LIMIT 1; PERFORM pg_sleep(0.2);",
    "ORDER BY id FOR UPDATE",
    "ORDER BY id",
)
"""Parts read without their locks and with a pause."""


def take(key: str, amount_cents: int = 100) -> str:
    return posting.hold(
        key=key, kind="draw", draws=[(FUND, amount_cents)], effective_on=TODAY
    ).verb


def takers() -> list[object]:
    return all_at_once([partial(take, f"order:{n}") for n in range(NUM_TAKERS)])


def split_fund(amount_cents: int) -> None:
    give(FUND, amount_cents)
    split(code=FUND.code, num_parts=NUM_PARTS)


def test_a_split_funds_last_dollars_asked_sixteen_times_at_once() -> None:
    """525 cents in parts of 131 and 132: one draw in each, one from what they leave."""
    split_fund(525)

    answers = takers()

    assert Counter(answers) == {"hold": 5, "not_enough_money": NUM_TAKERS - 5}
    assert balance_cents(FUND.code) == 25
    assert list(balances("hold:").values()) == [100] * 5
    assert audit().is_clean


def test_no_part_is_large_enough_and_the_whole_is_given_out_to_the_cent() -> None:
    give(FUND, 1_600)
    split(code=FUND.code, num_parts=32)

    answers = takers()

    assert Counter(answers) == {"hold": NUM_TAKERS}
    assert balance_cents(FUND.code) == 0


def test_without_the_locks_takers_run_into_the_tables_floor() -> None:
    split_fund(525)

    with rewritten(*NO_LOCK):
        answers = Counter(takers())

    assert answers["stopped by the table"] > 0
    assert balance_cents(FUND.code) >= 0


def test_without_locks_and_floor_the_split_fund_is_overdrawn() -> None:
    with without_constraint("ledger_part", "ledger_part_not_below_zero"):
        split_fund(525)
        with rewritten(*NO_LOCK):
            takers()
        left_cents = balance_cents(FUND.code)

    assert left_cents < 0


def test_takers_of_one_part_each_do_not_wait_for_each_other() -> None:
    split_fund(4_000)

    with transaction.atomic():
        take("slow:1")
        answers = all_at_once([partial(take, f"quick:{n}") for n in range(3)])

    assert answers == ["hold"] * 3


def test_random_transfers_on_split_accounts_never_wait_for_each_other() -> None:
    lots = [AccountRef(f"lot:{n}", floored=True) for n in range(6)]
    for lot in lots:
        give(lot, 2_000)
        split(code=lot.code, num_parts=NUM_PARTS)

    def transfer(seed: int) -> str:
        chance = random.Random(seed)
        for n in range(25):
            payer, payee, *_ = chance.sample(lots, 2)
            cents = chance.randint(1, 400)
            moves = [Move(payer, -cents), Move(payee, cents)]
            key = f"transfer:{seed}:{n}"
            if balance_cents(payer.code) > 10 * cents:
                posting.post(key=key, kind="move", moves=moves, effective_on=TODAY)
        return "done"

    answers = all_at_once([partial(transfer, seed) for seed in range(8)])

    assert answers == ["done"] * 8
    assert sum(balances("lot:").values()) == 12_000
    assert audit().is_clean


def slow_draw_meets_a_split() -> list[object]:
    """What comes of a draw that began before a split and ends after it was asked."""
    give(FUND, 1_000)
    is_locked = threading.Event()

    def draw() -> str:
        with transaction.atomic():
            posting.lock_accounts([FARM, FUND])
            is_locked.set()
            wait_until_somebody_waits()
            return take("slow:1")

    def split_meanwhile() -> str:
        assert is_locked.wait(60)
        split(code=FUND.code, num_parts=NUM_PARTS)
        return "split"

    give(FARM, 1)
    return all_at_once([draw, split_meanwhile])


def test_a_split_waits_for_the_postings_that_have_begun() -> None:
    assert slow_draw_meets_a_split() == ["hold", "split"]
    kept = Part.objects.values_list("balance_cents", flat=True)
    assert list(kept) == [225] * NUM_PARTS


def test_without_the_lock_a_split_and_a_draw_end_in_a_deadlock() -> None:
    alone = ("ledger_lock", "PERFORM pg_advisory_xact_lock_shared(20260102);", "")

    with rewritten(*alone):
        answers = slow_draw_meets_a_split()

    assert "deadlock" in answers
