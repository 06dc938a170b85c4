"""Loans to farms: who may read them, their schedule, what came back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from hub import selectors as hub_selectors
from orders.core.loans import Every, Plan, due_by, schedule
from orders.models import FarmLoan, LoanRepayment, PayoutRun

if TYPE_CHECKING:
    from hub.models import Organization, Person


def plan_of(loan: FarmLoan) -> Plan:
    """How a loan is to come back, as it was agreed."""
    return Plan(
        amount_cents=loan.amount_cents,
        num_instalments=loan.num_instalments,
        every=Every(loan.every),
        first_on=loan.first_on,
        share_bps=loan.share_bps,
    )


def loans_of(organization: Organization) -> QuerySet[FarmLoan]:
    """The loans that a hub granted, or that a farm has, the last first."""
    return FarmLoan.objects.filter(
        Q(hub=organization) | Q(farm=organization)
    ).select_related("farm", "hub")


def loans_seen_by(person: Person) -> QuerySet[FarmLoan]:
    """Loans of the person's own farms, and of the hubs they coordinate."""
    farms = hub_selectors.organizations_with_role(person, "producer")
    hubs = hub_selectors.hubs_coordinated_by(person)
    return FarmLoan.objects.filter(Q(farm__in=farms) | Q(hub__in=hubs)).select_related(
        "farm", "hub"
    )


def loans_run_by(person: Person) -> QuerySet[FarmLoan]:
    """Loans of the hubs a person coordinates."""
    hubs = hub_selectors.hubs_coordinated_by(person)
    return FarmLoan.objects.filter(hub__in=hubs).select_related("farm", "hub")


def repayments_run_by(person: Person) -> QuerySet[LoanRepayment]:
    """What came back of the loans of the hubs a person coordinates."""
    return LoanRepayment.objects.filter(loan__in=loans_run_by(person)).select_related(
        "loan__farm", "loan__hub"
    )


def repayments_of(loan: FarmLoan) -> QuerySet[LoanRepayment]:
    """What came back of a loan, in its order, taken back or not."""
    return loan.repayments.order_by("pk")


@dataclass(frozen=True, slots=True, kw_only=True)
class InstalmentState:
    """One instalment: when, how much, how much came back, and whether it is late."""

    due_on: date
    amount_cents: int
    repaid_cents: int
    is_late: bool

    @property
    def left_cents(self) -> int:
        """What is missing of it."""
        return self.amount_cents - self.repaid_cents


def schedule_of(loan: FarmLoan, *, today: date) -> list[InstalmentState]:
    """The instalments of a loan; what came back pays the earliest first."""
    rows, left_cents = [], loan.repaid_cents
    for row in schedule(plan_of(loan)):
        repaid_cents = min(row.amount_cents, left_cents)
        left_cents -= repaid_cents
        rows.append(
            InstalmentState(
                due_on=row.due_on,
                amount_cents=row.amount_cents,
                repaid_cents=repaid_cents,
                is_late=row.due_on < today and repaid_cents < row.amount_cents,
            )
        )
    return rows


def overdue_cents(loan: FarmLoan, *, today: date) -> int:
    """What the schedule asked until today and did not get: it is carried over."""
    return due_by(plan_of(loan), repaid_cents=loan.repaid_cents, on=today)


def total_left_cents(loans: Iterable[FarmLoan]) -> int:
    """What is still to come back of several loans."""
    return sum(loan.left_cents for loan in loans)


def payout_runs_of(hub: Organization) -> QuerySet[PayoutRun]:
    """The payment runs of a hub, the last first."""
    return PayoutRun.objects.filter(hub=hub).prefetch_related("payouts__farm")
