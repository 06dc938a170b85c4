"""A day that goes on after a breakdown, as one plan that the check judges whole.

What was driven and the rest that was planned are joined. The goods of the broken truck
ride twice: to where it stands, then on from there under their name with a plus.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from routing.core.matrix import Matrix
from routing.core.plan import Plan, PlannedRoute, PlannedStop, Unserved
from routing.core.problem import Place, Problem, Shipment, Vehicle, Window
from routing.core.residual import left_of, residual_of, unpinned
from routing.core.residual_cut import Breakdown, Cut, with_copies
from routing.core.residual_late import Excuses, ending_later
from routing.core.schedule import route_cost_cents

RESCUED = "+"
"""Ends the name of goods that were taken over from a broken truck."""
ENGINE = "continued"


def standing_still(route: PlannedRoute) -> PlannedStop | None:
    """The stop where this very truck stands still with goods on board, if it does."""
    last = route.stops[-1]
    is_spot = last.place_id != spot_place(last.place_id)
    return last if is_spot and not last.loads else None


def stops_to_drive(route: PlannedRoute) -> tuple[PlannedStop, ...]:
    """The stops of a route but the one that nobody planned."""
    if standing_still(route) is None:
        return route.stops
    return route.stops[:-1]


@dataclass(frozen=True, slots=True)
class Change:
    """An end of a ride that moves: the truck and the hour it had, and those it has.

    Without a truck it stays behind.
    """

    shipment_id: str
    was_vehicle_id: str
    was_s: int
    vehicle_id: str | None
    at_s: int | None


def base_name(shipment_id: str) -> str:
    """The name of a shipment before its goods were taken over."""
    return shipment_id.rstrip(RESCUED)


def spot_place(place_id: str) -> str:
    """The known place that a spot is at; any other place is itself."""
    return place_id.split("!")[0]


def changes_between(before: Plan, after: Plan) -> tuple[Change, ...]:
    """Every delivery that has another truck or another hour, by the hour it had.

    What a broken truck puts down where it stands is no delivery.
    """
    return _changes(_ends(before, "unloads"), _ends(after, "unloads"))


def pickups_changed(before: Plan, after: Plan) -> tuple[Change, ...]:
    """Every pick-up that has another truck or another hour, or that nobody makes.

    Goods taken over on the road are not picked up again.
    """
    return _changes(_ends(before, "loads"), _ends(after, "loads"))


def _ends(plan: Plan, handled: str) -> dict[str, tuple[str, int]]:
    """The truck and the hour at which each shipment is handled at a known place.

    What was missed at first counts where it is fetched after all: the last name.
    """
    found = [
        (name, (route.vehicle_id, stop.service_start_s))
        for route in plan.routes
        for stop in route.stops
        for name in getattr(stop, handled)
        if stop.place_id == spot_place(stop.place_id)
    ]
    return {base_name(name): at for name, at in sorted(found)}


def _changes(
    was: Mapping[str, tuple[str, int]], now: Mapping[str, tuple[str, int]]
) -> tuple[Change, ...]:
    changes = [
        Change(name, *at, *now.get(name, (None, None)))
        for name, at in was.items()
        if now.get(name) != at
    ]
    return tuple(sorted(changes, key=lambda change: (change.was_s, change.shipment_id)))


def as_if_unbroken(problem: Problem) -> Problem:
    """The day's problem with every truck whole: what driving alone is measured on.

    Goods that were taken over are one shipment again, from its farm to its drop point,
    a truck that stood still ends at its home, and nothing is late.
    """
    whole: dict[str, Shipment] = {}
    for shipment in problem.shipments:
        name = base_name(shipment.id)
        first = whole.get(name, shipment)
        whole[name] = replace(
            first,
            delivery_place_id=shipment.delivery_place_id,
            delivery_windows=_as_agreed(shipment),
            unload_duration_s=shipment.unload_duration_s,
            max_onboard_s=_shorter(first.max_onboard_s, first.ride_late_s),
            after=tuple(after for after in first.after if base_name(after) == after),
            late_s=0,
            ride_late_s=0,
            is_missed=False,
        )
    return replace(
        problem,
        vehicles=tuple(_whole_vehicle(vehicle) for vehicle in problem.vehicles),
        shipments=tuple(whole.values()),
    )


def _as_agreed(shipment: Shipment) -> tuple[Window, ...]:
    if not shipment.late_s:
        return shipment.delivery_windows
    return ending_later(shipment.delivery_windows, -shipment.late_s)


def _shorter(limit: int | None, by_s: int) -> int | None:
    return None if limit is None else limit - by_s


def _whole_vehicle(vehicle: Vehicle) -> Vehicle:
    is_broken = vehicle.last_place_id != spot_place(vehicle.last_place_id)
    return replace(
        vehicle,
        shift_end_s=vehicle.shift_end_s - vehicle.overtime_s,
        max_duration_s=_shorter(vehicle.max_duration_s, vehicle.overtime_s),
        end_place_id=None if is_broken else vehicle.end_place_id,
        overtime_s=0,
        seams=(),
    )


@dataclass(frozen=True, slots=True)
class Continued:
    """A day as it goes on: what was driven and the rest, judged as one plan."""

    problem: Problem
    matrix: Matrix
    plan: Plan


def continued(
    problem: Problem, matrix: Matrix, plan: Plan, breakdown: Breakdown, rest: Plan
) -> Continued:
    """Join the plan of the rest to what is done, whose stops stay as they are."""
    cut = Cut(problem, matrix, plan, breakdown)
    whole = _whole_problem(cut, residual_of(problem, matrix, plan, breakdown).excuses)
    measured = with_copies(matrix, {breakdown.spot_id: breakdown.place_id})
    planned = {route.vehicle_id: route for route in rest.routes}
    routes = []
    for vehicle in whole.vehicles:
        route = _whole_route(cut, measured, vehicle, planned.get(vehicle.id))
        if route is not None:
            routes.append(route)
    served = {name for route in routes for name in route.shipment_ids}
    left = [s for s in whole.shipments if s.id not in served]
    return Continued(
        problem=whole,
        matrix=measured,
        plan=Plan(
            routes=tuple(routes),
            unserved=(
                *plan.unserved,
                *(
                    Unserved(_now_called(u.shipment_id, cut), u.reason)
                    for u in rest.unserved
                ),
            ),
            cost_cents=sum(route.cost_cents for route in routes),
            penalty_cents=sum(shipment.penalty_cents or 0 for shipment in left),
            distance_m=sum(route.distance_m for route in routes),
            duration_s=sum(route.duration_s for route in routes),
            matrix_digest=measured.digest,
            engine=ENGINE,
        ),
    )


def _now_called(name: str, cut: Cut) -> str:
    """Goods that ride on, or are fetched after all, do so under another name."""
    return f"{name}{RESCUED}" if name in cut.stranded | cut.missed else name


def _whole_problem(cut: Cut, excuses: Excuses) -> Problem:
    """The day's problem with the breakdown in it."""
    spot = cut.breakdown.spot_id
    return replace(
        cut.problem,
        places=(*cut.problem.places, Place(spot)),
        vehicles=tuple(_vehicle(cut, each, excuses) for each in cut.problem.vehicles),
        shipments=tuple(
            part
            for shipment in cut.problem.shipments
            for part in _parts(cut, shipment, excuses)
        ),
    )


