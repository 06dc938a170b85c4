"""Goods that change trucks: what the routes that stand mean for those that change.

A route is given times by itself, its windows in hand. So the bond between the truck
that brings goods and the one that takes them on is said in windows: `frozen` narrows
those of every shipment to what the other routes allow.
"""

from dataclasses import dataclass, field, replace

from routing.core.plan import PlannedRoute, PlannedStop
from routing.core.problem import Problem, Shipment, Transfer, Window
from routing.core.visits import World, overlap

LATEST_S = 2 * 86_400
"""Later than any truck drives."""


@dataclass(frozen=True, slots=True)
class Handovers:
    """When the goods of some routes are unloaded, and when their loading begins.

    `offsets_s` is how long after the beginning of service at its stop that is.
    """

    unloaded_s: dict[str, int] = field(default_factory=dict)
    loading_s: dict[str, int] = field(default_factory=dict)
    offsets_s: dict[str, int] = field(default_factory=dict)


def has_transfers(problem: Problem) -> bool:
    """Whether some goods change trucks, or some place counts its docks."""
    return bool(problem.transfers) or any(s.after for s in problem.shipments)


def dependents_of(problem: Problem) -> dict[str, list[Shipment]]:
    """What comes after each shipment that something comes after."""
    found: dict[str, list[Shipment]] = {}
    for shipment in problem.shipments:
        for earlier in shipment.after:
            found.setdefault(earlier, []).append(shipment)
    return found


def handovers_of(world: World, routes: tuple[PlannedRoute, ...]) -> Handovers:
    """When each shipment of the routes is unloaded and loaded."""
    found = Handovers()
    for route in routes:
        for stop in route.stops:
            offset_s = _unloading_s(world, stop)
            for name in stop.unloads:
                found.unloaded_s[name] = stop.service_start_s + offset_s
                found.offsets_s[f"to {name}"] = offset_s
            for name in stop.loads:
                found.loading_s[name] = stop.service_start_s + offset_s
                found.offsets_s[f"from {name}"] = offset_s
    return found


def _unloading_s(world: World, stop: PlannedStop) -> int:
    return sum(world.shipments[name].unload_duration_s for name in stop.unloads)


def missing_inbound(
    shipment: Shipment, routes: tuple[PlannedRoute, ...]
) -> tuple[str, ...]:
    """What should bring the goods of a shipment, and no route does."""
    carried = {name for route in routes for name in route.shipment_ids}
    return tuple(name for name in shipment.after if name not in carried)


def are_kept(world: World, routes: tuple[PlannedRoute, ...]) -> bool:
    """Whether routes keep the rules of transfers and docks together."""
    now = handovers_of(world, routes)
    transfers = world.problem.transfers_by_place()
    for name, loading_s in now.loading_s.items():
        shipment = world.shipments[name]
        transfer = transfers.get(shipment.pickup_place_id)
        if any(earlier not in now.unloaded_s for earlier in shipment.after):
            return False
        brought_s = [now.unloaded_s[earlier] for earlier in shipment.after]
        for moment_s in (*brought_s, *shipment.there_since_s):
            wait_s = loading_s - moment_s
            if wait_s < (transfer.handling_s if transfer else 0):
                return False
            limit_s = transfer.dwell_limit_s if transfer else None
            if limit_s is not None and wait_s > limit_s:
                return False
    return all(_docks_hold(routes, transfer) for transfer in transfers.values())


def _docks_hold(routes: tuple[PlannedRoute, ...], transfer: Transfer) -> bool:
    turns = [
        (stop.service_start_s, stop.departure_s)
        for route in routes
        for stop in route.stops
        if stop.place_id == transfer.place_id
    ]
    turns += [(turn.start_s, turn.end_s) for turn in transfer.taken]
    if transfer.num_docks is None:
        return True
    return all(
        sum(a <= start_s < b for a, b in turns) <= transfer.num_docks
        for start_s, _end_s in turns
    )


def frozen(world: World, routes: tuple[PlannedRoute, ...]) -> World | None:
    """The world as it stands for one route when all others keep their times.

    Goods reach their transfer no later than they do now, so that what takes them on
    stays in time; and they leave it no sooner than they are ready, within the longest
    wait. None when some window is left without a moment.
    """
    if not has_transfers(world.problem):
        return world
    now = handovers_of(world, routes)
    dependents = dependents_of(world.problem)
    shipments = []
    for shipment in world.problem.shipments:
        arriving = _arrival_window(world, shipment, now, dependents)
        leaving = _leaving_window(world, shipment, now)
        narrowed = _narrowed(shipment, arriving, leaving)
        if narrowed is None:
            return None
        shipments.append(narrowed)
    return World(replace(world.problem, shipments=tuple(shipments)), world.matrix)


def _arrival_window(
    world: World,
    shipment: Shipment,
    now: Handovers,
    dependents: dict[str, list[Shipment]],
) -> Window | None:
    leaving = [s.id for s in dependents.get(shipment.id, ()) if s.id in now.loading_s]
    if not leaving or shipment.id not in now.unloaded_s:
        return None
    offset_s = now.offsets_s[f"to {shipment.id}"]
    latest_s = now.unloaded_s[shipment.id] - offset_s
    transfer = world.problem.transfers_by_place().get(shipment.delivery_place_id)
    if transfer is None or transfer.dwell_limit_s is None:
        return Window(0, latest_s)
    last_s = max(now.loading_s[name] for name in leaving)
    soonest_s = last_s - transfer.dwell_limit_s - offset_s
    return Window(min(max(0, soonest_s), latest_s), latest_s)


def _leaving_window(world: World, shipment: Shipment, now: Handovers) -> Window | None:
    brought = [now.unloaded_s[s] for s in shipment.after if s in now.unloaded_s]
    brought += shipment.there_since_s
    if not brought:
        return None
    offset_s = now.offsets_s.get(f"from {shipment.id}", 0)
    transfer = world.problem.transfers_by_place().get(shipment.pickup_place_id)
    handling_s = transfer.handling_s if transfer else 0
    ready_s = max(0, max(brought) + handling_s - offset_s)
    if transfer is None or transfer.dwell_limit_s is None:
        return Window(ready_s, LATEST_S)
    until_s = min(brought) + transfer.dwell_limit_s - offset_s
    return Window(ready_s, max(ready_s, until_s))


def _narrowed(
    shipment: Shipment, arriving: Window | None, leaving: Window | None
) -> Shipment | None:
    pickup, delivery = shipment.pickup_windows, shipment.delivery_windows
    if leaving is not None:
        pickup = overlap(pickup or None, (leaving,)) or ()
        if not pickup:
            return None
    if arriving is not None:
        delivery = overlap(delivery or None, (arriving,)) or ()
        if not delivery:
            return None
    return replace(shipment, pickup_windows=pickup, delivery_windows=delivery)
