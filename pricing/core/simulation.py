"""What the fund would have lived through at other prices, and how long it would last.

Everything is counted on value at full price: a tier with multiplier μ draws (1 − μ) of
its value from the fund, or gives it (μ − 1). The weeks of the past are replayed with
other multipliers and shares, then drawn again at random to see how far the money goes.
"""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from hub.core.errors import N_
from hub.core.money import scale_half_up
from pricing.core.errors import NothingToWeigh
from pricing.core.margins import WHOLE_BPS
from pricing.core.tiers import BreakEven, break_even

Demand = Literal["lower", "same", "higher"]
DEMANDS: Mapping[Demand, int] = {"lower": 80, "same": 100, "higher": 125}
"""How much of the past's orders each scenario sees, in percent."""

DEMAND_NAMES: Mapping[Demand, str] = {
    "lower": N_("A fifth fewer orders"),
    "same": N_("As many orders as in the past"),
    "higher": N_("A quarter more orders"),
}

HORIZON_WEEKS = 156
NUM_FUTURES = 400
BLOCK_WEEKS = 4
"""Weeks are drawn in runs of four, as a good or a bad week rarely comes alone."""

WEEKS_FOR_A_BAND = 8
"""With a shorter past than this the band would only look like knowledge."""


@dataclass(frozen=True, slots=True)
class Week:
    """What each tier bought in the week that begins on a Monday, at full price."""

    starts_on: date
    value_cents: Mapping[str, int]

    @property
    def total_cents(self) -> int:
        """All that was bought."""
        return sum(self.value_cents.values())


@dataclass(frozen=True, slots=True)
class Replayed:
    """A stretch of the past at simulated prices; money in cents."""

    starts_on: date
    drawn_cents: int
    given_cents: int

    @property
    def net_cents(self) -> int:
        """What the fund had to find elsewhere; negative, what it gained."""
        return self.drawn_cents - self.given_cents


@dataclass(frozen=True, slots=True)
class Lasting:
    """In how many weeks the fund is empty, by one scenario; None: not in three years.

    `low` is reached or passed by nine futures of ten, `middle` by half of them, `high`
    by one of ten. Without a long enough past the three are equal.
    """

    demand: Demand
    percent: int
    low: int | None
    middle: int | None
    high: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulation:
    """The answer of the simulator.

    `sales_per_solidarity` says how many sales at the highest tier one sale at the
    lowest one needs; None when nobody draws, or nobody gives.
    """

    even: BreakEven
    weeks: tuple[Replayed, ...]
    months: tuple[Replayed, ...]
    sales_per_solidarity: Fraction | None
    lasting: tuple[Lasting, ...]
    has_band: bool


def simulate(
    past: Sequence[Week],
    *,
    multipliers_bps: Mapping[str, int],
    shares: Mapping[str, int] | None = None,
    fund_cents: int,
    seed: int = 1,
) -> Simulation:
    """Replay the past at these multipliers, and say how long the fund would last.

    `past` has every week of its period, empty ones too, the oldest first. `shares` are
    the parts of the value in any unit; without them each week keeps its own. The same
    asked twice is answered the same. Raises NothingToWeigh when nothing was bought, or
    every share is zero.
    """
    codes = sorted(multipliers_bps)
    told = shares or {
        code: sum(week.value_cents.get(code, 0) for week in past) for code in codes
    }
    weights = [max(told.get(code, 0), 0) for code in codes]
    even = break_even(weights, [multipliers_bps[code] for code in codes])
    split = dict(zip(codes, weights, strict=True)) if shares else None
    weeks = tuple(_replay(week, multipliers_bps, split) for week in past)
    if not any(week.total_cents for week in past):
        raise NothingToWeigh
    return Simulation(
        even=even,
        weeks=weeks,
        months=_by_month(weeks),
        sales_per_solidarity=sales_per_solidarity(multipliers_bps.values()),
        lasting=tuple(
            _lasting(demand, weeks, fund_cents, _chance(f"{seed} {demand}"))
            for demand in DEMANDS
        ),
        has_band=len(weeks) >= WEEKS_FOR_A_BAND,
    )


def sales_per_solidarity(multipliers_bps: Iterable[int]) -> Fraction | None:
    """How many sales at the highest tier pay for one at the lowest, value for value.

    (1 − μ low) / (μ high − 1): 3.25 for 0.755 and 1.075.
    """
    known = list(multipliers_bps)
    low, high = min(known), max(known)
    if low >= WHOLE_BPS or high <= WHOLE_BPS:
        return None
    return Fraction(WHOLE_BPS - low, high - WHOLE_BPS)


def _replay(
    week: Week, multipliers_bps: Mapping[str, int], split: Mapping[str, int] | None
) -> Replayed:
    drawn = given = 0
    for code, multiplier_bps in multipliers_bps.items():
        value_cents = week.value_cents.get(code, 0)
        if split is not None:
            value_cents = scale_half_up(
                week.total_cents, split[code], sum(split.values())
            )
        effect_cents = scale_half_up(
            max(value_cents, 0), abs(WHOLE_BPS - multiplier_bps), WHOLE_BPS
        )
        if multiplier_bps < WHOLE_BPS:
            drawn += effect_cents
        else:
            given += effect_cents
    return Replayed(week.starts_on, drawn, given)


def _by_month(weeks: Sequence[Replayed]) -> tuple[Replayed, ...]:
    months: dict[date, Replayed] = {}
    for week in weeks:
        first = week.starts_on.replace(day=1)
        before = months.get(first, Replayed(first, 0, 0))
        months[first] = Replayed(
            first,
            before.drawn_cents + week.drawn_cents,
            before.given_cents + week.given_cents,
        )
    return tuple(months[first] for first in sorted(months))


def _lasting(
    demand: Demand, weeks: Sequence[Replayed], fund_cents: int, chance: random.Random
) -> Lasting:
    percent = DEMANDS[demand]
    nets = [week.net_cents * percent for week in weeks]
    if len(nets) < WEEKS_FOR_A_BAND:
        even = _weeks_until_empty([sum(nets)] * HORIZON_WEEKS, fund_cents * len(nets))
        return Lasting(demand, percent, even, even, even)
    futures = sorted(
        (
            _weeks_until_empty(_future(nets, chance), fund_cents)
            for _ in range(NUM_FUTURES)
        ),
        key=lambda num_weeks: HORIZON_WEEKS if num_weeks is None else num_weeks,
    )
    low, middle, high = (
        futures[min(NUM_FUTURES * tenth // 10, NUM_FUTURES - 1)] for tenth in (1, 5, 9)
    )
    return Lasting(demand, percent, low, middle, high)


def _chance(seed: str) -> random.Random:
    return random.Random(seed)  # noqa: S311 - possible futures, no secrets


def _future(nets: Sequence[int], chance: random.Random) -> list[int]:
    drawn: list[int] = []
    while len(drawn) < HORIZON_WEEKS:
        first = chance.randrange(len(nets))
        drawn += [nets[(first + n) % len(nets)] for n in range(BLOCK_WEEKS)]
    return drawn[:HORIZON_WEEKS]


def _weeks_until_empty(nets: Sequence[int], fund_cents: int) -> int | None:
    """Whole weeks paid before the money is missing; `nets` are in percents of cents."""
    left = fund_cents * 100
    for number, net in enumerate(nets):
        left -= net
        if left < 0:
            return number
    return None
