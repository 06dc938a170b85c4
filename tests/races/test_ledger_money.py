"""The last dollars asked by many at once: never below zero, nobody waits for ever."""

import random
import time
from collections import Counter
from functools import partial

import pytest
from django.db import transaction
from django.db.models import Sum

from hub.ledger import posting
from hub.ledger.core.accounts import AccountRef, Move
from hub.ledger.models import Balance, Entry, Posting
from hub.ledger.statements import balance_cents, balances
from tests.factories.ledger import FARM, FUND, TODAY, give
from tests.races.crowd import (
    NO_LEDGER_LOCK,
    all_at_once,
    rewritten,
    without_constraint,
)

pytestmark = pytest.mark.django_db(transaction=True)
NUM_TAKERS = 16
PAUSE = "RETURN NEXT; PERFORM pg_sleep(0.3);"


def take(key: str, amount_cents: int = 100) -> str:
    return posting.hold(
        key=key, kind="draw", draws=[(FUND, amount_cents)], effective_on=TODAY
    ).verb


def takers() -> list[object]:
    return all_at_once([partial(take, f"order:{n}") for n in range(NUM_TAKERS)])


def test_the_funds_last_dollars_asked_sixteen_times_at_once() -> None:
    give(FUND, 500)

    answers = takers()

    assert Counter(answers) == {"hold": 5, "not_enough_money": NUM_TAKERS - 5}
    assert balance_cents("fund:montreal") == 0
    assert list(balances("hold:").values()) == [100] * 5


def test_without_the_lock_takers_run_into_the_tables_floor() -> None:
    give(FUND, 500)

    with rewritten(*NO_LEDGER_LOCK):
        answers = Counter(takers())

    assert answers["stopped by the table"] > 0
    assert balance_cents("fund:montreal") == 0


def test_without_lock_and_floor_the_fund_is_overdrawn() -> None:
    with without_constraint("ledger_balance", "ledger_balance_not_below_zero"):
        give(FUND, 500)
        with rewritten(*NO_LEDGER_LOCK):
            takers()
        left_cents = balance_cents("fund:montreal")

    assert left_cents < 0


def test_a_hold_captured_by_many_at_once_is_spent_once() -> None:
    give(FUND, 500)
    take("order:1", 500)

    def capture(n: int) -> str:
        return posting.capture(
            key=f"bill:{n}",
            hold_key="order:1",
            kind="sale",
            amount_cents=100,
            moves_to=[Move(FARM, 100)],
            effective_on=TODAY,
        ).verb

    answers = all_at_once([partial(capture, n) for n in range(NUM_TAKERS)])

    assert Counter(answers) == {"capture": 5, "hold_exhausted": NUM_TAKERS - 5}
    assert balances("") == {
        "bank:montreal": -500,
        "farm:k7": 500,
        "fund:montreal": 0,
        "hold:order:1": 0,
    }


def test_captures_and_releases_at_once_share_one_hold_to_the_cent() -> None:
    give(FUND, 500)
    take("order:1", 500)

    def settle(n: int) -> str:
        if n % 2:
            return posting.release(
                key=f"back:{n}", hold_key="order:1", amount_cents=70, effective_on=TODAY
            ).verb
        return posting.capture(
            key=f"bill:{n}",
            hold_key="order:1",
            kind="sale",
            amount_cents=70,
            moves_to=[Move(FARM, 70)],
            effective_on=TODAY,
        ).verb

    answers = Counter(all_at_once([partial(settle, n) for n in range(NUM_TAKERS)]))

    assert answers["capture"] + answers["release"] == 7
    assert answers["hold_exhausted"] == NUM_TAKERS - 7
    assert balances("f") == {
        "farm:k7": 70 * answers["capture"],
        "fund:montreal": 70 * answers["release"],
    }


def test_expired_holds_given_back_twice_at_once_are_given_back_once() -> None:
    give(FUND, 500)
    expiry = Posting.objects.get().recorded_at
    for n in range(5):
        posting.hold(
            key=f"order:{n}",
            kind="draw",
            draws=[(FUND, 100)],
            effective_on=TODAY,
            expires_at=expiry,
        )

    answers = all_at_once(
        [lambda: {p.key for p in posting.release_expired(now=expiry)}] * 4
    )

    released = {key for keys in answers if isinstance(keys, set) for key in keys}
    assert len(released) == 5
    assert all(isinstance(keys, set) for keys in answers)
    assert balance_cents("fund:montreal") == 500


