"""The rest of a day when a truck breaks down: what is left to plan, and for whom.

What is done stays. A truck on the road first goes on to the stop it is heading for: it
is free from there on, with what is on board pinned to it. The goods on board of the
broken truck wait where it stands, for any truck with compartments for them; what was
not loaded yet is free. Windows at the drop points hold as before.

The rest is planned as a problem of its own; `routing.core.continued` joins it to what
was driven.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from routing.core.matrix import Matrix
from routing.core.plan import Plan, PlannedRoute, PlannedStop
from routing.core.problem import Place, Problem, Shipment, Vehicle, Window
from routing.core.transfers import LATEST_S


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a truck is: stops that stay as they are, and when it is free again."""

    num_fixed: int
    free_s: int


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Which truck stands where since when, and how many stops each truck has done.

    `under_way` names trucks that are known to be out before their hour, `broken_before`
    those that stand still already.
    """

    vehicle_id: str
    place_id: str
    now_s: int
    num_done: Mapping[str, int]
    under_way: frozenset[str] = frozenset()
    broken_before: frozenset[str] = frozenset()

    @property
    def spot_id(self) -> str:
        """The place of the breakdown, apart from the stop that may be there."""
        return f"{self.place_id}!{self.now_s}"

    @property
    def standing_still(self) -> frozenset[str]:
        """Every truck that drives no more."""
        return self.broken_before | {self.vehicle_id}

    def standing(self, route: PlannedRoute) -> Standing:
        """What stays of a route: the stops done, and the one a truck is heading for.

        A truck that has not left home yet is free at once; the broken one goes nowhere.
        """
        num_done = self.num_done.get(route.vehicle_id, 0)
        is_out = route.vehicle_id in self.under_way or route.departure_s <= self.now_s
        is_at_home = num_done == 0 and not is_out
        is_heading = not is_at_home and route.vehicle_id != self.vehicle_id
        num_fixed = min(num_done + is_heading, len(route.stops))
        left_s = route.stops[num_fixed - 1].departure_s if num_fixed else 0
        return Standing(num_fixed, max(self.now_s, left_s))


@dataclass(frozen=True, slots=True)
class Residual:
    """What is left to plan, and the matrix with the places where trucks stand."""

    problem: Problem
    matrix: Matrix


@dataclass(frozen=True, slots=True)
class Cut:
    """A day cut in two at a moment."""

    problem: Problem
    matrix: Matrix
    plan: Plan
    breakdown: Breakdown

    def fixed(self, route: PlannedRoute) -> tuple[PlannedStop, ...]:
        """The stops of a route that stay as they are."""
        return route.stops[: self.breakdown.standing(route).num_fixed]

    @property
    def routes(self) -> dict[str, PlannedRoute]:
        """The routes as planned, by truck."""
        return {route.vehicle_id: route for route in self.plan.routes}

    @property
    def unloaded_s(self) -> dict[str, int]:
        """What has come, or comes before anything changes, and when it is there."""
        shipments = self.problem.shipments_by_id()
        found: dict[str, int] = {}
        for route in self.plan.routes:
            for stop in self.fixed(route):
                lasts_s = sum(shipments[s].unload_duration_s for s in stop.unloads)
                found |= dict.fromkeys(stop.unloads, stop.service_start_s + lasts_s)
        return found

    @property
    def on_board(self) -> dict[str, tuple[str, int]]:
        """The truck of what is loaded and not unloaded, and when it left with it."""
        done = self.unloaded_s
        return {
            name: (route.vehicle_id, stop.departure_s)
            for route in self.plan.routes
            for stop in self.fixed(route)
            for name in stop.loads
            if name not in done
        }

    @property
    def waiting_from_s(self) -> int:
        """When the goods of the broken truck can be taken over."""
        route = self.routes.get(self.breakdown.vehicle_id)
        stops = self.fixed(route) if route else ()
        if not stops:
            return self.breakdown.now_s
        way = self.matrix.leg(stops[-1].place_id, self.breakdown.place_id)
        return max(self.breakdown.now_s, stops[-1].departure_s + way.duration_s)


def residual_of(
    problem: Problem, matrix: Matrix, plan: Plan, breakdown: Breakdown
) -> Residual:
    """What is left to plan after a breakdown; goods left behind before stay so."""
    rest = Cut(problem, matrix, plan, breakdown)
    starts = {
        route.vehicle_id: rest.fixed(route)[-1].place_id
        for route in plan.routes
        if route.vehicle_id not in breakdown.standing_still and rest.fixed(route)
    }
    copies = {start_id(name, breakdown): at for name, at in starts.items()}
    copies[breakdown.spot_id] = breakdown.place_id
    shipments = [left_of(rest, shipment) for shipment in problem.shipments]
    kept = tuple(shipment for shipment in shipments if shipment is not None)
    names = {shipment.id for shipment in kept}
    return Residual(
        problem=Problem(
            places=(*problem.places, *(Place(name) for name in copies)),
            vehicles=tuple(
                _left_for(rest, vehicle)
                for vehicle in problem.vehicles
                if vehicle.id not in breakdown.standing_still
            ),
            shipments=tuple(
                replace(s, after=tuple(a for a in s.after if a in names)) for s in kept
            ),
            label=problem.label,
            transfers=problem.transfers,
        ),
        matrix=with_copies(matrix, copies),
    )


def start_id(vehicle_id: str, breakdown: Breakdown) -> str:
    """The place where a truck on the road is free, as a name of its own."""
    return f"{vehicle_id}@{breakdown.now_s}"


def with_copies(matrix: Matrix, copies: Mapping[str, str]) -> Matrix:
    """The matrix with further names for known places."""
    names = (*matrix.place_ids, *copies)
    at = [matrix.position(copies.get(name, name)) for name in names]
    return Matrix(
        place_ids=names,
        distances_m=tuple(tuple(matrix.distances_m[a][b] for b in at) for a in at),
        durations_s=tuple(tuple(matrix.durations_s[a][b] for b in at) for a in at),
        engine=matrix.engine,
        estimates=frozenset(
            (i, j)
            for i, a in enumerate(at)
            for j, b in enumerate(at)
            if (a, b) in matrix.estimates
        ),
    )


def _left_for(rest: Cut, vehicle: Vehicle) -> Vehicle:
    """A truck from where it is free; what it cost to leave home is spent already."""
    now_s = rest.breakdown.now_s
    route = rest.routes.get(vehicle.id)
    fixed = rest.fixed(route) if route else ()
    if route is None or not fixed:
        start_s = max(vehicle.shift_start_s, now_s)
        return replace(
            vehicle,
            shift_start_s=start_s,
            shift_end_s=max(vehicle.shift_end_s, start_s),
        )
    free_s = rest.breakdown.standing(route).free_s
    driven_m = sum(stop.leg.distance_m for stop in fixed)
    spent_s = free_s - route.departure_s
    return replace(
        vehicle,
        home_place_id=start_id(vehicle.id, rest.breakdown),
        end_place_id=vehicle.last_place_id,
        shift_start_s=free_s,
        shift_end_s=max(vehicle.shift_end_s, free_s),
        fixed_cents=0,
        max_distance_m=_still(vehicle.max_distance_m, driven_m),
        max_duration_s=_still(vehicle.max_duration_s, spent_s),
    )


def left_of(rest: Cut, shipment: Shipment) -> Shipment | None:
    """What is left to do of a shipment; None when there is nothing."""
    breakdown = rest.breakdown
    behind = {left.shipment_id for left in rest.plan.unserved}
    if shipment.id in behind or shipment.id in rest.unloaded_s:
        return None
    shipment = unpinned(shipment, breakdown.vehicle_id)
    if shipment.id not in rest.on_board:
        return _free(rest, shipment)
    vehicle_id, left_s = rest.on_board[shipment.id]
    limit_s = shipment.max_onboard_s
    if vehicle_id == breakdown.vehicle_id:
        since_s = rest.waiting_from_s
        return replace(
            shipment,
            pickup_place_id=breakdown.spot_id,
            pickup_windows=(Window(since_s, LATEST_S),),
            max_onboard_s=None
            if limit_s is None
            else max(0, limit_s - since_s + left_s),
            after=(),
        )
    free_s = rest.breakdown.standing(rest.routes[vehicle_id]).free_s
    return replace(
        shipment,
        pickup_place_id=start_id(vehicle_id, breakdown),
        pickup_windows=(Window(free_s, free_s),),
        load_duration_s=0,
        max_onboard_s=_still(limit_s, free_s - left_s),
        only_vehicle_ids=(vehicle_id,),
        after=(),
    )


def _still(limit: int | None, spent: int) -> int | None:
    """What is left of a limit, when there is one."""
    return None if limit is None else max(0, limit - spent)


def unpinned(shipment: Shipment, vehicle_id: str) -> Shipment:
    """A shipment that is no longer kept for one truck."""
    others = tuple(name for name in shipment.only_vehicle_ids if name != vehicle_id)
    return replace(shipment, only_vehicle_ids=others)


def _free(rest: Cut, shipment: Shipment) -> Shipment:
    """Goods not loaded yet; those that are at a dock already leave it in time."""
    brought = [rest.unloaded_s[s] for s in shipment.after if s in rest.unloaded_s]
    transfer = rest.problem.transfers_by_place().get(shipment.pickup_place_id)
    if not brought or transfer is None:
        return shipment
    ready_s = max(brought) + transfer.handling_s
    until_s = LATEST_S
    if transfer.dwell_limit_s is not None:
        until_s = max(ready_s, min(brought) + transfer.dwell_limit_s)
    return replace(shipment, pickup_windows=(Window(ready_s, until_s),))
