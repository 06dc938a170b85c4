"""How low a tier's price may go, and how much support one buyer may get in a month."""

from dataclasses import dataclass
from datetime import date

from hub.core.money import scale_half_up
from pricing.core.errors import SupportCapReached
from pricing.core.margins import WHOLE_BPS, MarginRule
from pricing.core.quote import UnitParts


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What holds for one buyer on a day; None where there is no limit.

    `floor_bps` is of the farm's price; `cap_cents` is of one calendar month of
    deliveries.
    """

    floor_bps: int | None = None
    cap_cents: int | None = None

    def floor_cents(self, unit: UnitParts) -> int:
        """The lowest price of one unit, before taxes.

        Never above the full price: a limit on support asks nobody for a gift.
        """
        floor_cents = scale_half_up(unit.farm_cents, self.floor_bps or 0, WHOLE_BPS)
        return min(floor_cents, unit.full_price_cents)

    def is_under_floor(self, unit: UnitParts) -> bool:
        """Whether one unit would be sold for less than the floor."""
        return unit.price_cents < self.floor_cents(unit)

    def require_cap(self, *, used_cents: int, wanted_cents: int) -> None:
        """Let pass a draw that stays within the month's cap; none always passes.

        `used_cents` is what the buyer's other orders of the month draw.
        Raises SupportCapReached.
        """
        if self.cap_cents is None or not wanted_cents:
            return
        left_cents = max(self.cap_cents - used_cents, 0)
        if wanted_cents > left_cents:
            raise SupportCapReached(
                cap_cents=self.cap_cents,
                left_cents=left_cents,
                wanted_cents=wanted_cents,
            )


def month_of(day: date) -> tuple[date, date]:
    """The first day of a day's month, and the first of the next one."""
    first = day.replace(day=1)
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return first, after


def least_multiplier_bps(floor_bps: int, margin: MarginRule) -> int:
    """The lowest multiplier of goods that pay neither transport nor fees.

    Those that do pay them may go lower, never higher: who keeps to this figure keeps
    to the floor whatever is sold. 100 % of P at a markup of 15 % is 8 696 (86.96 %).
    """
    if margin.basis == "markup_on_cost":
        whole, least = WHOLE_BPS + margin.rate_bps, floor_bps * WHOLE_BPS
        return min(-(-least // whole), WHOLE_BPS)
    least = floor_bps * (WHOLE_BPS - margin.rate_bps)
    return min(-(-least // WHOLE_BPS), WHOLE_BPS)
