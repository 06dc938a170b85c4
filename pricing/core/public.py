"""What anybody may read of a fund: sums behind which nobody can be recognised."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from hub.core.indicators import SMALLEST_GROUP, Row, without_small_groups


@dataclass(frozen=True, slots=True)
class Months:
    """Twelve whole months, by their first and last day."""

    since: date
    until: date


def last_twelve_months(today: date) -> Months:
    """Whole months only: whoever reads the page every day learns of no single order."""
    this_month = today.replace(day=1)
    return Months(
        this_month.replace(year=today.year - 1), this_month - timedelta(days=1)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Helped:
    """What a fund paid for, and for how many; None hides a figure.

    `farm_bps` is the part of every dollar of food that went to the farms.
    """

    spent_cents: int | None = None
    num_groups: int | None = None
    num_households: int | None = None
    farm_bps: int | None = None

    @property
    def other_bps(self) -> int | None:
        """The part of transport, the hub and taxes."""
        return None if self.farm_bps is None else 10_000 - self.farm_bps


def helped(
    *,
    spent_cents: int,
    num_groups: int,
    num_households: int,
    farm_cents: int,
    sales_cents: int,
) -> Helped:
    """Tell what was spent when it helped at least five organizations, else nothing.

    Households are told from five on, as everywhere.
    """
    if num_groups < SMALLEST_GROUP:
        return Helped()
    return Helped(
        spent_cents=spent_cents,
        num_groups=num_groups,
        num_households=num_households if num_households >= SMALLEST_GROUP else None,
        farm_bps=10_000 * farm_cents // sales_cents if sales_cents > 0 else None,
    )


def received(rows: Iterable[Row]) -> tuple[Row, ...]:
    """What came by kind of source; kinds with fewer than five givers are put together.

    A row without a name is those; without a figure, they were too few even so.
    """
    return without_small_groups(row for row in rows if row.value)
