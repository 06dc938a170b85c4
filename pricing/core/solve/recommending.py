"""Which multipliers a fund can carry: chosen by OR-Tools in steps of one percent.

Households come first: the low tier gets the price that is wanted for it, or the nearest
one that the fund can carry for so many weeks. Then the other tiers are asked as little
as that takes, those who chose to support before those who pay the fair price.
"""

from dataclasses import dataclass
from typing import Literal

from ortools.sat.python import cp_model

from pricing.core.errors import MultiplierOutOfRange, NothingToWeigh

PERCENT_BPS = 100
FULL = 100
"""The full price, in percent."""

CARRIES_ALL = 100 * 10_000 * 10_000
"""A fund that carries this could give everything away; the solver counts to 2⁶³."""

Outcome = Literal["as it is", "others help", "smaller reduction"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a hub wants of its fund.

    `coverage_bps` is the part of the value at full price that households buy at the
    low tier; the rest is shared by the fair and the support tier as
    `support_share_bps` of the rest says. `wanted_percent` is the price wanted for the
    low tier. No tier costs less than `floor_percent` (the farm's part of the price);
    the fair one at most `fair_most_percent`, the support one `support_most_percent`.
    Raises MultiplierOutOfRange for limits that contradict each other.
    """

    coverage_bps: int
    support_share_bps: int
    wanted_percent: int
    weekly_value_cents: int
    fund_cents: int
    num_weeks: int
    floor_percent: int = 1
    fair_most_percent: int = FULL
    support_most_percent: int = 130

    def __post_init__(self) -> None:
        if not self.floor_percent <= self.wanted_percent <= FULL:
            raise MultiplierOutOfRange(multiplier_bps=self.wanted_percent * PERCENT_BPS)
        most = self.support_most_percent
        if not FULL <= self.fair_most_percent <= most <= 2 * FULL:
            raise MultiplierOutOfRange(multiplier_bps=most * PERCENT_BPS)
        if not 0 <= self.coverage_bps <= 10_000 or self.weekly_value_cents <= 0:
            raise NothingToWeigh


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """The multipliers, in percent of the full price, and what they come to a week.

    `weeks` is how long the fund lasts at them; None, for ever. `missing_cents` is what
    the fund would need beside what it has to give the wanted price; zero if it does.
    """

    outcome: Outcome
    low_percent: int
    fair_percent: int
    support_percent: int
    drawn_cents: int
    given_cents: int
    weeks: int | None
    missing_cents: int


def recommend(wish: Wish) -> Recommendation:
    """Choose the multipliers of the three tiers; there is always an answer.

    At worst everybody pays the full price. Who orders at which tier is taken as it is
    wished: that people leave a tier whose price rises is not foreseen.
    """
    weights = _weights(wish)
    low, fair, support = _solved(wish, weights)
    drawn, given = _weekly(wish, weights, low, fair, support)
    net = drawn - given
    return Recommendation(
        outcome=_outcome(wish, low, fair, support),
        low_percent=low,
        fair_percent=fair,
        support_percent=support,
        drawn_cents=drawn,
        given_cents=given,
        weeks=wish.fund_cents // net if net > 0 else None,
        missing_cents=_missing_cents(wish, weights),
    )


def _weights(wish: Wish) -> tuple[int, int, int]:
    """The parts of low, fair and support in the value, out of 10 000²."""
    rest = 10_000 - wish.coverage_bps
    support = rest * wish.support_share_bps
    return wish.coverage_bps * 10_000, rest * 10_000 - support, support


def _solved(wish: Wish, weights: tuple[int, int, int]) -> tuple[int, int, int]:
    """The lowest price for households, then the smallest burden, then of whom."""
    model = cp_model.CpModel()
    low = model.new_int_var(wish.wanted_percent, FULL, "low")
    fair = model.new_int_var(FULL, wish.fair_most_percent, "fair")
    support = model.new_int_var(FULL, wish.support_most_percent, "support")
    model.add(fair <= support)
    whole_cents = wish.weekly_value_cents * wish.num_weeks
    carried = max(wish.fund_cents, 0) * 100 * 10_000 * 10_000 // whole_cents
    draw = weights[0] * (FULL - low)
    gift = weights[1] * (fair - FULL) + weights[2] * (support - FULL)
    model.add(draw - gift <= min(carried, CARRIES_ALL))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    for aim, variable in ((low, low), (gift, None), (fair, fair)):
        model.minimize(aim)
        if solver.solve(model) != cp_model.OPTIMAL:
            raise AssertionError("the full price for everybody is always a solution")
        if variable is None:
            model.add(gift <= int(solver.objective_value))
        else:
            model.add(variable == solver.value(variable))
    return solver.value(low), solver.value(fair), solver.value(support)


def _weekly(
    wish: Wish, weights: tuple[int, int, int], low: int, fair: int, support: int
) -> tuple[int, int]:
    """What a week draws (rounded up) and gives (rounded down), in cents."""
    whole = 100 * 10_000 * 10_000
    draw = weights[0] * (FULL - low) * wish.weekly_value_cents
    gift = weights[1] * (fair - FULL) + weights[2] * (support - FULL)
    return -(-draw // whole), gift * wish.weekly_value_cents // whole


def _missing_cents(wish: Wish, weights: tuple[int, int, int]) -> int:
    """What the wanted price lacks when the others give all that they may be asked."""
    drawn, given = _weekly(
        wish,
        weights,
        wish.wanted_percent,
        wish.fair_most_percent,
        wish.support_most_percent,
    )
    return max((drawn - given) * wish.num_weeks - wish.fund_cents, 0)


def _outcome(wish: Wish, low: int, fair: int, support: int) -> Outcome:
    if low > wish.wanted_percent:
        return "smaller reduction"
    return "as it is" if fair == support == FULL else "others help"
