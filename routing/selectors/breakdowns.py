"""How far the trucks of a plan are, and what a breakdown would change."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from orders import selectors as order_selectors
from routing.core import formats
from routing.core.continued import base_name, changes_between
from routing.core.errors import PlaceNotOnRoute
from routing.models import (
    Breakdown,
    Plan,
    Route,
    Stop,
    StopAction,
    StopRecord,
    UnservedShipment,
)
from routing.selectors.access import plans_run_by
from routing.selectors.calendar import vehicle_names
from routing.selectors.lending import available_on
from routing.selectors.papers import vehicles_without_papers

if TYPE_CHECKING:
    from hub.models import Person, Place
    from orders.models import Shipment

ENDED = {
    StopRecord.Status.DONE,
    StopRecord.Status.LEFT,
    StopRecord.Status.MISSED,
}


@dataclass(frozen=True, slots=True)
class Progress:
    """Stops ended by truck, and the trucks known to be out, by public id.

    `missed` are the public ids of the shipments that a truck was to load at a stop it
    left undone.
    """

    num_done: dict[str, int]
    under_way: frozenset[str]
    missed: frozenset[str]


def progress_of(plan: Plan, *, now_s: int) -> Progress:
    """How far each truck is, as drivers tell; where nobody tells, as planned."""
    num_done: dict[str, int] = {}
    under_way: set[str] = set()
    missed: set[str] = set()
    broken = set(
        Breakdown.objects.filter(
            plan=plan, status=Breakdown.Status.APPROVED
        ).values_list("vehicle__public_id", flat=True)
    )
    for route in plan.routes.select_related("vehicle").prefetch_related(
        "stops__record", "stops__actions__shipment"
    ):
        name = route.vehicle.public_id
        stops = [stop for stop in route.stops.all() if stop.sequence < Stop.CUT_FROM]
        told = [getattr(stop, "record", None) for stop in stops]
        if any(record is not None for record in told):
            under_way.add(name)
            num_done[name] = _num_told(told)
            missed |= _missed_at(stops[: num_done[name]])
        else:
            num_done[name] = sum(s.departure_s <= now_s for s in stops)
        if name in broken:
            num_done[name] = len(told) + 1
    return Progress(num_done, frozenset(under_way), frozenset(missed))


def _missed_at(stops: Iterable[Stop]) -> set[str]:
    """What was to be loaded at stops that were left undone."""
    return {
        action.shipment.public_id
        for stop in stops
        if (record := getattr(stop, "record", None)) is not None
        and record.status == StopRecord.Status.MISSED
        for action in stop.actions.all()
        if action.kind == StopAction.Kind.LOAD
    }


def _num_told(told: Iterable[StopRecord | None]) -> int:
    """Stops up to the last that ended; all before one where the truck is now."""
    num_done = 0
    for i, record in enumerate(told):
        if record is not None and record.status in ENDED:
            num_done = i + 1
        elif record is not None and record.status == StopRecord.Status.ARRIVED:
            num_done = i
    return num_done


def reached_since(breakdown: Breakdown) -> dict[str, int]:
    """The stop where each truck is now, counted from 1, by public id.

    Where the broken truck already was when it was told of, it stands still.
    """
    records = StopRecord.objects.filter(
        stop__route__plan=breakdown.plan_id,
        stop__sequence__lt=Stop.CUT_FROM,
        status=StopRecord.Status.ARRIVED,
    ).exclude(
        stop__route__vehicle=breakdown.vehicle_id,
        arrived_at__lte=breakdown.reported_at,
    )
    rows = records.order_by("stop__sequence")
    return dict(rows.values_list("stop__route__vehicle__public_id", "stop__sequence"))


def places_on_route(route: Route) -> list[Place]:
    """Where a truck may stand still: its stops, in order, and its home."""
    return places_on_routes([route])[route.pk]


def places_on_routes(routes: Collection[Route]) -> dict[int, list[Place]]:
    """The same for several trucks, by route; one query."""
    stops: dict[int, list[Stop]] = {route.pk: [] for route in routes}
    found = Stop.objects.filter(route__in=routes).select_related("place")
    for stop in found.order_by("route", "sequence"):
        stops[stop.route_id].append(stop)
    return {
        route.pk: list(
            {place.pk: place for place in _way(route, stops[route.pk])}.values()
        )
        for route in routes
    }


def place_on_route(route: Route, public_id: str) -> Place:
    """One of them by its public id. Raises PlaceNotOnRoute."""
    for place in places_on_route(route):
        if place.public_id == public_id:
            return place
    raise PlaceNotOnRoute(vehicle=route.vehicle.name, place=public_id)


def _way(route: Route, stops: Iterable[Stop]) -> list[Place]:
    return [*(stop.place for stop in stops), route.home]


def breakdowns_run_by(person: Person) -> QuerySet[Breakdown]:
    """Breakdowns of the plans whose trucks this person may send out."""
    return Breakdown.objects.filter(plan__in=plans_run_by(person)).select_related(
        "plan__pool__coordinator", "vehicle", "place", "job", "reported_by"
    )


def open_breakdown(plan: Plan) -> Breakdown | None:
    """The breakdown of a plan that waits to be decided."""
    waiting = [Breakdown.Status.PLANNING, Breakdown.Status.PROPOSED]
    rows = Breakdown.objects.filter(plan=plan, status__in=waiting)
    return rows.select_related("vehicle", "job").first()


@dataclass(frozen=True, slots=True)
class MovedDelivery:
    """A delivery before and after; without a truck it stays behind.

    `vehicle_ids` are the public ids of the trucks it concerns.
    """

    shipment: Shipment
    vehicle_ids: frozenset[str]
    was_vehicle: str
    was_s: int
    vehicle: str
    at_s: int | None


def moved_deliveries(breakdown: Breakdown) -> list[MovedDelivery]:
    """The difference that an approval would make, or has made, by the hour it had."""
    document = breakdown.before or breakdown.plan.solution
    changes = changes_between(
        formats.read_plan(document), formats.read_plan(breakdown.solution)
    )
    rows = {
        row.public_id: row
        for row in order_selectors.shipments_by_public_id(
            [change.shipment_id for change in changes]
        ).values()
    }
    names = vehicle_names(breakdown.plan.pool)
    return [
        MovedDelivery(
            shipment=rows[change.shipment_id],
            vehicle_ids=frozenset(
                name for name in (change.was_vehicle_id, change.vehicle_id) if name
            ),
            was_vehicle=names.get(change.was_vehicle_id, change.was_vehicle_id),
            was_s=change.was_s,
            vehicle=names.get(change.vehicle_id or "", change.vehicle_id or ""),
            at_s=change.at_s,
        )
        for change in changes
    ]


def trucks_kept_home(plan: Plan) -> list[str]:
    """Trucks without a route that must not be sent out, by public id.

    The pool has them no longer at the hours that were planned, or papers lack.
    """
    problem, _matrix = formats.read_problem(plan.problem)
    driven = set(plan.routes.values_list("vehicle__public_id", flat=True))
    free = {
        truck.vehicle.public_id: truck
        for truck in available_on(plan.pool, plan.service_on)
    }
    lacking = vehicles_without_papers(
        [truck.vehicle for truck in free.values()], plan.service_on
    )
    return [
        vehicle.id
        for vehicle in problem.vehicles
        if vehicle.id not in driven
        and (
            vehicle.id not in free
            or vehicle.id in lacking
            or not free[vehicle.id].covers(vehicle.shift_start_s, vehicle.shift_end_s)
        )
    ]


def left_by(breakdown: Breakdown) -> list[tuple[Shipment, str, dict[str, int | str]]]:
    """What nobody can take over, with its reason."""
    known = set(
        UnservedShipment.objects.filter(plan=breakdown.plan).values_list(
            "shipment__public_id", flat=True
        )
    )
    solution = formats.read_plan(breakdown.solution)
    rows = order_selectors.shipments_by_public_id(
        [base_name(left.shipment_id) for left in solution.unserved]
    )
    return [
        (rows[base], left.reason.code, dict(left.reason.data))
        for left in solution.unserved
        if (base := base_name(left.shipment_id)) not in known
    ]
