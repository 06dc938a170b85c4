"""Lines as papers print them: what rides, whose it is, for whom; no price at all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from orders.models import Shipment, ShipmentLine

if TYPE_CHECKING:
    from hub.models import Cycle, Organization

VARIANT = "source__availability__offer__variant"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperLine:
    """Units of one product of one farm for one buyer in one shipment."""

    shipment_id: int
    leg: str
    farm: str
    product: str
    packing: str
    lot: str
    temperature_class: str
    units: int
    mass_g: int
    volume_ml: int
    buyer_id: int
    buyer: str
    order_id: str
    po_number: str
    drop_point_id: int
    drop_point: str
    service_on: date

    @property
    def goods(self) -> str:
        """The product and how it is packed."""
        return f"{self.product}, {self.packing}"


def paper_lines_of(shipment_ids: Iterable[int]) -> list[PaperLine]:
    """The lines of some shipments, by product; one query.

    `drop_point` is where the order is delivered, also on the way to the hub's dock.
    """
    return _lines(ShipmentLine.objects.filter(shipment__in=list(shipment_ids)))


def lines_to_pack(cycle: Cycle) -> list[PaperLine]:
    """What leaves for the drop points of a cycle: straight, or out of the hub."""
    return _lines(
        ShipmentLine.objects.filter(shipment__cycle=cycle)
        .exclude(shipment__leg=Shipment.Leg.INBOUND)
        .exclude(shipment__status=Shipment.Status.CANCELLED)
    )


def lines_to_label(cycle: Cycle, farm: Organization) -> list[PaperLine]:
    """What a farm hands over in a cycle: straight, or to the hub."""
    return _lines(
        ShipmentLine.objects.filter(shipment__cycle=cycle, shipment__producer=farm)
        .exclude(shipment__leg=Shipment.Leg.OUTBOUND)
        .exclude(shipment__status=Shipment.Status.CANCELLED)
    )


def _lines(rows: QuerySet[ShipmentLine]) -> list[PaperLine]:
    """Goods that were called off on their way to the dock are on no paper."""
    called_off = Shipment.Decision.CANCELLED
    coming = rows.exclude(inbound__shipment__decision=called_off)
    found = coming.select_related(
        "shipment",
        "source__line__order__buyer",
        "source__line__order__drop_point",
        f"{VARIANT}__product__producer",
    ).order_by(f"{VARIANT}__product__name_fr", f"{VARIANT}_id", "pk")
    return [_line(row) for row in found]


def _line(row: ShipmentLine) -> PaperLine:
    availability, order = row.source.availability, row.source.line.order
    variant = availability.offer.variant
    return PaperLine(
        shipment_id=row.shipment_id,
        leg=row.shipment.leg,
        farm=variant.product.producer.name,
        product=str(variant.product),
        packing=variant.label,
        lot=availability.lot,
        temperature_class=variant.temperature_class,
        units=row.quantity,
        mass_g=row.quantity * variant.mass_g,
        volume_ml=row.quantity * variant.volume_ml,
        buyer_id=order.buyer_id,
        buyer=order.buyer.name,
        order_id=order.public_id,
        po_number=order.po_number,
        drop_point_id=order.drop_point_id,
        drop_point=order.drop_point.name,
        service_on=row.shipment.service_on,
    )
