"""What programs are told of plans and routes: stops by organization, by public id."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from orders import selectors as order_selectors
from routing.core.telling import told_hours
from routing.models import FleetPool, Route, StopAction


def hubs_of_pool(pool: FleetPool) -> list[int]:
    """The hubs of a pool and whoever plans for it, by pk."""
    found = set(pool.hubs.values_list("pk", flat=True)) | {pool.coordinator_id}
    return sorted(found)


def stops_by_organization(
    routes: Iterable[Route],
) -> dict[int | None, list[dict[str, Any]]]:
    """The stops of some routes for each farm and buyer they serve; all under None."""
    actions = (
        StopAction.objects.filter(stop__route__in=list(routes))
        .select_related("stop__place", "stop__route__vehicle", "shipment")
        .order_by("stop__route__number", "stop__sequence", "pk")
    )
    shipments = {action.shipment_id for action in actions}
    buyers = order_selectors.buyers_of_shipments(shipments)
    found: dict[int | None, dict[int, dict[str, Any]]] = defaultdict(dict)
    for action in actions:
        stop, shipment = action.stop, action.shipment
        concerned: list[int | None] = [None, stop.place.organization_id]
        if action.kind == StopAction.Kind.LOAD and shipment.leg != "outbound":
            concerned.append(shipment.producer_id)
        if action.kind == StopAction.Kind.UNLOAD and shipment.leg != "inbound":
            concerned += [buyer.pk for buyer in buyers[shipment.pk]]
        from_s, to_s = told_hours(stop.service_start_s)
        for pk in concerned:
            found[pk][stop.pk] = {
                "place_id": stop.place.public_id,
                "vehicle_id": stop.route.vehicle.public_id,
                "from_s": from_s,
                "to_s": to_s,
            }
    return {pk: list(stops.values()) for pk, stops in found.items()}
