"""Which money of a hold is spent and which goes back.

The draws of a hold lie in the order in which they were given, like coins in a row.
Captures spend from the front (give the money that expires first), releases give back
from the end. So what is left is always one piece of the row, and how it came about
does not matter: only the totals captured and released do.
"""

from collections.abc import Sequence
from typing import TypeVar

from hub.ledger.core.accounts import AccountRef

Account = TypeVar("Account")
Row = Sequence[tuple[Account, int]]
Draws = Row[AccountRef]


def require_draws(draws: Draws) -> None:
    """Raise ValueError for a negative draw."""
    for account, amount_cents in draws:
        if amount_cents < 0:
            raise ValueError(f"a negative draw on {account.code}")


def piece(
    draws: Row[Account], *, start_cents: int, stop_cents: int
) -> list[tuple[Account, int]]:
    """The part of the row between two distances from its front.

    The parts add up to `stop_cents - start_cents` as long as both lie on the row.
    """
    parts = []
    passed_cents = 0
    for account, drawn_cents in draws:
        first_cents = max(start_cents, passed_cents)
        last_cents = min(stop_cents, passed_cents + drawn_cents)
        if last_cents > first_cents:
            parts.append((account, last_cents - first_cents))
        passed_cents += drawn_cents
    return parts


def given_back(
    draws: Draws, *, released_before_cents: int, amount_cents: int
) -> list[tuple[AccountRef, int]]:
    """To which accounts a release of `amount_cents` goes: the last drawn come first.

    `released_before_cents` is the sum of the earlier releases of the same hold.
    """
    total_cents = sum(drawn_cents for _, drawn_cents in draws)
    stop_cents = total_cents - released_before_cents
    return piece(draws, start_cents=stop_cents - amount_cents, stop_cents=stop_cents)
