"""The goods of a route, line by line, with the stops where they come and go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from orders import selectors as order_selectors
from routing.models import Route, StopAction
from routing.selectors.access import pools_seen_by, routes_driven_by
from routing.selectors.sheets import letter_of, stops_of

if TYPE_CHECKING:
    from hub.models import Person
    from orders.selectors import PaperLine
    from routing.models import Stop


@dataclass(frozen=True, slots=True, kw_only=True)
class CargoStop:
    """A stop under its mark (A1, A2…), with the shipments handled there."""

    mark: str
    stop: Stop
    loads: tuple[int, ...]
    unloads: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cargo:
    """A route with its stops and the lines of each shipment, by its key."""

    route: Route
    stops: tuple[CargoStop, ...]
    lines: dict[int, tuple[PaperLine, ...]]

    def unloaded_at(self, shipment_id: int) -> CargoStop | None:
        """The stop where a shipment leaves the truck; None if it broke down with it."""
        return next((stop for stop in self.stops if shipment_id in stop.unloads), None)


def routes_on_paper(person: Person) -> QuerySet[Route]:
    """Routes whose papers a person may print.

    Those of the pools that one coordinates or shares; and the published ones that one
    drives.
    """
    pools = Q(plan__pool__in=pools_seen_by(person))
    driven = Q(pk__in=routes_driven_by(person).values("pk"))
    return Route.objects.filter(pools | driven).select_related(
        "plan__pool", "vehicle__owner", "driver", "home"
    )


def cargo_of(route: Route) -> Cargo:
    """What rides on a route; four queries however long it is."""
    letter = letter_of(route.number)
    loads: dict[int, list[int]] = {}
    unloads: dict[int, list[int]] = {}
    actions = StopAction.objects.filter(stop__route=route).order_by("pk")
    for action in actions:
        is_load = action.kind == StopAction.Kind.LOAD
        handled = loads if is_load else unloads
        handled.setdefault(action.stop_id, []).append(action.shipment_id)
    lines: dict[int, list[PaperLine]] = {}
    shipment_ids = {action.shipment_id for action in actions}
    for line in order_selectors.paper_lines_of(shipment_ids):
        lines.setdefault(line.shipment_id, []).append(line)
    return Cargo(
        route=route,
        stops=tuple(
            CargoStop(
                mark=f"{letter}{stop.sequence}",
                stop=stop,
                loads=tuple(loads.get(stop.pk, ())),
                unloads=tuple(unloads.get(stop.pk, ())),
            )
            for stop in stops_of(route)
        ),
        lines={pk: tuple(rows) for pk, rows in lines.items()},
    )
