"""Books closed while money moves: nothing enters a closed period behind its back."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from django.db import connections, transaction

from hub.core.errors import DomainError
from hub.ledger import periods, posting
from hub.ledger.audit import audit
from hub.ledger.core.accounts import Move
from hub.ledger.models import Posting
from hub.ledger.periods import close_period
from tests.factories.ledger import FARM, FUND, give
from tests.races.crowd import all_at_once, wait_until_somebody_waits

pytestmark = pytest.mark.django_db(transaction=True)
LAST_DAY, LATER = date(2026, 9, 30), date(2026, 10, 20)
NUM_PAYERS = 12


def pay(key: str) -> str:
    return posting.post(
        key=key,
        kind="payment",
        moves=[Move(FUND, -1), Move(FARM, 1)],
        effective_on=LAST_DAY,
    ).verb


def close() -> str:
    close_period(ends_on=LAST_DAY, today=LATER)
    return "closed"


def slow_posting_meets_a_closing() -> tuple[str, bool]:
    """A posting that began before the closing and ends after it was asked for."""
    give(FUND, 100)
    outcome = []

    def close_meanwhile() -> None:
        try:
            outcome.append(close())
        except DomainError as refusal:
            outcome.append(refusal.code)
        finally:
            connections.close_all()

    closer = threading.Thread(target=close_meanwhile)
    with transaction.atomic():
        pay("slow:1")
        closer.start()
        wait_until_somebody_waits()
    closer.join(timeout=60)
    return outcome[0], audit().is_clean


@contextmanager
def without_the_lock(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Closings that take a lock nobody knows, in our code and in the database."""
    kept = "SELECT pg_get_functiondef('ledger_guard_periods'::regproc)"
    monkeypatch.setattr(periods, "PERIODS", 1)
    with connections["owner"].cursor() as cursor:
        cursor.execute(kept)
        (definition,) = cursor.fetchone()
        cursor.execute(definition.replace("20260102", "1"))
        try:
            yield
        finally:
            cursor.execute(definition)


def test_a_closing_waits_for_the_postings_that_have_begun() -> None:
    assert slow_posting_meets_a_closing() == ("closed", True)


def test_without_the_lock_a_posting_enters_a_closed_period(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with without_the_lock(monkeypatch):
        assert slow_posting_meets_a_closing() == ("closed", False)


def test_many_payments_and_two_closings_at_once() -> None:
    give(FUND, 100)
    works = [lambda n=n: pay(f"pay:{n}") for n in range(NUM_PAYERS)]

    answers = all_at_once([*works, close, close])

    assert answers[-2:] == ["closed", "closed"]
    assert set(answers) <= {"post", "period_closed", "closed"}
    within = Posting.objects.filter(effective_on__lte=LAST_DAY, key__startswith="pay:")
    assert within.count() == answers.count("post")
    assert audit().is_clean
