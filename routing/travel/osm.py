"""Read a street graph made by OSMnx and lay it out as arrays.

The graph is the drivable one: no footways, and no turn restrictions (OSMnx knows
none). Importing OSMnx costs two seconds and 180 MB, so `road_graph` imports this
module only in the process that is about to read a graph.
"""

import gzip
import hashlib
from pathlib import Path

import networkx
import numpy as np
import osmnx
import shapely

from routing.travel.base import LatLon
from routing.travel.network import RoadNetwork, Street

# Used only where a road has no posted limit and its file has no speeds yet: the
# usual limits of Quebec by class of road, never a mean that depends on the extract.
QUEBEC_SPEEDS_KPH = {
    "motorway": 100.0,
    "motorway_link": 60.0,
    "trunk": 90.0,
    "trunk_link": 50.0,
    "primary": 60.0,
    "primary_link": 50.0,
    "secondary": 50.0,
    "secondary_link": 50.0,
    "tertiary": 50.0,
    "tertiary_link": 50.0,
    "residential": 40.0,
    "living_street": 20.0,
}
OTHER_SPEED_KPH = 40.0


def read_graph(path: Path) -> tuple[networkx.MultiDiGraph, str]:
    """Read a GraphML file written by OSMnx, gzipped or not, and digest its bytes."""
    content = path.read_bytes()
    text = gzip.decompress(content) if path.suffix == ".gz" else content
    graph = osmnx.load_graphml(graphml_str=text.decode())
    return graph, hashlib.sha256(text).hexdigest()[:16]


def prepared(graph: networkx.MultiDiGraph) -> networkx.MultiDiGraph:
    """Add missing speeds and times, and keep what can be driven to and from.

    Only the largest strongly connected part is kept: from the rest some streets
    cannot be reached, and the matrix would have holes.
    """
    if any("travel_time" not in data for *_, data in graph.edges(data=True)):
        graph = osmnx.add_edge_speeds(
            graph, hwy_speeds=QUEBEC_SPEEDS_KPH, fallback=OTHER_SPEED_KPH
        )
        graph = osmnx.add_edge_travel_times(graph)
    return osmnx.truncate.largest_component(graph, strongly=True)


def network_from(graph: networkx.MultiDiGraph, *, digest: str) -> RoadNetwork:
    """Lay a prepared graph out as arrays, crossings in the order of their OSM ids."""
    nodes = sorted(graph.nodes)
    number = {node: index for index, node in enumerate(nodes)}
    places = [(graph.nodes[node]["y"], graph.nodes[node]["x"]) for node in nodes]
    quickest: dict[tuple[int, int], Street] = {}
    for start, end, data in graph.edges(data=True):
        ends = (number[start], number[end])
        street = Street(
            start=ends[0],
            end=ends[1],
            length_m=float(data["length"]),
            duration_s=float(data["travel_time"]),
            name=_first(data.get("name", "")),
            road_class=_first(data["highway"]),
            line=_line(data.get("geometry"), places[ends[0]], places[ends[1]]),
        )
        rival = quickest.get(ends)
        if start != end and (rival is None or _speed(street) < _speed(rival)):
            quickest[ends] = street
    return RoadNetwork(
        digest=digest,
        lats=np.array([lat for lat, _ in places]),
        lons=np.array([lon for _, lon in places]),
        streets=tuple(quickest[ends] for ends in sorted(quickest)),
    )


def _speed(street: Street) -> tuple[float, float, tuple[LatLon, ...]]:
    return street.duration_s, street.length_m, street.line


def _first(tag: str | list[str]) -> str:
    """Return one value of a tag: simplified streets may carry several."""
    return tag if isinstance(tag, str) else sorted(tag)[0]


def _line(
    drawn: shapely.LineString | None, start: LatLon, end: LatLon
) -> tuple[LatLon, ...]:
    if drawn is None:
        return (start, end)
    return tuple((lat, lon) for lon, lat in drawn.coords)
