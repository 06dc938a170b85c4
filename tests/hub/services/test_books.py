"""What a night does for the books: proved once, a past month closed, faults told."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.db import connections, transaction
from structlog.testing import capture_logs

from hub.ledger.models import DayProof, Rollup
from hub.ledger.periods import closed_until
from hub.ledger.rollups import roll_up
from hub.services import books
from tests.factories.hub import make_coordinator, make_hub
from tests.factories.ledger import FUND, give

pytestmark = pytest.mark.django_db
MONTREAL = ZoneInfo("America/Toronto")


def night(day=20, hour=4, **options):
    now = datetime(2026, 10, day, hour, tzinfo=MONTREAL)
    return books.prove_yesterday(now=now, **{"month_closes_on": 20, **options})


def test_a_day_is_proved_once_and_its_root_noted():
    give(FUND, 1_000)

    assert (night(), night()) == (True, False)

    proof = DayProof.objects.get()
    assert (proof.ended_on, proof.sequence, proof.is_clean) == (
        date(2026, 10, 19),
        1,
        True,
    )
    assert len(proof.chain_sha256) == 64


def test_the_root_of_a_night_is_logged_for_who_keeps_it_elsewhere():
    give(FUND, 1_000)

    with capture_logs() as told:
        night()
        night()

    root = DayProof.objects.get().chain_sha256
    assert [line for line in told if line["event"] == "day_proved"] == [
        {"day": "2026-10-19", "root": root, "event": "day_proved", "log_level": "info"}
    ]


def test_nothing_happens_before_three():
    assert not night(hour=2)

    assert not DayProof.objects.exists()


def test_the_month_before_is_closed_from_its_day_on():
    assert (night(day=19), closed_until()) == (True, None)
    assert (night(day=20), closed_until()) == (True, date(2026, 9, 30))


def test_a_closing_that_was_missed_is_made_at_the_next_call():
    night(month_closes_on=28)

    night()

    assert closed_until() == date(2026, 9, 30)


def test_long_accounts_are_rolled_up(monkeypatch):
    give(FUND, 1_000)
    monkeypatch.setattr(roll_up, "__kwdefaults__", {"worth": 1})

    night()

    assert Rollup.objects.get().balance_cents == -1_000


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_wrong_books_are_told_and_stay_open():
    coordinator = make_coordinator(make_hub())
    give(FUND, 1_000)
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute(
            "ALTER TABLE ledger_balance DISABLE TRIGGER USER;"
            "UPDATE ledger_balance SET balance_cents = 7;"
            "ALTER TABLE ledger_balance ENABLE TRIGGER USER"
        )

    night()

    assert closed_until() is None
    (letter,) = mail.outbox
    assert letter.to == [coordinator.email]
    assert "balances equal entries" in letter.body
