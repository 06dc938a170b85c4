"""Balances and statements are the sums of the entries."""

from datetime import date

import pytest

from hub.ledger import posting
from hub.ledger.core.accounts import Move
from hub.ledger.statements import (
    balance_cents,
    balances,
    balances_of,
    statement,
)
from tests.factories.ledger import BANK, FARM, FUND, GRANT, give

pytestmark = pytest.mark.django_db


def pay(key, amount_cents, effective_on):
    return posting.post(
        key=key,
        kind="payment",
        moves=[Move(FARM, amount_cents), Move(BANK, -amount_cents)],
        effective_on=effective_on,
        memo=f"for {key}",
    )


def test_an_account_never_used_holds_nothing():
    assert (balance_cents("fund:montreal"), balances("fund:")) == (0, {})


def test_balances_are_listed_by_the_beginning_of_their_codes():
    give(FUND, 700)
    give(GRANT, 300)

    assert balances("fund:") == {"fund:grant": 300, "fund:montreal": 700}
    assert balances("fund:m") == {"fund:montreal": 700}


def test_the_money_kept_on_floored_accounts_is_read_in_one_query(
    django_assert_num_queries,
):
    give(FUND, 700)
    give(GRANT, 300)

    with django_assert_num_queries(1):
        kept = balances_of([FUND.code, GRANT.code, "fund:never"])

    assert kept == {FUND.code: 700, GRANT.code: 300, "fund:never": 0}
    assert kept == {code: balance_cents(code) for code in kept}


def test_an_underscore_in_a_prefix_is_only_an_underscore():
    give(FUND, 700)

    assert balances("fund_") == {}


def test_a_statement_runs_from_its_opening_to_its_closing():
    pay("p:1", 100, date(2026, 8, 31))
    late = pay("p:3", 30, date(2026, 9, 30))
    early = pay("p:2", -5, date(2026, 9, 1))
    pay("p:4", 1_000, date(2026, 10, 1))

    september = statement("farm:k7", since=date(2026, 9, 1), until=date(2026, 10, 1))

    assert (september.opening_cents, september.closing_cents) == (100, 125)
    assert [
        (line.posting_key, line.effective_on, line.amount_cents, line.balance_cents)
        for line in september.lines
    ] == [
        ("p:2", date(2026, 9, 1), -5, 95),
        ("p:3", date(2026, 9, 30), 30, 125),
    ]
    assert [line.recorded_at for line in september.lines] == [
        early.recorded_at,
        late.recorded_at,
    ]
    assert {(line.verb, line.kind) for line in september.lines} == {("post", "payment")}
    assert [line.memo for line in september.lines] == ["for p:2", "for p:3"]


def test_the_statement_of_an_unused_account_is_empty():
    nothing = statement("farm:k7", since=date(2026, 9, 1), until=date(2026, 10, 1))

    assert (nothing.opening_cents, nothing.lines, nothing.closing_cents) == (0, (), 0)
