"""What passes through the hub's dock: what an inbound feeds, and what came short."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from orders.models import Shipment, ShipmentLine


@dataclass(frozen=True, slots=True)
class Onward:
    """An outbound shipment that an inbound brings goods for."""

    drop_point: str
    service_on: date
    is_part: bool


@dataclass(frozen=True, slots=True)
class ShortAtDock:
    """Units of one farm's product that did not come to the dock as sold."""

    goods: str
    farm: str
    units: int


def onward_of(inbound_ids: Collection[int]) -> dict[int, list[Onward]]:
    """Where the goods of these inbound shipments go on to, and on which day; one query.

    What was called off, or goes by other means, goes nowhere.
    """
    rows = (
        Shipment.objects.filter(lines__inbound__shipment__in=inbound_ids)
        .exclude(status=Shipment.Status.CANCELLED)
        .values_list(
            "lines__inbound__shipment_id", "drop_point__name", "service_on", "part_of"
        )
        .order_by("service_on", "drop_point__name", "pk")
        .distinct()
    )
    found: dict[int, list[Onward]] = defaultdict(list)
    for inbound_id, name, service_on, part_of in rows:
        found[inbound_id].append(Onward(name, service_on, part_of is not None))
    return dict(found)


def short_at_dock(shipment_ids: Collection[int]) -> dict[int, list[ShortAtDock]]:
    """What came short to the dock for these outbound shipments, by shipment.

    Only what a driver has noted there counts; one query.
    """
    rows = (
        ShipmentLine.objects.filter(
            shipment__in=shipment_ids, inbound__delivered__lt=F("inbound__quantity")
        )
        .select_related(
            "inbound", "source__availability__offer__variant__product__producer"
        )
        .order_by("pk")
    )
    units: dict[int, dict[tuple[str, str], int]] = defaultdict(dict)
    for row in rows:
        variant = row.source.availability.offer.variant
        named = (f"{variant.product}, {variant.label}", variant.product.producer.name)
        brought = row.inbound
        assert brought is not None
        assert brought.delivered is not None
        so_far = units[row.shipment_id].get(named, 0)
        missing = brought.quantity - brought.delivered
        units[row.shipment_id][named] = so_far + missing
    return {
        pk: [ShortAtDock(goods, farm, num) for (goods, farm), num in of_one.items()]
        for pk, of_one in units.items()
    }
