"""Loans without interest: paid out, withheld within a share, repaid, taken back."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub.ledger import statements
from hub.ledger.audit import audit
from orders import selectors, services
from orders.core.errors import NotAPayment, PaidInFuture, RequestReused
from orders.core.errors.cash import (
    AlreadyTakenBack,
    LoanBackdated,
    NothingToPay,
    NotOfThisHub,
    PayoutsChanged,
    RepaidAboveLoan,
)
from orders.models import FarmLoan, LoanRepayment, Payout, PayoutRun
from tests.factories import hub as ground
from tests.factories.cash import DUE_ON, TODAY, lend, make_sold, pay, read_run
from tests.factories.day import Day

pytestmark = pytest.mark.django_db


def books(day: Day, loan: FarmLoan | None = None) -> dict[str, int]:
    """What the hub's bank, the farm and the loan come to."""
    codes = {
        "bank": f"bank:{day.hub.public_id}",
        "farm": f"farm:{day.farms[0].public_id}",
    }
    if loan is not None:
        codes["loan"] = f"loan:{day.hub.public_id}:{loan.public_id}"
    return {name: statements.balance_cents(code) for name, code in codes.items()}


def repay(day: Day, loan: FarmLoan, cents: int, *, key: str = "early", on=TODAY):
    return services.repay_early(
        loan=loan, amount_cents=cents, method="cheque", key=key, on=on, today=TODAY
    )


def test_a_loan_leaves_the_bank_and_is_owed_by_the_farm():
    day = make_sold()

    loan = lend(day)

    assert books(day, loan) == {"bank": 6_000, "farm": 10_000, "loan": -6_000}


def test_a_run_pays_what_is_due_less_what_the_share_allows():
    day = make_sold()
    loan = lend(day)

    pay(day)

    loan.refresh_from_db()
    payout = Payout.objects.get()
    # 60,00 $ are due of the loan by then; 25 % of 100,00 $ may be withheld
    assert books(day, loan) == {"bank": 6_000 + 7_500, "farm": 0, "loan": -3_500}
    assert (payout.gross_cents, payout.withheld_cents, payout.carried_cents) == (
        10_000,
        2_500,
        3_500,
    )
    assert (loan.repaid_cents, audit().is_clean) == (2_500, True)


def test_each_withholding_is_a_line_of_the_farms_statement():
    day = make_sold()
    lend(day)
    pay(day)

    book = selectors.book_of(
        day.farms[0], since=TODAY - timedelta(days=9), until=TODAY + timedelta(days=9)
    )

    lines = [
        (ln.kind, ln.memo, ln.amount_cents) for ln in book.lines if ln.kind != "sale"
    ]
    assert lines == [
        ("loan-withheld", "a cold room", -2_500),
        ("payout", "transfer", -7_500),
    ]


def test_the_same_run_sent_twice_pays_once():
    day = make_sold()
    loan = lend(day)
    asked = read_run(day)

    first, again = pay(day, asked), pay(day, asked)

    assert (first, PayoutRun.objects.count()) == (again, 1)
    assert books(day, loan) == {"bank": 13_500, "farm": 0, "loan": -3_500}


def test_a_key_with_another_run_is_refused():
    day = make_sold()
    pay(day)
    before = books(day)

    with pytest.raises(RequestReused):
        pay(day, read_run(day, through=TODAY - timedelta(days=9)))

    assert books(day) == before


def test_a_run_that_is_not_what_was_read_pays_nothing():
    day = make_sold()
    loan = lend(day)
    asked = read_run(day)
    repay(day, loan, 5_000)
    before = books(day, loan)

    with pytest.raises(PayoutsChanged):
        pay(day, asked)

    assert (books(day, loan), PayoutRun.objects.count()) == (before, 0)


def test_a_run_of_nothing_is_refused():
    day = make_sold()
    pay(day)
    before = books(day)

    with pytest.raises(NothingToPay):
        pay(day, key="again")

    assert (books(day), PayoutRun.objects.count()) == (before, 1)


def test_what_is_not_due_yet_waits():
    day = make_sold()
    through = TODAY - timedelta(days=1)

    rows = selectors.payouts_due(day.hub, through=through, today=TODAY)

    assert rows == []


def test_an_early_repayment_counts_for_the_next_instalments_and_ends_the_loan():
    day = make_sold()
    loan = lend(day)

    repay(day, loan, 6_000)

    loan.refresh_from_db()
    assert (loan.left_cents, books(day, loan)) == (
        0,
        {"bank": 0, "farm": 10_000, "loan": 0},
    )
    pay(day)
    assert books(day, loan) == {"bank": 10_000, "farm": 0, "loan": 0}


def test_the_same_repayment_sent_twice_counts_once():
    day = make_sold()
    loan = lend(day)

    first, again = repay(day, loan, 1_000), repay(day, loan, 1_000)

    loan.refresh_from_db()
    assert (first, loan.repaid_cents) == (again, 1_000)
    with pytest.raises(RequestReused):
        repay(day, loan, 2_000)
    assert books(day, loan)["loan"] == -5_000


