"""Locks of the ledger taken off one by one: each time something goes wrong."""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import pytest

from hub.ledger import posting, sealing
from hub.ledger.core.accounts import AccountRef, Move
from hub.ledger.core.content import Content
from hub.ledger.core.errors import KeptRefusal
from hub.ledger.models import Posting, Refusal
from hub.ledger.posting import journal
from hub.ledger.records import Record, unsealed_records
from hub.ledger.statements import balance_cents
from tests.factories.ledger import FARM, FUND, TODAY, give
from tests.races.crowd import all_at_once, rewritten

pytestmark = pytest.mark.django_db(transaction=True)


def pay(key: str) -> str:
    return posting.post(
        key=key,
        kind="payment",
        moves=[Move(FUND, -100), Move(FARM, 100)],
        effective_on=TODAY,
    ).verb


def refused_while_money_comes_in() -> tuple[list[object], int, int]:
    """A key refused; before the refusal is kept, a gift comes in and it is retried."""
    give(FUND, 99)
    is_short = threading.Event()

    def first() -> object:
        try:
            return pay("payment:1")
        finally:
            is_short.set()

    def gift_and_retry() -> object:
        time.sleep(0.3)
        give(FUND, 100, key="gift:late")
        return pay("payment:1")

    answers = all_at_once([first, gift_and_retry])
    num_effects = Posting.objects.filter(key="payment:1").count()
    return answers, num_effects, Refusal.objects.filter(key="payment:1").count()


def slow_journal(monkeypatch: pytest.MonkeyPatch) -> None:
    """The journal takes a while: in its own time the claim still stands."""
    kept = Refusal.objects.using

    def using(alias: str) -> object:
        time.sleep(1)
        return kept(alias)

    monkeypatch.setattr(Refusal.objects, "using", using)


def test_a_refusal_is_kept_before_its_claim_is_gone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    slow_journal(monkeypatch)

    told = refused_while_money_comes_in()

    assert told == (["not_enough_money"] * 2, 0, 1)


def test_a_refusal_kept_after_the_claim_is_gone_lets_a_retry_pay(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    slow_journal(monkeypatch)
    post_once, refusals_kept = journal.post_once, journal.refusals_kept

    @contextmanager
    def not_kept(_content: Content) -> Iterator[None]:
        yield

    def keep_too_late(content: Content, *, may_fall_later: bool) -> Posting:
        try:
            return post_once(content, may_fall_later=may_fall_later)
        except KeptRefusal as refusal:
            with refusals_kept(content):
                raise refusal from None

    monkeypatch.setattr(journal, "refusals_kept", not_kept)
    monkeypatch.setattr("hub.ledger.posting.verbs.post_once", keep_too_late)

    told = refused_while_money_comes_in()

    assert told == (["not_enough_money", "post"], 1, 1)


def open_two(first: str, second: str) -> str:
    refs = [AccountRef(code, floored=True) for code in (first, second)]
    moves = [Move(FARM, -2), *(Move(ref, 1) for ref in refs)]
    posting.post(key=f"open:{first}", kind="gift", moves=moves, effective_on=TODAY)
    return "done"


ONE_BY_ONE = (
    "ledger_open",
    "INSERT INTO ledger_account (code, floored)",
    """FOR place IN 2..array_length(codes, 1) LOOP
        INSERT INTO ledger_account (code, floored)
        VALUES (codes[place], true) ON CONFLICT DO NOTHING;
        PERFORM pg_sleep(0.4);
    END LOOP;
    INSERT INTO ledger_account (code, floored)""",
)
"""New accounts opened in the order in which they are named, with a pause."""


def test_accounts_opened_in_any_order_do_end_in_a_deadlock() -> None:
    give(FARM, 100)
    works = [partial(open_two, "a", "b"), partial(open_two, "b", "a")]

    with rewritten(*ONE_BY_ONE):
        answers = all_at_once(works)

    assert sorted(map(str, answers)) == ["deadlock", "done"]


def test_accounts_opened_by_alphabet_never_do() -> None:
    give(FARM, 100)
    works = [partial(open_two, "a", "b"), partial(open_two, "b", "a")]

    assert all_at_once(works) == ["done"] * 2


def test_without_the_mark_a_posting_is_undone_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    give(FUND, 100)
    pay("payment:1")
    give(FARM, 100)
    monkeypatch.setattr("hub.ledger.posting.verbs._mark_reversed", lambda *_a, **_k: 0)

    def undo(n: int) -> str:
        return posting.reverse(
            key=f"undo:{n}", posting_key="payment:1", effective_on=TODAY
        ).verb

    answers = Counter(all_at_once([partial(undo, n) for n in range(2)]))

    assert answers == {"reverse": 2}
    assert balance_cents(FUND.code) == 200


def test_two_sealers_without_their_lock_run_into_each_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for n in range(30):
        give(FARM, 1, key=f"gift:{n}")

    def read_slowly(limit: int) -> list[Record]:
        records = list(unsealed_records(limit))
        time.sleep(0.5)
        return records

    monkeypatch.setattr(sealing, "unsealed_records", read_slowly)
    keys = iter(range(1, 100))

    def seal() -> object:
        monkeypatch.setattr(sealing, "_ONE_SEALER", next(keys))
        return sealing.seal(limit=10)

    answers = Counter(map(str, all_at_once([seal] * 4)))

    assert answers["stopped by the table"] > 0
