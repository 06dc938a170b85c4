"""An account in parts is one account to whoever posts, reads and audits."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connections, transaction

from hub.ledger import posting
from hub.ledger.audit import audit
from hub.ledger.core.accounts import Move
from hub.ledger.core.errors import NotEnoughMoney
from hub.ledger.models import Balance, Part
from hub.ledger.splitting import split
from hub.ledger.statements import balance_cents, balances, statement, total_cents
from tests.factories.ledger import FARM, FUND, TODAY, give

pytestmark = pytest.mark.django_db(transaction=True)


def parts() -> list[int]:
    rows = Part.objects.order_by("number")
    return list(rows.values_list("balance_cents", flat=True))


def pay(amount_cents: int, key: str) -> None:
    moves = [Move(FUND, -amount_cents), Move(FARM, amount_cents)]
    posting.post(key=key, kind="payment", moves=moves, effective_on=TODAY)


def test_a_balance_is_laid_out_evenly_and_stays_what_it_is() -> None:
    give(FUND, 1_002)

    told = split(code=FUND.code, num_parts=4)

    assert (told, parts()) == (1_002, [251, 251, 250, 250])
    assert Balance.objects.get().balance_cents == 0
    assert balance_cents(FUND.code) == total_cents("fund:") == 1_002
    assert balances("fund:") == {FUND.code: 1_002}
    assert audit().is_clean


def test_a_small_draw_takes_one_part() -> None:
    give(FUND, 1_000)
    split(code=FUND.code, num_parts=4)

    pay(200, "small")

    assert sorted(parts()) == [50, 250, 250, 250]


def test_a_draw_larger_than_any_part_takes_from_several() -> None:
    give(FUND, 1_000)
    split(code=FUND.code, num_parts=4)

    pay(999, "large")

    assert (parts(), balance_cents(FUND.code)) == ([1, 0, 0, 0], 1)
    assert audit().is_clean


def test_a_refusal_tells_the_whole_balance_and_moves_nothing() -> None:
    give(FUND, 1_000)
    split(code=FUND.code, num_parts=4)

    with pytest.raises(NotEnoughMoney) as refused:
        pay(1_001, "much")

    assert refused.value.data == {
        "account": FUND.code,
        "balance_cents": 1_000,
        "missing_cents": 1,
    }
    assert (parts(), balance_cents(FARM.code)) == ([250] * 4, 0)


def test_holds_reversals_and_statements_know_no_parts() -> None:
    give(FUND, 1_000)
    split(code=FUND.code, num_parts=16)
    posting.hold(key="order:1", kind="draw", draws=[(FUND, 900)], effective_on=TODAY)
    posting.capture(
        key="bill:1",
        hold_key="order:1",
        kind="sale",
        amount_cents=400,
        moves_to=[Move(FARM, 400)],
        effective_on=TODAY,
    )
    posting.reverse(key="undo:1", posting_key="bill:1", effective_on=TODAY)
    posting.release(key="back:1", hold_key="order:1", effective_on=TODAY)

    lines = statement(FUND.code, since=TODAY, until=date(2026, 9, 2)).lines

    assert [line.balance_cents for line in lines] == [1_000, 100, 1_000]
    assert balances("") == {
        "bank:montreal": -1_000,
        "farm:k7": 0,
        FUND.code: 1_000,
        "hold:order:1": 0,
    }
    assert audit().is_clean


def test_an_account_is_merged_again() -> None:
    give(FUND, 1_000)
    split(code=FUND.code, num_parts=4)
    pay(300, "small")

    told = split(code=FUND.code, num_parts=0)

    assert (told, parts(), Balance.objects.get().balance_cents) == (700, [], 700)
    assert audit().is_clean


@pytest.mark.parametrize(
    ("code", "num_parts"),
    [
        (FARM.code, 4),
        ("hold:order:1", 4),
        ("fund:never", 4),
        (FUND.code, 1),
        (FUND.code, 65),
        (FUND.code, -1),
    ],
)
def test_what_cannot_be_split_is_refused(code: str, num_parts: int) -> None:
    give(FUND, 1_000)
    give(FARM, 1_000)
    posting.hold(key="order:1", kind="draw", draws=[(FUND, 900)], effective_on=TODAY)

    with pytest.raises(CommandError):
        call_command("ledger_split", "--", code, str(num_parts))

    assert parts() == []
    assert audit().is_clean


def test_the_command_tells_the_balance() -> None:
    give(FUND, 1_000)
    said = StringIO()

    call_command("ledger_split", FUND.code, "4", stdout=said)
    call_command("ledger_split", FUND.code, "0", stdout=said)

    assert said.getvalue().splitlines() == [
        "fund:montreal: 1000 cents in 4 parts",
        "fund:montreal: 1000 cents in one piece",
    ]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_part SET balance_cents = balance_cents + 1",
        "INSERT INTO ledger_part (account_id, number, balance_cents)"
        " SELECT id, 9, 9 FROM ledger_account WHERE floored",
        "DELETE FROM ledger_part",
        "SELECT ledger_move_parts(id, 5) FROM ledger_account WHERE floored",
        "SELECT ledger_lay_out(id, 5) FROM ledger_account WHERE floored",
    ],
)
def test_the_runtime_role_has_no_way_to_write_a_part(statement: str) -> None:
    give(FUND, 1_000)
    split(code=FUND.code, num_parts=4)

    with (
        pytest.raises(DatabaseError, match="permission denied"),
        connections["default"].cursor() as cursor,
    ):
        cursor.execute(statement)

    assert parts() == [250] * 4


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (
            "UPDATE ledger_part SET balance_cents = 249 WHERE number = 0",
            "keeps 999 cents, its entries sum to 1000",
        ),
        (
            "UPDATE ledger_part SET balance_cents = 0 WHERE number = 0;"
            "UPDATE ledger_part SET balance_cents = 500 WHERE number = 1;"
            "DELETE FROM ledger_part WHERE number = 0",
            "lost 1 of its parts",
        ),
    ],
)
def test_the_audit_finds_one_cent_or_one_part_out_of_place(
    change: str, fault: str
) -> None:
    give(FUND, 1_000)
    split(code=FUND.code, num_parts=4)
    with connections["owner"].cursor() as cursor:
        cursor.execute(change)

    found = audit().checks["balances equal entries"]

    assert [(each.subject, each.fault) for each in found] == [(FUND.code, fault)]


def test_the_table_stops_a_part_below_zero() -> None:
    give(FUND, 1_000)
    split(code=FUND.code, num_parts=4)

    with (
        pytest.raises(DatabaseError, match="ledger_part_not_below_zero"),
        transaction.atomic(using="owner"),
        connections["owner"].cursor() as cursor,
    ):
        cursor.execute(
            "SELECT ledger_move_parts(id, -1001) FROM ledger_account WHERE floored"
        )

    assert parts() == [250] * 4


def test_on_the_way_back_split_accounts_are_merged() -> None:
    give(FUND, 1_000)
    split(code=FUND.code, num_parts=4)

    call_command("migrate", "ledger", "0005", verbosity=0)
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT balance_cents FROM ledger_balance")
        kept = cursor.fetchall()
    call_command("migrate", "ledger", verbosity=0)

    assert kept == [(1_000,)]
    pay(300, "small")
    assert balance_cents(FUND.code) == 700
