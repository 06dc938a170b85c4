"""What was driven, from the rows of a plan and of its drivers' taps.

What counts as driven: the stops where, by the driver's page, somebody was (arrived,
loaded, delivered or left), in the order of the hours noted there. On a route without a
single tap, the stops planned for a shipment that was delivered, in the planned order.
Ways and times are those of the plan's matrix, waiting is that planned at these stops.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from routing.core import formats
from routing.core.shares import Drive
from routing.core.visits import Draft, Visit, World
from routing.models import Plan, Route, Stop, StopAction, StopRecord, TemperatureReading

if TYPE_CHECKING:
    from orders.models import Shipment


@dataclass(frozen=True, slots=True)
class RouteDriven:
    """One truck's day as it was driven, with its shipments by public id."""

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
    return [_driven(route) for route in found]


def arrived_at(stop: Stop) -> datetime | None:
    """When the truck was noted to be at a stop."""
    record = _record(stop)
    return record.arrived_at if record else None


def readings_at(stop: Stop) -> list[TemperatureReading]:
    """What the thermometer said at a stop."""
    record = _record(stop)
    return list(record.readings.all()) if record else []


def _driven(route: Route) -> RouteDriven:
    planned = list(route.stops.all())
    tapped = [stop for stop in planned if _was_there(stop)]
    if tapped:
        stops = sorted(tapped, key=lambda stop: (_hour(stop), stop.sequence))
    else:
        stops = [stop for stop in planned if _brought_something(stop)]
    visits = tuple(_visit(stop) for stop in stops)
    waiting_s = sum(stop.service_start_s - stop.arrival_s for stop in stops)
    return RouteDriven(
        route=route,
        drive=Drive(Draft(route.vehicle.public_id, visits), waiting_s),
        stops=tuple(stops),
        shipments={
            action.shipment.public_id: action.shipment
            for stop in stops
            for action in stop.actions.all()
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


def _visit(stop: Stop) -> Visit:
    actions = sorted(stop.actions.all(), key=lambda action: action.pk)
    kinds = StopAction.Kind
    return Visit(
        stop.place.public_id,
        loads=tuple(a.shipment.public_id for a in actions if a.kind == kinds.LOAD),
        unloads=tuple(a.shipment.public_id for a in actions if a.kind == kinds.UNLOAD),
    )
