"""Ledger accounts of trucks: one function for each kind."""

from hub.ledger.core.accounts import AccountRef


def carrier(*, organization: str) -> AccountRef:
    """What the hubs owe an organization for the routes its trucks drove."""
    return AccountRef(f"carrier:{organization}", floored=False)
