"""Names that pages of prices say in the reader's language."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext

from hub.ledger.statements import Movement
from pricing import selectors
from pricing.core.tiers import DEFAULT_TIERS
from pricing.models import FundLot, PriceTier
from pricing.selectors import RETURN_KIND

_TIERS = {tier.code: tier for tier in DEFAULT_TIERS}


def lot_name(lot: FundLot) -> str:
    """A money lot by its source; the general one has a name of ours."""
    return gettext(lot.source) if lot.is_general else lot.source


def movement_name(movement: Movement) -> str:
    """A movement of the fund's free money as people call it."""
    words = _of_verb(movement)
    is_noted = movement.verb not in ("hold", "release", "reverse") and movement.memo
    return f"{words} – {movement.memo}" if is_noted else words


def _of_verb(movement: Movement) -> str:
    if movement.kind == "fund-deposit" and movement.verb == "post":
        return gettext("Money received")
    if movement.kind == RETURN_KIND and movement.verb == "post":
        return gettext("Given back to its funder")
    by_verb = {
        "hold": gettext("Set aside for an order"),
        "release": gettext("Given back by an order"),
        "reverse": gettext("Correction"),
    }
    return by_verb.get(movement.verb) or gettext("Other movement")


def tier_name(tier: PriceTier) -> str:
    """A tier as people call it."""
    return gettext(_TIERS[tier.code].label)


def multipliers_said(hub_id: int) -> Iterable[dict[str, Any]]:
    """The dated multipliers of a hub with the names of their tiers."""
    return (
        {"row": row, "tier": tier_name(row.tier)}
        for row in selectors.multipliers_of(hub_id=hub_id)
    )


def tier_explanation(tier: PriceTier) -> str:
    """What a tier means for the fund, in one sentence."""
    return gettext(_TIERS[tier.code].explanation)
