"""What a truck must have to drive longer, or to be sent out, while a day goes on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from routing import selectors
from routing.core.errors import PapersExpired, TruckNotFree
from routing.models import Plan, Route, Vehicle
from routing.services.drivers import require_free

if TYPE_CHECKING:
    from hub.models import Person
    from routing.core.plan import Plan as Solution
    from routing.core.problem import Problem
    from routing.core.residual_cut import Cut


def require_trucks(
    plan: Plan,
    cut: Cut,
    problem: Problem,
    after: Solution,
    *,
    drivers: Mapping[str, Person],
) -> None:
    """Ask of routes that are new or longer what a dispatch asks; their trucks are held.

    Call it when the rows are written, in their transaction. The hours that running late
    costs are not asked for. Raises TruckNotFree, DriverBusy, DriverBusyElsewhere,
    PapersExpired.
    """
    asked = _longer(cut, after)
    rows = plan.routes.filter(vehicle__public_id__in=asked)
    list(
        Vehicle.objects.filter(public_id__in=asked)
        .select_for_update(no_key=True)
        .order_by("pk")
    )
    for route in rows.select_related("vehicle"):
        _require_hours(plan, route, problem)
        if driver := drivers.get(route.vehicle.public_id):
            route.driver = driver
            route.save(update_fields=["driver"])
    require_free(rows.select_related("vehicle", "plan", "driver"))
    if faults := selectors.expired_on(rows, plan.service_on):
        holders = ", ".join(dict.fromkeys(fault.holder for fault in faults))
        raise PapersExpired(count=len(faults), holders=holders)


def _longer(cut: Cut, after: Solution) -> list[str]:
    """The trucks that leave sooner or are back later than they were to."""
    found = []
    for route in after.routes:
        was = cut.routes.get(route.vehicle_id)
        is_within = (
            was is not None
            and was.departure_s <= route.departure_s
            and route.return_s <= was.return_s
        )
        if not is_within and route.vehicle_id != cut.breakdown.vehicle_id:
            found.append(route.vehicle_id)
    return found


def _require_hours(plan: Plan, route: Route, problem: Problem) -> None:
    overtime_s = problem.vehicles_by_id()[route.vehicle.public_id].overtime_s
    free = {
        truck.vehicle.pk: truck
        for truck in selectors.available_on(plan.pool, plan.service_on)
    }
    truck = free.get(route.vehicle_id)
    if truck is None or not truck.covers(route.start_s, route.end_s - overtime_s):
        raise TruckNotFree(vehicle=route.vehicle.name, on=plan.service_on)
