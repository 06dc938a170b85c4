"""Sums rolled up while money moves: an entry that appears late is never left out."""

import threading

import pytest
from django.db import connections, transaction

from hub.ledger import posting, rollups
from hub.ledger.audit import audit
from hub.ledger.core.accounts import Move
from hub.ledger.rollups import roll_up
from hub.ledger.statements import balance_cents
from tests.factories.ledger import BANK, FARM, FUND, TODAY, give
from tests.races.crowd import wait_until_somebody_waits

pytestmark = pytest.mark.django_db(transaction=True)


def pay(key: str) -> None:
    posting.post(
        key=key,
        kind="payment",
        moves=[Move(FUND, -1), Move(FARM, 1)],
        effective_on=TODAY,
    )


def in_another_session(work: object) -> threading.Thread:
    def run() -> None:
        try:
            work()  # type: ignore[operator]  # a function without arguments
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def late_entry_meets_a_rollup() -> tuple[int, bool]:
    """An entry with a low id is committed after one with a higher id is rolled up."""
    for n in range(2):
        give(FUND, 100, key=f"gift:{n}")
    posting.post(
        key="gift:farm",
        kind="gift",
        moves=[Move(FARM, 5), Move(FUND, -5)],
        effective_on=TODAY,
    )
    with transaction.atomic():
        posting.post(
            key="late:1",
            kind="gift",
            moves=[Move(FARM, 70), Move(BANK, -70)],
            effective_on=TODAY,
        )
        quick = in_another_session(
            lambda: posting.post(
                key="quick:1",
                kind="gift",
                moves=[Move(FARM, 10), Move(BANK, -10)],
                effective_on=TODAY,
            )
        )
        quick.join(timeout=60)
        roller = in_another_session(lambda: roll_up(worth=1))
        wait_until_somebody_waits()
    roller.join(timeout=60)
    return balance_cents("farm:k7"), audit().is_clean


def test_a_rollup_waits_for_the_postings_that_have_begun() -> None:
    assert late_entry_meets_a_rollup() == (85, True)


def test_without_the_lock_a_late_entry_is_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rollups, "PERIODS", 1)

    assert late_entry_meets_a_rollup() == (15, False)
