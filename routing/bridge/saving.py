"""The planner's plan into rows: routes, stops, what is handled, what stays behind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from routing.bridge.drawing import RouteLines
from routing.bridge.problems import Day
from routing.core import formats
from routing.core.matrix import Matrix
from routing.core.plan import Plan, PlannedRoute, PlannedStop, Unserved
from routing.models import Plan as PlanRow
from routing.models import (
    PlanCycle,
    Route,
    Stop,
    StopAction,
    UnservedShipment,
)

if TYPE_CHECKING:
    from hub.models import Job

Amounts = dict[str, list[int]]
"""[grams, millilitres] by temperature class."""


def save_plan(
    *,
    day: Day,
    matrix: Matrix,
    plan: Plan,
    lines: Mapping[str, RouteLines],
    seed: int,
    job: Job | None,
    now: datetime,
    parent: PlanRow | None = None,
) -> PlanRow:
    """Write a checked plan with all it stands on; call it inside a transaction."""
    row = PlanRow.objects.create(
        pool=day.pool,
        service_on=day.service_on,
        job=job,
        parent=parent,
        engine=plan.engine,
        seed=seed,
        cost_cents=plan.cost_cents,
        penalty_cents=plan.penalty_cents,
        distance_m=plan.distance_m,
        duration_s=plan.duration_s,
        problem=formats.problem_document(day.problem, matrix),
        solution=formats.plan_document(plan),
        proposed_at=now,
    )
    PlanCycle.objects.bulk_create(
        PlanCycle(plan=row, cycle_id=cycle_id, revision=revision)
        for cycle_id, revision in day.revisions.items()
    )
    save_unserved(day, row, plan.unserved)
    for number, route in enumerate(plan.routes, 1):
        save_route(day, row, number, route, lines[route.vehicle_id])
    return row


def save_unserved(day: Day, row: PlanRow, unserved: Iterable[Unserved]) -> None:
    """Write what a plan leaves behind, with its reasons."""
    UnservedShipment.objects.bulk_create(
        UnservedShipment(
            plan=row,
            shipment=day.shipments[left.shipment_id],
            reason_code=left.reason.code,
            reason_data=dict(left.reason.data),
        )
        for left in unserved
    )


def save_route(
    day: Day, plan: PlanRow, number: int, route: PlannedRoute, legs: RouteLines
) -> Route:
    """Write one truck's day, stop by stop."""
    vehicle = day.vehicles[route.vehicle_id]
    planned = day.problem.vehicles_by_id()[route.vehicle_id]
    row = Route.objects.create(
        plan=plan,
        vehicle=vehicle,
        home=vehicle.home,
        number=number,
        start_s=route.departure_s,
        end_s=route.return_s,
        distance_m=route.distance_m,
        cost_cents=route.cost_cents,
        return_distance_m=route.return_leg.distance_m,
        return_is_estimate=route.return_leg.is_estimate,
        capacities={
            compartment.temperature_class: [
                compartment.capacity_g,
                compartment.capacity_ml,
            ]
            for compartment in planned.compartments
        },
        legs=legs,
    )
    save_stops(day, row, route.stops)
    return row


def save_stops(
    day: Day,
    route: Route,
    stops: Iterable[PlannedStop],
    *,
    num_known: int = 0,
    rows: Mapping[int, Stop] | None = None,
) -> None:
    """Write the stops of a route but those that are known, which come first.

    A stop that has a row under its sequence in `rows` is written there anew. Goods that
    a truck missed are on its stop and not on board.
    """
    missed = {shipment.id for shipment in day.problem.shipments if shipment.is_missed}
    amounts = {
        shipment.id: {a.temperature_class: [a.mass_g, a.volume_ml] for a in amounts}
        for shipment in day.problem.shipments
        if (amounts := shipment.amounts)
    }
    masses_g: Counter[str] = Counter()
    volumes_ml: Counter[str] = Counter()
    known: Mapping[int, Stop] = rows or {}
    made: list[Stop] = []
    actions: list[StopAction] = []
    for sequence, stop in enumerate(stops, 1):
        handled = [(-1, StopAction.Kind.UNLOAD, s) for s in stop.unloads]
        handled += [(1, StopAction.Kind.LOAD, s) for s in stop.loads]
        for sign, _kind, shipment_id in handled:
            if shipment_id in missed:
                continue
            for name, (mass_g, volume_ml) in amounts[shipment_id].items():
                masses_g[name] += sign * mass_g
                volumes_ml[name] += sign * volume_ml
        if sequence <= num_known:
            continue
        row = known.get(sequence, Stop(route=route))
        row.place = day.places[stop.place_id]
        row.sequence = sequence
        row.arrival_s, row.departure_s = stop.arrival_s, stop.departure_s
        row.service_start_s = stop.service_start_s
        row.leg_distance_m = stop.leg.distance_m
        row.leg_is_estimate = stop.leg.is_estimate
        row.load_after = _on_board(masses_g, volumes_ml)
        if row.pk is None:
            made.append(row)
        else:
            row.save()
            row.actions.all().delete()
        actions += [
            StopAction(
                stop=row,
                shipment=day.shipments[shipment_id],
                kind=kind,
                amounts=amounts[shipment_id],
            )
            for _sign, kind, shipment_id in handled
        ]
    Stop.objects.bulk_create(made)
    StopAction.objects.bulk_create(actions)


def _on_board(masses_g: Counter[str], volumes_ml: Counter[str]) -> Amounts:
    return {
        name: [masses_g[name], volumes_ml[name]]
        for name in sorted(masses_g)
        if masses_g[name] or volumes_ml[name]
    }
