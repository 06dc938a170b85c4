"""How many weeks the solidarity fund lasts, and when it stops promising more."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

GuardState = Literal["ok", "warn", "stop"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """Under `warn_weeks` of runway the hub is warned; under `stop_weeks` no new
    low-tier commitment is taken. Confirmed orders are never touched."""

    warn_weeks: int = 8
    stop_weeks: int = 2

    def __post_init__(self) -> None:
        if not 0 <= self.stop_weeks <= self.warn_weeks:
            raise ValueError("The warning comes before the stop, both from zero up.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Runway:
    """Free money against the pace it goes at: (balance − holds) / average weekly draw.

    `drawn_cents` is the net draw over the last `num_weeks` weeks.
    """

    free_cents: int
    drawn_cents: int
    num_weeks: int

    @property
    def weeks(self) -> int | None:
        """Whole weeks the free money lasts; None when nothing is being drawn."""
        if self.drawn_cents <= 0:
            return None
        return max(self.free_cents, 0) * self.num_weeks // self.drawn_cents


def runway(
    balance_cents: int, held_cents: int, weekly_draws_cents: Sequence[int]
) -> Runway:
    """Weigh the fund against its last weeks; weeks without a draw count as zero.

    A week's draw is net of contributions and may be negative.
    """
    return Runway(
        free_cents=balance_cents - held_cents,
        drawn_cents=sum(weekly_draws_cents),
        num_weeks=len(weekly_draws_cents),
    )


def guard(current: Runway, thresholds: Thresholds | None = None) -> GuardState:
    """Say whether new low-tier commitments may be taken.

    No free money is always "stop", whatever the pace.
    """
    limits = thresholds or Thresholds()
    if current.free_cents <= 0:
        return "stop"
    weeks = current.weeks
    if weeks is None or weeks >= limits.warn_weeks:
        return "ok"
    return "warn" if weeks >= limits.stop_weeks else "stop"
