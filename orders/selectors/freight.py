"""What rides in a shipment, line by line, as those who carry it count it."""

from collections.abc import Iterable
from dataclasses import dataclass

from orders.models import ShipmentLine


@dataclass(frozen=True, slots=True, kw_only=True)
class FreightLine:
    """Units of one product for one buyer in a shipment; no price is in it."""

    pk: int
    shipment_id: int
    product: str
    packing: str
    buyer: str
    lot: str
    temperature_class: str
    units: int

    @property
    def goods(self) -> str:
        """The product and how it is packed."""
        return f"{self.product}, {self.packing}"


def freight_lines(shipment_ids: Iterable[int]) -> list[FreightLine]:
    """The lines of some shipments, by product; one query."""
    rows = (
        ShipmentLine.objects.filter(shipment__in=list(shipment_ids))
        .select_related(
            "source__line__order__buyer",
            "source__availability__offer__variant__product",
        )
        .order_by(
            "source__availability__offer__variant__product__name_fr",
            "source__availability__offer__variant_id",
            "pk",
        )
    )
    return [_line(row) for row in rows]


def _line(row: ShipmentLine) -> FreightLine:
    availability = row.source.availability
    variant = availability.offer.variant
    return FreightLine(
        pk=row.pk,
        shipment_id=row.shipment_id,
        product=str(variant.product),
        packing=variant.label,
        buyer=row.source.line.order.buyer.name,
        lot=availability.lot,
        temperature_class=variant.temperature_class,
        units=row.quantity,
    )
