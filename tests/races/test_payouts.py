"""Two people pay the same farms at once: they are paid, and loans withheld, once."""

import threading
from functools import partial

import pytest

from hub.ledger import statements
from hub.ledger.audit import audit
from orders import selectors
from orders.core.errors.cash import CashError
from orders.models import FarmLoan, LoanRepayment, PayoutRun
from orders.services import RunAsked, loans
from tests.factories.cash import lend, make_sold, pay, read_run
from tests.factories.day import Day
from tests.races.crowd import all_at_once

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def try_to_pay(day: Day, asked: RunAsked, key: str) -> str:
    try:
        pay(day, asked, key=key)
    except CashError as refusal:
        return refusal.code
    return "paid"


def books(day: Day, loan: FarmLoan) -> dict[str, int]:
    codes = {
        "bank": f"bank:{day.hub.public_id}",
        "farm": f"farm:{day.farms[0].public_id}",
        "loan": f"loan:{day.hub.public_id}:{loan.public_id}",
    }
    return {name: statements.balance_cents(code) for name, code in codes.items()}


def test_two_payment_runs_at_once_pay_and_withhold_once() -> None:
    day = make_sold()
    loan = lend(day)
    asked = read_run(day)

    answers = all_at_once(
        [partial(try_to_pay, day, asked, key) for key in ("r1", "r2")]
    )

    assert sorted(map(str, answers)) == ["paid", "payouts_changed"]
    assert LoanRepayment.objects.count() == 1
    assert books(day, loan) == {"bank": 6_000 + 7_500, "farm": 0, "loan": -3_500}
    assert audit().is_clean


def test_one_run_sent_eight_times_at_once_is_one() -> None:
    day = make_sold()
    loan = lend(day)
    asked = read_run(day)

    answers = all_at_once([partial(try_to_pay, day, asked, "same")] * 8)

    assert (answers, PayoutRun.objects.count()) == (["paid"] * 8, 1)
    assert books(day, loan) == {"bank": 6_000 + 7_500, "farm": 0, "loan": -3_500}


def test_without_the_lock_both_runs_pay_and_withhold(monkeypatch) -> None:
    """The control: nobody waits, and both have read the same amounts."""
    day = make_sold()
    loan = lend(day)
    asked = read_run(day)
    have_read = threading.Barrier(2)
    due = selectors.payouts_due

    def read_together(*args, **kwargs):
        found = due(*args, **kwargs)
        have_read.wait(60)
        return found

    monkeypatch.setattr(loans, "lock_money", lambda _hub: None)
    monkeypatch.setattr(selectors, "payouts_due", read_together)

    answers = all_at_once(
        [partial(try_to_pay, day, asked, key) for key in ("r1", "r2")]
    )

    assert answers == ["paid", "paid"]
    # 100,00 $ were owed: the farm was paid twice and the loan withheld twice
    assert books(day, loan) == {"bank": 6_000 + 15_000, "farm": -10_000, "loan": -1_000}
