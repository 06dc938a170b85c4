"""A route for other maps: GeoJSON (RFC 7946) and GPX 1.1.

The line is that of the streets; a leg that is only an estimate has none, because a
straight line across a river would send somebody into it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET  # nosec B405 - written only, never read

from hub.core.periods import at_local
from hub.templatetags.words import clock

if TYPE_CHECKING:
    from hub.models import Place
    from routing.models import Route, Stop

GPX = "http://www.topografix.com/GPX/1/1"
CREATOR = "Charroi"
Point = tuple[float, float]
"""Latitude, longitude."""


def geojson_of(routes: Iterable[Route]) -> dict[str, Any]:
    """Routes as one FeatureCollection: homes and stops are points, legs are lines.

    Positions are [longitude, latitude]; times of day are seconds from midnight.
    """
    features = [feature for route in routes for feature in _features(route)]
    return {"type": "FeatureCollection", "features": features}


def gpx_of(route: Route) -> str:
    """A route as a GPX file: each stop a waypoint, the day a route, streets a track."""
    ET.register_namespace("", GPX)
    root = _element(None, "gpx", version="1.1", creator=CREATOR)
    about = _element(root, "metadata")
    _text(about, "name", _title(route))
    stops = list(route.stops.all())
    for stop in stops:
        _waypoint(root, "wpt", stop.place, route=route, stop=stop)
    way = _element(root, "rte")
    _text(way, "name", _title(route))
    _text(way, "number", str(route.number))
    _waypoint(way, "rtept", route.home)
    for stop in stops:
        _waypoint(way, "rtept", stop.place, route=route, stop=stop)
    _waypoint(way, "rtept", route.home)
    lines = list(_lines(route))
    if lines:
        track = _element(root, "trk")
        _text(track, "name", _title(route))
        for _number, points in lines:
            segment = _element(track, "trkseg")
            for latitude, longitude in points:
                _element(segment, "trkpt", lat=str(latitude), lon=str(longitude))
    return ET.tostring(root, encoding="unicode", xml_declaration=True)


def _features(route: Route) -> Iterator[dict[str, Any]]:
    about = {"route": route.number, "vehicle": route.vehicle.name}
    yield _feature(
        _point(route.home),
        {
            **about,
            "kind": "home",
            "name": route.home.name,
            "start_s": route.start_s,
            "end_s": route.end_s,
        },
    )
    for stop in route.stops.all():
        told = {
            **about,
            "kind": "stop",
            "id": stop.public_id,
            "place_id": stop.place.public_id,
            "name": stop.place.name,
            "address": stop.place.address,
            "sequence": stop.sequence,
            "arrival_s": stop.arrival_s,
            "service_start_s": stop.service_start_s,
            "departure_s": stop.departure_s,
        }
        yield _feature(_point(stop.place), told)
    for number, points in _lines(route):
        line = [[longitude, latitude] for latitude, longitude in points]
        geometry = {"type": "LineString", "coordinates": line}
        yield _feature(geometry, {**about, "kind": "leg", "sequence": number})


def _feature(geometry: dict[str, Any], properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def _point(place: Place) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [place.longitude, place.latitude]}


def _lines(route: Route) -> Iterator[tuple[int, list[Point]]]:
    """The legs whose streets are known, by their number from 1."""
    for number, leg in enumerate(route.legs, start=1):
        points = [(float(point[0]), float(point[1])) for point in leg["points"]]
        if not leg["is_estimate"] and len(points) > 1:
            yield number, points


def _title(route: Route) -> str:
    return f"{route.vehicle.name} · {route.plan.service_on.isoformat()}"


def _waypoint(
    parent: ET.Element,
    tag: str,
    place: Place,
    *,
    route: Route | None = None,
    stop: Stop | None = None,
) -> None:
    point = _element(parent, tag, lat=str(place.latitude), lon=str(place.longitude))
    if route is not None and stop is not None:
        at = at_local(route.plan.service_on, stop.service_start_s)
        _text(point, "time", at.isoformat())
    _text(point, "name", place.name)
    if stop is not None:
        _text(point, "desc", f"{clock(stop.service_start_s)} · {place.address}")
        _text(point, "type", "stop")


def _element(parent: ET.Element | None, tag: str, **attributes: str) -> ET.Element:
    name = f"{{{GPX}}}{tag}"
    if parent is None:
        return ET.Element(name, attributes)
    return ET.SubElement(parent, name, attributes)


def _text(parent: ET.Element, tag: str, words: str) -> None:
    """Words without the control signs that no XML may hold."""
    kept = "".join(sign for sign in words if sign >= " " or sign in "\t\n")
    _element(parent, tag).text = kept
