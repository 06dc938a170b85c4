"""Who is owed what, and when: open invoices of buyers, open sales of farms."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, QuerySet, Sum

from hub.ledger import statements
from orders import accounts
from orders.core.cash import Bill, still_open
from orders.core.loans import Owing, due_by, withheld
from orders.core.terms import BUYERS_USUAL
from orders.models import FarmLoan, FarmSale, Invoice
from orders.selectors.loans import plan_of
from orders.selectors.terms import KINDS_OF_SIDE

if TYPE_CHECKING:
    from hub.models import Organization

OpenBills = Mapping[int, tuple[Bill, ...]]
CREDITED = Exists(Invoice.objects.filter(corrects=OuterRef("pk"), kind="credit_note"))


def buyers_bills(
    hub: Organization, *, today: date, only: Organization | None = None
) -> OpenBills:
    """What each buyer of a hub still owes, by its key; four queries."""
    owed = _owed(hub, "buyer", only)
    bills: dict[int, list[Bill]] = defaultdict(list)
    papers = (
        Invoice.objects.filter(hub=hub, kind="invoice", buyer__in=owed)
        .exclude(CREDITED)
        .values_list(
            "buyer_id",
            "due_on",
            "effective_on",
            "buyer_cents",
            "envelope_cents",
            "number",
        )
    )
    for buyer_id, due, billed_on, cents, paid_cents, number in papers.iterator():
        bills[buyer_id].append(
            Bill(
                due_on=due or billed_on + timedelta(days=BUYERS_USUAL.days),
                cents=cents - paid_cents,
                name=str(number),
            )
        )
    return _open(owed, bills, today)


def farms_bills(
    hub: Organization, *, today: date, only: Organization | None = None
) -> OpenBills:
    """What each farm of a hub is still owed, by its key.

    A sale that waits for its buyer is expected when the invoice is due; once nothing of
    that invoice is open, the farm is due since that day.
    """
    owed = _owed(hub, "farm", only)
    open_numbers: set[str] = set()
    if _sales(owed).filter(when_paid=True).exists():
        found = buyers_bills(hub, today=today).values()
        open_numbers = {bill.name for rows in found for bill in rows}
    bills: dict[int, list[Bill]] = defaultdict(list)
    rows = (
        _sales(owed)
        .values_list(
            "farm_id",
            "due_on",
            "when_paid",
            "invoice_line__invoice__due_on",
            "invoice_line__invoice__effective_on",
            "invoice_line__invoice__number",
        )
        .annotate(cents=Sum("farm_cents"))
        .order_by()
    )
    for farm_id, due, when_paid, buyer_due, billed_on, number, cents in rows.iterator():
        waits = when_paid and str(number) in open_numbers
        day = due or (buyer_due if when_paid else None) or billed_on
        bills[farm_id].append(
            Bill(
                due_on=day,
                cents=cents,
                waits=waits,
                name=str(number),
            )
        )
    return _open(owed, bills, today)


def _sales(owed: Iterable[int]) -> QuerySet[FarmSale]:
    credited = Invoice.objects.filter(
        corrects=OuterRef("invoice_line__invoice"), kind="credit_note"
    )
    return FarmSale.objects.filter(
        farm__in=list(owed), invoice_line__invoice__kind="invoice"
    ).exclude(Exists(credited))


def _owed(hub: Organization, side: str, only: Organization | None) -> dict[int, int]:
    """What stands above zero on the accounts of a side, by member; two queries."""
    members = hub.members.filter(kind__in=KINDS_OF_SIDE[side])
    if only is not None:
        members = members.filter(pk=only.pk)
    account, sign = (accounts.buyer, -1) if side == "buyer" else (accounts.farm, 1)
    codes = {
        account(organization=public_id).code: pk
        for pk, public_id in members.values_list("pk", "public_id")
    }
    found = statements.balances_of(codes)
    return {
        codes[code]: sign * cents for code, cents in found.items() if sign * cents > 0
    }


def _open(
    owed: Mapping[int, int], bills: Mapping[int, Iterable[Bill]], today: date
) -> OpenBills:
    return {
        pk: still_open(bills.get(pk, ()), owed_cents=cents, today=today)
        for pk, cents in owed.items()
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What one farm is paid in a run: what is due, and what its loans withhold."""

    farm: Organization
    gross_cents: int
    withheld: tuple[tuple[FarmLoan, int], ...]
    carried_cents: int

    @property
    def withheld_cents(self) -> int:
        """What stays with the hub."""
        return sum(cents for _, cents in self.withheld)

    @property
    def net_cents(self) -> int:
        """What leaves the bank."""
        return self.gross_cents - self.withheld_cents


def payouts_due(hub: Organization, *, through: date, today: date) -> list[Proposal]:
    """Each farm with something due by a day, by name, with what its loans withhold."""
    due = {
        pk: sum(b.cents for b in bills if b.due_on <= through and not b.waits)
        for pk, bills in farms_bills(hub, today=today).items()
    }
    due = {pk: cents for pk, cents in due.items() if cents > 0}
    loans = open_loans(hub, farms=due)
    farms = hub.members.filter(pk__in=due).order_by("name", "pk")
    return [_proposal(farm, due[farm.pk], loans[farm.pk], through) for farm in farms]


def open_loans(
    hub: Organization, *, farms: Collection[int]
) -> dict[int, list[FarmLoan]]:
    """What these farms have not repaid yet, the first granted first."""
    found: dict[int, list[FarmLoan]] = defaultdict(list)
    rows = FarmLoan.objects.filter(hub=hub, farm__in=list(farms)).order_by("pk")
    for loan in rows:
        if loan.left_cents:
            found[loan.farm_id].append(loan)
    return found


def _proposal(
    farm: Organization, gross_cents: int, loans: list[FarmLoan], through: date
) -> Proposal:
    owing = [
        Owing(
            loan_id=loan.pk,
            due_cents=due_by(plan_of(loan), repaid_cents=loan.repaid_cents, on=through),
            share_bps=loan.share_bps,
        )
        for loan in loans
    ]
    taken = withheld(gross_cents, owing)
    return Proposal(
        farm=farm,
        gross_cents=gross_cents,
        withheld=tuple((loan, taken[loan.pk]) for loan in loans if taken[loan.pk]),
        carried_cents=sum(row.due_cents for row in owing) - sum(taken.values()),
    )


def fingerprint_of(proposals: Iterable[Proposal], *, through: date) -> str:
    """What a person agrees to when they pay: every farm, every cent."""
    said = [
        [
            row.farm.public_id,
            row.gross_cents,
            [[loan.public_id, cents] for loan, cents in row.withheld],
        ]
        for row in proposals
    ]
    text = json.dumps([through.isoformat(), said])
    return hashlib.sha256(text.encode()).hexdigest()
