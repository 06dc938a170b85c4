"""A route being driven: its stops by name, its goods line by line, its taps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from orders import selectors as order_selectors
from routing.core.taps import DELIVERED, LOADED, Tap, TapContent
from routing.models import Plan, Route, Stop, StopAction, StopTap
from routing.selectors.access import all_routes, pools_seen_by, routes_of_driver

if TYPE_CHECKING:
    from hub.models import Person
    from orders.selectors import FreightLine

HANDLED_BY = {LOADED: StopAction.Kind.LOAD, DELIVERED: StopAction.Kind.UNLOAD}
"""The kind of action that a tap of this kind speaks of."""


@dataclass(frozen=True, slots=True)
class RouteGoods:
    """What a route handles: lines by stop and kind of action, each by its pk.

    A stop that was taken out of the route is there too, with nothing to handle.
    """

    stops: dict[str, Stop]
    lines: dict[tuple[int, str], dict[int, FreightLine]]

    def at(self, stop: Stop, kind: str) -> dict[int, FreightLine]:
        """The lines handled at a stop by a kind of action."""
        return self.lines.get((stop.pk, kind), {})

    def of(self, stop: Stop) -> list[FreightLine]:
        """The lines handled at a stop, whatever is done with them there."""
        return [row for kind in StopAction.Kind for row in self.at(stop, kind).values()]


def name_of(stop: Stop) -> str:
    """How a phone names a stop."""
    return stop.public_id


def route_goods(route: Route) -> RouteGoods:
    """Stops and lines of one route; three queries however long it is."""
    stops = list(Stop.all_rows.filter(route=route).select_related("place"))
    actions = list(StopAction.objects.filter(stop__in=stops).order_by("pk"))
    by_shipment: dict[int, list[FreightLine]] = {}
    for line in order_selectors.freight_lines(
        {action.shipment_id for action in actions}
    ):
        by_shipment.setdefault(line.shipment_id, []).append(line)
    lines: dict[tuple[int, str], dict[int, FreightLine]] = {}
    for action in actions:
        handled = lines.setdefault((action.stop_id, action.kind), {})
        handled.update((e.pk, e) for e in by_shipment.get(action.shipment_id, []))
    return RouteGoods({name_of(stop): stop for stop in stops}, lines)


def shipments_on(route: Route) -> set[int]:
    """The ids of the shipments that a route has something to do with."""
    actions = StopAction.objects.filter(stop__route=route)
    return set(actions.values_list("shipment", flat=True))


def routes_told_by(person: Person) -> QuerySet[Route]:
    """Routes whose phone may speak: those that were dispatched.

    A phone that was out of reach tells what it did even after the plan was replaced;
    it is kept as late. Who has tapped on a route may finish telling it, whoever is
    named to drive it since.
    """
    tapped = StopTap.objects.filter(person=person).values("route")
    return (routes_of_driver(person) | all_routes().filter(pk__in=tapped)).filter(
        plan__dispatched_at__isnull=False,
        plan__status__in=[Plan.Status.PUBLISHED, Plan.Status.REPLACED],
    )


def routes_told_for(person: Person) -> QuerySet[Route]:
    """Dispatched routes of the pools that a person coordinates.

    When a phone is broken or was left at home, the driver calls and the coordination
    writes down what happened.
    """
    return all_routes().filter(
        plan__pool__in=pools_seen_by(person),
        plan__dispatched_at__isnull=False,
        plan__status=Plan.Status.PUBLISHED,
    )


def counted_taps(route: Route) -> QuerySet[StopTap]:
    """The taps that make the state of a route's stops."""
    return route.taps.filter(status=StopTap.Status.APPLIED).select_related("stop")


def taps_named(local_ids: Iterable[str]) -> dict[str, StopTap]:
    """Known taps by their own name, wherever they were made."""
    rows = StopTap.objects.filter(local_id__in=list(local_ids))
    return {str(row.local_id): row for row in rows}


def tap_of(row: StopTap) -> Tap:
    """A kept tap as the fold reads it."""
    return Tap(
        local_id=str(row.local_id),
        device=row.device,
        device_seq=row.device_seq,
        stop=name_of(row.stop),
        kind=row.kind,
        tapped_at=row.tapped_at,
        offset_s=row.offset_s,
        content=TapContent(
            quantities={int(pk): units for pk, units in row.quantities.items()},
            temperatures=row.temperatures,
            reason=row.reason,
            withdraws=str(row.withdraws or ""),
            receiver=row.receiver,
            note=row.note,
        ),
    )
