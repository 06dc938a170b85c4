"""What pages show of prices and of the fund, one file for whom it is shown to."""

from pricing.indicators.public import PublicFund, public_fund
from pricing.indicators.seen import (
    EXAMPLE_KG,
    MOVEMENTS_PER_PAGE,
    Example,
    JournalPage,
    LotSeen,
    MarginSeen,
    PricesToday,
    TierExample,
    first_steps_missing,
    journal,
    lots_seen,
    margins_seen,
    prices_today,
    whole_journal,
    worked_example,
)

__all__ = [
    "EXAMPLE_KG",
    "MOVEMENTS_PER_PAGE",
    "Example",
    "JournalPage",
    "LotSeen",
    "MarginSeen",
    "PricesToday",
    "PublicFund",
    "TierExample",
    "first_steps_missing",
    "journal",
    "lots_seen",
    "margins_seen",
    "prices_today",
    "public_fund",
    "whole_journal",
    "worked_example",
]
