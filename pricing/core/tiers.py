"""Price tiers, and whether what some add pays for what others are spared."""

from collections.abc import Sequence
from dataclasses import dataclass

from hub.core.errors import N_
from hub.core.money import scale_half_up
from pricing.core.errors import MultiplierOutOfRange, NothingToWeigh
from pricing.core.margins import WHOLE_BPS

MULTIPLIER_MAX_BPS = 20_000
"""Twice the full price: above it the figure is a typing mistake."""


def require_multiplier(multiplier_bps: int) -> int:
    """Give the multiplier back when a hub may set it. Raises MultiplierOutOfRange."""
    if not 0 < multiplier_bps <= MULTIPLIER_MAX_BPS:
        raise MultiplierOutOfRange(multiplier_bps=multiplier_bps)
    return multiplier_bps


@dataclass(frozen=True, slots=True, kw_only=True)
class TierSetting:
    """What a hub sets for one of its tiers. Raises MultiplierOutOfRange."""

    code: str
    multiplier_bps: int
    needs_agreement: bool

    def __post_init__(self) -> None:
        require_multiplier(self.multiplier_bps)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier:
    """A price tier: what it multiplies the full price by, and its words."""

    code: str
    multiplier_bps: int
    label: str
    explanation: str

    def __post_init__(self) -> None:
        if self.multiplier_bps < 0:
            raise MultiplierOutOfRange(multiplier_bps=self.multiplier_bps)


DEFAULT_TIERS: tuple[Tier, ...] = (
    Tier(
        code="solidaire",
        multiplier_bps=8_000,
        label=N_("Solidarity price"),
        explanation=N_("Below the full price; the solidarity fund pays the rest."),
    ),
    Tier(
        code="juste_prix",
        multiplier_bps=10_000,
        label=N_("Fair price"),
        explanation=N_("The full price: farm, transport and hub."),
    ),
    Tier(
        code="soutien",
        multiplier_bps=11_500,
        label=N_("Support price"),
        explanation=N_("Above the full price; the rest goes to the solidarity fund."),
    ),
)
"""What a new hub starts with; it sets its own multipliers."""

FAIR_TIER = "juste_prix"
"""The tier of somebody who has chosen nothing: the full price."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakEven:
    """How far a set of tiers carries itself, for each 10 000 of full-price value.

    `coverage_bps` is the part of the draws that the contributions repay, None when
    nothing is drawn; `net_bps` is what the fund must find from elsewhere per full
    price (negative: what it gains).
    """

    draw_bps: int
    contribution_bps: int
    net_bps: int
    coverage_bps: int | None
    is_balanced: bool


def break_even(shares: Sequence[int], multipliers: Sequence[int]) -> BreakEven:
    """Weigh what tiers draw against what they give: even when Σ(share × μ) = 1.

    `shares` are the tiers' parts of the value at full price, in any unit;
    `multipliers` are in bps, in the same order. With 25/50/25 and 0.755/1/1.075
    the top tier repays 31 % of the low one.
    Raises NothingToWeigh when every share is zero, ValueError when the two do not
    match.
    """
    if len(shares) != len(multipliers) or any(share < 0 for share in shares):
        raise ValueError("Each tier needs one share and one multiplier.")
    total = sum(shares)
    if total == 0:
        raise NothingToWeigh
    drawn = given = 0
    for share, multiplier_bps in zip(shares, multipliers, strict=True):
        drawn += share * max(WHOLE_BPS - multiplier_bps, 0)
        given += share * max(multiplier_bps - WHOLE_BPS, 0)
    return BreakEven(
        draw_bps=scale_half_up(drawn, 1, total),
        contribution_bps=scale_half_up(given, 1, total),
        net_bps=scale_half_up(drawn - given, 1, total),
        coverage_bps=scale_half_up(given, WHOLE_BPS, drawn) if drawn else None,
        is_balanced=drawn == given,
    )
