"""A proposal after a breakdown as its page shows it: late, misfits, who drives."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from hub import selectors as hub_selectors
from orders import selectors as order_selectors
from routing.core import formats
from routing.core.continued import base_name, pickups_changed, spot_place
from routing.core.fitting import misfits
from routing.core.residual_told import LateTruck, late_goods, late_trucks
from routing.models import Breakdown, BreakdownStep, Vehicle
from routing.selectors.calendar import vehicle_names

if TYPE_CHECKING:
    from hub.models import Person
    from orders.models import Shipment

SHOWN_FROM_S = 60
"""Whoever is late is late by a minute at least."""


def pickups_moved(breakdown: Breakdown) -> dict[int, Shipment]:
    """Shipments by key that another truck fetches, or at another hour, or nobody."""
    document = breakdown.before or breakdown.plan.solution
    changes = pickups_changed(
        formats.read_plan(document), formats.read_plan(breakdown.solution)
    )
    names = [change.shipment_id for change in changes]
    rows = order_selectors.shipments_by_public_id(names)
    return {row.pk: row for row in rows.values()}


@dataclass(frozen=True, slots=True)
class LateDelivery:
    """A delivery after the hours agreed ("window"), or a ride that is too long."""

    shipment: Shipment
    vehicle: str
    at_s: int
    rule: str
    late_s: int


def late_deliveries(breakdown: Breakdown) -> list[LateDelivery]:
    """What comes too late as the day would go on, by the hour."""
    problem, _matrix = formats.read_problem(breakdown.problem)
    found = late_goods(problem, formats.read_plan(breakdown.solution))
    rows = order_selectors.shipments_by_public_id(
        [base_name(late.shipment_id) for late in found]
    )
    names = vehicle_names(breakdown.plan.pool)
    return [
        LateDelivery(
            shipment=rows[base_name(late.shipment_id)],
            vehicle=names.get(late.vehicle_id, late.vehicle_id),
            at_s=late.at_s,
            rule=late.rule,
            late_s=max(SHOWN_FROM_S, late.late_s),
        )
        for late in found
    ]


def late_returns(breakdown: Breakdown) -> list[tuple[str, LateTruck]]:
    """Trucks that are back after their shift as the day would go on, by the hour."""
    problem, _matrix = formats.read_problem(breakdown.problem)
    names = vehicle_names(breakdown.plan.pool)
    return [
        (
            names.get(late.vehicle_id, late.vehicle_id),
            replace(late, late_s=max(SHOWN_FROM_S, late.late_s)),
        )
        for late in late_trucks(problem, formats.read_plan(breakdown.solution))
    ]


@dataclass(frozen=True, slots=True)
class DoorMisfit:
    """A truck that does not fit at a door where it is sent; `reasons` say why."""

    vehicle: str
    place: str
    reasons: list[str]


def misfits_of(breakdown: Breakdown) -> list[DoorMisfit]:
    """Where trucks are sent that do not fit at the door, in stops planned anew."""
    before = formats.read_plan(breakdown.before or breakdown.plan.solution)
    known = {
        (route.vehicle_id, stop.place_id)
        for route in before.routes
        for stop in route.stops
    }
    sent = [
        (route.vehicle_id, stop.place_id)
        for route in formats.read_plan(breakdown.solution).routes
        for stop in route.stops
        if stop.place_id == spot_place(stop.place_id)
    ]
    asked = list(dict.fromkeys(at for at in sent if at not in known))
    trucks = Vehicle.objects.in_bulk(
        {truck for truck, _ in asked}, field_name="public_id"
    )
    places = hub_selectors.places_by_public_id({place for _, place in asked})
    return [
        DoorMisfit(trucks[truck].name, places[place].name, reasons)
        for truck, place in asked
        if (reasons := misfits(trucks[truck], places[place]))
    ]


@dataclass(frozen=True, slots=True)
class NewRoute:
    """A truck that would be sent out anew, and who may drive it."""

    vehicle: Vehicle
    drivers: QuerySet[Person]


def new_routes(breakdown: Breakdown) -> list[NewRoute]:
    """Trucks without a driver that an approval would send out, by name."""
    plan = breakdown.plan
    going = [r.vehicle_id for r in formats.read_plan(breakdown.solution).routes]
    staffed = plan.routes.exclude(driver=None).values_list("vehicle_id")
    trucks = Vehicle.objects.filter(public_id__in=going).exclude(pk__in=staffed)
    hubs = list(plan.pool.hubs.values_list("pk", flat=True))
    return [
        NewRoute(truck, hub_selectors.drivers_of([truck.owner_id, *hubs]))
        for truck in trucks.order_by("name", "pk")
    ]


def steps_of(breakdown: Breakdown) -> QuerySet[BreakdownStep]:
    """What was done about a breakdown, in its order."""
    return breakdown.steps.select_related("done_by").order_by("pk")
