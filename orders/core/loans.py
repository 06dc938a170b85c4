"""Zero-interest loans: the instalments, and what a payout may withhold of them."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from hub.core.money import split_cents
from orders.core.errors.cash import LoanShareNotPossible, ScheduleNotPossible

WHOLE_BPS = 10_000
INSTALMENTS_MOST = 120


class Every(StrEnum):
    """How often an instalment comes due."""

    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How a loan is to come back: so many instalments, from a first day on.

    `share_bps` is the most that a payout may withhold, in ten-thousandths of it.
    Raises LoanShareNotPossible, ScheduleNotPossible.
    """

    amount_cents: int
    num_instalments: int
    every: Every
    first_on: date
    share_bps: int

    def __post_init__(self) -> None:
        if not 0 < self.share_bps <= WHOLE_BPS:
            raise LoanShareNotPossible(share_bps=self.share_bps)
        most = min(INSTALMENTS_MOST, self.amount_cents)
        if not 1 <= self.num_instalments <= most:
            raise ScheduleNotPossible(number=self.num_instalments, most=max(most, 0))


@dataclass(frozen=True, slots=True)
class Instalment:
    """What is to come back on a day."""

    due_on: date
    amount_cents: int


def schedule(plan: Plan) -> list[Instalment]:
    """The instalments of a loan, equal to the cent; together they are its amount.

    A month counts from the first day, or ends with the month when that is shorter.
    """
    parts = split_cents(plan.amount_cents, [1] * plan.num_instalments)
    return [Instalment(_day(plan, number), cents) for number, cents in enumerate(parts)]


def _day(plan: Plan, number: int) -> date:
    if plan.every == Every.WEEK:
        return plan.first_on + timedelta(weeks=number)
    months = plan.first_on.month - 1 + number
    year, month = plan.first_on.year + months // 12, months % 12 + 1
    last = calendar.monthrange(year, month)[1]
    return date(year, month, min(plan.first_on.day, last))


@dataclass(frozen=True, slots=True, kw_only=True)
class Owing:
    """A loan as a payout meets it: what is due of it by now, and its share."""

    loan_id: int
    due_cents: int
    share_bps: int


def due_by(plan: Plan, *, repaid_cents: int, on: date) -> int:
    """What the schedule asks by a day beyond what came back; never below nothing.

    What was paid early counts for the next instalments.
    """
    asked = sum(row.amount_cents for row in schedule(plan) if row.due_on <= on)
    return max(asked - repaid_cents, 0)


def withheld(gross_cents: int, owing: Sequence[Owing]) -> dict[int, int]:
    """What a payout withholds for each loan, the first granted first.

    For each loan, all that is withheld up to it stays within its share of the payout,
    rounded down: two loans are never withheld side by side beyond the larger share.
    """
    taken: dict[int, int] = {}
    for loan in owing:
        room = gross_cents * loan.share_bps // WHOLE_BPS - sum(taken.values())
        taken[loan.loan_id] = max(min(loan.due_cents, room), 0)
    return taken
