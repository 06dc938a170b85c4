"""What a search is to leave alone: the goods of a stop, or the whole route of a truck.

Locks hold against the search, never against the hand: goods that a hand moves keep
their lock, on the truck and at about the hour where they now are.
"""

from typing import Any

from django.db import transaction

from routing import bridge
from routing.core.errors import UnknownName
from routing.models import Plan, RouteLock, StopLock
from routing.services.adjusting import lock_version


@transaction.atomic
def set_lock(
    *, plan: Plan, version: int, vehicle_id: str, stop: int | None, is_locked: bool
) -> Plan:
    """Lock or free a stop, counted from 0, or (None) a whole truck.

    Locking what is locked changes nothing. A stop that somebody moved meanwhile is not
    the one that was looked at. Raises PlanNotAdjustable, PlanDispatched,
    PlanEditedMeanwhile, UnknownName.
    """
    row = lock_version(plan, version)
    problem, _matrix, solution = bridge.read_plan(row)
    route = next((r for r in solution.routes if r.vehicle_id == vehicle_id), None)
    if route is None:
        raise UnknownName(field="lock.vehicle_id", value=vehicle_id)
    day = bridge.day_of(row, problem)
    if stop is None:
        keys: dict[str, Any] = {"plan": row, "vehicle": day.vehicles[vehicle_id]}
        if is_locked:
            RouteLock.objects.get_or_create(**keys)
        else:
            RouteLock.objects.filter(**keys).delete()
        return row
    if not 0 <= stop < len(route.stops):
        raise UnknownName(field="lock.stop", value=stop)
    planned = route.stops[stop]
    for kind, names in (("load", planned.loads), ("unload", planned.unloads)):
        for name in names:
            ends: dict[str, Any] = {
                "plan": row,
                "shipment": day.shipments[name],
                "kind": kind,
            }
            if is_locked:
                StopLock.objects.get_or_create(**ends)
            else:
                StopLock.objects.filter(**ends).delete()
    return row