def _vehicle(cut: Cut, vehicle: Vehicle, excuses: Excuses) -> Vehicle:
    vehicle = excuses.vehicle(vehicle)
    if vehicle.id == cut.breakdown.vehicle_id:
        vehicle = replace(vehicle, end_place_id=cut.breakdown.spot_id)
    route = cut.routes.get(vehicle.id)
    num_fixed = len(cut.fixed(route)) if route else 0
    if not num_fixed or vehicle.id in cut.breakdown.broken_before:
        return vehicle
    return replace(vehicle, seams=(*vehicle.seams, num_fixed - 1))


def _parts(cut: Cut, shipment: Shipment, excuses: Excuses) -> tuple[Shipment, ...]:
    """A shipment as the day goes on; two when it changes trucks or was missed.

    What has left has left: it comes after nothing but what did reach it.
    """
    name = shipment.id
    reached = tuple(earlier for earlier in shipment.after if earlier in cut.unloaded_s)
    if name in cut.stranded:
        onward = left_of(cut, shipment, excuses)
        assert onward is not None  # it is on board
        until_spot = replace(
            shipment,
            delivery_place_id=cut.breakdown.spot_id,
            delivery_windows=(),
            unload_duration_s=0,
            max_onboard_s=None,
            late_s=0,
            ride_late_s=0,
            after=reached,
        )
        return until_spot, replace(onward, id=_now_called(name, cut), after=(name,))
    if name in cut.missed:
        again = replace(unpinned(shipment, cut.breakdown), id=_now_called(name, cut))
        return (
            replace(shipment, is_missed=True, after=reached),
            replace(again, after=_after(cut, shipment)),
        )
    if name in cut.on_board:
        return (replace(excuses.shipment(cut.problem, shipment), after=reached),)
    if name in cut.unloaded_s or shipment.is_missed:
        return (replace(shipment, after=reached),)
    free = unpinned(shipment, cut.breakdown)
    return (replace(free, after=_after(cut, shipment)),)


