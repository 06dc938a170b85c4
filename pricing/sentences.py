"""Names that pages of prices say in the reader's language."""

from django.utils.translation import gettext

from pricing.core.tiers import DEFAULT_TIERS
from pricing.models import FundLot, PriceTier

_TIERS = {tier.code: tier for tier in DEFAULT_TIERS}


def lot_name(lot: FundLot) -> str:
    """A money lot by its source; the general one has a name of ours."""
    return gettext(lot.source) if lot.is_general else lot.source


def tier_name(tier: PriceTier) -> str:
    """A tier as people call it."""
    return gettext(_TIERS[tier.code].label)


def tier_explanation(tier: PriceTier) -> str:
    """What a tier means for the fund, in one sentence."""
    return gettext(_TIERS[tier.code].explanation)
