"""The stand-alone cost: what one shipment would cost in a truck of its own.

The cheapest truck of the plan's problem that can hold it goes home → pick-up →
drop → home by the plan's matrix, with its handling and the fixed time of both
places, without waiting: the lowest bill it could ever get, hence a true cap. Windows
and shifts are not looked at; they could only make it dearer.
"""

from dataclasses import dataclass

from routing.core.insert import alone
from routing.core.problem import Shipment, Vehicle
from routing.core.schedule import route_cost_cents
from routing.core.visits import World, fits


@dataclass(frozen=True, slots=True)
class Alone:
    """The cheapest single truck for one shipment only, and what it would drive."""

    vehicle_id: str
    distance_m: int
    duration_s: int
    cost_cents: int


def alone_of(world: World, shipment: Shipment, *, carrier_id: str) -> Alone:
    """The stand-alone cost of a shipment.

    Trucks that cannot hold it are left out; when none can, as after a hand edit, the
    truck `carrier_id` that did carry it is the one that counts.
    """
    trucks = [
        vehicle
        for vehicle in world.problem.vehicles
        if fits(world, alone(shipment, vehicle))
    ]
    candidates = trucks or [world.vehicles[carrier_id]]
    return min(
        (_alone_in(world, vehicle, shipment) for vehicle in candidates),
        key=lambda found: (found.cost_cents, found.distance_m, found.duration_s),
    )


def _alone_in(world: World, vehicle: Vehicle, shipment: Shipment) -> Alone:
    draft = alone(shipment, vehicle)
    legs = world.legs(draft)
    distance_m = sum(leg.distance_m for leg in legs)
    duration_s = sum(leg.duration_s for leg in legs)
    duration_s += sum(world.service_s(draft, at) for at in range(len(draft.visits)))
    return Alone(
        vehicle_id=vehicle.id,
        distance_m=distance_m,
        duration_s=duration_s,
        cost_cents=route_cost_cents(vehicle, distance_m, duration_s),
    )
