"""What a search may still change of a plan when some of it is locked.

A locked truck keeps its route as it is: neither it nor its goods are in the search. The
goods of a locked stop stay on their truck, and their service begins within fifteen
minutes of the hour it has in the plan. Goods decided otherwise stay behind.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from routing.core.matrix import Matrix
from routing.core.plan import Plan, PlannedRoute, Unserved
from routing.core.problem import Problem, Shipment, Transfer, Window
from routing.core.transfers import frozen
from routing.core.visits import World, overlap

LOCK_S = 900
"""How much sooner or later the service at a locked stop may begin."""


@dataclass(frozen=True, slots=True)
class Locks:
    """What is not to change: trucks, ends of shipments, goods that stay behind.

    An end is (shipment id, "load" or "unload").
    """

    vehicle_ids: frozenset[str] = frozenset()
    ends: frozenset[tuple[str, str]] = frozenset()
    left_ids: frozenset[str] = frozenset()


def locked_day(problem: Problem, plan: Plan, locks: Locks) -> Problem:
    """The whole day with its locks as rules, to judge what a search gives back."""
    trucks = {s: route.vehicle_id for route in plan.routes for s in route.shipment_ids}
    begins = {
        (name, kind): stop.service_start_s
        for route in plan.routes
        for stop in route.stops
        for kind, names in (("load", stop.loads), ("unload", stop.unloads))
        for name in names
    }
    shipments = []
    for shipment in problem.shipments:
        truck = trucks.get(shipment.id)
        ends = [end for end in locks.ends if end[0] == shipment.id]
        if truck and (ends or truck in locks.vehicle_ids):
            shipment = replace(shipment, only_vehicle_ids=(truck,), penalty_cents=None)
        for end in ends:
            if truck:
                shipment = _near(shipment, end[1], begins[end])
        shipments.append(shipment)
    return replace(problem, shipments=tuple(shipments))


def _near(shipment: Shipment, kind: str, start_s: int) -> Shipment:
    around = (Window(max(0, start_s - LOCK_S), start_s + LOCK_S),)
    if kind == "load":
        windows = overlap(shipment.pickup_windows or None, around)
        return replace(shipment, pickup_windows=windows or around)
    windows = overlap(shipment.delivery_windows or None, around)
    return replace(shipment, delivery_windows=windows or around)


def rest_of(
    day: Problem, matrix: Matrix, plan: Plan, locks: Locks
) -> tuple[Problem, Plan]:
    """The problem of a search on a locked day, and the plan it begins from.

    Where goods change between a locked truck and another, every hour at the transfers
    stays as it is. A locked truck keeps its turns at the docks.
    """
    kept = [route for route in plan.routes if route.vehicle_id in locks.vehicle_ids]
    out = {name for route in kept for name in route.shipment_ids} | locks.left_ids
    out |= {s.id for s in day.shipments if locks.left_ids.intersection(s.after)}
    out |= {s.id for s in day.shipments if _has_no_truck_but(s, locks.vehicle_ids)}
    if any((s.id in out) != (name in out) for s in day.shipments for name in s.after):
        stands = frozen(World(day, matrix), plan.routes)
        day = stands.problem if stands else day
    problem = replace(
        day,
        vehicles=tuple(v for v in day.vehicles if v.id not in locks.vehicle_ids),
        shipments=tuple(
            replace(
                s,
                after=tuple(name for name in s.after if name not in out),
                only_vehicle_ids=tuple(
                    v for v in s.only_vehicle_ids if v not in locks.vehicle_ids
                ),
            )
            for s in day.shipments
            if s.id not in out
        ),
        transfers=tuple(_with_turns(transfer, kept) for transfer in day.transfers),
    )
    routes = tuple(route for route in plan.routes if route not in kept)
    left = tuple(u for u in plan.unserved if u.shipment_id not in out)
    return problem, _with(plan, problem, routes, left)


def _has_no_truck_but(shipment: Shipment, vehicle_ids: frozenset[str]) -> bool:
    """Whether only these trucks may carry a shipment."""
    return bool(shipment.only_vehicle_ids) and vehicle_ids.issuperset(
        shipment.only_vehicle_ids
    )


def _with_turns(transfer: Transfer, kept: Sequence[PlannedRoute]) -> Transfer:
    turns = tuple(
        Window(stop.service_start_s, stop.departure_s)
        for route in kept
        for stop in route.stops
        if stop.place_id == transfer.place_id
    )
    return replace(transfer, taken=(*transfer.taken, *turns))


def whole_plan(day: Problem, plan: Plan, locks: Locks, found: Plan) -> Plan:
    """What a search found for the rest, with the locked routes as they were."""
    kept = tuple(r for r in plan.routes if r.vehicle_id in locks.vehicle_ids)
    order = {vehicle.id: i for i, vehicle in enumerate(day.vehicles)}
    routes = tuple(
        sorted((*kept, *found.routes), key=lambda route: order[route.vehicle_id])
    )
    known = {left.shipment_id for left in found.unserved}
    carried = {name for route in routes for name in route.shipment_ids}
    left = (
        *found.unserved,
        *(u for u in plan.unserved if u.shipment_id not in known | carried),
    )
    return _with(found, day, routes, left)


def _with(
    plan: Plan,
    problem: Problem,
    routes: tuple[PlannedRoute, ...],
    unserved: tuple[Unserved, ...],
) -> Plan:
    """A plan of other routes, its figures added up again."""
    penalties = {s.id: s.penalty_cents or 0 for s in problem.shipments}
    return replace(
        plan,
        routes=routes,
        unserved=unserved,
        cost_cents=sum(route.cost_cents for route in routes),
        penalty_cents=sum(penalties[left.shipment_id] for left in unserved),
        distance_m=sum(route.distance_m for route in routes),
        duration_s=sum(route.duration_s for route in routes),
    )
