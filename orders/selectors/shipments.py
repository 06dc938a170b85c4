"""What there is to carry."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet, Sum

from orders.models import Shipment, ShipmentLine


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


def shipments_by_public_id(public_ids: Collection[str]) -> dict[str, Shipment]:
    """Shipments under their public names; for floors that already hold the names."""
    return Shipment.objects.in_bulk(public_ids, field_name="public_id")


@dataclass(frozen=True, slots=True)
class Handover:
    """Goods that one inbound shipment brings for one outbound shipment."""

    inbound_id: int
    outbound_id: int
    is_cancelled: bool
    goods_cents: int


def handovers_of(inbound_ids: Collection[int]) -> list[Handover]:
    """What these inbound shipments bring for which outbound ones, one query."""
    rows = (
        ShipmentLine.objects.filter(inbound__shipment__in=inbound_ids)
        .values_list("inbound__shipment_id", "shipment_id", "shipment__status")
        .annotate(cents=Sum(F("quantity") * F("source__line__farm_unit_cents")))
        .order_by("inbound__shipment_id", "shipment_id")
    )
    return [
        Handover(
            inbound_id=inbound_id,
            outbound_id=outbound_id,
            is_cancelled=status == Shipment.Status.CANCELLED,
            goods_cents=cents or 0,
        )
        for inbound_id, outbound_id, status, cents in rows
    ]
