"""What a truck drove, seen as the sum of ways, doors, handling and waiting.

The paid time of a route is taken apart so that every second belongs to one rule:

- travel, and the fixed time of a place (its door), follow the stops: the door is
  paid on the way out to another place, as in `visits.World.service_s`;
- loading and unloading belong to the shipment handled;
- waiting is shared like the cost of the day: equally among the shipments carried.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from routing.core.continued import as_if_unbroken, base_name
from routing.core.matrix import Rows
from routing.core.problem import Vehicle
from routing.core.schedule import route_cost_cents
from routing.core.shares.alone import Alone, alone_of
from routing.core.visits import Draft, Visit, World


@dataclass(frozen=True, slots=True)
class Drive:
    """The stops a truck really made, in the order it made them, and its waiting."""

    draft: Draft
    waiting_s: int = 0


@dataclass(frozen=True, slots=True)
class Goods:
    """What became of one shipment: its hub, and the mass delivered.

    Nothing delivered means nothing to charge. `charged_cents` is what another route
    of the day already charged for the same shipment.
    """

    hub: str
    mass_g: int
    is_delivered: bool = True
    charged_cents: int = 0


@dataclass(frozen=True, slots=True)
class Carried:
    """One player: a shipment, the time its handling took, and its cap."""

    shipment_id: str
    goods: Goods
    handling_s: int
    alone: Alone

    @property
    def cap_cents(self) -> int:
        """The most it may still be charged."""
        return max(self.alone.cost_cents - self.goods.charged_cents, 0)


@dataclass(frozen=True, slots=True)
class DrivenRoute:
    """A driven route as a game: players, stops and every leg between two of them.

    `stops` holds positions in `carried`; the squares have home first and the end of
    the route last. `away_s` is travel with the door of the place one leaves.
    """

    vehicle: Vehicle
    carried: tuple[Carried, ...]
    stops: tuple[frozenset[int], ...]
    distances_m: Rows
    away_s: Rows
    waiting_s: int

    @property
    def distance_m(self) -> int:
        """Metres driven."""
        return sum(self.distances_m[at][at + 1] for at in range(len(self.stops) + 1))

    @property
    def duration_s(self) -> int:
        """Paid seconds, handling and waiting included."""
        away_s = sum(self.away_s[at][at + 1] for at in range(len(self.stops) + 1))
        handling_s = sum(carried.handling_s for carried in self.carried)
        return away_s + handling_s + self.waiting_s

    @property
    def cost_cents(self) -> int:
        """What the carrier is paid for it."""
        return route_cost_cents(self.vehicle, self.distance_m, self.duration_s)


def driven_route(
    world: World, drive: Drive, goods: Mapping[str, Goods]
) -> DrivenRoute | None:
    """The game of a drive, without players when nobody's goods were on it.

    None when no stop was made: that truck did not leave.

    Goods that changed trucks are capped by their whole way alone, in trucks that did
    not break down. Players stand in the order of the day, then by what they are (see
    `_rank`): a cent that two of them could get goes by that order, and their ids speak
    only between two that nothing else tells apart.
    """
    visits = drive.draft.visits
    if not visits:
        return None
    unbroken = World(as_if_unbroken(world.problem), world.matrix)
    vehicle = world.vehicles[drive.draft.vehicle_id]
    at_stops: dict[str, list[int]] = {}
    for at, visit in enumerate(visits):
        for shipment_id in {*visit.loads, *visit.unloads}:
            at_stops.setdefault(shipment_id, []).append(at)
    carried = sorted(
        (
            Carried(
                shipment_id=shipment_id,
                goods=goods[shipment_id],
                handling_s=_handling_s(world, visits, shipment_id),
                alone=alone_of(
                    unbroken,
                    unbroken.shipments[base_name(shipment_id)],
                    carrier_id=vehicle.id,
                ),
            )
            for shipment_id in at_stops
        ),
        key=lambda player: (at_stops[player.shipment_id], _rank(player)),
    )
    positions = {player.shipment_id: at for at, player in enumerate(carried)}
    way = [vehicle.home_place_id, *(v.place_id for v in visits), vehicle.last_place_id]
    return DrivenRoute(
        vehicle=vehicle,
        carried=tuple(carried),
        stops=tuple(
            frozenset(positions[name] for name in (*visit.loads, *visit.unloads))
            for visit in visits
        ),
        distances_m=tuple(
            tuple(world.matrix.leg(start, end).distance_m for end in way)
            for start in way
        ),
        away_s=_away_s(world, way),
        waiting_s=drive.waiting_s,
    )


def _rank(carried: Carried) -> tuple[int, bool, int, int, str, str]:
    """The heavier first, then what came, what took longer, what is dearer alone."""
    return (
        -carried.goods.mass_g,
        not carried.goods.is_delivered,
        -carried.handling_s,
        -carried.cap_cents,
        carried.goods.hub,
        carried.shipment_id,
    )


def _handling_s(world: World, visits: tuple[Visit, ...], shipment_id: str) -> int:
    shipment = world.shipments[shipment_id]
    loading = sum(shipment_id in visit.loads for visit in visits)
    unloading = sum(shipment_id in visit.unloads for visit in visits)
    return loading * shipment.load_duration_s + unloading * shipment.unload_duration_s


def _away_s(world: World, way: list[str]) -> Rows:
    """Seconds from each stop to each other, the door of the first one included.

    Leaving home there is no door; at the end of the route the last one is paid even
    when the route ends where its last stop was.
    """
    last = len(way) - 1
    rows = []
    for i, start in enumerate(way):
        door_s = 0 if i in (0, last) else world.places[start].service_duration_s
        rows.append(
            tuple(
                world.matrix.leg(start, end).duration_s
                + (door_s if j == last or start != end else 0)
                for j, end in enumerate(way)
            )
        )
    return tuple(rows)
