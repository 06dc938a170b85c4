"""What is still open of what was billed, and the money of a hub day by day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """An amount and its day; `waits` says that somebody else must pay first.

    `name` is what the reader knows it by: the number of an invoice, or nothing.
    """

    due_on: date
    cents: int
    waits: bool = False
    name: str = ""


def still_open(
    bills: Iterable[Bill], *, owed_cents: int, today: date
) -> tuple[Bill, ...]:
    """What is not paid of these bills, so that it adds up to what is owed.

    A payment pays what is due first. What is owed beyond all bills (a share of a
    route, a payment taken back) is due today.
    """
    found: list[Bill] = []
    left_cents = max(owed_cents, 0)
    rows = sorted(bills, key=lambda bill: (bill.waits, bill.due_on), reverse=True)
    for bill in rows:
        cents = min(bill.cents, left_cents)
        if cents > 0:
            found.append(
                Bill(due_on=bill.due_on, cents=cents, waits=bill.waits, name=bill.name)
            )
            left_cents -= cents
    if left_cents:
        found.append(Bill(due_on=today, cents=left_cents))
    return tuple(sorted(found, key=lambda bill: (bill.due_on, bill.waits, bill.name)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """Money that is to come (above zero) or to leave (below) on a day."""

    on: date
    cents: int
    kind: str
    whom: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CashDay:
    """One day: what comes, what leaves, and the position at its end."""

    on: date
    in_cents: int
    out_cents: int
    position_cents: int


def days_of(
    *, position_cents: int, flows: Sequence[Flow], today: date, num_days: int
) -> list[CashDay]:
    """The position at the end of each day, today first; earlier flows are today's.

    Always: what was there, and the flows up to a day, are the position of that day.
    """
    found = []
    for number in range(num_days):
        on = today + timedelta(days=number)
        of_day = [flow.cents for flow in flows if max(flow.on, today) == on]
        in_cents = sum(cents for cents in of_day if cents > 0)
        out_cents = -sum(cents for cents in of_day if cents < 0)
        position_cents += in_cents - out_cents
        found.append(
            CashDay(
                on=on,
                in_cents=in_cents,
                out_cents=out_cents,
                position_cents=position_cents,
            )
        )
    return found


def low_point(days: Sequence[CashDay]) -> CashDay:
    """The day with the least money, the first of several."""
    return min(days, key=lambda day: (day.position_cents, day.on))


def first_below(days: Sequence[CashDay], level_cents: int) -> CashDay | None:
    """The first day that ends below a level."""
    return next((day for day in days if day.position_cents < level_cents), None)
