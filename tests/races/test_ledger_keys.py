"""One key sent by many at once has one outcome, and everyone is told the same."""

import time
from collections import Counter
from functools import partial

import pytest
from django.db import transaction

from hub.ledger import posting, sealing
from hub.ledger.audit import audit
from hub.ledger.core.accounts import Move
from hub.ledger.core.errors import NotEnoughMoney
from hub.ledger.models import Entry, Posting, Refusal
from hub.ledger.statements import balance_cents
from tests.factories.ledger import FARM, FUND, TODAY, give
from tests.races.crowd import all_at_once, rewritten, without_constraint

pytestmark = pytest.mark.django_db(transaction=True)
NUM_SENT = 50


def pay(key: str = "payment:1") -> tuple[int, str]:
    done = posting.post(
        key=key,
        kind="payment",
        moves=[Move(FUND, -100), Move(FARM, 100)],
        effective_on=TODAY,
    )
    return done.pk, done.recorded_at.isoformat()


LOOK_THEN_INSERT = (
    "ledger_claim",
    "BEGIN\n    INSERT INTO",
    """BEGIN
    IF EXISTS (SELECT FROM ledger_posting p WHERE p.key = a_key) THEN
        outcome := 'known';
        RETURN;
    END IF;
    PERFORM pg_sleep(0.2);
    INSERT INTO""",
    "ON CONFLICT (key) DO NOTHING",
    "",
)
"""The claim of a key as it must not be written: read, pause, insert."""


def test_one_key_sent_fifty_times_at_once_has_one_effect() -> None:
    give(FUND, 10_000)

    answers = all_at_once([pay] * NUM_SENT)

    only = Posting.objects.get(key="payment:1")
    assert answers == [(only.pk, only.recorded_at.isoformat())] * NUM_SENT
    assert Entry.objects.filter(posting=only).count() == 2
    assert balance_cents("fund:montreal") == 9_900


def test_without_the_claim_one_key_has_several_effects() -> None:
    give(FUND, 10_000)

    with (
        without_constraint("ledger_posting", "ledger_posting_key_key"),
        rewritten(*LOOK_THEN_INSERT),
    ):
        all_at_once([pay] * 8)
        charged_cents = balance_cents("farm:k7")

    assert charged_cents > 100


def test_without_the_claim_the_table_stops_the_second_effect() -> None:
    give(FUND, 10_000)

    with rewritten(*LOOK_THEN_INSERT):
        answers = Counter(all_at_once([pay] * 8))

    assert answers["stopped by the table"] > 0
    assert balance_cents("farm:k7") == 100


def refused(key: str = "payment:1") -> object:
    """What a sender is told, inside a work that has already moved money."""
    try:
        with transaction.atomic():
            give(FARM, 1, key=f"work:{time.monotonic_ns()}")
            return pay(key)
    except NotEnoughMoney as refusal:
        return refusal.data


def test_one_refused_key_sent_fifty_times_at_once_is_refused_alike() -> None:
    give(FUND, 99)

    answers = all_at_once([refused] * NUM_SENT)

    told = {"account": "fund:montreal", "balance_cents": 99, "missing_cents": 1}
    assert answers == [told] * NUM_SENT
    assert [row.data for row in Refusal.objects.all()] == [told]
    assert not Posting.objects.filter(key__startswith="work:").exists()


def test_money_coming_in_meanwhile_changes_the_outcome_for_all_or_none() -> None:
    def money_comes_in() -> object:
        return give(FUND, 100, key="gift:late").verb

    answers = all_at_once([refused] * 10 + [money_comes_in] + [refused] * 10)

    told = [answer for answer in answers if answer != "post"]
    assert len(told) == 20
    assert all(answer == told[0] for answer in told)
    num_effects = Posting.objects.filter(key="payment:1").count()
    assert num_effects + Refusal.objects.filter(key="payment:1").count() == 1
    assert (
        balance_cents("farm:k7")
        == 100 * num_effects + Posting.objects.filter(key__startswith="work:").count()
    )


def test_many_refused_keys_inside_open_works_never_wait_for_each_other() -> None:
    give(FUND, 99)

    answers = all_at_once([partial(refused, f"payment:{n}") for n in range(16)])

    told = {"account": "fund:montreal", "balance_cents": 99, "missing_cents": 1}
    assert answers == [told] * 16
    assert Refusal.objects.count() == 16


def test_a_posting_reversed_by_many_at_once_is_reversed_once() -> None:
    give(FUND, 100)
    pay()

    def undo(n: int) -> str:
        return posting.reverse(
            key=f"undo:{n}", posting_key="payment:1", effective_on=TODAY
        ).verb

    answers = Counter(all_at_once([partial(undo, n) for n in range(16)]))

    assert answers == {"reverse": 1, "already_reversed": 15}
    assert balance_cents("fund:montreal") == 100


def test_two_sealers_at_once_make_one_chain() -> None:
    for n in range(30):
        give(FARM, 1, key=f"gift:{n}")

    answers = all_at_once([partial(sealing.seal, limit=10)] * 4)

    assert sorted(map(str, answers)) == ["0", "10", "10", "10"]
    assert audit().checks["seals form one chain"] == []


def test_an_audit_while_money_moves_sees_one_moment() -> None:
    def pay_often() -> str:
        for n in range(40):
            give(FUND, 1, key=f"gift:{n}")
        return "done"

    def audit_often() -> bool:
        return all(audit().is_clean for _ in range(5))

    answers = all_at_once([pay_often, audit_often])

    assert answers == ["done", True]
