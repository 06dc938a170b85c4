"""What there is to carry."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

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


def cycles_riding(
    *, hub_ids: Iterable[int], on: date | None = None, since: date | None = None
) -> set[tuple[int, date]]:
    """Which cycles of these hubs have goods on which days, as (cycle id, day).

    Goods moved to another day ride there, whatever day their cycle is delivered. On one
    day, or from a day on; what was called off or goes by other means rides no more.
    """
    rows = Shipment.objects.filter(cycle__hub_id__in=hub_ids).exclude(
        status__in=[Shipment.Status.CANCELLED, Shipment.Status.TAKEN_BACK]
    )
    if on is not None:
        rows = rows.filter(service_on=on)
    if since is not None:
        rows = rows.filter(service_on__gte=since)
    return set(rows.order_by().values_list("cycle_id", "service_on").distinct())


def shipments_by_public_id(public_ids: Collection[str]) -> dict[str, Shipment]:
    """Shipments under their public names; for floors that already hold the names."""
    return Shipment.objects.in_bulk(public_ids, field_name="public_id")


class Standing(NamedTuple):
    """When a shipment rides, whether it does, and what it is worth."""

    service_on: date
    status: str
    goods_cents: int


def standing_of(cycle_id: int) -> dict[int, Standing]:
    """How the shipments of a cycle stand, by pk; to see what a decision changed."""
    rows = Shipment.objects.filter(cycle=cycle_id).order_by()
    return {
        pk: Standing(service_on, status, goods_cents)
        for pk, service_on, status, goods_cents in rows.values_list(
            "pk", "service_on", "status", "goods_cents"
        )
    }


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
