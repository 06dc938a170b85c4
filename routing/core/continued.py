"""A day that goes on after a breakdown, as one plan that the check judges whole.

What was driven and the rest that was planned are joined. The goods of the broken truck
ride twice: to where it stands, then on from there under their name with a plus.
"""

from dataclasses import dataclass, replace

from routing.core.matrix import Matrix
from routing.core.plan import Plan, PlannedRoute, PlannedStop, Unserved
from routing.core.problem import Place, Problem, Shipment, Vehicle
from routing.core.residual import (
    Breakdown,
    Cut,
    left_of,
    start_id,
    unpinned,
    with_copies,
)
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
    """A delivery that moves: the truck and the hour it had, and those it has.

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
    now = {
        base_name(name): (route.vehicle_id, stop.service_start_s)
        for route in after.routes
        for stop in route.stops
        for name in stop.unloads
        if stop.place_id == spot_place(stop.place_id)
    }
    changes = []
    for route in before.routes:
        for stop in route.stops:
            if stop.place_id != spot_place(stop.place_id):
                continue
            for name in map(base_name, stop.unloads):
                vehicle_id, at_s = now.get(name, (None, None))
                if (vehicle_id, at_s) != (route.vehicle_id, stop.service_start_s):
                    changes.append(
                        Change(
                            shipment_id=name,
                            was_vehicle_id=route.vehicle_id,
                            was_s=stop.service_start_s,
                            vehicle_id=vehicle_id,
                            at_s=at_s,
                        )
                    )
    return tuple(sorted(changes, key=lambda change: (change.was_s, change.shipment_id)))


def as_if_unbroken(problem: Problem) -> Problem:
    """The day's problem with every truck whole: what driving alone is measured on.

    Goods that were taken over are one shipment again, from its farm to its drop point,
    and a truck that stood still ends at its home.
    """
    whole: dict[str, Shipment] = {}
    for shipment in problem.shipments:
        name = base_name(shipment.id)
        first = whole.get(name, shipment)
        whole[name] = replace(
            first,
            delivery_place_id=shipment.delivery_place_id,
            delivery_windows=shipment.delivery_windows,
            unload_duration_s=shipment.unload_duration_s,
            after=tuple(after for after in first.after if base_name(after) == after),
        )
    return replace(
        problem,
        vehicles=tuple(
            replace(vehicle, end_place_id=None)
            if vehicle.last_place_id != spot_place(vehicle.last_place_id)
            else vehicle
            for vehicle in problem.vehicles
        ),
        shipments=tuple(whole.values()),
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
    stranded = {
        name
        for name, (vehicle_id, _left) in cut.on_board.items()
        if vehicle_id == breakdown.vehicle_id
    }
    whole = _whole_problem(cut, stranded)
    measured = with_copies(matrix, {breakdown.spot_id: breakdown.place_id})
    planned = {route.vehicle_id: route for route in rest.routes}
    routes = []
    for vehicle in whole.vehicles:
        route = _whole_route(cut, measured, vehicle, planned.get(vehicle.id), stranded)
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
                    Unserved(_now_called(u.shipment_id, stranded), u.reason)
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


def _now_called(name: str, stranded: set[str]) -> str:
    return f"{name}{RESCUED}" if name in stranded else name


def _whole_problem(cut: Cut, stranded: set[str]) -> Problem:
    """The day's problem with the breakdown in it."""
    breakdown, problem = cut.breakdown, cut.problem
    shipments: list[Shipment] = []
    for shipment in problem.shipments:
        after = tuple(_now_called(name, stranded) for name in shipment.after)
        if shipment.id in stranded:
            onward = left_of(cut, shipment)
            assert onward is not None  # it is on board
            name = f"{shipment.id}{RESCUED}"
            shipments.append(
                replace(
                    shipment,
                    delivery_place_id=breakdown.spot_id,
                    delivery_windows=(),
                    unload_duration_s=0,
                    max_onboard_s=None,
                )
            )
            shipments.append(replace(onward, id=name, after=(shipment.id,)))
        elif shipment.id in cut.unloaded_s:
            shipments.append(shipment)
        else:
            shipments.append(
                replace(unpinned(shipment, breakdown.vehicle_id), after=after)
            )
    return replace(
        problem,
        places=(*problem.places, Place(breakdown.spot_id)),
        vehicles=tuple(
            replace(vehicle, end_place_id=breakdown.spot_id)
            if vehicle.id == breakdown.vehicle_id
            else vehicle
            for vehicle in problem.vehicles
        ),
        shipments=tuple(shipments),
    )


def _whole_route(
    cut: Cut,
    matrix: Matrix,
    vehicle: Vehicle,
    rest: PlannedRoute | None,
    stranded: set[str],
) -> PlannedRoute | None:
    before = cut.routes.get(vehicle.id)
    stops = list(cut.fixed(before)) if before else []
    if before is None or not stops:
        return None if rest is None else _renamed(rest, stranded)
    if vehicle.id == cut.breakdown.vehicle_id:
        stops += _breaking_down(cut, matrix, stops[-1], stranded)
    for stop in _renamed(rest, stranded).stops if rest else ():
        if stop.place_id == start_id(vehicle.id, cut.breakdown):
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


def _breaking_down(
    cut: Cut, matrix: Matrix, last: PlannedStop, stranded: set[str]
) -> list[PlannedStop]:
    """The stop nobody planned: whatever is on board waits there."""
    if not stranded:
        return []
    leg = matrix.leg(last.place_id, cut.breakdown.spot_id)
    since_s = cut.waiting_from_s
    names = tuple(s.id for s in cut.problem.shipments if s.id in stranded)
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


def _renamed(route: PlannedRoute, stranded: set[str]) -> PlannedRoute:
    """Goods taken over ride on under their new name."""
    stops = tuple(
        replace(
            stop,
            loads=tuple(_now_called(s, stranded) for s in stop.loads),
            unloads=tuple(_now_called(s, stranded) for s in stop.unloads),
        )
        for stop in route.stops
    )
    return replace(route, stops=stops)
