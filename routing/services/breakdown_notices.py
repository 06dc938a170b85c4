"""Telling everybody whom a breakdown concerns, each once: drivers, buyers, farms."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from hub.core.happenings import Event
from hub.core.letters import Kind
from hub.services import notices
from routing import selectors
from routing.models import Breakdown, Plan, Stop, StopAction
from routing.services.happening import tell_stops

if TYPE_CHECKING:
    from hub.models import Organization, Person

Facts = list[dict[str, Any]]


def tell_everybody(row: Breakdown, plan: Plan) -> None:
    """Leave a notice for each truck that drives on otherwise, and each one it serves.

    Call it in the transaction that approves. A door whose goods nobody takes over, and
    a farm whose goods nobody fetches, are told that no truck comes.
    """
    changed = plan.routes.filter(edit_version=plan.edit_version)
    for route in changed.select_related("vehicle__owner", "driver"):
        stops = route.stops.select_related("place").filter(
            service_start_s__gte=row.at_s, actions__isnull=False
        )
        facts = [_fact(stop, route.vehicle.name) for stop in stops.distinct()]
        _leave(
            row,
            facts,
            name=f"route {route.vehicle.public_id}",
            is_driver=True,
            organization=None if route.driver else route.vehicle.owner,
            driver=route.driver,
        )
    concerned = _by_organization(row, plan)
    for organization, facts in concerned.values():
        _leave(row, facts, name=organization.public_id, organization=organization)
    tell_stops(Event.ROUTE_CHANGED, plan, changed, concerned)


def _by_organization(
    row: Breakdown, plan: Plan
) -> dict[int, tuple[Organization, Facts]]:
    """Buyers and farms whose truck or hour changes, with where and when it is now."""
    moved = {m.shipment.pk: m for m in selectors.moved_deliveries(row)}
    found: dict[int, tuple[Organization, Facts]] = {}
    for delivery in moved.values():
        organization = delivery.shipment.drop_point.organization
        found.setdefault(organization.pk, (organization, []))
    fetched = selectors.pickups_moved(row)
    for shipment in fetched.values():
        farm = shipment.origin.organization
        found.setdefault(farm.pk, (farm, []))
    actions = StopAction.objects.filter(
        Q(kind=StopAction.Kind.UNLOAD, shipment__in=moved)
        | Q(kind=StopAction.Kind.LOAD, shipment__in=fetched),
        stop__route__plan=plan,
        stop__service_start_s__gte=row.at_s,
    ).select_related("stop__place__organization", "stop__route__vehicle")
    told: defaultdict[int, set[int]] = defaultdict(set)
    for action in actions.order_by("stop__service_start_s", "pk"):
        stop = action.stop
        organization = stop.place.organization
        if stop.pk in told[organization.pk]:
            continue
        told[organization.pk].add(stop.pk)
        _organization, facts = found.setdefault(organization.pk, (organization, []))
        facts.append(_fact(stop, stop.route.vehicle.name))
    return found


def _fact(stop: Stop, vehicle: str) -> dict[str, Any]:
    return {
        "place": stop.place.name,
        "from_s": stop.service_start_s,
        "to_s": stop.departure_s,
        "vehicle": vehicle,
        "goods": [],
    }


def _leave(
    row: Breakdown,
    facts: Facts,
    *,
    name: str,
    organization: Organization | None,
    driver: Person | None = None,
    is_driver: bool = False,
) -> None:
    notices.leave(
        kind=Kind.ROUTE_CHANGED,
        key=f"breakdown:{row.public_id}:{name}",
        data={
            "service_on": row.plan.service_on.isoformat(),
            "is_breakdown": True,
            "is_driver": is_driver,
            "stops": facts,
        },
        hub=row.plan.pool.coordinator,
        organization=organization,
        people=[driver] if driver else [],
    )
