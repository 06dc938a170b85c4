"""The audit finds one cent, one word or one record out of place."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connections, transaction

from hub.ledger import posting
from hub.ledger.audit import audit
from hub.ledger.core.accounts import Move
from hub.ledger.core.errors import NotEnoughMoney
from hub.ledger.models import Posting
from hub.ledger.sealing import seal
from tests.factories.ledger import FARM, FUND, GRANT, TODAY, give

pytestmark = pytest.mark.django_db(transaction=True)
TABLES = (
    "account",
    "balance",
    "part",
    "posting",
    "entry",
    "reversal",
    "refusal",
    "seal",
    "periodend",
    "rollup",
)
ENTRY = """
    UPDATE ledger_entry e SET {change} FROM ledger_posting p, ledger_account a
    WHERE p.id = e.posting_id AND a.id = e.account_id
    AND p.key = '{key}' AND a.code = '{code}'
"""


@pytest.fixture(autouse=True)
def busy_ledger():
    """Each verb once, a refusal, and all of it sealed but the last posting."""
    give(GRANT, 300)
    give(FUND, 1_000)
    posting.hold(
        key="order:1",
        kind="draw",
        draws=[(GRANT, 300), (FUND, 200)],
        effective_on=TODAY,
    )
    for n in (1, 2):
        posting.capture(
            key=f"bill:{n}",
            hold_key="order:1",
            kind="sale",
            amount_cents=100,
            moves_to=[Move(FARM, 100)],
            effective_on=TODAY,
        )
    posting.reverse(key="undo:2", posting_key="bill:2", effective_on=TODAY)
    posting.release(
        key="back:1", hold_key="order:1", amount_cents=250, effective_on=TODAY
    )
    with pytest.raises(NotEnoughMoney):
        posting.hold(
            key="order:2", kind="draw", draws=[(FUND, 5_000)], effective_on=TODAY
        )
    seal()
    give(FUND, 1, key="gift:late")


def corrupt(*statements):
    """Change rows as the owner of the tables can, with the guards switched off."""
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"ALTER TABLE ledger_{table} DISABLE TRIGGER USER")
        for statement in statements:
            cursor.execute(statement)
            assert cursor.rowcount != 0, statement
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in TABLES:
            cursor.execute(f"ALTER TABLE ledger_{table} ENABLE TRIGGER USER")


def entry(key, code, change):
    return ENTRY.format(key=key, code=code, change=change)


def faults():
    return {
        check: [f"{finding.subject} {finding.fault}" for finding in findings]
        for check, findings in audit().checks.items()
        if findings
    }


def test_honest_books_are_clean():
    report = audit()

    assert (report.is_clean, report.ledger_sum_cents) == (True, 0)
    assert (report.num_postings, report.num_entries) == (8, 18)
    assert (report.num_accounts, report.num_refusals) == (5, 1)
    assert (report.num_sealed, report.seal_sequence) == (7, 7)


def test_one_cent_too_much_is_found():
    corrupt(entry("gift:late", "bank:montreal", "amount_cents = e.amount_cents - 1"))

    assert faults() == {
        "postings sum to zero": ["gift:late sums to -1 cents"],
        "the ledger sums to zero": ["all entries sum to -1 cents"],
        "contents match their fingerprints": [
            "gift:late its content does not match its fingerprint"
        ],
    }


def test_one_cent_off_a_balance_is_found():
    corrupt(
        "UPDATE ledger_balance SET balance_cents = balance_cents - 1"
        " FROM ledger_account a WHERE a.id = account_id AND code = 'fund:montreal'"
    )

    assert faults() == {
        "balances equal entries": [
            "fund:montreal keeps 1000 cents, its entries sum to 1001"
        ]
    }


def test_a_missing_balance_is_found():
    corrupt("DELETE FROM ledger_balance WHERE balance_cents = 1001")

    assert faults() == {
        "balances equal entries": [
            "fund:montreal keeps None cents, its entries sum to 1001"
        ]
    }


def test_an_overdrawn_account_is_found():
    corrupt(
        entry("gift:fund:montreal", "fund:montreal", "amount_cents = -2"),
        entry("gift:fund:montreal", "bank:montreal", "amount_cents = 2"),
    )

    found = faults()
    assert found["no floored account is below zero"] == [
        "fund:montreal stands at -1 cents"
    ]
    assert found["seals form one chain"] == ["gift:fund:montreal seal 2 does not match"]


@pytest.mark.parametrize(
    ("change", "check", "fault"),
    [
        (
            "UPDATE ledger_posting SET memo = 'x' WHERE key = 'gift:late'",
            "contents match their fingerprints",
            "gift:late its content does not match its fingerprint",
        ),
        (
            "UPDATE ledger_posting SET effective_on = '2026-08-31'"
            " WHERE key = 'bill:1'",
            "contents match their fingerprints",
            "bill:1 its content does not match its fingerprint",
        ),
        (
            "UPDATE ledger_posting SET key = 'Not a key' WHERE key = 'gift:late'",
            "contents match their fingerprints",
            "Not a key its content does not match its fingerprint",
        ),
        (
            "UPDATE ledger_posting SET recorded_at = recorded_at - interval '1 day'"
            " WHERE key = 'bill:1'",
            "seals form one chain",
            "bill:1 seal 4 does not match",
        ),
        (
            "DELETE FROM ledger_seal WHERE sequence = 3",
            "seals form one chain",
            "seal 3 is missing from the chain",
        ),
        (
            "UPDATE ledger_seal SET chain_sha256 = repeat('0', 64) WHERE sequence = 7",
            "seals form one chain",
            "back:1 seal 7 does not match",
        ),
        (
            "INSERT INTO ledger_refusal SELECT key, content_sha256, 'hold_exhausted',"
            " '{}', recorded_at FROM ledger_posting WHERE key = 'bill:1'",
            "a key has one outcome",
            "bill:1 was refused, and has an effect",
        ),
        (
            "DELETE FROM ledger_reversal",
            "reversals are the opposite of their original",
            "undo:2 reverses nothing",
        ),
        (
            "UPDATE ledger_reversal SET original_id = (SELECT id FROM ledger_posting"
            " WHERE key = 'gift:late')",
            "reversals are the opposite of their original",
            "undo:2 is not the opposite of gift:late",
        ),
        (
            "UPDATE ledger_reversal SET original_id = (SELECT id FROM ledger_posting"
            " WHERE key = 'order:1')",
            "reversals are the opposite of their original",
            "undo:2 reverses a hold",
        ),
        (
            "INSERT INTO ledger_reversal SELECT a.id, b.id FROM ledger_posting a,"
            " ledger_posting b WHERE a.key = 'bill:1' AND b.key = 'gift:late'",
            "reversals are the opposite of their original",
            "gift:late is a post marked as a reversal",
        ),
        (
            entry("back:1", "fund:montreal", "amount_cents = e.amount_cents - 1"),
            "holds account for their money",
            "order:1 gave back {'fund:grant': 50, 'fund:montreal': 199},"
            " not {'fund:grant': 49, 'fund:montreal': 200}",
        ),
        (
            "UPDATE ledger_posting SET amount_cents = 99 WHERE key = 'bill:1'",
            "holds account for their money",
            "bill:1 uses 100 cents, not 99",
        ),
        (
            entry(
                "gift:late",
                "fund:montreal",
                "account_id = (SELECT id FROM ledger_account"
                " WHERE code = 'hold:order:1')",
            ),
            "holds account for their money",
            "gift:late moves money of hold:order:1",
        ),
        (
            entry("order:1", "fund:montreal", "amount_cents = 200"),
            "holds account for their money",
            "order:1 has a negative draw",
        ),
    ],
)
def test_a_change_behind_the_ledgers_back_is_found(change, check, fault):
    corrupt(change)

    assert fault in faults().get(check, [])


def test_a_posting_taken_out_of_the_sealed_past_is_found():
    ids = "(SELECT id FROM ledger_posting WHERE key = 'bill:1')"
    corrupt(
        f"DELETE FROM ledger_seal WHERE posting_id = {ids}",
        f"DELETE FROM ledger_entry WHERE posting_id = {ids}",
        "DELETE FROM ledger_posting WHERE key = 'bill:1'",
    )

    assert faults()["seals form one chain"] == ["seal 4 is missing from the chain"]


def test_the_command_prints_clean_books_as_json():
    out = StringIO()

    call_command("ledger_audit", "--json", stdout=out)

    report = json.loads(out.getvalue())
    assert (report["ok"], report["ledger_sum_cents"], report["num_postings"]) == (
        True,
        0,
        8,
    )


def test_the_command_ends_with_one_for_one_cent():
    corrupt(entry("gift:late", "bank:montreal", "amount_cents = e.amount_cents - 1"))
    out = StringIO()

    with pytest.raises(SystemExit) as end:
        call_command("ledger_audit", stdout=out)

    assert end.value.code == 1
    assert "WRONG  the ledger sums to zero\n       all entries sum to -1 cents\n" in (
        out.getvalue()
    )


def test_the_command_names_each_check_of_clean_books():
    out = StringIO()

    call_command("ledger_audit", stdout=out)

    lines = out.getvalue().splitlines()
    assert lines[0] == ("8 postings, 18 entries, 5 accounts, 1 refused keys, 7 sealed")
    assert [line[:5] for line in lines[1:-1]] == ["ok   "] * 11
    assert lines[-1].startswith("seal 7: ")


def test_sealing_goes_on_where_it_stopped():
    give(FUND, 1, key="gift:later")

    numbers = [seal(limit=1), seal(), seal()]

    assert numbers == [1, 1, 0]
    assert audit().num_sealed == Posting.objects.count()
    assert audit().is_clean