def _after(cut: Cut, shipment: Shipment) -> tuple[str, ...]:
    return tuple(_now_called(earlier, cut) for earlier in shipment.after)


def _whole_route(
    cut: Cut, matrix: Matrix, vehicle: Vehicle, rest: PlannedRoute | None
) -> PlannedRoute | None:
    before = cut.routes.get(vehicle.id)
    stops = list(cut.fixed(before)) if before else []
    if before is None or not stops:
        return None if rest is None else _renamed(rest, cut)
    if vehicle.id == cut.breakdown.vehicle_id:
        stops += _breaking_down(cut, matrix, stops[-1])
    for stop in _renamed(rest, cut).stops if rest else ():
        if stop.place_id == cut.breakdown.start_id(vehicle.id):
            continue
        leg = matrix.leg(stops[-1].place_id, stop.place_id)
        arrival_s = stops[-1].departure_s + leg.duration_s
        stops.append(replace(stop, leg=leg, arrival_s=arrival_s))
    return_leg = matrix.leg(stops[-1].place_id, vehicle.last_place_id)
    return_s = stops[-1].departure_s + return_leg.duration_s
    distance_m = sum(stop.leg.distance_m for stop in stops) + return_leg.distance_m
    return PlannedRoute(
        vehicle_id=vehicle.id,
        departure_s=before.departure_s,
        return_s=return_s,
        stops=tuple(stops),
        return_leg=return_leg,
        distance_m=distance_m,
        cost_cents=route_cost_cents(vehicle, distance_m, return_s - before.departure_s),
    )


def _breaking_down(cut: Cut, matrix: Matrix, last: PlannedStop) -> list[PlannedStop]:
    """The stop nobody planned: whatever is on board waits there."""
    if not cut.stranded:
        return []
    leg = matrix.leg(last.place_id, cut.breakdown.spot_id)
    since_s = cut.waiting_from_s
    names = tuple(s.id for s in cut.problem.shipments if s.id in cut.stranded)
    return [
        PlannedStop(
            place_id=cut.breakdown.spot_id,
            arrival_s=last.departure_s + leg.duration_s,
            service_start_s=since_s,
            departure_s=since_s,
            leg=leg,
            unloads=names,
        )
    ]


def _renamed(route: PlannedRoute, cut: Cut) -> PlannedRoute:
    """Goods taken over, or fetched after all, ride on under their new name."""
    stops = tuple(
        replace(
            stop,
            loads=tuple(_now_called(s, cut) for s in stop.loads),
            unloads=tuple(_now_called(s, cut) for s in stop.unloads),
        )
        for stop in route.stops
    )
    return replace(route, stops=stops)
