"""Background work of the ledger: found by the worker, and called by the clock."""

from datetime import UTC, datetime

import pytest

from config.celery import app
from hub.ledger import posting, tasks
from hub.ledger.audit import audit
from hub.ledger.statements import balances
from tests.factories.ledger import FUND, TODAY, give

pytestmark = pytest.mark.django_db


def test_the_clock_calls_both_tasks_by_the_names_the_worker_knows():
    app.loader.import_default_modules()
    named = {entry["task"] for entry in app.conf.beat_schedule.values()}

    assert {"ledger.seal", "ledger.release_expired"} <= named & set(app.tasks)


def test_postings_are_sealed():
    give(FUND, 1_000)

    num_sealed = tasks.seal_postings()

    assert (num_sealed, audit().num_sealed) == (1, 1)


def test_expired_holds_are_given_back():
    give(FUND, 1_000)
    posting.hold(
        key="order:1",
        kind="draw",
        draws=[(FUND, 400)],
        effective_on=TODAY,
        expires_at=datetime(2026, 9, 1, tzinfo=UTC),
    )

    num_released = tasks.release_expired_holds()

    assert num_released == 1
    assert balances("") == {
        "bank:montreal": -1_000,
        "fund:montreal": 1_000,
        "hold:order:1": 0,
    }
