"""What was delivered, and what still waits for its delivery or its bill."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from orders.models import LineSource, Order, Shipment, ShipmentLine


def carried_lines() -> QuerySet[ShipmentLine]:
    """The lines that bring goods to their buyer, each counted once."""
    return ShipmentLine.objects.exclude(shipment__leg=Shipment.Leg.INBOUND)


def coming_lines() -> QuerySet[ShipmentLine]:
    """Those of them that we carry, and whose goods were not cancelled before."""
    return (
        carried_lines()
        .exclude(shipment__status=Shipment.Status.CANCELLED)
        .exclude(inbound__shipment__decision=Shipment.Decision.CANCELLED)
    )


def still_riding(shipment_id: int) -> list[ShipmentLine]:
    """The lines of a shipment but those called off on their way to the dock."""
    rows = ShipmentLine.objects.filter(shipment=shipment_id).exclude(
        inbound__shipment__decision=Shipment.Decision.CANCELLED
    )
    return list(rows.select_related("source__line").order_by("pk"))


def open_lines_of(order: Order) -> QuerySet[ShipmentLine]:
    """What of an order is still to come, or came and is not billed yet."""
    return coming_lines().filter(source__line__order=order, billed__isnull=True)


def orders_to_bill(*, hub_ids: Iterable[int], on: date) -> list[int]:
    """Orders of hubs with something delivered on a day that is not billed yet."""
    waiting = coming_lines().filter(
        source__line__order__cycle__hub__in=list(hub_ids),
        shipment__service_on=on,
        shipment__status=Shipment.Status.DELIVERED,
        billed__isnull=True,
    )
    found = waiting.values_list("source__line__order", flat=True)
    return sorted(set(found))


def orders_unbilled(*, shipment_ids: Iterable[int], on: date) -> list[Order]:
    """Orders with goods in some shipments of a day that came and are not billed yet.

    Goods on their way to the hub's dock are billed when they leave it.
    """
    waiting = coming_lines().filter(
        shipment__in=list(shipment_ids),
        shipment__service_on=on,
        billed__isnull=True,
    )
    orders = Order.objects.filter(pk__in=waiting.values("source__line__order"))
    return list(orders.select_related("buyer", "cycle__hub").order_by("pk"))


def sources_called_off() -> QuerySet[LineSource]:
    """Goods that a decision on one of their shipments cancelled."""
    return LineSource.objects.filter(
        shipment_lines__shipment__decision=Shipment.Decision.CANCELLED
    )


def sources_not_through_us() -> QuerySet[LineSource]:
    """Goods that were cancelled, or that go to their buyer by other means."""
    otherwise = carried_lines().filter(shipment__status=Shipment.Status.CANCELLED)
    return LineSource.objects.filter(
        Q(pk__in=sources_called_off()) | Q(pk__in=otherwise.values("source"))
    )


def undecided_shipments(*, shipment_ids: Iterable[int], on: date) -> QuerySet[Shipment]:
    """Those of these shipments that still wait to be carried on this very day.

    One that was moved to another day, goes by other means or is cancelled is decided.
    """
    return Shipment.objects.filter(
        pk__in=list(shipment_ids), service_on=on, status=Shipment.Status.READY
    ).order_by("pk")


def are_noted(shipment_ids: Iterable[int]) -> bool:
    """Whether what became of one of these shipments at its door is written down."""
    return Shipment.objects.filter(
        pk__in=list(shipment_ids), status=Shipment.Status.DELIVERED
    ).exists()


def goods_in(shipment_id: int) -> QuerySet[ShipmentLine]:
    """The lines of a shipment with whose order, whose farm and which goods they are."""
    return (
        ShipmentLine.objects.filter(shipment_id=shipment_id)
        .select_related(
            "source__line__order__buyer",
            "source__availability__offer__variant__product__producer",
            "inbound__shipment",
        )
        .order_by("pk")
    )
