"""Tables of prices: tiers, agreements, rules, taxes, solidarity funds."""

from pricing.models.fund import (
    FundLot,
    SolidarityFund,
)
from pricing.models.rules import (
    FeeRule,
    MarginRule,
    TaxRate,
    TransportRule,
)
from pricing.models.tiers import (
    PriceTier,
    SupportLimit,
    TierAgreement,
    TierMultiplier,
)

__all__ = [
    "FeeRule",
    "FundLot",
    "MarginRule",
    "PriceTier",
    "SolidarityFund",
    "SupportLimit",
    "TaxRate",
    "TierAgreement",
    "TierMultiplier",
    "TransportRule",
]
