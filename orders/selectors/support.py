"""How much of the fund a buyer's orders draw in a month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q, Sum

from orders.models import Order, OrderLine
from pricing.core.limits import month_of

if TYPE_CHECKING:
    from hub.models import Cycle


@dataclass(frozen=True, slots=True)
class MonthDrawn:
    """What one order draws, and what the buyer's other orders of the month do."""

    of_order_cents: int
    of_others_cents: int


def support_in_month(*, buyer_id: int, cycle: Cycle, order: int | None) -> MonthDrawn:
    """What the buyer's orders of one hub draw, in the month of a cycle's delivery.

    Counted as ordered until the close and as given from then on; one query. `order`
    is the one that is changed, if there is one.
    """
    first, after = month_of(cycle.service_on)
    drawing = OrderLine.objects.filter(
        order__buyer=buyer_id,
        order__cycle__hub=cycle.hub_id,
        order__cycle__service_on__gte=first,
        order__cycle__service_on__lt=after,
        order__status__in=[Order.Status.PLACED, Order.Status.ALLOCATED],
        draw_cents__gt=0,
    )
    own = Q(order=order or 0)
    drawn = drawing.aggregate(
        own=Sum("draw_cents", filter=own, default=0),
        others=Sum("draw_cents", filter=~own, default=0),
    )
    return MonthDrawn(drawn["own"], drawn["others"])
