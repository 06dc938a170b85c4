"""Routes for other maps, read back: RFC 7946 order, and the structure of GPX 1.1."""

import json
from xml.etree import ElementTree as ET

import pytest

from routing import selectors
from routing.exchange.tracks import geojson_of, gpx_of
from tests.factories.driving import make_drive

pytestmark = pytest.mark.django_db
GPX = "{http://www.topografix.com/GPX/1/1}"
STREETS = [[45.68, -73.42], [45.6, -73.5], [45.527, -73.615]]


@pytest.fixture
def route():
    """A truck from its home to a farm, to a door and back; one leg on known streets."""
    route = make_drive().route
    route.legs = [
        {"is_estimate": True, "points": [[45.5, -73.6], [45.68, -73.42]]},
        {"is_estimate": False, "points": STREETS},
        {"is_estimate": True, "points": [[45.527, -73.615], [45.5, -73.6]]},
    ]
    route.save()
    stop = route.stops.get(sequence=1)
    stop.place.name = "Ferme <du> Rang & fils\x0b"
    stop.place.save()
    found = selectors.with_stops(type(route).objects.filter(pk=route.pk))
    return found.get()


def test_geojson_has_points_and_the_streets_that_are_known(route):
    read = json.loads(json.dumps(geojson_of([route])))

    shapes = [
        (row["properties"]["kind"], row["geometry"]["type"]) for row in read["features"]
    ]
    assert (read["type"], {row["type"] for row in read["features"]}) == (
        "FeatureCollection",
        {"Feature"},
    )
    assert shapes == [
        ("home", "Point"),
        ("stop", "Point"),
        ("stop", "Point"),
        ("leg", "LineString"),
    ]
    farm = route.stops.get(sequence=1)
    assert read["features"][1]["geometry"]["coordinates"] == [
        farm.place.longitude,
        farm.place.latitude,
    ]
    assert read["features"][1]["properties"] == {
        "route": route.number,
        "vehicle": route.vehicle.name,
        "kind": "stop",
        "id": farm.public_id,
        "place_id": farm.place.public_id,
        "name": farm.place.name,
        "address": farm.place.address,
        "sequence": 1,
        "arrival_s": farm.arrival_s,
        "service_start_s": farm.service_start_s,
        "departure_s": farm.departure_s,
    }
    leg = read["features"][3]
    assert leg["geometry"]["coordinates"] == [[lon, lat] for lat, lon in STREETS]
    assert leg["properties"]["sequence"] == 2


def test_gpx_has_the_order_that_its_schema_asks(route):
    root = ET.fromstring(gpx_of(route))  # noqa: S314 - our own text

    tags = [child.tag.removeprefix(GPX) for child in root]
    assert (root.tag, root.get("version"), root.get("creator")) == (
        f"{GPX}gpx",
        "1.1",
        "Charroi",
    )
    assert tags == ["metadata", "wpt", "wpt", "rte", "trk"]
    stops = [
        [child.tag.removeprefix(GPX) for child in point]
        for point in root.findall(f"{GPX}wpt")
    ]
    assert stops == [["time", "name", "desc", "type"]] * 2
    way = [child.tag.removeprefix(GPX) for child in root.find(f"{GPX}rte") or ()]
    assert way == ["name", "number", "rtept", "rtept", "rtept", "rtept"]
    track = [
        [float(point.get("lat", "")), float(point.get("lon", ""))]
        for point in root.iter(f"{GPX}trkpt")
    ]
    assert track == STREETS


def test_signs_that_xml_may_not_hold_are_left_out(route):
    root = ET.fromstring(gpx_of(route))  # noqa: S314 - our own text

    names = [name.text for name in root.iter(f"{GPX}name")]
    assert names[1] == "Ferme <du> Rang & fils"


def test_without_known_streets_there_is_no_track(route):
    for leg in route.legs:
        leg["is_estimate"] = True

    tags = [child.tag for child in ET.fromstring(gpx_of(route))]  # noqa: S314 - ours

    assert f"{GPX}trk" not in tags
    assert [row["properties"]["kind"] for row in geojson_of([route])["features"]] == [
        "home",
        "stop",
        "stop",
    ]
