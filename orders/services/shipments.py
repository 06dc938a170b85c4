"""Shipments: the goods of one leg of one day, made when a cycle closes.

Straight, a shipment is what one farm sends to one drop point. Through the hub, each
farm sends one inbound shipment to the dock, and the hub sends one outbound shipment to
each drop point, made of several farms' goods.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hub import selectors as hub_selectors
from hub.core.errors import HubWithoutDock
from orders import selectors
from orders.core.errors import FarmWithoutPlace
from orders.models import LineSource, Shipment, ShipmentAmount, ShipmentLine
from producers import selectors as producer_selectors

if TYPE_CHECKING:
    from hub.models import Cycle
    from producers.core.catalogue import Goods


@dataclass(frozen=True, slots=True)
class Way:
    """One leg: who sends, from which place to which; all are ids."""

    leg: str
    producer_id: int
    origin_id: int
    drop_point_id: int


Loads = dict[Way, list[LineSource]]


def write_shipments(*, cycle: "Cycle") -> int:
    """Group what the close allocated by the ways it takes; returns how many.

    Called by the close alone, in its transaction. Raises FarmWithoutPlace,
    HubWithoutDock.
    """
    sources = list(
        LineSource.objects.filter(line__order__cycle=cycle, allocated__gt=0)
        .select_related("line__order")
        .order_by("pk")
    )
    goods = producer_selectors.goods_of({s.availability_id for s in sources})
    gates = _gates(sources, goods)
    if cycle.flow != cycle.Flow.CROSS_DOCK:
        straight = _straight(sources, goods, gates)
        _write(cycle, straight, goods, {})
        return len(straight)
    dock_id = hub_selectors.dock_of(cycle.hub_id)
    if dock_id is None:
        raise HubWithoutDock(hub=cycle.hub.name)
    to_dock = _to_dock(sources, goods, gates, dock_id)
    brought = {line.source_id: line for line in _write(cycle, to_dock, goods, {})}
    from_dock = _from_dock(sources, cycle, dock_id)
    _write(cycle, from_dock, goods, brought)
    return len(to_dock) + len(from_dock)


def _gates(sources: list[LineSource], goods: Mapping[int, "Goods"]) -> dict[int, int]:
    """Where each farm loads. Raises FarmWithoutPlace."""
    names = {
        goods[s.availability_id].farm_id: goods[s.availability_id].farm_name
        for s in sources
    }
    gates = hub_selectors.loading_places(set(names))
    for farm_id, name in names.items():
        if farm_id not in gates:
            raise FarmWithoutPlace(farm=name)
    return gates


def _straight(
    sources: list[LineSource], goods: Mapping[int, "Goods"], gates: Mapping[int, int]
) -> Loads:
    loads: Loads = defaultdict(list)
    for source in sources:
        farm_id = goods[source.availability_id].farm_id
        to_id = source.line.order.drop_point_id
        way = Way(Shipment.Leg.DIRECT, farm_id, gates[farm_id], to_id)
        loads[way].append(source)
    return loads


def _to_dock(
    sources: list[LineSource],
    goods: Mapping[int, "Goods"],
    gates: Mapping[int, int],
    dock_id: int,
) -> Loads:
    loads: Loads = defaultdict(list)
    for source in sources:
        farm_id = goods[source.availability_id].farm_id
        way = Way(Shipment.Leg.INBOUND, farm_id, gates[farm_id], dock_id)
        loads[way].append(source)
    return loads


def _from_dock(sources: list[LineSource], cycle: "Cycle", dock_id: int) -> Loads:
    loads: Loads = defaultdict(list)
    for source in sources:
        to_id = source.line.order.drop_point_id
        way = Way(Shipment.Leg.OUTBOUND, cycle.hub_id, dock_id, to_id)
        loads[way].append(source)
    return loads


def _write(
    cycle: "Cycle",
    loads: Loads,
    goods: dict[int, "Goods"],
    brought: Mapping[int, ShipmentLine],
) -> list[ShipmentLine]:
    """Write one shipment a way, with its lines.

    `brought` holds, by source, the inbound line behind each outbound one.
    """
    lines = []
    for way, members in loads.items():
        shipment = Shipment.objects.create(
            cycle=cycle,
            leg=way.leg,
            producer_id=way.producer_id,
            origin_id=way.origin_id,
            drop_point_id=way.drop_point_id,
            service_on=cycle.service_on,
            goods_cents=_worth_cents(members),
        )
        _write_amounts(shipment, members, goods)
        lines += ShipmentLine.objects.bulk_create(
            ShipmentLine(
                shipment=shipment,
                source=source,
                inbound=brought.get(source.pk),
                quantity=source.allocated or 0,
            )
            for source in members
        )
    return lines


def write_load(shipment: Shipment) -> None:
    """Let a shipment weigh, and be worth, what still rides in it.

    What was called off on its way to the hub's dock rides no more.
    """
    rows = selectors.still_riding(shipment.pk)
    sources = [row.source for row in rows]
    goods = producer_selectors.goods_of({s.availability_id for s in sources})
    shipment.amounts.all().delete()
    _write_amounts(shipment, sources, goods)
    shipment.goods_cents = _worth_cents(sources)
    shipment.save(update_fields=["goods_cents"])


def _worth_cents(members: list[LineSource]) -> int:
    return sum((s.allocated or 0) * s.line.farm_unit_cents for s in members)


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
