"""A smaller reduction, offered while the fund would not last long enough."""

from dataclasses import replace

from hub.core.money import scale_half_up
from pricing.core.margins import WHOLE_BPS
from pricing.core.terms import TermsBook


def smaller_multiplier_bps(multiplier_bps: int, kept_bps: int) -> int:
    """What a low tier pays when `kept_bps` of its reduction is still given.

    80 % of the full price, half of the reduction kept, is 90 %. The full price and what
    is above it stay as they are.
    """
    reduction_bps = max(WHOLE_BPS - multiplier_bps, 0)
    given_bps = scale_half_up(reduction_bps, kept_bps, WHOLE_BPS)
    return multiplier_bps + reduction_bps - given_bps


def with_smaller_reduction(book: TermsBook, kept_bps: int) -> TermsBook:
    """The terms of a hub with every low tier's reduction made smaller."""
    smaller = {
        code: smaller_multiplier_bps(multiplier_bps, kept_bps)
        for code, multiplier_bps in book.multipliers_bps.items()
    }
    return replace(book, multipliers_bps=smaller)
