"""A plan as people read it: route sheets, stop by stop, and the map beside them.

Stops carry a mark, the letter of their route and their turn (A1, A2…), the same on
the list, on the map and on paper.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch, QuerySet

from hub.core.quantities import TEMPERATURE_CLASSES
from routing.core.errors import PlaceNotPinned
from routing.core.fitting import misfits
from routing.core.town import LatLon, town_box
from routing.models import Route, Stop, StopAction
from routing.selectors.days import ClassLoad

if TYPE_CHECKING:
    from hub.models import Place
    from orders.models import Shipment

NUM_STYLES = 8
"""Colours and dashes that tell routes apart on a map; then they begin again."""


@dataclass(frozen=True, slots=True)
class Handled:
    """A shipment loaded or unloaded at a stop, with what it carries."""

    shipment: Shipment
    amounts: list[ClassLoad]


@dataclass(frozen=True, slots=True)
class StopSheet:
    """One stop as a driver reads it."""

    mark: str
    stop: Stop
    loads: list[Handled]
    unloads: list[Handled]
    loaded: list[ClassLoad]
    unloaded: list[ClassLoad]
    on_board: list[ClassLoad]

    @property
    def misfits(self) -> list[str]:
        """Why the truck does not fit at this door: height, tailgate.

        Where it only takes goods over on the road, there is no door.
        """
        if not self.unloads and all(
            goods.shipment.origin_id != self.stop.place_id for goods in self.loads
        ):
            return []
        return misfits(self.stop.route.vehicle, self.stop.place)

    @property
    def loaded_g(self) -> int:
        """What comes on board here, in grams."""
        return sum(load.mass_g for load in self.loaded)

    @property
    def unloaded_g(self) -> int:
        """What leaves the truck here, in grams."""
        return sum(load.mass_g for load in self.unloaded)

    @property
    def waiting_s(self) -> int:
        """Seconds between arriving and beginning."""
        return self.stop.service_start_s - self.stop.arrival_s


@dataclass(frozen=True, slots=True)
class RouteSheet:
    """One truck's day as a driver reads it; `style` counts from 1."""

    letter: str
    style: int
    route: Route
    stops: list[StopSheet]

    @property
    def duration_s(self) -> int:
        """From leaving home to being back."""
        return self.route.end_s - self.route.start_s


def route_sheets(routes: QuerySet[Route]) -> list[RouteSheet]:
    """The sheets of some routes; a fixed number of queries however long they are."""
    actions = StopAction.objects.select_related(
        "shipment__producer", "shipment__drop_point__organization"
    ).order_by("pk")
    stops = Stop.objects.select_related("place__organization").prefetch_related(
        Prefetch("actions", queryset=actions)
    )
    found = (
        routes.select_related("vehicle__owner", "home", "driver")
        .prefetch_related(Prefetch("stops", queryset=stops))
        .order_by("plan", "number")
    )
    return [_route_sheet(route) for route in found]


def stops_of(route: Route) -> QuerySet[Stop]:
    """The stops of a route with their places and hours."""
    return (
        route.stops.select_related("place__organization")
        .prefetch_related("place__windows")
        .order_by("sequence")
    )


def _route_sheet(route: Route) -> RouteSheet:
    letter = letter_of(route.number)
    return RouteSheet(
        letter=letter,
        style=(route.number - 1) % NUM_STYLES + 1,
        route=route,
        stops=[_stop_sheet(route, stop, letter) for stop in route.stops.all()],
    )


def letter_of(number: int) -> str:
    """A, B … Z, then AA, AB …"""
    letters = ""
    while number:
        number, place = divmod(number - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters


def _stop_sheet(route: Route, stop: Stop, letter: str) -> StopSheet:
    actions = list(stop.actions.all())
    loads = [a for a in actions if a.kind == StopAction.Kind.LOAD]
    unloads = [a for a in actions if a.kind == StopAction.Kind.UNLOAD]
    return StopSheet(
        mark=f"{letter}{stop.sequence}",
        stop=stop,
        loads=[_handled(route, action) for action in loads],
        unloads=[_handled(route, action) for action in unloads],
        loaded=_sum(route, loads),
        unloaded=_sum(route, unloads),
        on_board=_loads(route, stop.load_after),
    )


def _handled(route: Route, action: StopAction) -> Handled:
    return Handled(action.shipment, _loads(route, action.amounts))


def _sum(route: Route, actions: Iterable[StopAction]) -> list[ClassLoad]:
    masses_g: Counter[str] = Counter()
    volumes_ml: Counter[str] = Counter()
    for action in actions:
        for name, (mass_g, volume_ml) in action.amounts.items():
            masses_g[name] += mass_g
            volumes_ml[name] += volume_ml
    return _loads(
        route, {name: [masses_g[name], volumes_ml[name]] for name in masses_g}
    )


def _loads(route: Route, amounts: dict[str, list[int]]) -> list[ClassLoad]:
    return [
        ClassLoad(name, *amounts[name], *route.capacities.get(name, [0, 0]))
        for name in TEMPERATURE_CLASSES
        if name in amounts
    ]


def map_of(sheets: Iterable[RouteSheet]) -> list[dict[str, Any]]:
    """What the map draws: lines, homes and stops with their marks."""
    return [
        {
            "letter": sheet.letter,
            "style": sheet.style,
            "vehicle": sheet.route.vehicle.name,
            "legs": sheet.route.legs,
            "home": {"name": sheet.route.home.name, "at": _spot(sheet.route.home)},
            "stops": [
                {
                    "mark": stop.mark,
                    "name": stop.stop.place.name,
                    "at": _spot(stop.stop.place),
                }
                for stop in sheet.stops
            ],
        }
        for sheet in sheets
    ]


def town_of(sheets: Collection[RouteSheet]) -> tuple[LatLon, LatLon] | None:
    """Where the doors of these routes stand close together: two corners, or None."""
    stops = [stop for sheet in sheets for stop in sheet.stops]
    doors = [_spot(stop.stop.place) for stop in stops if stop.unloads]
    farms = [_spot(stop.stop.place) for stop in stops if not stop.unloads]
    homes = [_spot(sheet.route.home) for sheet in sheets]
    box = town_box(doors, [*farms, *homes])
    if box is None:
        return None
    return (box.south, box.west), (box.north, box.east)


def _spot(place: Place) -> LatLon:
    if place.latitude is None or place.longitude is None:
        raise PlaceNotPinned(place=place.name)
    return place.latitude, place.longitude
