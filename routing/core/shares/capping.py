"""Splitting a cost by weight when nobody may pay more than a cap.

Everybody pays the same multiple of their weight, or their cap when that is less. The
multiple is the one at which the whole is paid. This is what re-sharing the excess
again and again, among those below their cap and in proportion to their weight, ends
in; said as one number it can be checked by hand.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Capped:
    """Parts in the order of the weights; parts and remainder sum to the whole.

    `factor` multiplies every weight below its cap; None when everybody who has a
    weight pays the cap. `remainder_cents` is what the caps leave unpaid.
    """

    cents: tuple[int, ...]
    is_capped: tuple[bool, ...]
    factor: Fraction | None
    remainder_cents: int


def capped(
    whole_cents: int, weights: Sequence[Fraction], caps: Sequence[int | None]
) -> Capped:
    """Split whole cents by weight under caps, by largest remainder.

    A weight below zero counts as zero: nobody is paid for riding along. A cap of None
    binds nothing. The earlier position wins a tie between equal remainders.
    """
    fair = [max(weight, Fraction(0)) for weight in weights]
    exact = [Fraction(0)] * len(fair)
    held = [False] * len(fair)
    left, weight_left = Fraction(whole_cents), sum(fair, Fraction(0))
    factor = None
    payers = [at for at, weight in enumerate(fair) if weight > 0]
    for at in sorted(payers, key=lambda at: _reached_at(fair[at], caps[at])):
        cap_cents = caps[at]
        if cap_cents is None or left * fair[at] <= cap_cents * weight_left:
            factor = left / weight_left
            break
        exact[at], held[at] = Fraction(cap_cents), True
        left -= cap_cents
        weight_left -= fair[at]
    if factor is not None:
        for at in payers:
            if not held[at]:
                exact[at] = fair[at] * factor
        left = Fraction(0)
    return Capped(
        cents=_rounded(exact),
        is_capped=tuple(held),
        factor=factor,
        remainder_cents=int(left),
    )


def _reached_at(weight: Fraction, cap_cents: int | None) -> tuple[bool, Fraction]:
    """The factor at which a cap binds; those without a cap come last."""
    if cap_cents is None:
        return True, Fraction(0)
    return False, Fraction(cap_cents) / weight


def _rounded(exact: Sequence[Fraction]) -> tuple[int, ...]:
    """Whole cents with the same sum, which must be whole; never above a whole cap."""
    cents = [int(part) for part in exact]
    missing = int(sum(exact, Fraction(0))) - sum(cents)
    by_remainder = sorted(range(len(exact)), key=lambda at: cents[at] - exact[at])
    for at in by_remainder[:missing]:
        cents[at] += 1
    return tuple(cents)
