"""Baskets, reached through the person asking."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from hub import selectors as hub_selectors
from hub.selectors import Blank, Prepared, one_of
from orders.models import Basket, BasketLine, Order
from orders.selectors.orders import buyers_and_hubs_of, keys_of

if TYPE_CHECKING:
    from hub.models import Cycle, Organization, Person, Place


def basket_editable_by(person: Person, public_id: str) -> Basket | None:
    """A basket of the person's own buyers, or of the hubs they coordinate.

    What most baskets do not have (a confirmed order, an envelope) is read when it is
    asked for: with every table joined, planning the query took longer than running it.
    """
    buyers, hubs = buyers_and_hubs_of(person)
    found = _basket().models(
        public_id=public_id, buyers=keys_of(buyers), hubs=keys_of(hubs)
    )
    return next(iter(found), None)


@cache
def _basket() -> Prepared:
    mine = Q(one_of("buyer_id", "buyers")) | Q(one_of("cycle__hub_id", "hubs"))
    found = Basket.objects.filter(mine, public_id=Blank("public_id"))
    return Prepared(
        found.select_related("cycle__hub", "buyer", "drop_point", "changed_by")
    )


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


def lines_in(basket: Basket) -> list[BasketLine]:
    """The lines of a basket with what they name; one query."""
    lines: list[BasketLine] = _lines().models(basket=basket.pk)
    for line in lines:
        line.basket = basket
    return lines


@cache
def _lines() -> Prepared:
    lines = BasketLine.objects.filter(basket=Blank("basket"))
    return Prepared(lines.select_related("offer__variant__product", "pooled_offer"))


def forgotten_baskets(cycle: Cycle) -> QuerySet[Basket]:
    """Baskets of a cycle with something in them that nobody confirmed."""
    begun = cycle.baskets.filter(is_done=False, lines__isnull=False)
    return begun.select_related("buyer", "changed_by").distinct()


def drop_points_for(*, buyer_id: int, hub_id: int) -> QuerySet[Place]:
    """Where a buyer may have an order brought: its own doors, then the hub's."""
    return hub_selectors.drop_points_of({buyer_id, hub_id}).order_by(
        "-organization__hub", "name", "id"
    )
