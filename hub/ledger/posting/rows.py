"""Accounts opened at first use, and locked always in ascending id."""

from collections.abc import Iterable, Sequence

from django.db import connection

from hub.ledger.core.accounts import HOLD_PREFIX, AccountRef, Move, net_by_code
from hub.ledger.core.errors import HoldExhausted, NotEnoughMoney
from hub.ledger.models import Account, Balance, Entry, Posting


def open_accounts(refs: Iterable[AccountRef]) -> dict[str, Account]:
    """The account rows by code; those that do not exist yet are added.

    New codes are inserted in alphabetical order, before any balance is locked: two
    postings that open the same accounts wait for each other in one direction only.
    Raises ValueError for an account that is floored in one place and not in another.
    """
    floored_by_code: dict[str, bool] = {}
    for ref in refs:
        if floored_by_code.setdefault(ref.code, ref.floored) != ref.floored:
            raise ValueError(f"{ref.code} is said to be floored and not floored")
    accounts = _accounts_with(floored_by_code)
    missing = sorted(floored_by_code.keys() - accounts.keys())
    if missing:
        Account.objects.bulk_create(
            [Account(code=code, floored=floored_by_code[code]) for code in missing],
            ignore_conflicts=True,
        )
        accounts |= _accounts_with(missing)
        Balance.objects.bulk_create(
            [
                Balance(account=accounts[code])
                for code in missing
                if accounts[code].floored
            ],
            ignore_conflicts=True,
        )
    for code, account in accounts.items():
        if account.floored != floored_by_code[code]:
            raise ValueError(f"{code} was opened with floored={account.floored}")
    return accounts


def _accounts_with(codes: Iterable[str]) -> dict[str, Account]:
    found = Account.objects.filter(code__in=list(codes))
    return {account.code: account for account in found}


def lock_balances(accounts: Iterable[Account]) -> dict[int, int]:
    """Balances in cents by account id, locked until the transaction ends.

    Only floored accounts have a row to lock; the others are appended to freely.
    """
    ids = [account.pk for account in accounts if account.floored]
    rows = Balance.objects.select_for_update().filter(account_id__in=ids)
    return dict(rows.order_by("account_id").values_list("account_id", "balance_cents"))


def lock_accounts(refs: Iterable[AccountRef]) -> None:
    """Lock floored accounts before several postings of one transaction move them.

    Each posting locks its own accounts in ascending id; two works with several
    postings each could still meet head-on. Locking everything first, in one go,
    keeps the order. Call it inside the transaction of the work.
    """
    if not connection.in_atomic_block:
        raise ValueError("a lock without a transaction ends at once")
    lock_balances(open_accounts(refs).values())


def write_entries(posting: Posting, moves: Sequence[Move]) -> None:
    """Append the moves to their accounts; the database adds them to the balances.

    Raises NotEnoughMoney, or HoldExhausted when the account is a hold's.
    """
    accounts = open_accounts(move.account for move in moves)
    balances = lock_balances(accounts.values())
    for code, net_cents in sorted(net_by_code(moves).items()):
        account = accounts[code]
        if account.floored and net_cents < 0:
            require_money(code, balances[account.pk], asked_cents=-net_cents)
    Entry.objects.bulk_create(
        Entry(
            posting=posting,
            position=position,
            account=accounts[move.account.code],
            amount_cents=move.amount_cents,
        )
        for position, move in enumerate(moves)
    )


def require_money(code: str, balance_cents: int, *, asked_cents: int) -> None:
    """Raise NotEnoughMoney or HoldExhausted when less is there than is asked."""
    missing_cents = asked_cents - balance_cents
    if missing_cents <= 0:
        return
    if code.startswith(HOLD_PREFIX):
        raise HoldExhausted(
            hold=code.removeprefix(HOLD_PREFIX),
            balance_cents=balance_cents,
            missing_cents=missing_cents,
        )
    raise NotEnoughMoney(
        account=code, balance_cents=balance_cents, missing_cents=missing_cents
    )
