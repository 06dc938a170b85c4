"""What was driven, from the rows of a plan and of its drivers' taps.

What counts as driven: the stops where, by the driver's page, somebody was (arrived,
loaded, delivered or left), in the order of the hours noted there. On a route without a
single tap, the stops planned for a shipment that was delivered, in the planned order.
Ways and times are those of the plan's matrix, waiting is that planned at these stops.

After a breakdown stops and goods bear the names of the day as it went on: the broken
truck drove to where it stands and put its goods down, others took them over there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from routing.core import formats
from routing.core.continued import base_name, standing_still, stops_to_drive
from routing.core.plan import PlannedRoute, PlannedStop
from routing.core.shares import Drive
from routing.core.visits import Draft, Visit, World
from routing.models import Plan, Route, Stop, StopRecord, TemperatureReading

if TYPE_CHECKING:
    from orders.models import Shipment


@dataclass(frozen=True, slots=True)
class RouteDriven:
    """One truck's day as it was driven, with its shipments by the plan's names."""

    route: Route
    drive: Drive
    stops: tuple[Stop, ...]
    shipments: Mapping[str, Shipment]


def world_of(plan: Plan) -> World:
    """The problem and the matrix that a plan was made on."""
    return World(*formats.read_problem(plan.problem))


def driven_routes(plan: Plan) -> list[RouteDriven]:
    """The routes of a plan with the stops really made, in the order of the plan."""
    routes = plan.routes.select_related("vehicle__owner").order_by("number")
    found = routes.prefetch_related(
        "stops__place", "stops__record__readings", "stops__actions__shipment__cycle"
    )
    solution = formats.read_plan(plan.solution)
    planned = {route.vehicle_id: route for route in solution.routes}
    return [_driven(route, planned.get(route.vehicle.public_id)) for route in found]


def arrived_at(stop: Stop) -> datetime | None:
    """When the truck was noted to be at a stop."""
    record = _record(stop)
    return record.arrived_at if record else None


def readings_at(stop: Stop) -> list[TemperatureReading]:
    """What the thermometer said at a stop."""
    record = _record(stop)
    return list(record.readings.all()) if record else []


def _driven(route: Route, planned: PlannedRoute | None) -> RouteDriven:
    rows = list(route.stops.all())
    tapped = [stop for stop in rows if _was_there(stop)]
    if tapped:
        stops = sorted(tapped, key=lambda stop: (_hour(stop), stop.sequence))
    else:
        stops = [stop for stop in rows if _brought_something(stop)]
    asked = dict(enumerate(stops_to_drive(planned), 1)) if planned else {}
    visits = [_visit(stop, asked.get(stop.sequence)) for stop in stops]
    waiting_s = sum(stop.service_start_s - stop.arrival_s for stop in stops)
    if stops and planned and (standstill := standing_still(planned)):
        visits.append(Visit(standstill.place_id, unloads=standstill.unloads))
        waiting_s += standstill.waiting_s
    known = {a.shipment.public_id: a.shipment for s in rows for a in s.actions.all()}
    return RouteDriven(
        route=route,
        drive=Drive(Draft(route.vehicle.public_id, tuple(visits)), waiting_s),
        stops=tuple(stops),
        shipments={
            name: known[base_name(name)]
            for visit in visits
            for name in (*visit.loads, *visit.unloads)
        },
    )


def _record(stop: Stop) -> StopRecord | None:
    return getattr(stop, "record", None)


def _was_there(stop: Stop) -> bool:
    record = _record(stop)
    return record is not None and record.status != StopRecord.Status.WAITING


def _hour(stop: Stop) -> float:
    """The first hour noted at a stop, or the planned order when none was."""
    record = _record(stop)
    hours = (
        (record.arrived_at, record.done_at, record.departed_at, record.problem_at)
        if record
        else ()
    )
    return min((hour.timestamp() for hour in hours if hour), default=0.0)


def _brought_something(stop: Stop) -> bool:
    return any(action.shipment.status == "delivered" for action in stop.actions.all())


def _visit(stop: Stop, planned: PlannedStop | None) -> Visit:
    """A stop under the plan's names; one taken off the plan has nothing to do."""
    if planned is None:
        return Visit(stop.place.public_id)
    return Visit(planned.place_id, planned.loads, planned.unloads)
