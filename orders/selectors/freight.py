"""What rides in a shipment, line by line, as those who carry it count it."""

from collections.abc import Iterable
from dataclasses import dataclass

from orders.models import Shipment, ShipmentLine


@dataclass(frozen=True, slots=True, kw_only=True)
class FreightLine:
    """Units of one product for one buyer in a shipment; no price is in it.

    `units` is the most there can be; `expected` what should be there, fewer when the
    goods already came short to the hub's dock. `settled` is what came of it when an
    invoice bills it, so that nothing told later may change it; None while it is open.
    """

    pk: int
    shipment_id: int
    product: str
    packing: str
    buyer: str
    lot: str
    temperature_class: str
    units: int
    expected: int
    settled: int | None = None

    @property
    def goods(self) -> str:
        """The product and how it is packed."""
        return f"{self.product}, {self.packing}"


def freight_lines(shipment_ids: Iterable[int]) -> list[FreightLine]:
    """The lines of some shipments, by product; one query.

    Cancelled shipments have none, nor have goods that were cancelled on their way in.
    """
    rows = (
        ShipmentLine.objects.filter(shipment__in=list(shipment_ids))
        .exclude(shipment__status=Shipment.Status.CANCELLED)
        .exclude(inbound__shipment__decision=Shipment.Decision.CANCELLED)
        .select_related(
            "inbound",
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
    came = row.inbound.delivered if row.inbound else None
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
        expected=row.quantity if came is None else min(came, row.quantity),
        settled=row.delivered if row.billed else None,
    )
