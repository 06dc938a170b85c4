"""The rest of a day when a truck breaks down: what is left to plan, and for whom.

What is done stays. A truck on the road first goes on to the stop it is heading for: it
is free from there on, with what is on board pinned to it, which is never left behind.
The goods on board of the broken truck wait where it stands, for any truck with
compartments for them; what was not loaded yet is free. Windows at the drop points hold
as before, but for what is late already (`routing.core.residual_late`).

The rest is planned as a problem of its own; `routing.core.continued` joins it to what
was driven.
"""

from dataclasses import dataclass, replace

from routing.core.assemble import plan_of
from routing.core.check import violations_of
from routing.core.matrix import Matrix
from routing.core.plan import Plan, PlannedRoute
from routing.core.problem import Place, Problem, Shipment, Transfer, Vehicle, Window
from routing.core.residual_cut import Breakdown, Cut, with_copies
from routing.core.residual_late import Excuses, driving_on, excuses_for, straight_on
from routing.core.transfers import LATEST_S
from routing.core.visits import World, overlap

__all__ = ["Breakdown", "Residual", "left_of", "residual_of", "unpinned"]

DRIVING_ON = "driving on"
NEVER = (Window(LATEST_S, LATEST_S),)


@dataclass(frozen=True, slots=True)
class Residual:
    """What is left to plan, and the matrix with the places where trucks stand.

    `start` lets every other truck drive on with its own stops, and nobody take
    anything over: a plan to begin a search from.
    """

    problem: Problem
    matrix: Matrix
    excuses: Excuses
    start: Plan


def residual_of(
    problem: Problem, matrix: Matrix, plan: Plan, breakdown: Breakdown
) -> Residual:
    """What is left to plan after a breakdown; goods left behind before stay so."""
    cut = Cut(problem, matrix, plan, breakdown)
    copies = {
        breakdown.start_id(name): cut.fixed(route)[-1].place_id
        for name, route in cut.routes.items()
        if name not in breakdown.standing_still and cut.fixed(route)
    }
    copies[breakdown.spot_id] = breakdown.place_id
    longer = with_copies(matrix, copies)
    strict = _left(cut, tuple(Place(name) for name in copies), Excuses())
    found = []
    for send_on in (driving_on, straight_on):
        routes = send_on(cut, strict, longer)
        excuses = excuses_for(cut, routes)
        rest = _left(cut, tuple(Place(name) for name in copies), excuses)
        start = _planned(rest, longer, routes)
        found.append(Residual(rest, longer, excuses, start))
        if not violations_of(rest, longer, start):
            break
    return found[-1]


def _planned(rest: Problem, matrix: Matrix, routes: tuple[PlannedRoute, ...]) -> Plan:
    """Routes of the rest as a plan of their own, costs by the trucks of the rest."""
    return plan_of(World(rest, matrix), routes, engine=DRIVING_ON)


def _left(cut: Cut, copies: tuple[Place, ...], excuses: Excuses) -> Problem:
    shipments = [left_of(cut, shipment, excuses) for shipment in cut.problem.shipments]
    kept = tuple(shipment for shipment in shipments if shipment is not None)
    names = {shipment.id for shipment in kept}
    standing_still = cut.breakdown.standing_still
    return Problem(
        places=(*cut.problem.places, *copies),
        vehicles=tuple(
            _left_for(cut, vehicle, excuses)
            for vehicle in cut.problem.vehicles
            if vehicle.id not in standing_still
        ),
        shipments=tuple(
            replace(s, after=tuple(a for a in s.after if a in names)) for s in kept
        ),
        label=cut.problem.label,
        transfers=tuple(_taken(cut, each) for each in cut.problem.transfers),
    )


def _taken(cut: Cut, transfer: Transfer) -> Transfer:
    """A transfer whose docks are taken where the stops that stay take them."""
    taken = tuple(
        Window(stop.service_start_s, stop.departure_s)
        for route in cut.plan.routes
        for stop in cut.fixed(route)
        if stop.place_id == transfer.place_id
    )
    return replace(transfer, taken=(*transfer.taken, *taken))


