"""What happens when a farm's minimum is not reached at the close: never silence."""

from dataclasses import dataclass
from typing import Literal

from orders.core.reasons import Reason

MinimumRule = Literal["notify", "cancel"]
MINIMUM_RULES: tuple[MinimumRule, ...] = ("notify", "cancel")
"""Carrying lines over is no rule: the next cycle has its own prices and goods, and
nobody has agreed to them. Buyers who want it agree to a default order."""

MinimumAction = Literal["proceed", "notify", "cancel"]


@dataclass(frozen=True, slots=True)
class MinimumOutcome:
    """What to do with a farm's lines of a cycle, what was missing, and the words.

    `keeps_lines` tells whether the lines go on to the allocation of this cycle.
    """

    action: MinimumAction
    missing_cents: int
    reason: Reason

    @property
    def keeps_lines(self) -> bool:
        """Whether this cycle still delivers the lines."""
        return self.action in ("proceed", "notify")


def minimum_outcome(
    ordered_cents: int, minimum_cents: int, rule: MinimumRule
) -> MinimumOutcome:
    """Compare what a farm sold in a cycle with the minimum it set.

    A farm that sold nothing misses nothing: there is no line to act on.
    Raises ValueError for an unknown rule or an amount under zero.
    """
    if rule not in MINIMUM_RULES:
        raise ValueError(f"Unknown rule for a minimum: {rule}")
    if ordered_cents < 0 or minimum_cents < 0:
        raise ValueError("Amounts are zero or more.")
    if ordered_cents == 0 or ordered_cents >= minimum_cents:
        return MinimumOutcome("proceed", 0, Reason("minimum_reached"))
    missing_cents = minimum_cents - ordered_cents
    data = {"missing_cents": missing_cents, "minimum_cents": minimum_cents}
    return MinimumOutcome(rule, missing_cents, Reason(f"minimum_{rule}", data))
