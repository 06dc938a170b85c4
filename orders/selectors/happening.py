"""What programs are told of orders and deliveries: each one's own part."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Sum

from orders.models import LineSource, Order, ShipmentLine

_FARM = "availability__offer__variant__product__producer_id"


def farm_parts(order: Order) -> dict[int, list[dict[str, Any]]]:
    """What an order reserves at each farm, by farm; one query."""
    rows = (
        LineSource.objects.filter(line__order=order, reserved__gt=0)
        .values_list(_FARM, "line__offer__public_id", "line__pooled_offer__public_id")
        .annotate(units=Sum("reserved"))
        .order_by(_FARM, "line__offer__public_id", "line__pooled_offer__public_id")
    )
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for farm_id, offer, pooled_offer, units in rows:
        found[farm_id].append({"item_id": offer or pooled_offer, "quantity": units})
    return dict(found)


@dataclass(frozen=True, slots=True)
class ShippedPart:
    """One line that rides in a shipment: whose it is, and what became of it."""

    farm_id: int
    buyer_id: int
    order: str
    item: str
    shipped: int
    delivered: int | None

    def told(self, *, with_order: bool) -> dict[str, Any]:
        """The same as plain data; farms do not learn whose order it is."""
        return {
            "order_id": self.order if with_order else None,
            "item_id": self.item,
            "shipped": self.shipped,
            "delivered": self.delivered,
        }


def shipped_parts(shipment_id: int) -> list[ShippedPart]:
    """The lines of a shipment, in their order; one query."""
    rows = ShipmentLine.objects.filter(shipment_id=shipment_id).order_by("pk")
    return [
        ShippedPart(farm, buyer, order, offer or pooled, shipped, delivered)
        for farm, buyer, order, offer, pooled, shipped, delivered in rows.values_list(
            f"source__{_FARM}",
            "source__line__order__buyer_id",
            "source__line__order__public_id",
            "source__line__offer__public_id",
            "source__line__pooled_offer__public_id",
            "quantity",
            "delivered",
        )
    ]
