"""The rows of a day that goes on after a breakdown: what is done keeps its rows."""

from __future__ import annotations

from collections.abc import Mapping

from routing.bridge.drawing import RouteLines
from routing.bridge.problems import Day
from routing.bridge.saving import save_route, save_stops, save_unserved
from routing.core.continued import base_name, stops_to_drive
from routing.core.plan import Plan, PlannedRoute
from routing.core.residual import Breakdown
from routing.models import Plan as PlanRow
from routing.models import Route, Stop, StopAction, StopTap


def rewrite_rest(
    row: PlanRow,
    day: Day,
    *,
    before: Plan,
    after: Plan,
    breakdown: Breakdown,
    lines: Mapping[str, RouteLines],
) -> None:
    """Let the rows of a plan say how the day goes on; call it inside a transaction.

    Routes and stops that stay keep their rows, and with them what drivers told. The
    broken truck keeps its goods on board: where another takes them over is that one's
    stop. The plan's own row is left to the caller.
    """
    routes = {r.vehicle.public_id: r for r in row.routes.select_related("vehicle")}
    was = {route.vehicle_id: route for route in before.routes}
    going = {route.vehicle_id for route in after.routes}
    for name, route in routes.items():
        if name not in going:
            _cut(route, 0)
            if not route.stops.exists() and not route.taps.exists():
                route.delete()
    number = max((route.number for route in routes.values()), default=0)
    for planned in after.routes:
        found = routes.get(planned.vehicle_id)
        if found is None:
            number += 1
            save_route(day, row, number, planned, lines[planned.vehicle_id])
            continue
        fixed = breakdown.standing(was[planned.vehicle_id]).num_fixed
        _continue(day, found, planned, fixed, lines[planned.vehicle_id])
    known = set(row.unserved.values_list("shipment__public_id", flat=True))
    left = [u for u in after.unserved if base_name(u.shipment_id) not in known]
    save_unserved(day, row, left)


def _continue(
    day: Day, route: Route, planned: PlannedRoute, num_fixed: int, legs: RouteLines
) -> None:
    stops = stops_to_drive(planned)
    known = route.stops.filter(sequence__lt=Stop.CUT_FROM)
    num_fixed = min(num_fixed, known.count())
    _cut(route, num_fixed)
    save_stops(day, route, stops, num_known=num_fixed)
    route.end_s = planned.return_s
    route.distance_m, route.cost_cents = planned.distance_m, planned.cost_cents
    route.return_distance_m = planned.return_leg.distance_m
    route.return_is_estimate = planned.return_leg.is_estimate
    route.legs = legs[: len(stops) + 1]
    route.save()


def _cut(route: Route, num_kept: int) -> None:
    """Take the later stops away; they stay as rows with nothing to do.

    One a driver told of is still seen. The others wait for what a phone out of reach
    may still send, which is kept as late.
    """
    later = route.stops.filter(sequence__gt=num_kept, sequence__lt=Stop.CUT_FROM)
    stops = list(later.order_by("sequence"))
    told = set(StopTap.objects.filter(stop__in=stops).values_list("stop_id", flat=True))
    StopAction.objects.filter(stop__in=stops).delete()
    _number(route, [s for s in stops if s.pk in told], Stop.CUT_FROM, Stop.UNTOLD_FROM)
    untold = [s for s in stops if s.pk not in told]
    _number(route, untold, Stop.UNTOLD_FROM, 2 * Stop.UNTOLD_FROM)


def _number(route: Route, stops: list[Stop], first: int, end: int) -> None:
    """Number stops after those that were taken out before."""
    taken = Stop.all_rows.filter(
        route=route, sequence__gte=first, sequence__lt=end
    ).count()
    for sequence, stop in enumerate(stops, first + taken):
        Stop.all_rows.filter(pk=stop.pk).update(sequence=sequence)
