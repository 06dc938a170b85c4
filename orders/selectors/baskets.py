"""Baskets, reached through the person asking."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from hub import selectors as hub_selectors
from hub.selectors import Blank, Prepared, one_of
from orders.models import Basket, BasketLine, Order
from orders.selectors.orders import buyers_and_hubs_of, keys_of

if TYPE_CHECKING:
    from hub.models import Cycle, Organization, Person, Place


def basket_editable_by(
    person: Person, public_id: str, *, is_locked: bool = False
) -> Basket | None:
    """A basket of the person's own buyers, or of the hubs they coordinate.

    `is_locked` locks its row until the transaction ends, and only its row.

    What most baskets do not have (a confirmed order, an envelope) is read when it is
    asked for: with every table joined, planning the query took longer than running it.
    """
    buyers, hubs = buyers_and_hubs_of(person)
    asked = _basket_to_change() if is_locked else _basket()
    found = asked.models(
        public_id=public_id, buyers=keys_of(buyers), hubs=keys_of(hubs)
    )
    return next(iter(found), None)


@cache
def _basket() -> Prepared:
    return Prepared(_baskets())


@cache
def _basket_to_change() -> Prepared:
    return Prepared(_baskets().select_for_update(of=("self",)))


def _baskets() -> QuerySet[Basket]:
    mine = Q(one_of("buyer_id", "buyers")) | Q(one_of("cycle__hub_id", "hubs"))
    found = Basket.objects.filter(mine, public_id=Blank("public_id"))
    return found.select_related("cycle__hub", "buyer", "drop_point", "changed_by")


def with_basket_of(buyer: Organization, cycles: QuerySet[Cycle]) -> QuerySet[Cycle]:
    """The same cycles; `basket` is the public id of the one the buyer has begun."""
    begun = Basket.objects.filter(
        buyer=buyer, cycle=OuterRef("pk"), is_done=False, order=None
    )
    return cycles.annotate(basket=Subquery(begun.values("public_id")[:1]))


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


def first_terms(buyer: Organization, cycle: Cycle) -> tuple[Place | None, str]:
    """Where the buyer has a new order brought and its last tier; one query.

    The drop point of its last order in another cycle where that is still open to it,
    else the first one. Without any there is no tier either.
    """
    standing = Order.objects.filter(
        buyer=buyer, cycle__hub=cycle.hub_id, status__in=["placed", "allocated"]
    ).exclude(cycle=cycle)
    last = standing.order_by("-cycle__service_on", "-id")
    found = drop_points_for(buyer_id=buyer.pk, hub_id=cycle.hub_id).annotate(
        last_place=Subquery(last.values("drop_point")[:1]),
        last_tier=Subquery(last.values("tier_code")[:1]),
    )
    places: list[Any] = list(found)
    before = [place for place in places if place.pk == place.last_place]
    first = next(iter(before or places), None)
    return first, (first.last_tier or "") if first else ""


def drop_points_for(*, buyer_id: int, hub_id: int) -> QuerySet[Place]:
    """Where a buyer may have an order brought: its own doors, then the hub's."""
    return hub_selectors.drop_points_of({buyer_id, hub_id}).order_by(
        "-organization__hub", "name", "id"
    )
