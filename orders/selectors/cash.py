"""The money of a hub in the weeks ahead, and what a farm has coming."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from hub.ledger import statements
from orders import accounts
from orders.core.cash import Bill, CashDay, Flow, days_of, first_below, low_point
from orders.core.loans import Owing, due_by, withheld
from orders.models import CashWatch, FarmLoan
from orders.selectors.dues import buyers_bills, farms_bills, open_loans
from orders.selectors.loans import plan_of

if TYPE_CHECKING:
    from hub.models import Organization

NUM_DAYS = 92
CARRIERS_KIND = "transport-paid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """Money that should have come: nobody knows on which day it will."""

    buyer: Organization
    name: str
    due_on: date
    cents: int
    age_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CashCalendar:
    """The cash of a hub from today on.

    Late money counts on no day. `undated` is what is to be remitted or paid on a day
    that Charroi does not know: taxes collected, carriers.
    """

    today: date
    position_cents: int
    counted_on: date | None
    flows: tuple[Flow, ...]
    late: tuple[Late, ...]
    days: tuple[CashDay, ...]
    undated: Mapping[str, int]
    level_cents: int | None
    loans_left_cents: int

    @property
    def low(self) -> CashDay:
        """The day with the least money."""
        return low_point(self.days)

    @property
    def first_below(self) -> CashDay | None:
        """The first day under the level that the hub has set; None without one."""
        if self.level_cents is None:
            return None
        return first_below(self.days, self.level_cents)

    @property
    def late_cents(self) -> int:
        """All that is late."""
        return sum(row.cents for row in self.late)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """What a farm has coming on a day; `waits` for the buyer of its goods."""

    on: date
    gross_cents: int
    withheld_cents: int
    waits: bool

    @property
    def net_cents(self) -> int:
        """What it gets."""
        return self.gross_cents - self.withheld_cents


def watch_of(hub: Organization) -> CashWatch:
    """What a hub says of its bank; nothing yet for one that never said."""
    return CashWatch.objects.filter(hub=hub).first() or CashWatch(hub=hub)


def bank_cents(watch: CashWatch, *, today: date) -> int:
    """The money in the bank by the end of today.

    From the balance that the hub counted, with what was written down since; without
    one, what came and left since the beginning.
    """
    code = accounts.bank(hub=watch.hub.public_id).code
    if watch.counted_on is None:
        return -statements.balance_cents(code)
    since = watch.counted_on + timedelta(days=1)
    until = max(today + timedelta(days=1), since)
    book = statements.statement(code, since=since, until=until)
    return watch.counted_cents - (book.closing_cents - book.opening_cents)


def cash_calendar(hub: Organization, *, today: date) -> CashCalendar:
    """Who is owed what and when, and the position of each day of three months."""
    watch = watch_of(hub)
    owing = buyers_bills(hub, today=today)
    owed = farms_bills(hub, today=today)
    loans = open_loans(hub, farms=list(owed))
    names = {member.pk: member for member in hub.members.filter(pk__in={*owing, *owed})}
    flows, late = [], []
    for pk, bills in owing.items():
        for bill in bills:
            if bill.due_on < today:
                late.append(_late(names[pk], bill, today))
                continue
            flows.append(
                Flow(
                    on=bill.due_on,
                    cents=bill.cents,
                    kind="buyer",
                    whom=names[pk].name,
                    name=bill.name,
                )
            )
    for pk, bills in owed.items():
        for row in coming_of(bills, loans[pk], today=today):
            # What waits for a buyer who is late waits on.
            if row.net_cents and not (row.waits and row.on < today):
                flows.append(
                    Flow(
                        on=max(row.on, today),
                        cents=-row.net_cents,
                        kind="farm",
                        whom=names[pk].name,
                    )
                )
    position_cents = bank_cents(watch, today=today)
    return CashCalendar(
        today=today,
        position_cents=position_cents,
        counted_on=watch.counted_on,
        flows=tuple(sorted(flows, key=lambda row: (row.on, row.kind, row.whom))),
        late=tuple(sorted(late, key=lambda row: (row.due_on, row.name))),
        days=tuple(
            days_of(
                position_cents=position_cents,
                flows=flows,
                today=today,
                num_days=NUM_DAYS,
            )
        ),
        undated=_undated(hub),
        level_cents=watch.warn_below_cents,
        loans_left_cents=_left(hub),
    )


def coming_of(
    bills: Iterable[Bill], loans: Iterable[FarmLoan], *, today: date
) -> list[Coming]:
    """What a farm gets on each day, with what its loans will withhold of it.

    What is due already is paid today, in one payout.
    """
    by_day: dict[tuple[date, bool], int] = defaultdict(int)
    for bill in bills:
        on = bill.due_on if bill.waits else max(bill.due_on, today)
        by_day[on, bill.waits] += bill.cents
    repaid = {loan.pk: loan.repaid_cents for loan in loans}
    rows = []
    for (on, waits), gross_cents in sorted(by_day.items()):
        owing = [
            Owing(
                loan_id=loan.pk,
                due_cents=due_by(
                    plan_of(loan), repaid_cents=repaid[loan.pk], on=max(on, today)
                ),
                share_bps=loan.share_bps,
            )
            for loan in loans
        ]
        taken = withheld(gross_cents, owing)
        for pk, cents in taken.items():
            repaid[pk] += cents
        rows.append(
            Coming(
                on=on,
                gross_cents=gross_cents,
                withheld_cents=sum(taken.values()),
                waits=waits,
            )
        )
    return rows


def coming_for(farm: Organization, *, today: date) -> list[Coming]:
    """What one farm has coming of its hub."""
    hub = farm.hub
    if hub is None:
        return []
    bills = farms_bills(hub, today=today, only=farm).get(farm.pk, ())
    return coming_of(bills, open_loans(hub, farms=[farm.pk])[farm.pk], today=today)


def _late(buyer: Organization, bill: Bill, today: date) -> Late:
    return Late(
        buyer=buyer,
        name=bill.name,
        due_on=bill.due_on,
        cents=bill.cents,
        age_days=(today - bill.due_on).days,
    )


def _undated(hub: Organization) -> dict[str, int]:
    """Taxes collected and carriers' pay: no payment of them is written down yet."""
    public_id = hub.public_id
    transport = accounts.transport(hub=public_id).code
    taxes = [accounts.tax(hub=public_id, code=code).code for code in ("tps", "tvq")]
    found = {
        "taxes": sum(statements.balances_of(taxes).values()),
        "carriers": -sum(
            row.amount_cents
            for row in statements.moved_on([transport])
            if row.kind == CARRIERS_KIND
        ),
    }
    return {name: cents for name, cents in found.items() if cents > 0}


def _left(hub: Organization) -> int:
    return sum(loan.left_cents for loan in FarmLoan.objects.filter(hub=hub))
