"""Accounts of a small imaginary hub, and money in its fund."""

from datetime import date

from hub.ledger import posting
from hub.ledger.core.accounts import AccountRef, Move
from hub.ledger.models import Posting

BANK = AccountRef("bank:montreal", floored=False)
FUND = AccountRef("fund:montreal", floored=True)
GRANT = AccountRef("fund:grant", floored=True)
FARM = AccountRef("farm:k7", floored=False)
TODAY = date(2026, 9, 1)


def give(account: AccountRef, amount_cents: int, *, key: str = "") -> Posting:
    """Money from outside into an account."""
    return posting.post(
        key=key or f"gift:{account.code}",
        kind="gift",
        moves=[Move(BANK, -amount_cents), Move(account, amount_cents)],
        effective_on=TODAY,
    )