def _left_for(cut: Cut, vehicle: Vehicle, excuses: Excuses) -> Vehicle:
    """A truck from where it is free; what it cost to leave home is spent already."""
    now_s = cut.breakdown.now_s
    route = cut.routes.get(vehicle.id)
    fixed = cut.fixed(route) if route else ()
    if route is None or not fixed:
        start_s = max(vehicle.shift_start_s, now_s)
        home = replace(
            vehicle,
            shift_start_s=start_s,
            shift_end_s=max(vehicle.shift_end_s, start_s),
        )
        is_over = start_s > vehicle.shift_end_s
        return (
            _empty(home) if is_over or vehicle.id in cut.breakdown.kept_home else home
        )
    vehicle = excuses.vehicle(vehicle)
    free_s = cut.standings[vehicle.id].free_s
    driven_m = sum(stop.leg.distance_m for stop in fixed)
    out = replace(
        vehicle,
        home_place_id=cut.breakdown.start_id(vehicle.id),
        end_place_id=vehicle.last_place_id,
        shift_start_s=free_s,
        shift_end_s=max(vehicle.shift_end_s, free_s),
        fixed_cents=0,
        max_distance_m=_still(vehicle.max_distance_m, driven_m),
        max_duration_s=_still(vehicle.max_duration_s, free_s - route.departure_s),
        seams=(),
    )
    is_over = free_s > vehicle.shift_end_s
    return _empty(out) if is_over else out


def _empty(vehicle: Vehicle) -> Vehicle:
    """A truck that takes nothing: its day is over, or it must not go out."""
    return replace(vehicle, compartments=())


def left_of(cut: Cut, shipment: Shipment, excuses: Excuses) -> Shipment | None:
    """What is left to do of a shipment; None when there is nothing."""
    breakdown = cut.breakdown
    behind = {left.shipment_id for left in cut.plan.unserved}
    if shipment.is_missed or shipment.id in behind or shipment.id in cut.unloaded_s:
        return None
    if shipment.id not in cut.on_board:
        return _free(cut, unpinned(shipment, breakdown))
    vehicle_id, left_s = cut.on_board[shipment.id]
    if vehicle_id == breakdown.vehicle_id:
        return _stranded(cut, unpinned(shipment, breakdown), left_s)
    free_s = cut.standings[vehicle_id].free_s
    shipment = excuses.shipment(cut.problem, shipment)
    return replace(
        shipment,
        pickup_place_id=breakdown.start_id(vehicle_id),
        pickup_windows=(Window(free_s, free_s),),
        load_duration_s=0,
        max_onboard_s=_still(shipment.max_onboard_s, free_s - left_s),
        only_vehicle_ids=(vehicle_id,),
        after=(),
        there_since_s=(),
        penalty_cents=None,
    )


def _stranded(cut: Cut, shipment: Shipment, left_s: int) -> Shipment:
    """Goods on board of the truck that stands still, to be taken over there."""
    since_s = cut.waiting_from_s
    return replace(
        shipment,
        pickup_place_id=cut.breakdown.spot_id,
        pickup_windows=(Window(since_s, LATEST_S),),
        max_onboard_s=_still(shipment.max_onboard_s, since_s - left_s),
        after=(),
        there_since_s=(),
    )


def _still(limit: int | None, spent: int) -> int | None:
    """What is left of a limit, when there is one."""
    return None if limit is None else max(0, limit - spent)


def unpinned(shipment: Shipment, breakdown: Breakdown) -> Shipment:
    """A shipment that is no longer kept for trucks that drive no more."""
    others = tuple(
        name
        for name in shipment.only_vehicle_ids
        if name not in breakdown.standing_still
    )
    return replace(shipment, only_vehicle_ids=others)


def _free(cut: Cut, shipment: Shipment) -> Shipment:
    """Goods not loaded yet; those that are at a dock already leave it in time.

    What a truck is still to bring there is not ready before it could have come.
    """
    brought = [cut.unloaded_s[s] for s in shipment.after if s in cut.unloaded_s]
    brought += shipment.there_since_s
    if not brought:
        return shipment
    transfer = cut.problem.transfers_by_place().get(
        shipment.pickup_place_id, Transfer(shipment.pickup_place_id)
    )
    come_s = max(brought)
    if _is_awaited(cut, shipment):
        come_s = max(come_s, cut.breakdown.now_s)
    ready_s, until_s = come_s + transfer.handling_s, LATEST_S
    if transfer.dwell_limit_s is not None:
        until_s = min(brought) + transfer.dwell_limit_s
    windows: tuple[Window, ...] = ()
    if ready_s <= until_s:
        open_s = (Window(ready_s, until_s),)
        windows = overlap(shipment.pickup_windows or None, open_s) or ()
    return replace(
        shipment, pickup_windows=windows or NEVER, there_since_s=tuple(brought)
    )


def _is_awaited(cut: Cut, shipment: Shipment) -> bool:
    """Whether a truck that brings goods of a shipment is still on its way there."""
    return any(
        name in stop.unloads
        for route in cut.plan.routes
        if cut.is_heading(route)
        for stop in cut.fixed(route)[-1:]
        for name in shipment.after
    )