@pytest.mark.parametrize(
    ("cents", "on", "refusal"),
    [
        (6_001, TODAY, RepaidAboveLoan),
        (0, TODAY, NotAPayment),
        (-5, TODAY, NotAPayment),
        (100, TODAY + timedelta(days=1), PaidInFuture),
    ],
)
def test_a_repayment_that_cannot_be_moves_nothing(cents, on, refusal):
    day = make_sold()
    loan = lend(day)
    before = books(day, loan)

    with pytest.raises(refusal):
        repay(day, loan, cents, on=on)

    assert (books(day, loan), LoanRepayment.objects.count()) == (before, 0)


def test_a_repayment_taken_back_is_owed_again_by_its_opposite_once():
    day = make_sold()
    loan = lend(day)
    pay(day)
    row = LoanRepayment.objects.get()

    services.take_back_repayment(repayment=row, reason="hail", on=TODAY)

    loan.refresh_from_db()
    assert books(day, loan) == {"bank": 13_500, "farm": 2_500, "loan": -6_000}
    assert (loan.repaid_cents, audit().is_clean) == (0, True)
    with pytest.raises(AlreadyTakenBack):
        services.take_back_repayment(repayment=row, reason="hail", on=TODAY)
    assert books(day, loan)["loan"] == -6_000


def test_a_loan_to_a_farm_of_another_hub_moves_nothing():
    day = make_sold()
    other = make_sold()
    day.farms[0] = other.farms[0]
    before = statements.balances("")

    with pytest.raises(NotOfThisHub):
        lend(day)

    assert (statements.balances(""), FarmLoan.objects.count()) == (before, 0)


def test_a_buyer_is_lent_nothing_and_an_instalment_never_comes_before_the_loan():
    day = make_sold()
    farms, day.farms = day.farms, [ground.make_buyer(hub=day.hub)]
    with pytest.raises(NotOfThisHub):
        lend(day)
    day.farms = farms
    with pytest.raises(LoanBackdated):
        lend(day, first_on=TODAY - timedelta(days=1))

    assert FarmLoan.objects.count() == 0


def test_the_same_grant_sent_twice_lends_once():
    day = make_sold()

    first, again = lend(day), lend(day)

    assert (first, books(day, first)["loan"]) == (again, -6_000)
    with pytest.raises(RequestReused):
        lend(day, amount_cents=7_000)


def test_the_database_refuses_a_loan_that_came_back_beyond_what_was_lent():
    day = make_sold()
    loan = lend(day)

    for cents in (6_001, -1):
        with pytest.raises(DatabaseError), transaction.atomic():
            FarmLoan.objects.filter(pk=loan.pk).update(repaid_cents=cents)

    loan.refresh_from_db()
    assert loan.repaid_cents == 0


def test_loans_are_read_by_their_farm_and_their_hub_only():
    day, other = make_sold(), make_sold()
    loan = lend(day)
    farmer = ground.make_member(day.farms[0], "producer")
    neighbour = ground.make_member(day.farms[1], "producer")

    seen = [
        list(selectors.loans_seen_by(person))
        for person in (farmer, day.coordinator, neighbour, other.coordinator)
    ]

    assert seen == [[loan], [loan], [], []]


@settings(
    deadline=None,
    max_examples=8,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    share_bps=st.integers(1, 10_000),
    amount_cents=st.integers(100, 20_000),
    steps=st.lists(st.sampled_from(["pay", "early", "back"]), max_size=6),
)
def test_over_random_steps_the_ledger_is_the_schedule(share_bps, amount_cents, steps):
    with transaction.atomic():
        day = make_sold()
        loan = lend(day, share_bps=share_bps, amount_cents=amount_cents)
        for number, step in enumerate(steps):
            _take(day, loan, step, f"k{number}")
            loan.refresh_from_db()
            kept = LoanRepayment.objects.filter(loan=loan, taken_back_on=None)
            repaid = sum(row.amount_cents for row in kept)
            states = selectors.schedule_of(loan, today=DUE_ON)
            assert loan.repaid_cents == repaid
            assert books(day, loan)["loan"] == repaid - amount_cents
            assert sum(row.repaid_cents for row in states) == repaid
            assert sum(row.amount_cents for row in states) == amount_cents
        for paid in Payout.objects.all():
            assert paid.withheld_cents * 10_000 <= paid.gross_cents * share_bps
        assert audit().is_clean
        transaction.set_rollback(True)


def _take(day: Day, loan: FarmLoan, step: str, key: str) -> None:
    if step == "pay" and selectors.payouts_due(day.hub, through=DUE_ON, today=TODAY):
        pay(day, key=key)
    if step == "early" and loan.left_cents:
        repay(day, loan, max(loan.left_cents // 3, 1), key=key)
    kept = loan.repayments.filter(taken_back_on=None).first()
    if step == "back" and kept is not None:
        services.take_back_repayment(repayment=kept, reason="x", on=TODAY)
