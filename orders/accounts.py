"""Ledger accounts that a sale moves money between: one function for each kind."""

from collections.abc import Mapping

from hub.ledger.core.accounts import AccountRef, Move
from orders.core.billing import Parts


def buyer(*, organization: str) -> AccountRef:
    """Minus what a buyer owes its hub."""
    return AccountRef(f"buyer:{organization}", floored=False)


def farm(*, organization: str) -> AccountRef:
    """What the hub owes a farm."""
    return AccountRef(f"farm:{organization}", floored=False)


def margin(*, hub: str) -> AccountRef:
    """The hub's margin earned."""
    return AccountRef(f"hub:{hub}:margin", floored=False)


def transport(*, hub: str) -> AccountRef:
    """Transport collected, less the routes it paid."""
    return AccountRef(f"hub:{hub}:transport", floored=False)


def fees(*, hub: str) -> AccountRef:
    """The hub's fees for the legs of the way, earned."""
    return AccountRef(f"hub:{hub}:fees", floored=False)


def rounding(*, hub: str) -> AccountRef:
    """The cents that tier prices round off."""
    return AccountRef(f"hub:{hub}:rounding", floored=False)


def tax(*, hub: str, code: str) -> AccountRef:
    """A sales tax collected and to be remitted: `tps` or `tvq`."""
    return AccountRef(f"tax:{hub}:{code}", floored=False)


def bank(*, hub: str) -> AccountRef:
    """Money that came to the hub's bank, less what left it."""
    return AccountRef(f"bank:{hub}", floored=False)


def suspense(*, hub: str) -> AccountRef:
    """Money that came to the hub's bank and waits to be matched with a buyer."""
    return AccountRef(f"suspense:{hub}", floored=True)


def loan(*, hub: str, loan: str) -> AccountRef:
    """Minus what a farm has still to pay back of a loan."""
    return AccountRef(f"loan:{hub}:{loan}", floored=False)


def sale_moves(
    *,
    hub: str,
    buyer_organization: str,
    parts: Parts,
    farms_cents: Mapping[str, int],
    gift: tuple[AccountRef | None, int],
) -> list[Move]:
    """Where the money of a sale goes; the moves sum to what the fund adds.

    `farms_cents` maps the public id of a farm to its part; `gift` is the lot of the
    fund that what the buyer gives comes to, and how much that is.
    """
    lot, gift_cents = gift
    moves = [Move(buyer(organization=buyer_organization), -parts.buyer_cents)]
    moves += [
        Move(farm(organization=public_id), cents)
        for public_id, cents in sorted(farms_cents.items())
    ]
    moves += [
        Move(transport(hub=hub), parts.transport_cents),
        Move(margin(hub=hub), parts.margin_cents),
        Move(tax(hub=hub, code="tps"), parts.tps_cents),
        Move(tax(hub=hub, code="tvq"), parts.tvq_cents),
        Move(rounding(hub=hub), -parts.rounding_cents),
    ]
    if parts.fees_cents:
        moves.append(Move(fees(hub=hub), parts.fees_cents))
    if lot is not None:
        moves.append(Move(lot, gift_cents))
    return moves
