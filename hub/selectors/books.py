"""Reads about the books: proofs, periods and counts of the ledger all hubs share."""

from dataclasses import dataclass
from datetime import date

from hub.ledger.periods import Period, closed_periods, next_period
from hub.ledger.proving import Proof, latest_proofs
from hub.ledger.statements import num_postings_on

NUM_ROOTS = 14
NUM_PERIODS = 12


@dataclass(frozen=True, slots=True)
class BooksState:
    """What anybody with money in the ledger may know of it: no account, no amount.

    `closes_on` is the first night in which the period that ends on `next_ends_on` is
    closed, if the audit of that night is clean.
    """

    proofs: list[Proof]
    periods: list[Period]
    next_ends_on: date
    closes_on: date
    num_postings_today: int

    @property
    def latest(self) -> Proof | None:
        """The audit of the last night; None before the first one."""
        return self.proofs[0] if self.proofs else None


def books_state(*, today: date, month_closes_on: int) -> BooksState:
    """The last proofs and periods, the next period to close, what today holds."""
    periods = closed_periods()
    ends_on, closes_on = next_period(
        closed=periods[0].ends_on if periods else None,
        today=today,
        month_closes_on=month_closes_on,
    )
    return BooksState(
        proofs=latest_proofs(NUM_ROOTS),
        periods=periods[:NUM_PERIODS],
        next_ends_on=ends_on,
        closes_on=closes_on,
        num_postings_today=num_postings_on(today),
    )
