"""Ledger accounts of vouchers: one function for each kind."""

from hub.ledger.core.accounts import HOLD_PREFIX, AccountRef


def programme(*, organization: str) -> AccountRef:
    """A programme's side of its envelopes: minus what stands or was spent in them."""
    return AccountRef(f"programme:{organization}", floored=False)


def envelope(*, public_id: str) -> AccountRef:
    """What an envelope can still promise; never below zero."""
    return AccountRef(f"envelope:{public_id}", floored=True)


def hold_key(*, envelope: str, order: str, version: int) -> str:
    """The key of the hold that keeps an envelope's part of one version of an order."""
    return f"envelope:{envelope}:{order}:v{version}"


def envelope_of(hold_key: str) -> str:
    """The public id of the envelope that a hold draws on."""
    return hold_key.split(":")[1]


def order_of(hold_key: str) -> str:
    """The public id of the order that a hold is for."""
    return hold_key.split(":")[2]


def holds_prefix(*, envelope: str, order: str = "") -> str:
    """What the codes of the accounts holding money of an envelope begin with.

    With an order: of those that hold it for this order, in any version.
    """
    return f"{HOLD_PREFIX}envelope:{envelope}:" + (f"{order}:" if order else "")
