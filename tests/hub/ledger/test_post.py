"""`post` and `reverse`: money moves once per key, and is undone once."""

from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction

from hub.ledger import posting
from hub.ledger.core.accounts import AccountRef, Move, hold_account
from hub.ledger.core.errors import (
    AlreadyReversed,
    KeyReused,
    NotEnoughMoney,
    NotReversible,
    PostingUnknown,
)
from hub.ledger.models import Account, Entry, Posting, Refusal
from hub.ledger.posting import journal
from hub.ledger.statements import balance_cents, balances
from tests.factories.ledger import BANK, FARM, FUND, TODAY, give

pytestmark = pytest.mark.django_db
PAYMENT: dict[str, Any] = {
    "key": "payment:1",
    "kind": "payment",
    "moves": [Move(FUND, -400), Move(FARM, 400)],
    "effective_on": TODAY,
    "memo": "carottes",
}


def test_money_moves_from_one_account_to_the_other():
    give(FUND, 1_000)

    done = posting.post(**PAYMENT)

    assert (done.key, done.verb, done.kind) == ("payment:1", "post", "payment")
    assert balances("f") == {"farm:k7": 400, "fund:montreal": 600}
    assert balance_cents("bank:montreal") == -1_000


def test_a_posting_knows_when_it_was_recorded_and_for_which_day():
    done = posting.post(**PAYMENT | {"moves": []})

    with connection.cursor() as cursor:
        cursor.execute("SELECT transaction_timestamp()")
        (moment,) = cursor.fetchone()
    assert (done.recorded_at, done.effective_on) == (moment, TODAY)
    assert Posting.objects.get() == done
    assert Posting.objects.get().recorded_at == moment


def test_the_same_key_and_content_answers_with_the_first_posting():
    give(FUND, 1_000)
    first = posting.post(**PAYMENT)

    second = posting.post(**PAYMENT)

    assert second == first
    assert second.recorded_at == first.recorded_at
    assert balance_cents("fund:montreal") == 600


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "sale"},
        {"moves": [Move(FUND, -401), Move(FARM, 401)]},
        {"effective_on": date(2026, 9, 2)},
        {"memo": ""},
    ],
)
def test_the_same_key_with_other_content_is_refused(change):
    give(FUND, 1_000)
    posting.post(**PAYMENT)

    with pytest.raises(KeyReused) as refusal:
        posting.post(**PAYMENT | change)

    assert refusal.value.data == {"key": "payment:1"}
    assert balance_cents("fund:montreal") == 600


def test_a_floored_account_stops_at_zero():
    give(FUND, 400)
    posting.post(**PAYMENT)

    with pytest.raises(NotEnoughMoney) as refusal:
        posting.post(**PAYMENT | {"key": "payment:2"})

    assert refusal.value.data == {
        "account": "fund:montreal",
        "balance_cents": 0,
        "missing_cents": 400,
    }
    assert balances("f") == {"farm:k7": 400, "fund:montreal": 0}
    assert not Posting.objects.filter(key="payment:2").exists()


def test_an_unfloored_account_may_go_below_zero():
    posting.post(**PAYMENT | {"moves": [Move(FARM, -400), Move(BANK, 400)]})

    assert balances("") == {"bank:montreal": 400, "farm:k7": -400}


def test_moves_on_one_account_count_together():
    give(FUND, 100)
    moves = [Move(FUND, -400), Move(FUND, 350), Move(FARM, 50)]

    posting.post(**PAYMENT | {"moves": moves})

    assert balances("f") == {"farm:k7": 50, "fund:montreal": 50}
    assert list(
        Entry.objects.filter(posting__key="payment:1")
        .order_by("position")
        .values_list("account__code", "amount_cents")
    ) == [("fund:montreal", -400), ("fund:montreal", 350), ("farm:k7", 50)]


def test_a_posting_of_nothing_only_takes_its_key():
    moves = [Move(FUND, 0), Move(FARM, 0)]

    posting.post(**PAYMENT | {"moves": moves})

    assert Posting.objects.count() == 1
    assert not Entry.objects.exists()
    assert not Account.objects.exists()


@pytest.mark.parametrize(
    ("moves", "complaint"),
    [
        ([Move(FUND, -5), Move(FARM, 6)], "sum to 1 cents"),
        ([Move(hold_account("x"), 5), Move(FARM, -5)], "belongs to the holds"),
        (
            [Move(FARM, 5), Move(AccountRef("farm:k7", floored=True), -5)],
            "floored and not floored",
        ),
    ],
)
def test_malformed_moves_leave_nothing_behind(moves, complaint):
    with pytest.raises(ValueError, match=complaint):
        posting.post(**PAYMENT | {"moves": moves})

    assert (Posting.objects.count(), Account.objects.count()) == (0, 0)


def test_an_account_is_floored_for_ever_or_never():
    give(FUND, 400)
    mistaken = AccountRef(FUND.code, floored=False)

    with pytest.raises(ValueError, match="was opened with floored=True"):
        posting.post(**PAYMENT | {"moves": [Move(mistaken, -5), Move(FARM, 5)]})

    assert balances("f") == {"fund:montreal": 400}


