"""Default orders: which buyers agreed to one, and who would get theirs at a close."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from hub.selectors import Blank, Prepared
from orders.models import DefaultOrder, Order

if TYPE_CHECKING:
    from hub.models import Cycle, Organization


def default_order_of(buyer: Organization) -> DefaultOrder | None:
    """The order a buyer agreed to have placed when it forgets; one query.

    None where `order_seen_by` read it with the buyer of an order.
    """
    read = buyer._state.fields_cache
    if "default_order" in read:
        known: DefaultOrder | None = read["default_order"]
        return known
    return next(iter(_default().models(buyer=buyer.pk)), None)


@cache
def _default() -> Prepared:
    agreed = DefaultOrder.objects.filter(buyer=Blank("buyer"))
    return Prepared(agreed.select_related("order__cycle", "agreed_by"))


def defaults_due(cycle: Cycle) -> QuerySet[DefaultOrder]:
    """Default orders of a cycle's buyers that have ordered nothing in it, by id.

    Who placed an order and cancelled it has not forgotten.
    """
    ordered = Order.objects.filter(cycle=cycle).exclude(status=Order.Status.DRAFT)
    return (
        DefaultOrder.objects.filter(
            buyer__hub=cycle.hub_id,
            buyer__is_active=True,
            order__cycle__hub=cycle.hub_id,
        )
        .exclude(order__status=Order.Status.CANCELLED)
        .exclude(buyer__in=ordered.values("buyer"))
        .order_by("pk")
    )
