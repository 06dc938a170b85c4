"""Goods that change trucks, said to an engine that times each route by itself.

At each place an hour is chosen: what arrives is unloaded and handled before it, what
leaves is loaded from it on, and both stay near enough that nothing waits too long. The
hour becomes windows of the shipments; the exact rule is looked at afterwards, and with
the times that come out the windows are drawn once more where they were too wide.
"""

from dataclasses import replace

from routing.core.insert import alone, delivery_visit
from routing.core.plan import PlannedRoute
from routing.core.problem import Shipment, Transfer, Window
from routing.core.schedule import Miss, schedule
from routing.core.solve.candidate import Candidate, candidate_of, priced
from routing.core.solve.docks import add_docks
from routing.core.transfers import (
    LATEST_S,
    are_kept,
    dependents_of,
    frozen,
    missing_inbound,
)
from routing.core.visits import World, draft_of, overlap, without

SHARES = (100, 250, 400, 550, 700)
"""Hours to try, in thousandths of the time between the first hour at which everything
could have come and the last at which everything could still leave."""


def add_transfers(world: World, share: int) -> World:
    """The world with windows that keep arrivals before departures at each transfer.

    Whatever can then move no more is left out. Leaving goods behind on their way in
    costs what leaving behind all that comes after them does.
    """
    problem = world.problem
    dependents = dependents_of(problem)
    transfers = problem.transfers_by_place()
    windows: dict[str, tuple[Window, Window]] = {}
    for place_id in sorted({s.pickup_place_id for s in problem.shipments if s.after}):
        transfer = transfers.get(place_id, Transfer(place_id))
        windows[place_id] = _around(world, transfer, share)
    shipments = []
    for shipment in problem.shipments:
        later = dependents.get(shipment.id, [])
        before = windows[shipment.delivery_place_id][0] if later else None
        since = windows[shipment.pickup_place_id][1] if shipment.after else None
        narrowed = _within(shipment, before, since)
        if narrowed is not None:
            shipments.append(replace(narrowed, penalty_cents=_price(shipment, later)))
    kept = {shipment.id for shipment in shipments}
    shipments = [
        replace(s, after=tuple(a for a in s.after if a in kept)) for s in shipments
    ]
    return World(replace(problem, shipments=tuple(shipments)), world.matrix)


def as_they_stand(world: World, routes: tuple[PlannedRoute, ...]) -> World | None:
    """The world with windows that keep the hours some routes have at the transfers.

    None when they leave a shipment no moment.
    """
    stands = frozen(world, routes)
    if stands is None:
        return None
    dependents = dependents_of(world.problem)
    shipments = tuple(
        replace(s, penalty_cents=_price(s, dependents.get(s.id, [])))
        for s in stands.problem.shipments
    )
    return World(replace(world.problem, shipments=shipments), world.matrix)


def _price(shipment: Shipment, later: list[Shipment]) -> int | None:
    prices = [shipment.penalty_cents, *(s.penalty_cents for s in later)]
    known = [cents for cents in prices if cents is not None]
    return sum(known) if len(known) == len(prices) else None


def _within(
    shipment: Shipment, before: Window | None, since: Window | None
) -> Shipment | None:
    delivery, pickup = shipment.delivery_windows, shipment.pickup_windows
    if before is not None:
        delivery = overlap(delivery or None, (before,)) or ()
        if not delivery:
            return None
    if since is not None:
        pickup = overlap(pickup or None, (since,)) or ()
        if not pickup:
            return None
    return replace(shipment, delivery_windows=delivery, pickup_windows=pickup)


