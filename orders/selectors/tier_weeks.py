"""What each tier bought, week by week: the past that the simulator replays."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q, Sum

from hub.core.periods import monday_of
from orders.models import Invoice
from orders.models.invoice import FULL_PRICE
from pricing.core.simulation import Week

if TYPE_CHECKING:
    from hub.models import Organization

YEAR_WEEKS = 52


@dataclass(frozen=True, slots=True)
class TierPast:
    """The last weeks of a hub, and what its fund really paid and got in each month.

    `weeks` begins with the first week that billed anything; an empty one after it
    counts. `real_cents` has (drawn, given) by the first day of a month.
    """

    weeks: tuple[Week, ...]
    real_cents: dict[date, tuple[int, int]]

    @property
    def value_by_tier(self) -> Counter[str]:
        """The value at full price of each tier, all weeks together."""
        total: Counter[str] = Counter()
        for week in self.weeks:
            total.update(week.value_cents)
        return total


def tier_past(
    *, hub: Organization, until: date, num_weeks: int = YEAR_WEEKS
) -> TierPast:
    """The whole weeks before `until`, a year at most, as invoices have them; one query.

    A credit note takes its part out of the week that it corrects.
    """
    end = monday_of(until)
    papers = (
        Invoice.objects.filter(
            hub=hub,
            service_on__gte=end - timedelta(weeks=num_weeks),
            service_on__lt=end,
        )
        .values_list("service_on", "order__tier_code")
        .annotate(
            value=Sum(FULL_PRICE),
            drawn=Sum("draw_cents", filter=_IS_DRAW, default=0),
            given=Sum("draw_cents", filter=~_IS_DRAW, default=0),
        )
        .order_by("service_on")
    )
    values: dict[date, Counter[str]] = defaultdict(Counter)
    real: dict[date, tuple[int, int]] = {}
    for service_on, tier_code, value, drawn, given in papers:
        monday = monday_of(service_on)
        values[monday][tier_code] += value
        month = monday.replace(day=1)
        before = real.get(month, (0, 0))
        real[month] = before[0] + drawn, before[1] - given
    if not values:
        return TierPast((), {})
    first = min(values)
    num_past = (end - first).days // 7
    mondays = [first + timedelta(weeks=n) for n in range(num_past)]
    return TierPast(tuple(Week(day, dict(values[day])) for day in mondays), real)


# A credit note of a draw is below zero, as is a gift: the kind tells them apart.
_IS_DRAW = Q(kind=Invoice.Kind.INVOICE, draw_cents__gt=0) | Q(
    kind=Invoice.Kind.CREDIT_NOTE, draw_cents__lt=0
)
