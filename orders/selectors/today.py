"""What deserves attention today: orders missing, late, short."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from orders.models import Basket, OrderLine
from orders.selectors.cycles import (
    farms_without_place,
    missing_buyers,
    short_lines_of,
)
from orders.selectors.orders import orders_in
from orders.selectors.payments import late_payments

if TYPE_CHECKING:
    from hub.models import Cycle, Organization


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCycle:
    """How the orders of an open cycle stand."""

    cycle: Cycle
    num_orders: int
    num_baskets: int
    missing: list[Organization]


@dataclass(frozen=True, slots=True, kw_only=True)
class HubToday:
    """What a coordination has to look at."""

    open_cycles: list[OpenCycle]
    cut: list[tuple[Cycle, list[str]]]
    last_closed: Cycle | None
    short_lines: list[OrderLine]
    late_payments: int


def hub_today(hub: Organization, now: datetime) -> HubToday:
    """Open cycles with what they lack, closes cut in the middle, the last shortages."""
    closed = hub.cycles.filter(status="closed").order_by("-closed_at", "-id").first()
    short = (
        short_lines_of(closed).select_related(
            "order__buyer", "offer__variant__product", "pooled_offer"
        )
        if closed
        else []
    )
    return HubToday(
        open_cycles=[_standing(c) for c in hub.cycles.filter(status="open")],
        cut=[(c, farms_without_place(c)) for c in hub.cycles.filter(status="closing")],
        last_closed=closed,
        short_lines=list(short),
        late_payments=late_payments(hub, today=localdate(now)),
    )


def waiting_baskets(buyer: Organization, now: datetime) -> list[Basket]:
    """Baskets of a buyer that nobody confirmed, in cycles that are still open."""
    waiting = Basket.objects.filter(
        buyer=buyer,
        is_done=False,
        lines__isnull=False,
        cycle__status="open",
        cycle__closes_at__gt=now,
    )
    return list(waiting.select_related("cycle", "changed_by").distinct())


def _standing(cycle: Cycle) -> OpenCycle:
    begun = cycle.baskets.filter(is_done=False, lines__isnull=False).distinct()
    return OpenCycle(
        cycle=cycle,
        num_orders=orders_in(cycle).count(),
        num_baskets=begun.count(),
        missing=missing_buyers(cycle),
    )