def _around(world: World, transfer: Transfer, share: int) -> tuple[Window, Window]:
    """When service may begin for what arrives at a transfer, and for what leaves."""
    dependents = dependents_of(world.problem)
    arriving = [
        shipment
        for shipment in world.problem.shipments
        if shipment.id in dependents and shipment.delivery_place_id == transfer.place_id
    ]
    unloading_s = sum(shipment.unload_duration_s for shipment in arriving)
    num_turns = max(1, min(len(world.problem.vehicles), len(arriving)))
    tail_s = transfer.handling_s + -(-unloading_s // num_turns)
    first_s, last_s = _span(world, transfer, arriving)
    hour_s = max(tail_s, first_s + (last_s - first_s) * share // 1_000)
    if transfer.dwell_limit_s is None:
        return Window(0, hour_s - tail_s), Window(hour_s, LATEST_S)
    ahead_s = max(transfer.dwell_limit_s // 2, min(tail_s, transfer.dwell_limit_s))
    behind_s = transfer.dwell_limit_s - ahead_s
    last_arrival_s = hour_s - min(tail_s, ahead_s)
    return (
        Window(max(0, min(hour_s - ahead_s, last_arrival_s)), last_arrival_s),
        Window(hour_s, hour_s + behind_s),
    )


def _span(
    world: World, transfer: Transfer, arriving: list[Shipment]
) -> tuple[int, int]:
    """The first hour when all could have come, the last when all could still leave."""
    soonest = [_arrival_s(world, shipment) for shipment in arriving]
    first_s = max((s for s in soonest if s is not None), default=0)
    first_s += transfer.handling_s
    latest = [
        _departure_s(world, shipment)
        for shipment in world.problem.shipments
        if shipment.after and shipment.pickup_place_id == transfer.place_id
    ]
    return first_s, max(first_s, min(latest, default=first_s))


def _arrival_s(world: World, shipment: Shipment) -> int | None:
    """When the soonest truck would have brought it, with nothing else to do."""
    found = []
    for vehicle in world.problem.vehicles:
        outcome = schedule(world, alone(shipment, vehicle))
        if not isinstance(outcome, Miss):
            start_s = outcome.stops[-1].service_start_s
            found.append(start_s + shipment.unload_duration_s)
    return min(found, default=None)


def _departure_s(world: World, shipment: Shipment) -> int:
    """When a truck must begin to load it at the latest, with nothing else to do."""
    windows = world.windows(delivery_visit(shipment))
    closes_s = windows[-1].end_s if windows else LATEST_S
    service_s = world.places[shipment.delivery_place_id].service_duration_s
    service_s += shipment.unload_duration_s
    # Without a truck, as when the last one broke down, no hour is worth more.
    back_s = max(
        (
            vehicle.shift_end_s
            - world.matrix.leg(
                shipment.delivery_place_id, vehicle.last_place_id
            ).duration_s
            for vehicle in world.problem.vehicles
        ),
        default=0,
    )
    way = world.matrix.leg(shipment.pickup_place_id, shipment.delivery_place_id)
    loading_s = world.places[shipment.pickup_place_id].service_duration_s
    loading_s += shipment.load_duration_s
    return min(closes_s, back_s - service_s) - way.duration_s - loading_s


def settled(
    world: World, timed: World, routes: tuple[PlannedRoute, ...]
) -> Candidate | None:
    """Routes of a timed world as they hold in the true one; None when they do not.

    What lost its goods stays behind, what brings goods for nobody too where that is
    cheaper; trucks take turns at the docks, and one that finds none leaves its goods
    there; the exact rules have the last word.
    """
    kept = _complete(world, timed, routes)
    turns = add_docks(timed, kept.routes) if kept else None
    while kept is not None and turns is not None and turns.late is not None:
        at_docks = _handled_at_docks(world, turns.late)
        left = _reduced(world, timed, kept.routes, at_docks)
        kept = _complete(world, timed, left.routes) if left else None
        turns = add_docks(timed, kept.routes) if kept else None
    if turns is None:
        return None
    if are_kept(world, turns.routes):
        return priced(world, turns.routes)
    exact = frozen(world, turns.routes)
    turns = add_docks(exact, turns.routes, anew=True) if exact else turns
    if turns.late is not None or not are_kept(world, turns.routes):
        return None
    return priced(world, turns.routes)


def _handled_at_docks(world: World, route: PlannedRoute) -> frozenset[str]:
    """What a route loads or unloads where docks are counted."""
    docks = {t.place_id for t in world.problem.transfers if t.num_docks}
    return frozenset(
        name
        for stop in route.stops
        if stop.place_id in docks
        for name in (*stop.loads, *stop.unloads)
    )


def _complete(
    world: World, timed: World, routes: tuple[PlannedRoute, ...]
) -> Candidate | None:
    candidate: Candidate | None = priced(world, routes)
    while candidate is not None:
        orphans = {
            name
            for name in candidate.truck_of
            if missing_inbound(world.shipments[name], candidate.routes)
        }
        if not orphans:
            break
        candidate = _reduced(world, timed, candidate.routes, frozenset(orphans))
    if candidate is None:
        return None
    dependents = dependents_of(world.problem)
    idle = frozenset(
        name
        for name in candidate.truck_of
        if name in dependents
        and not any(later.id in candidate.truck_of for later in dependents[name])
    )
    lighter = _reduced(world, timed, candidate.routes, idle) if idle else None
    if lighter is not None and lighter.rank < candidate.rank:
        return lighter
    return candidate


def _reduced(
    world: World,
    timed: World,
    routes: tuple[PlannedRoute, ...],
    removed: frozenset[str],
) -> Candidate | None:
    """The same routes without some shipments, timed again."""
    drafts = tuple(without(timed, draft_of(route), removed) for route in routes)
    left = candidate_of(timed, tuple(draft for draft in drafts if draft.visits))
    return None if left is None else priced(world, left.routes)
