"""What the database itself refuses to raw SQL, whoever sends it."""

import pytest
from django.db import IntegrityError, ProgrammingError, connections, transaction

from hub.ledger import posting
from hub.ledger.core.accounts import Move
from hub.ledger.models import Balance, Entry, Posting
from hub.ledger.rights import APPEND_ONLY_TABLES, BALANCE_TABLE
from hub.ledger.statements import balances
from tests.factories.ledger import BANK, FARM, FUND, TODAY, give

pytestmark = pytest.mark.django_db(databases=["default", "owner"])
COLUMNS = {
    "ledger_account": "code",
    "ledger_posting": "memo",
    "ledger_entry": "amount_cents",
    "ledger_reversal": "original_id",
    "ledger_refusal": "code",
    "ledger_seal": "chain_sha256",
    "ledger_periodend": "num_postings",
    "ledger_dayproof": "is_clean",
    "ledger_rollup": "balance_cents",
    "ledger_balance": "balance_cents",
}
NEW_POSTING = """
    INSERT INTO ledger_posting
        (key, verb, kind, effective_on, memo, content_sha256, recorded_at)
    VALUES ('raw:1', 'post', 'raw', '2026-09-01', '', '', '2020-01-01T00:00:00Z')
"""
NEW_ENTRIES = """
    INSERT INTO ledger_entry (posting_id, position, account_id, amount_cents)
    SELECT p.id, v.position, a.id, v.amount_cents
    FROM (VALUES {rows}) AS v (position, code, amount_cents)
    JOIN ledger_account a ON a.code = v.code JOIN ledger_posting p ON p.key = 'raw:1'
"""


@pytest.fixture(autouse=True)
def payment():
    give(FUND, 1_000)
    return posting.post(
        key="payment:1",
        kind="payment",
        moves=[Move(FUND, -400), Move(FARM, 400)],
        effective_on=TODAY,
    )


def run(*statements, alias="default", commit=False):
    """Send raw SQL in a transaction of its own, with the checks of its commit."""
    with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
        if not commit:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def entries(*rows):
    values = ", ".join(f"({n}, '{code}', {cents})" for n, code, cents in rows)
    return NEW_ENTRIES.format(rows=values)


def nothing_moved():
    return balances("f") == {"farm:k7": 400, "fund:montreal": 600} and (
        Posting.objects.count(),
        Entry.objects.count(),
    ) == (2, 4)


@pytest.mark.parametrize("table", [*APPEND_ONLY_TABLES, BALANCE_TABLE])
@pytest.mark.parametrize("attack", ["UPDATE", "DELETE", "TRUNCATE"])
def test_the_runtime_role_may_not_change_a_row(table, attack):
    column = COLUMNS[table]
    statement = {
        "UPDATE": f"UPDATE {table} SET {column} = {column}",
        "DELETE": f"DELETE FROM {table}",
        "TRUNCATE": f"TRUNCATE {table} CASCADE",
    }[attack]

    with pytest.raises(ProgrammingError, match="permission denied"):
        run(statement)

    assert nothing_moved()


def test_the_runtime_role_may_not_switch_the_guards_off():
    with pytest.raises(ProgrammingError, match="must be owner"):
        run("ALTER TABLE ledger_entry DISABLE TRIGGER USER")

    assert nothing_moved()


@pytest.mark.parametrize("table", APPEND_ONLY_TABLES)
@pytest.mark.parametrize("attack", ["UPDATE", "DELETE"])
def test_even_the_owner_meets_the_trigger(table, attack):
    column = COLUMNS[table]
    statement = {
        "UPDATE": f"UPDATE {table} SET {column} = {column}",
        "DELETE": f"DELETE FROM {table}",
    }[attack]

    with pytest.raises(IntegrityError, match="are never changed"):
        run(statement, alias="owner")

    assert nothing_moved()


def test_a_balanced_posting_by_hand_is_counted_like_any_other():
    run(NEW_POSTING, entries((0, "fund:montreal", -5), (1, "farm:k7", 5)))

    assert balances("f") == {"farm:k7": 405, "fund:montreal": 595}
    assert Balance.objects.get().balance_cents == 595


