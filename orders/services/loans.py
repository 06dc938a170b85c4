"""Lending to farms without interest: granting, early repayment, taking back.

Locks: the seller's row of the hub, then loans by ascending id, as a payment run does.
"""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from hub.core.trail import Kind
from hub.ledger import posting
from hub.ledger.core.accounts import AccountRef, Move
from orders import accounts
from orders.core.errors import NotAPayment, PaidInFuture, RequestReused
from orders.core.errors.cash import (
    AlreadyTakenBack,
    LoanBackdated,
    NotOfThisHub,
    RepaidAboveLoan,
)
from orders.core.loans import Plan
from orders.models import FarmLoan, LoanRepayment, Seller
from orders.services import trails

if TYPE_CHECKING:
    from hub.models import Organization, Person

GRANT_KIND = "loan-granted"
WITHHELD_KIND = "loan-withheld"
REPAID_KIND = "loan-repaid"


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanAsked:
    """What a hub lends: to whom, what for, how it comes back, and how it was paid."""

    farm: "Organization"
    purpose: str
    plan: Plan
    method: str
    on: date


def lock_money(hub: "Organization") -> None:
    """Wait for whoever pays farms, lends, or numbers invoices of this hub."""
    Seller.objects.get_or_create(hub=hub)
    Seller.objects.select_for_update().get(hub=hub)


@transaction.atomic
def grant_loan(
    *,
    hub: "Organization",
    asked: LoanAsked,
    key: str,
    today: date,
    by: "Person | None",
) -> FarmLoan:
    """Write down that a hub lent money to one of its farms, once per key.

    Raises NotOfThisHub, NotAPayment, PaidInFuture, LoanBackdated, RequestReused.
    """
    plan, farm = asked.plan, asked.farm
    if farm.hub_id != hub.pk or farm.kind != "producer":
        raise NotOfThisHub
    _require_made(plan.amount_cents, asked.on, today)
    if plan.first_on < asked.on:
        raise LoanBackdated(first_on=plan.first_on.isoformat())
    lock_money(hub)
    facts = {
        "hub_id": hub.pk,
        "farm_id": farm.pk,
        "purpose": asked.purpose,
        "amount_cents": plan.amount_cents,
        "num_instalments": plan.num_instalments,
        "every": plan.every.value,
        "first_on": plan.first_on,
        "share_bps": plan.share_bps,
        "granted_on": asked.on,
    }
    for earlier in FarmLoan.objects.filter(key=key):
        if any(getattr(earlier, name) != value for name, value in facts.items()):
            raise RequestReused
        return earlier
    loan = FarmLoan.objects.create(key=key, granted_by=by, **facts)
    posting.post(
        key=f"loan:{loan.public_id}",
        kind=GRANT_KIND,
        moves=[
            Move(loan_account(loan), -plan.amount_cents),
            Move(accounts.bank(hub=hub.public_id), plan.amount_cents),
        ],
        effective_on=asked.on,
        memo=asked.method,
    )
    trails.leave_payment(
        Kind.FARM_LOAN_GRANTED,
        farm,
        amount_cents=plan.amount_cents,
        method=asked.method,
        key=f"loan:{loan.public_id}",
    )
    return loan


@transaction.atomic
def repay_early(
    *,
    loan: FarmLoan,
    amount_cents: int,
    method: str,
    key: str,
    on: date,
    today: date,
) -> LoanRepayment:
    """Write down that a farm paid back before its schedule asked, once per key.

    It counts for the next instalments. Raises NotAPayment, PaidInFuture,
    RepaidAboveLoan, RequestReused.
    """
    _require_made(amount_cents, on, today)
    lock_money(loan.hub)
    posting_key = f"loan-repaid:{key}"
    for earlier in LoanRepayment.objects.filter(posting_key=posting_key):
        if (earlier.loan_id, earlier.amount_cents) != (loan.pk, amount_cents):
            raise RequestReused
        return earlier
    (locked,) = lock_loans([loan.pk])
    row = repay(locked, amount_cents, posting_key=posting_key, on=on)
    posting.post(
        key=posting_key,
        kind=REPAID_KIND,
        moves=[
            Move(accounts.bank(hub=loan.hub.public_id), -amount_cents),
            Move(loan_account(loan), amount_cents),
        ],
        effective_on=on,
        memo=method,
    )
    trails.leave_payment(
        Kind.FARM_LOAN_REPAID,
        loan.farm,
        amount_cents=amount_cents,
        method=method,
        key=posting_key,
    )
    return row


@transaction.atomic
def take_back_repayment(
    *, repayment: LoanRepayment, reason: str, on: date
) -> LoanRepayment:
    """Undo what came back of a loan by its opposite; the farm owes it again.

    What was withheld is owed to the farm again, what it paid goes back to it.
    Raises AlreadyTakenBack.
    """
    loan = repayment.loan
    lock_money(loan.hub)
    (locked,) = lock_loans([loan.pk])
    row = LoanRepayment.objects.select_for_update().get(pk=repayment.pk)
    if row.taken_back_on is not None:
        raise AlreadyTakenBack
    posting.reverse(
        key=f"taken-back:{row.public_id}",
        posting_key=row.posting_key,
        effective_on=on,
        memo=reason,
    )
    locked.repaid_cents -= row.amount_cents
    locked.save(update_fields=["repaid_cents"])
    row.taken_back_on, row.reason = on, reason
    row.save(update_fields=["taken_back_on", "reason"])
    trails.leave_payment(
        Kind.FARM_LOAN_TAKEN_BACK,
        loan.farm,
        amount_cents=row.amount_cents,
        method=reason,
        key=f"taken-back:{row.public_id}",
    )
    return row


def lock_loans(pks: "list[int]") -> list[FarmLoan]:
    """Loans as they are now, until this transaction ends; ascending ids."""
    rows = FarmLoan.objects.select_for_update().filter(pk__in=pks)
    return list(rows.order_by("pk"))


def repay(
    loan: FarmLoan, amount_cents: int, *, posting_key: str, on: date
) -> LoanRepayment:
    """Count what comes back of a locked loan; its posting is the caller's.

    Raises RepaidAboveLoan.
    """
    if amount_cents > loan.left_cents:
        raise RepaidAboveLoan(left_cents=loan.left_cents)
    loan.repaid_cents += amount_cents
    loan.save(update_fields=["repaid_cents"])
    return LoanRepayment.objects.create(
        loan=loan, amount_cents=amount_cents, repaid_on=on, posting_key=posting_key
    )


def loan_account(loan: FarmLoan) -> AccountRef:
    """The account of a loan in the ledger."""
    return accounts.loan(hub=loan.hub.public_id, loan=loan.public_id)


def _require_made(amount_cents: int, on: date, today: date) -> None:
    if amount_cents <= 0:
        raise NotAPayment
    if on > today:
        raise PaidInFuture(on=on.isoformat())
