"""Why a shipment stays behind: decided without the solver, the same every time.

Reasons that hold for the shipment alone come first (no truck could ever carry it),
then those that come from what the trucks already carry.

Codes and their data:
- `no_compartment`      temperature_class: no truck has one
- `too_heavy`           temperature_class, short_by_g: over the largest compartment
- `too_big`             temperature_class, short_by_ml
- `window_unreachable`  vehicle, short_by_s: alone, the nearest truck is that late
- `time_on_board`       vehicle, short_by_s: the direct ride is longer than allowed
- `shift_too_short`     vehicle, short_by_s: alone, the nearest truck is back that late
- `too_far`             vehicle, short_by_m: alone, over the truck's longest distance
- `no_room_left`        vehicle, rule, short_by: the nearest miss among the routes
- `cheaper_to_leave`    vehicle, added_cents, penalty_cents: carrying costs more
- `left_out`            vehicle, added_cents: it would fit; someone left it out
- `pinned`              vehicle, added_cents: only a truck it may not ride on has room
- `taken_out`           nothing: a hand took it off its truck (`routing.core.edit`)
- `inbound_left`        inbound, num_inbound: what brings its goods stays behind
- `outbound_left`       num_outbound: it could come, but nothing can take it on

`no_room_left` knows two more rules beside those of the schedule: `load` when every
truck is full, `transfer` when the docks or the wait of goods stand in the way.
"""

from dataclasses import replace

from routing.core.insert import Insertion, alone, options_for
from routing.core.matrix import Matrix
from routing.core.plan import Plan, PlannedRoute, Reason
from routing.core.problem import Amount, Problem, Shipment, Vehicle
from routing.core.schedule import Miss, schedule
from routing.core.transfers import (
    are_kept,
    dependents_of,
    frozen,
    has_transfers,
    missing_inbound,
)
from routing.core.visits import World, fits

_CODE_OF_RULE = {
    "window": "window_unreachable",
    "time_on_board": "time_on_board",
    "shift": "shift_too_short",
    "duration": "shift_too_short",
    "distance": "too_far",
}


def reason_for(
    problem: Problem, matrix: Matrix, plan: Plan, shipment_id: str
) -> Reason:
    """Why a plan leaves a shipment behind."""
    world = World(problem, matrix)
    return reason_among(world, plan.routes, world.shipments[shipment_id])


def reason_among(
    world: World, routes: tuple[PlannedRoute, ...], shipment: Shipment
) -> Reason:
    """Why a shipment stays behind, beside these routes."""
    if reason := _reason_of_inbound(world, routes, shipment):
        return reason
    vehicles = world.allowed(shipment)
    never = reason_of_size(shipment, vehicles) or _reason_alone(world, shipment)
    options = list(options_for(frozen(world, routes) or world, routes, shipment))
    insertions = [(o, v) for v, o in options if isinstance(o, Insertion)]
    kept = [
        (option.added_cents, vehicle_id)
        for option, vehicle_id in insertions
        if _keeps_transfers(world, routes, shipment, option)
    ]
    if kept:
        cheapest = min(kept, key=lambda pair: pair[0])
        return _reason_of_outbound(world, shipment) or _priced(shipment, *cheapest)
    if elsewhere := _reason_of_pins(world, routes, shipment):
        return elsewhere
    if never is not None:
        return never
    if insertions:
        vehicle_id = insertions[0][1]
        return Reason("no_room_left", {"vehicle": vehicle_id, "rule": "transfer"})
    misses = [
        (option.nearest, vehicle_id)
        for vehicle_id, option in options
        if not isinstance(option, Insertion) and option.nearest is not None
    ]
    if not misses:
        return Reason("no_room_left", {"rule": "load"})
    miss, vehicle_id = min(misses, key=lambda pair: pair[0].short_by)
    return Reason(
        "no_room_left",
        {"vehicle": vehicle_id, "rule": miss.rule, "short_by": miss.short_by},
    )


def _reason_of_pins(
    world: World, routes: tuple[PlannedRoute, ...], shipment: Shipment
) -> Reason | None:
    """The cheapest truck that could take it, were it not pinned to others."""
    if not shipment.only_vehicle_ids:
        return None
    free = options_for(world, routes, replace(shipment, only_vehicle_ids=()))
    insertions = [(o.added_cents, v) for v, o in free if isinstance(o, Insertion)]
    if not insertions:
        return None
    added_cents, vehicle_id = min(insertions, key=lambda pair: pair[0])
    return Reason("pinned", {"vehicle": vehicle_id, "added_cents": added_cents})


