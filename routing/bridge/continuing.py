"""The rows of a day that goes on after a breakdown: what is done keeps its rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from routing.bridge.saving import save_route, save_stops, save_unserved
from routing.core.continued import base_name, stops_to_drive
from routing.models import Route, Stop, StopAction, StopTap

if TYPE_CHECKING:
    from routing.bridge.drawing import RouteLines
    from routing.bridge.problems import Day
    from routing.core.plan import Plan, PlannedRoute, PlannedStop
    from routing.core.residual_cut import Cut
    from routing.models import Plan as PlanRow

ASIDE_FROM = 3 * Stop.UNTOLD_FROM
"""Numbers for stops that wait for their new one."""


def rewrite_rest(
    row: PlanRow, day: Day, *, cut: Cut, after: Plan, lines: Mapping[str, RouteLines]
) -> None:
    """Let the rows of a plan say how the day goes on; call it inside a transaction.

    Routes and stops that stay keep their rows, and with them what drivers told; so does
    a stop ahead that a truck still makes, so that what its phone tells of it counts.
    The broken truck keeps its goods on board: where another takes them over is that
    one's stop. A route that is left without stops keeps its row. The plan's own row is
    left to the caller, which writes the edit version that follows the one it has.
    """
    routes = {r.vehicle.public_id: r for r in row.routes.select_related("vehicle")}
    going = {route.vehicle_id for route in after.routes}
    version = row.edit_version + 1
    for name in cut.routes.keys() & routes.keys() - going:
        _give_away(routes[name], version)
    number = max((route.number for route in routes.values()), default=0)
    for planned in after.routes:
        found = routes.get(planned.vehicle_id)
        if found is None:
            number += 1
            made = save_route(day, row, number, planned, lines[planned.vehicle_id])
            made.edit_version = version
            made.save(update_fields=["edit_version"])
        elif cut.routes.get(planned.vehicle_id) != planned:
            standing = cut.standings.get(planned.vehicle_id)
            found.edit_version = version
            num_fixed = standing.num_fixed if standing else 0
            _continue(day, found, planned, num_fixed, lines[planned.vehicle_id])
    known = set(row.unserved.values_list("shipment__public_id", flat=True))
    left = [u for u in after.unserved if base_name(u.shipment_id) not in known]
    save_unserved(day, row, left)


def _give_away(route: Route, version: int) -> None:
    """A truck that stays at home: others make its stops."""
    later = list(route.stops.filter(sequence__lt=Stop.CUT_FROM).order_by("sequence"))
    _cut(route, later)
    route.end_s = route.start_s
    route.distance_m = route.cost_cents = route.return_distance_m = 0
    route.legs, route.edit_version = [], version
    route.save()


def _continue(
    day: Day, route: Route, planned: PlannedRoute, num_fixed: int, legs: RouteLines
) -> None:
    stops = stops_to_drive(planned)
    rows = route.stops.filter(sequence__lt=Stop.CUT_FROM).select_related("place")
    known = list(rows.order_by("sequence"))
    num_fixed = min(num_fixed, len(known))
    later = known[num_fixed:]
    kept = _still_made(later, stops, num_fixed)
    _number(later, ASIDE_FROM)
    _cut(route, [stop for stop in later if stop not in kept.values()])
    save_stops(day, route, stops, num_known=num_fixed, rows=kept)
    route.start_s, route.end_s = planned.departure_s, planned.return_s
    route.distance_m, route.cost_cents = planned.distance_m, planned.cost_cents
    route.return_distance_m = planned.return_leg.distance_m
    route.return_is_estimate = planned.return_leg.is_estimate
    route.legs = legs[: len(stops) + 1]
    route.save()


def _still_made(
    later: Sequence[Stop], stops: Sequence[PlannedStop], num_fixed: int
) -> dict[int, Stop]:
    """The rows of stops ahead that are made all the same, by their new sequence.

    A stop is the same at the same place while some of what is done there is.
    """
    waiting = {stop: _handled_at(stop) for stop in later}
    kept: dict[int, Stop] = {}
    for sequence, planned in enumerate(stops, 1):
        if sequence <= num_fixed:
            continue
        asked = {("load", base_name(name)) for name in planned.loads}
        asked |= {("unload", base_name(name)) for name in planned.unloads}
        for stop, handled in waiting.items():
            if stop.place.public_id == planned.place_id and asked & handled:
                kept[sequence] = stop
                del waiting[stop]
                break
    return kept


def _handled_at(stop: Stop) -> set[tuple[str, str]]:
    return set(stop.actions.values_list("kind", "shipment__public_id"))


def _cut(route: Route, stops: Sequence[Stop]) -> None:
    """Take stops out of a route; they stay as rows with nothing to do.

    One a driver told of is still seen. The others wait for what a phone out of reach
    may still send, which is kept as late.
    """
    told = set(StopTap.objects.filter(stop__in=stops).values_list("stop_id", flat=True))
    StopAction.objects.filter(stop__in=stops).delete()
    for first, end, some in (
        (Stop.CUT_FROM, Stop.UNTOLD_FROM, [s for s in stops if s.pk in told]),
        (Stop.UNTOLD_FROM, ASIDE_FROM, [s for s in stops if s.pk not in told]),
    ):
        taken = Stop.all_rows.filter(
            route=route, sequence__gte=first, sequence__lt=end
        ).count()
        _number(some, first + taken)


def _number(stops: Sequence[Stop], first: int) -> None:
    for sequence, stop in enumerate(stops, first):
        Stop.all_rows.filter(pk=stop.pk).update(sequence=sequence)
