"""Rolled-up sums: read in place of their entries, and proved against them."""

from datetime import date

import pytest
from django.db import connections, transaction

from hub.ledger import posting
from hub.ledger.audit import audit
from hub.ledger.core.accounts import Move
from hub.ledger.models import Rollup
from hub.ledger.rollups import roll_up
from hub.ledger.statements import balance_cents, balances, balances_of
from tests.factories.ledger import FARM, FUND, give

pytestmark = pytest.mark.django_db
DAY = date(2026, 9, 1)


def pay(n, cents=1):
    posting.post(
        key=f"pay:{n}",
        kind="payment",
        moves=[Move(FUND, -cents), Move(FARM, cents)],
        effective_on=DAY,
    )


@pytest.fixture(autouse=True)
def five_payments():
    give(FUND, 1_000)
    for n in range(5):
        pay(n)


def test_an_account_with_enough_new_entries_is_rolled_up_once():
    assert (roll_up(worth=5), roll_up(worth=1)) == (1, 1)

    rolled = {row.account.code: row.balance_cents for row in Rollup.objects.all()}
    assert rolled == {"farm:k7": 5, "bank:montreal": -1_000}


def test_a_kept_balance_is_never_rolled_up():
    roll_up(worth=1)

    assert not Rollup.objects.filter(account__floored=True).exists()


def test_a_balance_is_the_rollup_and_what_came_since():
    roll_up(worth=1)
    pay(6, 30)
    roll_up(worth=1)
    pay(7, 400)

    assert balance_cents("farm:k7") == 435
    assert balances_of(["farm:k7", "farm:none"]) == {"farm:k7": 435, "farm:none": 0}
    assert balances("f") == {"farm:k7": 435, "fund:montreal": 565}
    assert audit().is_clean


def test_a_prefix_is_meant_letter_by_letter():
    assert balances("farm_k7") == balances("f%") == {}


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_the_audit_finds_a_wrong_rollup():
    roll_up(worth=5)
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute(
            "ALTER TABLE ledger_rollup DISABLE TRIGGER USER;"
            "UPDATE ledger_rollup SET balance_cents = 6;"
            "ALTER TABLE ledger_rollup ENABLE TRIGGER USER"
        )

    found = audit().checks["rollups equal entries"]

    assert [str(each.subject) for each in found] == ["farm:k7"]