def _reason_of_inbound(
    world: World, routes: tuple[PlannedRoute, ...], shipment: Shipment
) -> Reason | None:
    """Whether goods lack that no truck brings, and could not bring."""
    for name in missing_inbound(shipment, routes):
        options = options_for(world, routes, world.shipments[name])
        if not any(isinstance(option, Insertion) for _, option in options):
            num_inbound = len(missing_inbound(shipment, routes))
            return Reason("inbound_left", {"inbound": name, "num_inbound": num_inbound})
    return None


def _reason_of_outbound(world: World, shipment: Shipment) -> Reason | None:
    """Goods that could come stay where they are when nothing takes them on."""
    later = dependents_of(world.problem).get(shipment.id, [])
    return Reason("outbound_left", {"num_outbound": len(later)}) if later else None


def _keeps_transfers(
    world: World,
    routes: tuple[PlannedRoute, ...],
    shipment: Shipment,
    option: Insertion,
) -> bool:
    """Whether the docks and the other goods bear a route that takes one more.

    Goods that are still to be brought are not asked about.
    """
    if not has_transfers(world.problem) or missing_inbound(shipment, routes):
        return True
    others = [r for r in routes if r.vehicle_id != option.route.vehicle_id]
    return are_kept(world, (*others, option.route))


def reason_of_size(shipment: Shipment, vehicles: tuple[Vehicle, ...]) -> Reason | None:
    """Whether some truck could hold the shipment, alone and at any time."""
    reasons = [_reason_on(shipment, vehicle) for vehicle in vehicles]
    if not reasons:
        first = shipment.amounts[0].temperature_class
        return Reason("no_compartment", {"temperature_class": first})
    if None in reasons:
        return None
    order = ("too_big", "too_heavy", "no_compartment")
    known = [reason for reason in reasons if reason is not None]
    return min(known, key=lambda reason: (order.index(reason.code), _short_by(reason)))


def _short_by(reason: Reason) -> int:
    figures = [value for value in reason.data.values() if isinstance(value, int)]
    return figures[0] if figures else 0


def _reason_on(shipment: Shipment, vehicle: Vehicle) -> Reason | None:
    for amount in shipment.amounts:
        if reason := _reason_of_amount(amount, vehicle):
            return reason
    return None


def _reason_of_amount(amount: Amount, vehicle: Vehicle) -> Reason | None:
    named = {"temperature_class": amount.temperature_class}
    compartment = vehicle.compartment(amount.temperature_class)
    if compartment is None:
        if amount.mass_g == 0 and amount.volume_ml == 0:
            return None
        return Reason("no_compartment", named)
    if amount.mass_g > compartment.capacity_g:
        short_by_g = amount.mass_g - compartment.capacity_g
        return Reason("too_heavy", {**named, "short_by_g": short_by_g})
    if amount.volume_ml > compartment.capacity_ml:
        short_by_ml = amount.volume_ml - compartment.capacity_ml
        return Reason("too_big", {**named, "short_by_ml": short_by_ml})
    return None


def _reason_alone(world: World, shipment: Shipment) -> Reason | None:
    """Whether some truck could carry the shipment if it carried nothing else."""
    misses: list[tuple[Miss, str]] = []
    for vehicle in world.allowed(shipment):
        draft = alone(shipment, vehicle)
        if not fits(world, draft):
            continue
        outcome = schedule(world, draft)
        if not isinstance(outcome, Miss):
            return None
        misses.append((outcome, vehicle.id))
    if not misses:
        return None
    order = ("distance", "duration", "shift", "time_on_board", "window")
    miss, vehicle_id = min(
        misses, key=lambda pair: (order.index(pair[0].rule), pair[0].short_by)
    )
    unit = "short_by_m" if miss.rule == "distance" else "short_by_s"
    return Reason(
        _CODE_OF_RULE[miss.rule], {"vehicle": vehicle_id, unit: miss.short_by}
    )


def _priced(shipment: Shipment, added_cents: int, vehicle_id: str) -> Reason:
    penalty_cents = shipment.penalty_cents
    if penalty_cents is None or added_cents < penalty_cents:
        return Reason("left_out", {"vehicle": vehicle_id, "added_cents": added_cents})
    return Reason(
        "cheaper_to_leave",
        {
            "vehicle": vehicle_id,
            "added_cents": added_cents,
            "penalty_cents": penalty_cents,
        },
    )