def transfers(seed: int, accounts: list[AccountRef], num_transfers: int) -> str:
    """Random transfers between two to five accounts, in random order."""
    chance = random.Random(seed)
    for n in range(num_transfers):
        chosen = chance.sample(accounts, chance.randint(2, 5))
        amounts = [chance.randint(1, 50) for _ in chosen[1:]]
        moves = [
            Move(each, -cents) for each, cents in zip(chosen[1:], amounts, strict=True)
        ]
        moves.append(Move(chosen[0], sum(amounts)))
        posting.post(
            key=f"transfer:{seed}:{n}", kind="transfer", moves=moves, effective_on=TODAY
        )
    return "done"


def test_random_transfers_by_eight_at_once_never_wait_for_each_other() -> None:
    old = [AccountRef(f"lot:{n}", floored=True) for n in range(12)]
    new = [AccountRef(f"farm:{n}", floored=False) for n in range(8)]
    for account in old:
        give(account, 100_000)

    answers = all_at_once(
        [partial(transfers, seed, old + new, 25) for seed in range(8)]
    )

    assert answers == ["done"] * 8
    assert Entry.objects.aggregate(cents=Sum("amount_cents"))["cents"] == 0
    kept = Balance.objects.annotate(cents=Sum("account__entries__amount_cents"))
    assert [row.balance_cents for row in kept] == [row.cents for row in kept]


def test_accounts_opened_by_many_at_once_are_opened_once() -> None:
    codes = [AccountRef(f"lot:new{n}", floored=n % 2 == 0) for n in range(6)]

    def open_some(seed: int) -> str:
        moves = [Move(FARM, -6), *(Move(code, 1) for code in codes)]
        random.Random(seed).shuffle(moves)
        posting.post(key=f"gift:{seed}", kind="gift", moves=moves, effective_on=TODAY)
        return "done"

    answers = all_at_once([partial(open_some, seed) for seed in range(NUM_TAKERS)])

    assert answers == ["done"] * NUM_TAKERS
    assert balances("lot:") == {code.code: NUM_TAKERS for code in codes}


def test_locks_taken_in_any_order_do_end_in_a_deadlock() -> None:
    one, other = (AccountRef(f"lot:{n}", floored=True) for n in range(2))
    give(one, 1_000)
    give(other, 1_000)

    def swap(key: str, payer: AccountRef, payee: AccountRef) -> str:
        moves = [Move(payer, -10), Move(payee, 10)]
        posting.post(key=key, kind="transfer", moves=moves, effective_on=TODAY)
        return "done"

    payer_first = ("ORDER BY a.id", "ORDER BY 3", "RETURN NEXT;", PAUSE)
    with rewritten("ledger_lock", *payer_first):
        answers = all_at_once(
            [partial(swap, "a", one, other), partial(swap, "b", other, one)]
        )

    assert sorted(map(str, answers)) == ["deadlock", "done"]


def two_postings(first: AccountRef, second: AccountRef, *, lock: bool) -> str:
    """Two postings in one transaction, with a pause between them."""
    with transaction.atomic():
        if lock:
            posting.lock_accounts([first, second])
        give(first, 1, key=f"first:{first.code}")
        time.sleep(0.3)
        give(second, 1, key=f"second:{second.code}")
    return "done"


@pytest.mark.parametrize(("lock", "ends"), [(True, "done"), (False, "deadlock")])
def test_works_with_several_postings_lock_what_they_share_first(
    lock: bool, ends: str
) -> None:
    one, other = (AccountRef(f"lot:{n}", floored=True) for n in range(2))
    give(one, 1_000)
    give(other, 1_000)

    answers = all_at_once(
        [
            partial(two_postings, one, other, lock=lock),
            partial(two_postings, other, one, lock=lock),
        ]
    )

    assert sorted(map(str, answers)) == sorted([ends, "done"])


def test_a_lock_without_a_transaction_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="ends at once"):
        posting.lock_accounts([FUND])
