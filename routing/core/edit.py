"""Hand edits of a plan: a stop or a shipment moved, taken out, put in.

Pure and exact: the order of the stops changes as the hand says, the routes touched get
new times (`schedule`), and the same independent `check` says what the edit breaks. A
plan that breaks a rule comes back all the same, to be looked at; publishing is refused
further up. Routes that are not touched stay as they are, to the second.

Where the hand names a truck but no place in its route, the shortest detour that keeps
every rule is taken; when none does, the shortest of all.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from routing.core.check import violations_of
from routing.core.check.violation import Violation
from routing.core.errors import UnknownName
from routing.core.insert import delivery_visit, drafts_with, pickup_visit
from routing.core.matrix import Matrix
from routing.core.plan import Plan, PlannedRoute, Reason, Unserved
from routing.core.problem import Problem, Shipment
from routing.core.schedule import Miss, schedule, schedule_anyway
from routing.core.transfers import frozen
from routing.core.visits import (
    Draft,
    Visit,
    World,
    draft_of,
    fits,
    merged,
    without,
)

ENGINE = "by hand"


@dataclass(frozen=True, slots=True)
class MoveStop:
    """A stop, counted from 0, to another place of its route or to another truck.

    `position` counts the stops of the route it goes to, without the stop itself; None
    takes the shortest detour. On another truck each shipment handled at the stop comes
    along whole: its other end is put where the detour is shortest.
    """

    vehicle_id: str
    stop: int
    to_vehicle_id: str
    position: int | None = None


@dataclass(frozen=True, slots=True)
class MoveShipment:
    """One shipment, carried or not, onto a truck, where the detour is shortest."""

    shipment_id: str
    to_vehicle_id: str


@dataclass(frozen=True, slots=True)
class TakeOut:
    """Shipments off their trucks; they stay behind."""

    shipment_ids: tuple[str, ...]


Move = MoveStop | MoveShipment | TakeOut


@dataclass(frozen=True, slots=True)
class Delta:
    """What an edit adds to a plan; below zero, what it saves."""

    cost_cents: int
    penalty_cents: int
    distance_m: int
    duration_s: int


@dataclass(frozen=True, slots=True)
class Edited:
    """The plan after an edit, every rule it breaks, and what it adds."""

    plan: Plan
    violations: tuple[Violation, ...]
    delta: Delta


def moved(problem: Problem, matrix: Matrix, plan: Plan, move: Move) -> Edited:
    """The plan after one edit: each shipment is carried once, or stays behind.

    Raises UnknownName for a truck, a stop or a shipment that is not there.
    """
    world = World(problem, matrix)
    # What other trucks bring to a dock, and take from it, keeps its hours.
    world = frozen(world, plan.routes) or world
    drafts = {route.vehicle_id: draft_of(route) for route in plan.routes}
    match move:
        case MoveStop():
            after = _with_stop_moved(world, drafts, move)
        case MoveShipment():
            after = _with_shipment_moved(world, drafts, move)
        case TakeOut():
            for name in move.shipment_ids:
                _shipment(world, name)
            after = _without(world, drafts, move.shipment_ids)
    edited = _replanned(world, plan, after)
    return Edited(
        plan=edited,
        violations=tuple(violations_of(problem, matrix, edited)),
        delta=delta_between(plan, edited),
    )


def delta_between(before: Plan, after: Plan) -> Delta:
    """What the second plan costs, drives and lasts more than the first."""
    return Delta(
        cost_cents=after.cost_cents - before.cost_cents,
        penalty_cents=after.penalty_cents - before.penalty_cents,
        distance_m=after.distance_m - before.distance_m,
        duration_s=after.duration_s - before.duration_s,
    )


Drafts = Mapping[str, Draft]


def _with_stop_moved(world: World, drafts: Drafts, move: MoveStop) -> Drafts:
    visits = _draft(world, drafts, move.vehicle_id).visits
    if not 0 <= move.stop < len(visits):
        raise UnknownName(field="move.stop", value=move.stop)
    stop, others = visits[move.stop], visits[: move.stop] + visits[move.stop + 1 :]
    if move.to_vehicle_id == move.vehicle_id:
        here = _reordered(world, Draft(move.vehicle_id, others), stop, move.position)
        return {**drafts, move.vehicle_id: here}
    names = (*stop.unloads, *stop.loads)
    target = _draft(world, drafts, move.to_vehicle_id)
    if move.position is None:
        for name in names:
            target = _with(world, target, world.shipments[name])
    else:
        _require_place(target, move.position)
        target = _with_stop(world, target, stop, move.position)
    return {**_without(world, drafts, names), move.to_vehicle_id: target}


def _with_shipment_moved(world: World, drafts: Drafts, move: MoveShipment) -> Drafts:
    shipment = _shipment(world, move.shipment_id)
    left = _without(world, drafts, (shipment.id,))
    target = _draft(world, left, move.to_vehicle_id)
    return {**left, move.to_vehicle_id: _with(world, target, shipment)}


def _without(world: World, drafts: Drafts, names: Iterable[str]) -> Drafts:
    removed = frozenset(names)
    return {
        vehicle_id: without(world, draft, removed)
        if removed & frozenset(draft.shipment_ids)
        else draft
        for vehicle_id, draft in drafts.items()
    }


def _reordered(world: World, others: Draft, stop: Visit, position: int | None) -> Draft:
    """A route with one of its stops at another place."""
    if position is not None:
        _require_place(others, position)
        return _joined(world, others, [(position, stop)])
    places = range(len(others.visits) + 1)
    return _shortest(world, [_joined(world, others, [(i, stop)]) for i in places])


def _with(world: World, draft: Draft, shipment: Shipment) -> Draft:
    """A route with one more shipment, where the detour is shortest."""
    return _shortest(world, list(drafts_with(world, draft, shipment)))


def _with_stop(world: World, draft: Draft, stop: Visit, position: int) -> Draft:
    """A route with another truck's stop at a place; other ends by shortest detour.

    The stop grows by one shipment at a time, so that every order tried is whole.
    """
    before, after = draft.visits[:position], draft.visits[position:]
    here = Visit(stop.place_id)
    for name in (*stop.unloads, *stop.loads):
        shipment = world.shipments[name]
        if name in stop.unloads:
            here = Visit(stop.place_id, here.loads, (*here.unloads, name))
            pickup = pickup_visit(shipment)
            ways = [(_put(before, i, pickup), after) for i in range(len(before) + 1)]
        else:
            here = Visit(stop.place_id, (*here.loads, name), here.unloads)
            delivery = delivery_visit(shipment)
            ways = [(before, _put(after, i, delivery)) for i in range(len(after) + 1)]
        orders = [
            Draft(draft.vehicle_id, merged(world, (*early, here, *late)))
            for early, late in ways
        ]
        best = _shortest(world, orders)
        before, after = ways[orders.index(best)]
    return Draft(draft.vehicle_id, merged(world, (*before, here, *after)))


def _put(visits: tuple[Visit, ...], at: int, visit: Visit) -> tuple[Visit, ...]:
    return (*visits[:at], visit, *visits[at:])


def _joined(world: World, draft: Draft, added: Iterable[tuple[int, Visit]]) -> Draft:
    visits = draft.visits
    for at, visit in added:
        visits = _put(visits, at, visit)
    return Draft(draft.vehicle_id, merged(world, visits))


def _shortest(world: World, drafts: list[Draft]) -> Draft:
    """The shortest of some orders that keeps every rule, else the shortest of all."""
    by_length = sorted(drafts, key=lambda draft: _distance_m(world, draft))
    for draft in by_length:
        if not _loads_first(draft) or not fits(world, draft):
            continue
        if not isinstance(schedule(world, draft), Miss):
            return draft
    return by_length[0]


def _loads_first(draft: Draft) -> bool:
    """Whether nothing is unloaded before it is loaded."""
    on_board: set[str] = set()
    for visit in draft.visits:
        if not on_board.issuperset(visit.unloads):
            return False
        on_board |= set(visit.loads)
    return True


def _distance_m(world: World, draft: Draft) -> int:
    return sum(leg.distance_m for leg in world.legs(draft))


def _replanned(world: World, plan: Plan, drafts: Drafts) -> Plan:
    """The plan with new times for what changed; reasons already given are kept."""
    routes = []
    known = {route.vehicle_id: route for route in plan.routes}
    for vehicle in world.problem.vehicles:
        draft = drafts.get(vehicle.id)
        if draft is None or not draft.visits:
            continue
        route = known.get(vehicle.id)
        if route is None or draft_of(route) != draft:
            route = _timed(world, draft)
        routes.append(route)
    served = {name for route in routes for name in route.shipment_ids}
    reasons = {left.shipment_id: left.reason for left in plan.unserved}
    left = [s for s in world.problem.shipments if s.id not in served]
    return Plan(
        routes=tuple(routes),
        unserved=tuple(
            Unserved(s.id, reasons.get(s.id, Reason("taken_out"))) for s in left
        ),
        cost_cents=sum(route.cost_cents for route in routes),
        penalty_cents=sum(shipment.penalty_cents or 0 for shipment in left),
        distance_m=sum(route.distance_m for route in routes),
        duration_s=sum(route.duration_s for route in routes),
        matrix_digest=plan.matrix_digest,
        engine=ENGINE,
    )


def _timed(world: World, draft: Draft) -> PlannedRoute:
    outcome = schedule(world, draft)
    return schedule_anyway(world, draft) if isinstance(outcome, Miss) else outcome


def _draft(world: World, drafts: Drafts, vehicle_id: str) -> Draft:
    """The route of a truck; one without visits while it stays at home."""
    if vehicle_id not in world.vehicles:
        raise UnknownName(field="move.vehicle_id", value=vehicle_id)
    return drafts.get(vehicle_id, Draft(vehicle_id, ()))


def _shipment(world: World, name: str) -> Shipment:
    if name not in world.shipments:
        raise UnknownName(field="move.shipment_id", value=name)
    return world.shipments[name]


def _require_place(draft: Draft, position: int) -> None:
    if not 0 <= position <= len(draft.visits):
        raise UnknownName(field="move.position", value=position)
