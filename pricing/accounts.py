"""Ledger accounts of pricing: one function for each kind."""

from hub.ledger.core.accounts import AccountRef


def fund_lot(*, hub: str, lot: str) -> AccountRef:
    """A money lot of a hub's solidarity fund, by public ids; never below zero."""
    return AccountRef(f"fund:{hub}:{lot}", floored=True)


def funder(*, hub: str) -> AccountRef:
    """Where the fund's money comes from: grants and gifts, outside the platform."""
    return AccountRef(f"funder:{hub}", floored=False)


def fund_prefix(*, hub: str) -> str:
    """What the codes of all money lots of a hub's fund begin with."""
    return f"fund:{hub}:"


def draw_hold_key(*, hub: str, order: str, version: int) -> str:
    """The key of the hold that keeps one version of an order's draw."""
    return f"fund:{hub}:{order}:v{version}"


def fund_holds_prefix(*, hub: str) -> str:
    """What the codes of the accounts holding draws on a hub's fund begin with."""
    return f"hold:fund:{hub}:"
