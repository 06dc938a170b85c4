"""When money is due: the terms agreed with a buyer or a farm, and the day they give."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from orders.core.errors.cash import TermsNotPossible

DAYS_MOST = 180
"""Half a year: more is a loan, not a delay."""


class Rule(StrEnum):
    """From which day the days of grace are counted."""

    NET = "net"
    MONTH_END = "month_end"
    ON_DELIVERY = "on_delivery"
    WHEN_PAID = "when_paid"


@dataclass(frozen=True, slots=True)
class Terms:
    """One agreement: a rule and its days.

    `when_paid` is for farms only: they are paid once the buyer of their goods has paid.
    Raises TermsNotPossible for days that a rule does not know.
    """

    rule: Rule
    days: int = 0

    def __post_init__(self) -> None:
        counts = self.rule in (Rule.NET, Rule.MONTH_END)
        if not 0 <= self.days <= (DAYS_MOST if counts else 0):
            raise TermsNotPossible(days=self.days, most=DAYS_MOST)


BUYERS_USUAL = Terms(Rule.NET, 30)
"""What holds for buyers as long as their hub has said nothing else."""
FARMS_USUAL = Terms(Rule.ON_DELIVERY)
"""What holds for farms as long as their hub has said nothing else."""


def due_on(terms: Terms, *, billed_on: date, delivered_on: date) -> date | None:
    """The day on which an amount is due; None when it waits for the buyer's payment.

    Days are counted from the day of the bill: who is billed late has as long as the
    others. What is due on delivery is due at the latest of delivery and bill.
    """
    if terms.rule == Rule.WHEN_PAID:
        return None
    if terms.rule == Rule.ON_DELIVERY:
        return max(billed_on, delivered_on)
    start = billed_on
    if terms.rule == Rule.MONTH_END:
        last = calendar.monthrange(billed_on.year, billed_on.month)[1]
        start = billed_on.replace(day=last)
    return start + timedelta(days=terms.days)
