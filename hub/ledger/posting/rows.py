"""Accounts opened at first use and locked always in ascending id; entries written."""

import json
from collections.abc import Iterable, Sequence

from django.db import connection

from hub.ledger.core.accounts import HOLD_PREFIX, AccountRef, Move
from hub.ledger.core.errors import HoldExhausted, NotEnoughMoney
from hub.ledger.models import Posting

_OPEN = "SELECT ledger_open(%s::text[], %s::boolean[])"
_LOCK = """
    SELECT locked_code, kept_cents FROM ledger_lock(%s::text[], %s::bigint[])
"""
_WRITE = """
    SELECT outcome, told
    FROM ledger_write(%s, %s::text[], %s::boolean[], %s::bigint[])
"""


def lock_accounts(refs: Iterable[AccountRef]) -> None:
    """Lock floored accounts before several postings of one transaction move them.

    Each posting locks its own accounts in ascending id; two works with several
    postings each could still meet head-on. Locking everything first, in one go,
    keeps the order. Call it inside the transaction of the work.
    """
    if not connection.in_atomic_block:
        raise ValueError("a lock without a transaction ends at once")
    locked_cents([Move(ref, 0) for ref in refs])


def locked_cents(nets: Sequence[Move]) -> dict[str, int]:
    """Balances of floored accounts by code, locked until the transaction ends.

    Only floored accounts have a row to lock; the others are appended to freely.
    """
    codes, floors, cents = as_arrays(nets)
    with connection.cursor() as cursor:
        cursor.execute(_OPEN, [codes, floors])
        (opened_otherwise,) = cursor.fetchone()
        if opened_otherwise is not None:
            _refuse_otherwise(opened_otherwise, nets)
        cursor.execute(_LOCK, [codes, cents])
        return dict(cursor.fetchall())


def write_entries(posting: Posting, moves: Sequence[Move]) -> None:
    """Append the moves to their accounts; the database adds them to the balances.

    Raises NotEnoughMoney, or HoldExhausted when the account is a hold's.
    """
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, [posting.pk, *as_arrays(moves)])
        outcome, told = cursor.fetchone()
    require_written(outcome, told, moves)


def as_arrays(moves: Sequence[Move]) -> tuple[list[str], list[bool], list[int]]:
    """Codes, floors and cents of moves, as the functions of the database take them.

    Raises ValueError for an account that is floored in one move and not in another.
    """
    floors: dict[str, bool] = {}
    for move in moves:
        code, floored = move.account.code, move.account.floored
        if floors.setdefault(code, floored) != floored:
            raise ValueError(f"{code} is said to be floored and not floored")
    return (
        [move.account.code for move in moves],
        [move.account.floored for move in moves],
        [move.amount_cents for move in moves],
    )


def require_written(outcome: str, told: str, moves: Sequence[Move]) -> None:
    """Raise what kept the database from writing the moves.

    NotEnoughMoney or HoldExhausted; ValueError for an account opened otherwise.
    """
    if outcome == "opened otherwise":
        _refuse_otherwise(json.loads(told)["account"], moves)
    if outcome == "short":
        figures = json.loads(told)
        raise _shortage(figures.pop("account"), figures)


def _refuse_otherwise(code: str, moves: Sequence[Move]) -> None:
    (asked, *_) = (m.account.floored for m in moves if m.account.code == code)
    raise ValueError(f"{code} was opened with floored={not asked}")


def require_money(code: str, balance_cents: int, *, asked_cents: int) -> None:
    """Raise NotEnoughMoney or HoldExhausted when less is there than is asked."""
    missing_cents = asked_cents - balance_cents
    if missing_cents > 0:
        raise _shortage(
            code, {"balance_cents": balance_cents, "missing_cents": missing_cents}
        )


def _shortage(code: str, figures: dict[str, int]) -> NotEnoughMoney | HoldExhausted:
    if code.startswith(HOLD_PREFIX):
        return HoldExhausted(hold=code.removeprefix(HOLD_PREFIX), **figures)
    return NotEnoughMoney(account=code, **figures)