@pytest.mark.django_db(transaction=True)
def test_a_lopsided_posting_fails_at_commit():
    lopsided = entries((0, "fund:montreal", -5), (1, "farm:k7", 6))

    with pytest.raises(IntegrityError, match="sums to 1 cents"):
        run(NEW_POSTING, lopsided, commit=True)

    assert nothing_moved()


def test_an_account_is_stopped_at_zero_without_our_code():
    with pytest.raises(IntegrityError, match="ledger_balance_not_below_zero"):
        run(NEW_POSTING, entries((0, "fund:montreal", -601), (1, "farm:k7", 601)))

    assert nothing_moved()


@pytest.mark.django_db(transaction=True)
def test_entries_are_not_added_to_an_old_posting():
    old = entries((8, "fund:montreal", -5), (9, "farm:k7", 5))

    with pytest.raises(IntegrityError, match="together with their posting"):
        run(old.replace("raw:1", "payment:1"))

    assert nothing_moved()


@pytest.mark.django_db(transaction=True)
def test_the_moment_of_recording_is_the_servers():
    run(NEW_POSTING)

    raw = Posting.objects.get(key="raw:1")
    assert raw.recorded_at > Posting.objects.get(key="payment:1").recorded_at


def test_a_temporary_table_does_not_divert_the_guards():
    with pytest.raises(IntegrityError, match="ledger_balance_not_below_zero"):
        run(
            "CREATE TEMPORARY TABLE ledger_balance ON COMMIT DROP AS"
            " SELECT account_id, 1000000 AS balance_cents FROM public.ledger_balance",
            NEW_POSTING,
            entries((0, "fund:montreal", -601), (1, "farm:k7", 601)),
        )

    assert nothing_moved()


@pytest.mark.parametrize(
    ("statement", "complaint"),
    [
        (
            "INSERT INTO ledger_balance SELECT id, 5 FROM ledger_account"
            " WHERE code = 'fund:new'",
            "begins at zero",
        ),
        (
            "INSERT INTO ledger_balance SELECT id, 0 FROM ledger_account"
            " WHERE code = 'farm:k7'",
            "only a floored account",
        ),
        (
            "UPDATE ledger_balance SET account_id ="
            " (SELECT id FROM ledger_account WHERE code = 'fund:new')",
            "stays with its account",
        ),
    ],
)
def test_a_balance_is_not_made_up(statement, complaint):
    account = "INSERT INTO ledger_account (code, floored) VALUES ('fund:new', true)"

    with pytest.raises(IntegrityError, match=complaint):
        run(account, statement)

    assert nothing_moved()


def test_a_floored_account_without_balance_takes_no_entries():
    account = "INSERT INTO ledger_account (code, floored) VALUES ('fund:new', true)"

    with pytest.raises(IntegrityError, match="has no balance row"):
        run(account, NEW_POSTING, entries((0, "fund:new", 5), (1, "farm:k7", -5)))

    assert nothing_moved()


@pytest.mark.parametrize(
    ("statement", "complaint"),
    [
        (
            "INSERT INTO ledger_account (code, floored) VALUES ('Fund', true)",
            "ledger_account_code_grammar",
        ),
        (NEW_POSTING.replace("'post'", "'give'"), "ledger_posting_verb_and_hold"),
        (NEW_POSTING.replace("'post'", "'release'"), "ledger_posting_verb_and_hold"),
    ],
)
def test_a_row_outside_the_grammar_is_refused(statement, complaint):
    with pytest.raises(IntegrityError, match=complaint):
        run(statement)

    assert nothing_moved()


@pytest.mark.django_db(transaction=True)
def test_a_lopsided_posting_is_also_refused_to_our_own_code(monkeypatch):
    monkeypatch.setattr("hub.ledger.posting.verbs.require_balanced", len)

    with pytest.raises(IntegrityError, match="sums to -1 cents"):
        posting.post(
            key="payment:2",
            kind="payment",
            moves=[Move(BANK, -6), Move(FARM, 5)],
            effective_on=TODAY,
        )

    assert nothing_moved()
