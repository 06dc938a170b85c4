"""Closed periods: refused when they are back-dated, corrected on the first open day."""

from datetime import date

import pytest
from django.db import IntegrityError, connections, transaction

from hub.ledger import posting
from hub.ledger.audit import audit
from hub.ledger.core.accounts import Move
from hub.ledger.core.errors import (
    KeyReused,
    PeriodClosed,
    PeriodNotOver,
    PeriodStaysClosed,
)
from hub.ledger.models import Posting
from hub.ledger.periods import close_period, closed_until, last_month_end
from hub.ledger.statements import balances, statement
from tests.factories.ledger import FARM, FUND, give

pytestmark = pytest.mark.django_db
AUGUST, SEPTEMBER = date(2026, 8, 31), date(2026, 9, 30)
WITHIN, NEXT = date(2026, 9, 1), date(2026, 10, 1)
NOW = date(2026, 10, 20)


@pytest.fixture(autouse=True)
def september():
    """A gift, a hold and a sale of September, whose books are closed then."""
    give(FUND, 1_000)
    posting.hold(key="order:1", kind="draw", draws=[(FUND, 400)], effective_on=WITHIN)
    capture("bill:1", 100)
    close_period(ends_on=SEPTEMBER, today=NOW)


def capture(key, cents, on=WITHIN):
    return posting.capture(
        key=key,
        hold_key="order:1",
        kind="sale",
        amount_cents=cents,
        moves_to=[Move(FARM, cents)],
        effective_on=on,
    )


def pay(key, on, **options):
    return posting.post(
        key=key,
        kind="payment",
        moves=[Move(FUND, -10), Move(FARM, 10)],
        effective_on=on,
        **options,
    )


def test_a_posting_of_a_closed_period_is_refused_and_moves_nothing():
    before = balances("")

    with pytest.raises(PeriodClosed) as refused:
        pay("late:1", SEPTEMBER)

    assert refused.value.data == {"day": "2026-09-30", "closed_until": "2026-09-30"}
    assert balances("") == before
    assert not Posting.objects.filter(key="late:1").exists()


def test_a_hold_of_a_closed_period_is_refused():
    with pytest.raises(PeriodClosed):
        posting.hold(key="order:2", kind="draw", draws=[(FUND, 1)], effective_on=WITHIN)

    assert balances("hold:order:2") == {}


def test_a_key_refused_for_its_day_may_be_sent_again_on_another():
    with pytest.raises(PeriodClosed):
        pay("late:1", SEPTEMBER)

    assert pay("late:1", NEXT).effective_on == NEXT


def test_a_retry_of_what_was_posted_before_the_closing_is_answered():
    again = capture("bill:1", 100)

    assert again.effective_on == WITHIN
    assert balances("farm:") == {"farm:k7": 100}


def test_what_ends_a_hold_or_undoes_a_sale_falls_on_the_first_open_day():
    late = [
        capture("bill:2", 50),
        posting.reverse(key="undo:1", posting_key="bill:1", effective_on=WITHIN),
        posting.release(key="back:1", hold_key="order:1", effective_on=WITHIN),
        pay("share:1", WITHIN, may_fall_later=True),
    ]

    assert {(p.effective_on, p.meant_on) for p in late} == {(NEXT, WITHIN)}
    assert audit().is_clean


def test_a_retry_repeats_the_day_that_was_meant():
    capture("bill:2", 50)

    assert capture("bill:2", 50).effective_on == NEXT
    with pytest.raises(KeyReused):
        capture("bill:2", 50, on=NEXT)


def test_a_day_after_the_closed_period_is_kept():
    kept = posting.reverse(key="undo:1", posting_key="bill:1", effective_on=NOW)

    assert (kept.effective_on, kept.meant_on) == (NOW, None)


def test_the_statement_of_a_closed_period_stays_as_it_was():
    before = statement("farm:k7", since=WITHIN, until=NEXT)

    posting.reverse(key="undo:1", posting_key="bill:1", effective_on=WITHIN)

    assert statement("farm:k7", since=WITHIN, until=NEXT) == before
    assert statement("farm:k7", since=NEXT, until=NOW).closing_cents == 0


def test_a_period_closes_once_and_never_opens_again():
    again = close_period(ends_on=SEPTEMBER, today=NOW)

    assert (again.ends_on, again.num_postings) == (SEPTEMBER, 3)
    with pytest.raises(PeriodStaysClosed) as refused:
        close_period(ends_on=AUGUST, today=NOW)
    assert refused.value.data == {"closed_until": "2026-09-30"}
    assert closed_until() == SEPTEMBER


def test_today_is_not_over():
    with pytest.raises(PeriodNotOver):
        close_period(ends_on=NOW, today=NOW)

    assert closed_until() == SEPTEMBER


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (date(2026, 10, 20), SEPTEMBER),
        (date(2026, 10, 1), SEPTEMBER),
        (date(2027, 1, 31), date(2026, 12, 31)),
        (date(2028, 3, 31), date(2028, 2, 29)),
    ],
)
def test_the_month_before(day, end):
    assert last_month_end(day) == end


def raw(statement, alias="default"):
    with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        cursor.execute(statement)


def test_the_database_refuses_an_older_day_without_our_code():
    with pytest.raises(IntegrityError, match="the books are closed"):
        raw(
            "INSERT INTO ledger_posting (key, verb, kind, effective_on, memo,"
            " content_sha256) VALUES ('raw:1', 'post', 'raw', '2026-09-02', '', '')"
        )


def test_the_database_never_opens_a_period():
    older = (
        "INSERT INTO ledger_periodend (ends_on, num_postings, postings_sha256)"
        " VALUES ('2026-08-31', 0, '')"
    )

    with pytest.raises(IntegrityError, match="stays closed"):
        raw(older)


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_the_audit_finds_a_posting_slipped_into_a_closed_period():
    pay("now:1", NEXT)
    moved = (
        "ALTER TABLE ledger_posting DISABLE TRIGGER USER;"
        "UPDATE ledger_posting SET effective_on = '2026-09-02' WHERE key = 'now:1';"
        "ALTER TABLE ledger_posting ENABLE TRIGGER USER"
    )
    raw(moved, alias="owner")

    found = audit().checks["closed periods are as they were"]

    assert [finding.subject for finding in found] == ["2026-09-30"]
