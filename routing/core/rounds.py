"""What driving would be if nobody shared a truck, and how full shared trucks were.

Alone, each place of loading sends one truck of its own: from its home to load all
that goes out from there, then to its drop points in the order in which the day really
visited them, then home. The cheapest truck that could carry each of these shipments
by itself is taken, however much they weigh together: a baseline that is rather too
cheap than too dear.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from routing.core.insert import alone
from routing.core.problem import Shipment, Vehicle
from routing.core.schedule import route_cost_cents
from routing.core.visits import Draft, Visit, World, fits


@dataclass(frozen=True, slots=True)
class Round:
    """The truck of one place of loading, alone: what it drives and costs."""

    vehicle_id: str
    shipment_ids: tuple[str, ...]
    distance_m: int
    cost_cents: int


def rounds_alone(world: World, shipment_ids: Sequence[str]) -> list[Round]:
    """One round for each place of loading; shipments in the order of delivery."""
    by_origin: dict[str, list[Shipment]] = {}
    for shipment_id in shipment_ids:
        shipment = world.shipments[shipment_id]
        by_origin.setdefault(shipment.pickup_place_id, []).append(shipment)
    return [_cheapest_round(world, goods) for goods in by_origin.values()]


def _cheapest_round(world: World, goods: list[Shipment]) -> Round:
    trucks = [
        vehicle
        for vehicle in world.problem.vehicles
        if all(fits(world, alone(shipment, vehicle)) for shipment in goods)
    ]
    rounds = [_round(world, v, goods) for v in trucks or world.problem.vehicles]
    return min(rounds, key=lambda found: (found.cost_cents, found.distance_m))


def _round(world: World, vehicle: Vehicle, goods: list[Shipment]) -> Round:
    unloads: dict[str, tuple[str, ...]] = {}
    for shipment in goods:
        place_id = shipment.delivery_place_id
        unloads[place_id] = (*unloads.get(place_id, ()), shipment.id)
    names = tuple(shipment.id for shipment in goods)
    visits = [Visit(goods[0].pickup_place_id, loads=names)]
    visits += [Visit(place_id, unloads=ids) for place_id, ids in unloads.items()]
    draft = Draft(vehicle.id, tuple(visits))
    legs = world.legs(draft)
    distance_m = sum(leg.distance_m for leg in legs)
    duration_s = sum(leg.duration_s for leg in legs)
    duration_s += sum(world.service_s(draft, at) for at in range(len(visits)))
    cost_cents = route_cost_cents(vehicle, distance_m, duration_s)
    return Round(vehicle.id, names, distance_m, cost_cents)


def fullest_bps(
    capacities: Mapping[str, Sequence[int]],
    loads: Iterable[Mapping[str, Sequence[int]]],
) -> dict[str, int]:
    """How full a truck got, by temperature class carried, in ten-thousandths.

    `capacities` and each load (on leaving a stop) hold [grams, millilitres] by class;
    the tighter of the two counts, at the fullest moment. A class that never rode is
    left out.
    """
    fullest: dict[str, int] = {}
    for load in loads:
        for name, amounts in load.items():
            rooms = capacities.get(name, (0, 0))
            parts = [
                10_000 * amount // room
                for amount, room in zip(amounts, rooms, strict=True)
                if room
            ]
            fullest[name] = max(fullest.get(name, 0), *parts, 0)
    return fullest
