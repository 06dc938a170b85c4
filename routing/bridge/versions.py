"""Versions of a plan: one made from another, and the rows of one changed by hand.

A hand changes few routes at a time: only those are written again. The lines of the map
are taken from where they are known; a way nobody drew yet is a straight line until
`drawn_routes` has followed the streets.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from hub import selectors as hub_selectors
from orders import selectors as order_selectors
from routing import selectors
from routing.bridge.drawing import RouteLines, lines_of
from routing.bridge.problems import Day, point_of
from routing.bridge.saving import save_plan, save_route, save_unserved
from routing.core import formats
from routing.core.continued import base_name, spot_place
from routing.core.matrix import Matrix
from routing.core.plan import Plan, PlannedRoute
from routing.core.problem import Problem
from routing.core.rest import Locks
from routing.models import Plan as PlanRow
from routing.models import Route, RouteLock, StopLock, UnservedShipment, Vehicle

if TYPE_CHECKING:
    from hub.models import Job
    from routing.travel.base import TravelProvider

Known = dict[tuple[str, str], dict[str, Any]]
"""Lines drawn before, by the places they join."""


def read_plan(row: PlanRow) -> tuple[Problem, Matrix, Plan]:
    """What a plan was asked and what it answers, from its documents."""
    problem, matrix = formats.read_problem(row.problem)
    return problem, matrix, formats.read_plan(row.solution)


def day_of(row: PlanRow, problem: Problem) -> Day:
    """The rows behind the names of a plan already made, as it knew its cycles.

    After a breakdown, the spot where a truck stands is the row of the place nearby, and
    goods taken over are the row of the shipment they are.
    """
    spots = {place.id: spot_place(place.id) for place in problem.places}
    rows = hub_selectors.places_by_public_id(set(spots.values()))
    places = {name: rows[public_id] for name, public_id in spots.items()}
    bases = {shipment.id: base_name(shipment.id) for shipment in problem.shipments}
    shipments = order_selectors.shipments_by_public_id(set(bases.values()))
    return Day(
        pool=row.pool,
        service_on=row.service_on,
        problem=problem,
        points={name: point_of(place) for name, place in places.items()},
        places=places,
        vehicles=Vehicle.objects.select_related("home").in_bulk(
            [vehicle.id for vehicle in problem.vehicles], field_name="public_id"
        ),
        shipments={name: shipments[base] for name, base in bases.items()},
        revisions=dict(row.cycles.values_list("cycle_id", "revision")),
    )


def locks_of(row: PlanRow) -> Locks:
    """What a search is to leave alone of a plan."""
    decided = row.unserved.exclude(pk__in=selectors.undecided_of(row))
    return Locks(
        vehicle_ids=frozenset(
            row.route_locks.values_list("vehicle__public_id", flat=True)
        ),
        ends=frozenset(row.stop_locks.values_list("shipment__public_id", "kind")),
        left_ids=frozenset(decided.values_list("shipment__public_id", flat=True)),
    )


def save_version(
    parent: PlanRow,
    plan: Plan,
    *,
    job: Job | None,
    now: datetime,
    travel: TravelProvider | None = None,
) -> PlanRow:
    """Write a plan made from another, with the locks of that one.

    Without `travel`, lines that the parent does not know are straight for a while.
    """
    problem, matrix = formats.read_problem(parent.problem)
    day = day_of(parent, problem)
    if travel is None:
        known = known_lines([parent])
        lines = {r.vehicle_id: _lines(day, r, known) for r in plan.routes}
    else:
        lines = lines_of(problem, plan, points=day.points, travel=travel)
    seed = job.payload["seed"] if job else parent.seed
    row = save_plan(
        day=day,
        matrix=matrix,
        plan=plan,
        lines=lines,
        seed=seed,
        job=job,
        now=now,
        parent=parent,
    )
    StopLock.objects.bulk_create(
        StopLock(plan=row, shipment_id=lock.shipment_id, kind=lock.kind)
        for lock in parent.stop_locks.all()
    )
    RouteLock.objects.bulk_create(
        RouteLock(plan=row, vehicle_id=lock.vehicle_id)
        for lock in parent.route_locks.all()
    )
    return row


def rewrite(row: PlanRow, day: Day, before: Plan, after: Plan) -> None:
    """Write what changed between two states of a plan; the rest keeps its rows."""
    was = {route.vehicle_id: route for route in before.routes}
    rows = {r.vehicle.public_id: r for r in row.routes.select_related("vehicle")}
    known = known_lines([row.parent, row] if row.parent else [row])
    kept = {r.vehicle_id for r in after.routes if was.get(r.vehicle_id) == r}
    gone = [found.pk for name, found in rows.items() if name not in kept]
    Route.objects.filter(pk__in=gone).delete()
    for number, route in enumerate(after.routes, 1):
        if route.vehicle_id not in kept:
            lines = _lines(day, route, known)
            save_route(day, row, number, route, lines)
        elif rows[route.vehicle_id].number != number:
            Route.objects.filter(pk=rows[route.vehicle_id].pk).update(number=number)
    if before.unserved != after.unserved:
        UnservedShipment.objects.filter(plan=row).delete()
        save_unserved(day, row, after.unserved)
    row.solution = formats.plan_document(after)
    row.engine = after.engine
    row.cost_cents, row.penalty_cents = after.cost_cents, after.penalty_cents
    row.distance_m, row.duration_s = after.distance_m, after.duration_s


def drawn_routes(row: PlanRow, *, travel: TravelProvider) -> list[tuple[Route, int]]:
    """Routes whose straight lines now follow the streets, with how many; not saved."""
    drawn = []
    for route in row.routes.prefetch_related("stops__place").select_related("home"):
        places = [route.home, *(stop.place for stop in route.stops.all()), route.home]
        ends = [point_of(place) for place in places]
        num_here = 0
        for leg, start, end in zip(route.legs, ends, ends[1:], strict=False):
            if leg.pop("is_straight", False):
                line = travel.leg_geometry(start, end)
                leg["points"] = [[round(lat, 5), round(lon, 5)] for lat, lon in line]
                num_here += 1
        if num_here:
            drawn.append((route, num_here))
    return drawn


def known_lines(rows: Iterable[PlanRow]) -> Known:
    """Lines that plans have drawn, by the public names of the places they join."""
    known: Known = {}
    for row in rows:
        routes = row.routes.select_related("home").prefetch_related("stops__place")
        for route in routes:
            home = route.home.public_id
            stops = [stop.place.public_id for stop in route.stops.all()]
            way = [home, *stops, home]
            for start, end, leg in zip(way, way[1:], route.legs, strict=False):
                if not leg.get("is_straight"):
                    known[start, end] = leg
    return known


def _lines(day: Day, route: PlannedRoute, known: Known) -> RouteLines:
    vehicle = day.problem.vehicles_by_id()[route.vehicle_id]
    stops = [stop.place_id for stop in route.stops]
    way = [vehicle.home_place_id, *stops, vehicle.last_place_id]
    legs = [*(stop.leg for stop in route.stops), route.return_leg]
    lines: RouteLines = []
    for start, end, leg in zip(way, way[1:], legs, strict=False):
        straight = {
            "is_estimate": leg.is_estimate,
            "points": [
                [round(day.points[name].lat, 5), round(day.points[name].lon, 5)]
                for name in (start, end)
            ],
            "is_straight": True,
        }
        lines.append(known.get((start, end), straight))
    return lines
