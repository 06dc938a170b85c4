"""Locking a shipment: the orders it carries first, by ascending id, then itself."""

from collections.abc import Iterable

from django.db import connection

from orders.models import Order, Shipment


def lock_shipment(shipment_id: int) -> tuple[list[Order], Shipment]:
    """Lock a shipment with its orders until the transaction ends.

    No order joins a shipment after the close (a part split off takes some along when
    it is made), so they can be read first.
    """
    if not connection.in_atomic_block:
        raise ValueError("a lock without a transaction ends at once")
    orders = lock_orders_of([shipment_id])
    shipment = (
        Shipment.objects.select_for_update(of=("self",))
        .select_related("cycle__hub", "producer", "drop_point")
        .get(pk=shipment_id)
    )
    return orders, shipment


def lock_orders_of(shipment_ids: Iterable[int]) -> list[Order]:
    """Lock the orders whose goods ride in some shipments, by ascending id.

    Whoever writes several shipments locks the orders of all of them first.
    """
    return lock_orders(orders_riding(shipment_ids))


def orders_riding(shipment_ids: Iterable[int]) -> list[int]:
    """The ids of the orders whose goods ride in some shipments; not locked yet."""
    shipments = list(shipment_ids)
    pks = Order.objects.filter(
        lines__sources__shipment_lines__shipment__in=shipments
    ).values_list("pk", flat=True)
    return list(pks) if shipments else []


def lock_orders(pks: list[int]) -> list[Order]:
    """Lock orders by ascending id, with their buyer, hub and drop point."""
    return list(
        Order.objects.select_for_update(of=("self",))
        .select_related("cycle__hub", "buyer", "drop_point", "envelope")
        .filter(pk__in=pks)
        .order_by("pk")
    )