def test_a_reversal_posts_the_opposite():
    give(FUND, 1_000)
    posting.post(**PAYMENT)

    undone = posting.reverse(
        key="undo:1", posting_key="payment:1", effective_on=date(2026, 9, 3)
    )

    assert (undone.verb, undone.kind) == ("reverse", "payment")
    assert undone.reversal_of.original.key == "payment:1"
    assert balances("f") == {"farm:k7": 0, "fund:montreal": 1_000}


def test_a_reversal_sent_twice_moves_money_once():
    give(FUND, 1_000)
    posting.post(**PAYMENT)
    undo: dict[str, Any] = {
        "key": "undo:1",
        "posting_key": "payment:1",
        "effective_on": TODAY,
    }
    first = posting.reverse(**undo)

    assert posting.reverse(**undo) == first
    assert balance_cents("fund:montreal") == 1_000


def test_a_posting_is_reversed_once_only():
    give(FUND, 1_000)
    posting.post(**PAYMENT)
    posting.reverse(key="undo:1", posting_key="payment:1", effective_on=TODAY)

    with pytest.raises(AlreadyReversed) as refusal:
        posting.reverse(key="undo:2", posting_key="payment:1", effective_on=TODAY)

    assert refusal.value.data == {"posting": "payment:1", "reversal": "undo:1"}
    assert balance_cents("fund:montreal") == 1_000


def test_a_reversal_is_not_reversed():
    give(FUND, 1_000)
    posting.post(**PAYMENT)
    posting.reverse(key="undo:1", posting_key="payment:1", effective_on=TODAY)

    with pytest.raises(NotReversible) as refusal:
        posting.reverse(key="redo:1", posting_key="undo:1", effective_on=TODAY)

    assert refusal.value.data == {"posting": "undo:1", "verb": "reverse"}
    assert balance_cents("fund:montreal") == 1_000


def test_money_already_spent_cannot_be_taken_back():
    gift = give(FUND, 1_000)
    posting.post(**PAYMENT)

    with pytest.raises(NotEnoughMoney) as refusal:
        posting.reverse(key="undo:1", posting_key=gift.key, effective_on=TODAY)

    assert refusal.value.data["missing_cents"] == 400
    assert balance_cents("fund:montreal") == 600


def test_an_unknown_posting_may_be_reversed_once_it_is_known():
    with pytest.raises(PostingUnknown) as refusal:
        posting.reverse(key="undo:1", posting_key="payment:1", effective_on=TODAY)
    give(FUND, 1_000)
    posting.post(**PAYMENT)

    posting.reverse(key="undo:1", posting_key="payment:1", effective_on=TODAY)

    assert refusal.value.data == {"posting": "payment:1"}
    assert balance_cents("fund:montreal") == 1_000


@pytest.mark.django_db(transaction=True)
def test_a_refused_key_stays_refused_when_money_has_come_in():
    with pytest.raises(NotEnoughMoney) as early:
        posting.post(**PAYMENT)
    give(FUND, 1_000)

    with pytest.raises(NotEnoughMoney) as late:
        posting.post(**PAYMENT)

    assert (
        late.value.data
        == early.value.data
        == {"account": "fund:montreal", "balance_cents": 0, "missing_cents": 400}
    )
    assert balance_cents("fund:montreal") == 1_000
    assert not Posting.objects.filter(key="payment:1").exists()


@pytest.mark.django_db(transaction=True)
def test_a_refusal_survives_the_rollback_of_the_callers_work():
    give(FUND, 300)

    with pytest.raises(NotEnoughMoney):
        _work_that_is_refused()

    assert not Posting.objects.filter(key="work").exists()
    assert list(Refusal.objects.values_list("key", "code")) == [
        ("payment:1", "not_enough_money")
    ]


@pytest.mark.django_db(transaction=True)
def test_a_refusal_survives_when_the_caller_goes_on():
    with transaction.atomic():
        give(FUND, 300)
        with pytest.raises(NotEnoughMoney):
            posting.post(**PAYMENT)
        give(FUND, 700, key="gift:more")

    with pytest.raises(NotEnoughMoney):
        posting.post(**PAYMENT)

    assert balance_cents("fund:montreal") == 1_000


@pytest.mark.django_db(transaction=True)
def test_a_refused_key_with_other_content_is_a_reused_key():
    with pytest.raises(NotEnoughMoney):
        posting.post(**PAYMENT)

    with pytest.raises(KeyReused):
        posting.post(**PAYMENT | {"memo": "navets"})

    assert not Posting.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_late_retry_of_a_refusal_needs_no_second_connection(monkeypatch):
    with pytest.raises(NotEnoughMoney):
        posting.post(**PAYMENT)
    monkeypatch.setattr(journal, "JOURNAL", "no such alias")

    with pytest.raises(NotEnoughMoney):
        posting.post(**PAYMENT)

    assert Refusal.objects.count() == 1


@transaction.atomic
def _work_that_is_refused():
    give(BANK, 1, key="work")
    posting.post(**PAYMENT)
