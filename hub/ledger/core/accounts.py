"""Accounts and moves: what a movement of money is made of.

An account code is small words joined by colons (`fund:montreal:general`); the ledger
does not know what they stand for. Keys of postings follow the same grammar.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

CODE_PATTERN = r"^[a-z0-9][a-z0-9._-]*(:[a-z0-9][a-z0-9._-]*)*$"
CODE_LENGTH_MAX = 250
KEY_LENGTH_MAX = 200
HOLD_KEY_LENGTH_MAX = 170
"""Shorter than other keys: keys of releases are built around the key of a hold."""
HOLD_PREFIX = "hold:"
AMOUNT_MAX_CENTS = 10**15
_CODE = re.compile(CODE_PATTERN.rstrip("$") + r"\Z")


@dataclass(frozen=True, slots=True)
class AccountRef:
    """One account by its code; `floored` says that it may never go below zero."""

    code: str
    floored: bool

    def __post_init__(self) -> None:
        """Refuse a code outside the grammar."""
        require_code(self.code, length_max=CODE_LENGTH_MAX)


@dataclass(frozen=True, slots=True)
class Move:
    """Signed whole cents into (positive) or out of (negative) one account."""

    account: AccountRef
    amount_cents: int

    def __post_init__(self) -> None:
        """Refuse anything but whole cents."""
        require_cents(self.amount_cents)


def require_code(code: str, *, length_max: int) -> None:
    """Raise ValueError unless `code` is small words joined by colons."""
    if len(code) > length_max or not _CODE.match(code):
        raise ValueError(f"not a ledger code: {code!r}")


def require_key(key: str) -> None:
    """Raise ValueError unless `key` may name a posting."""
    require_code(key, length_max=KEY_LENGTH_MAX)


def require_cents(amount_cents: int) -> None:
    """Raise ValueError unless the amount is an int of believable size."""
    if type(amount_cents) is not int or abs(amount_cents) > AMOUNT_MAX_CENTS:
        raise ValueError(f"not an amount in whole cents: {amount_cents!r}")


def hold_account(key: str) -> AccountRef:
    """The floored account in which the hold `key` keeps its money."""
    require_code(key, length_max=HOLD_KEY_LENGTH_MAX)
    return AccountRef(f"{HOLD_PREFIX}{key}", floored=True)


def real_moves(moves: Iterable[Move]) -> tuple[Move, ...]:
    """The moves that move something: those of zero cents are left out."""
    return tuple(move for move in moves if move.amount_cents != 0)


def require_balanced(moves: Sequence[Move]) -> None:
    """Raise ValueError unless the moves sum to zero."""
    total_cents = sum(move.amount_cents for move in moves)
    if total_cents != 0:
        raise ValueError(f"the moves sum to {total_cents} cents, not to zero")


def require_no_hold_account(moves: Iterable[Move]) -> None:
    """Raise ValueError for a move that would go around `hold`, `capture`, `release`."""
    for move in moves:
        if move.account.code.startswith(HOLD_PREFIX):
            raise ValueError(f"{move.account.code} belongs to the holds")


def net_by_code(moves: Iterable[Move]) -> dict[str, int]:
    """What the moves together do to each account, in cents."""
    nets: dict[str, int] = {}
    for move in moves:
        code = move.account.code
        nets[code] = nets.get(code, 0) + move.amount_cents
    return nets


def opposite(moves: Iterable[Move]) -> tuple[Move, ...]:
    """The moves that undo these, in the same order."""
    return tuple(Move(move.account, -move.amount_cents) for move in moves)
