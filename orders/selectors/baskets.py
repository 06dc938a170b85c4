"""Baskets, reached through the person asking."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from hub import selectors as hub_selectors
from orders.models import Basket, BasketLine, Order
from orders.selectors.orders import buyers_and_hubs_of

if TYPE_CHECKING:
    from hub.models import Cycle, Organization, Person, Place


def baskets_editable_by(person: Person) -> QuerySet[Basket]:
    """Baskets of the person's own buyers, and of the hubs they coordinate.

    What most baskets do not have (a confirmed order, an envelope) is read when it is
    asked for: with every table joined, planning the query took longer than running it.
    """
    buyers, hubs = buyers_and_hubs_of(person)
    return Basket.objects.filter(
        Q(buyer__in=buyers) | Q(cycle__hub__in=hubs)
    ).select_related("cycle__hub", "buyer", "drop_point", "changed_by")


def open_baskets_of(
    buyer: Organization, cycles: Collection[Cycle]
) -> dict[int, Basket]:
    """The basket a buyer has begun in each of these cycles, by cycle."""
    begun = Basket.objects.filter(
        buyer=buyer, cycle__in=cycles, is_done=False, order=None
    ).prefetch_related("lines")
    return {basket.cycle_id: basket for basket in begun}


def standing_orders_of(
    buyer: Organization, cycles: Collection[Cycle]
) -> dict[int, list[Order]]:
    """The confirmed orders of a buyer in each of these cycles, by cycle."""
    found: dict[int, list[Order]] = {}
    standing = Order.objects.filter(
        buyer=buyer, cycle__in=cycles, status__in=["placed", "allocated"]
    )
    for order in standing.select_related("drop_point").order_by("placed_at", "id"):
        found.setdefault(order.cycle_id, []).append(order)
    return found


def lines_in(basket: Basket) -> QuerySet[BasketLine]:
    """The lines of a basket with what they name; one query."""
    return basket.lines.select_related("offer__variant__product", "pooled_offer")


def forgotten_baskets(cycle: Cycle) -> QuerySet[Basket]:
    """Baskets of a cycle with something in them that nobody confirmed."""
    begun = cycle.baskets.filter(is_done=False, lines__isnull=False)
    return begun.select_related("buyer", "changed_by").distinct()


def drop_points_for(*, buyer_id: int, hub_id: int) -> QuerySet[Place]:
    """Where a buyer may have an order brought: its own doors, then the hub's."""
    return hub_selectors.drop_points_of({buyer_id, hub_id}).order_by(
        "-organization__hub", "name", "id"
    )
