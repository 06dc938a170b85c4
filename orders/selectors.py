"""Every read of orders; a row is reached through the person asking."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal, cast

from django.db.models import F, Q, QuerySet, Sum

from hub import selectors as hub_selectors
from hub.core.periods import monday_of
from orders.core.basket import Item, SourceStock
from orders.models import LineSource, Order, OrderLine, Shipment
from producers import selectors as producer_selectors

if TYPE_CHECKING:
    from hub.models import Cycle, Organization, Person

MEMORY_DAYS = 28
"""How far back a shortage is remembered when the next one is shared."""


def items_of(cycle: Cycle) -> dict[str, Item]:
    """What can be ordered in a cycle, by public id.

    One query, and one more for each pooled offer.
    """
    week_on = monday_of(cycle.service_on)
    items = {}
    for row in producer_selectors.offers_for(cycle.hub, week_on):
        kind: Literal["offer", "pooled"] = "pooled" if row.offer_id is None else "offer"
        pk = cast(int, row.offer_id or row.pooled_offer_id)
        if kind == "pooled":
            sources = tuple(
                SourceStock(goods.availability_id, goods.left)
                for goods in producer_selectors.availabilities_of_pool(pk, week_on)
            )
        else:
            sources = (SourceStock(cast(int, row.availability_id), row.left),)
        items[row.public_id] = Item(
            kind=kind,
            pk=pk,
            public_id=row.public_id,
            name=row.name,
            unit_label=row.label,
            price_cents=row.price_cents,
            mass_g=row.mass_g,
            volume_ml=row.volume_ml,
            temperature_class=row.temperature_class,
            taxability=cast(Literal["zero_rated", "taxable"], row.taxability),
            sources=sources,
        )
    return items


def lines_of(order: Order) -> QuerySet[OrderLine]:
    """The lines of an order with what they name."""
    return order.lines.select_related("offer__variant__product", "pooled_offer")


def orders_editable_by(person: Person) -> QuerySet[Order]:
    """Orders of the organizations this person buys for."""
    return _with_names(Order.objects.filter(buyer__in=buyers_of(person)))


def orders_seen_by(person: Person) -> QuerySet[Order]:
    """Orders of the person's own buyers, and confirmed ones of hubs they coordinate."""
    coordinated = Q(cycle__hub__in=hub_selectors.hubs_coordinated_by(person))
    return _with_names(
        Order.objects.filter(
            Q(buyer__in=buyers_of(person))
            | (coordinated & ~Q(status=Order.Status.DRAFT))
        )
    )


def buyers_of(person: Person) -> QuerySet[Organization]:
    """The organizations a person orders for."""
    return hub_selectors.organizations_with_role(
        person, "group_buyer", "institutional_buyer"
    )


def _with_names(orders: QuerySet[Order]) -> QuerySet[Order]:
    return orders.select_related("cycle__hub", "buyer", "drop_point", "changed_by")


def units_missed(
    *, hub_id: int, before: date
) -> dict[tuple[int, int | None, int | None], int]:
    """Units each buyer missed of each offer in the last four weeks.

    Keys are (buyer id, offer id, pooled offer id).
    """
    rows = (
        OrderLine.objects.filter(
            order__cycle__hub_id=hub_id,
            order__status=Order.Status.ALLOCATED,
            order__cycle__service_on__lt=before,
            order__cycle__service_on__gte=before - timedelta(days=MEMORY_DAYS),
            allocated__lt=F("ordered"),
        )
        .values_list("order__buyer_id", "offer_id", "pooled_offer_id")
        .annotate(missed=Sum(F("ordered") - F("allocated")))
    )
    return {(buyer, offer, pool): missed for buyer, offer, pool, missed in rows}


def units_supplied(*, hub_id: int, before: date) -> dict[tuple[int, int], int]:
    """Units each farm gave of each pooled offer in the last four weeks.

    Keys are (pooled offer id, farm id).
    """
    rows = (
        LineSource.objects.filter(
            line__order__cycle__hub_id=hub_id,
            line__pooled_offer__isnull=False,
            line__order__cycle__service_on__lt=before,
            line__order__cycle__service_on__gte=before - timedelta(days=MEMORY_DAYS),
            allocated__gt=0,
        )
        .values_list(
            "line__pooled_offer_id",
            "availability__offer__variant__product__producer_id",
        )
        .annotate(units=Sum("allocated"))
    )
    return {(pool, farm): units for pool, farm, units in rows}


def shipments_to_carry(*, hub_ids: Iterable[int], on: date) -> QuerySet[Shipment]:
    """What the trucks of a day have to carry for these hubs, closed cycles only."""
    return (
        Shipment.objects.filter(
            cycle__hub_id__in=hub_ids,
            cycle__status="closed",
            service_on=on,
            status=Shipment.Status.READY,
        )
        .select_related("cycle", "producer", "origin", "drop_point")
        .prefetch_related("amounts", "origin__windows", "drop_point__windows")
        .order_by("pk")
    )
