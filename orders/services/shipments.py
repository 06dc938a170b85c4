"""Shipments: the goods of one farm for one drop point, made when a cycle closes."""

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from hub import selectors as hub_selectors
from orders.core.errors import FarmWithoutPlace
from orders.models import LineSource, Shipment, ShipmentAmount, ShipmentLine
from producers import selectors as producer_selectors

if TYPE_CHECKING:
    from hub.models import Cycle
    from producers.core.catalogue import Goods


def write_shipments(*, cycle: "Cycle") -> int:
    """Group what the close allocated by farm and drop point; returns how many.

    Called by the close alone, in its transaction. Raises FarmWithoutPlace.
    """
    sources = list(
        LineSource.objects.filter(line__order__cycle=cycle, allocated__gt=0)
        .select_related("line__order")
        .order_by("pk")
    )
    goods = producer_selectors.goods_of({s.availability_id for s in sources})
    groups: dict[tuple[int, int], list[LineSource]] = defaultdict(list)
    for source in sources:
        farm_id = goods[source.availability_id].farm_id
        groups[(farm_id, source.line.order.drop_point_id)].append(source)
    origins = hub_selectors.loading_places({farm_id for farm_id, _ in groups})
    for (farm_id, drop_point_id), members in groups.items():
        if farm_id not in origins:
            name = goods[members[0].availability_id].farm_name
            raise FarmWithoutPlace(farm=name)
        shipment = Shipment.objects.create(
            cycle=cycle,
            producer_id=farm_id,
            origin_id=origins[farm_id],
            drop_point_id=drop_point_id,
            service_on=cycle.service_on,
            goods_cents=sum(
                (s.allocated or 0) * s.line.farm_unit_cents for s in members
            ),
        )
        _write_amounts(shipment, members, goods)
        ShipmentLine.objects.bulk_create(
            ShipmentLine(shipment=shipment, source=s, quantity=s.allocated or 0)
            for s in members
        )
    return len(groups)


def _write_amounts(
    shipment: Shipment, members: list[LineSource], goods: dict[int, "Goods"]
) -> None:
    masses_g: Counter[str] = Counter()
    volumes_ml: Counter[str] = Counter()
    for source in members:
        row = goods[source.availability_id]
        units = source.allocated or 0
        masses_g[row.temperature_class] += row.mass_g * units
        volumes_ml[row.temperature_class] += row.volume_ml * units
    ShipmentAmount.objects.bulk_create(
        ShipmentAmount(
            shipment=shipment,
            temperature_class=name,
            mass_g=masses_g[name],
            volume_ml=volumes_ml[name],
        )
        for name in sorted(masses_g)
    )
