"""Draw the main streets lightly, for a map that needs no tiles.

`python -m routing.travel.streets FILE` writes the drawing the browser loads.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import shapely

from routing.travel.base import LatLon
from routing.travel.network import RoadNetwork
from routing.travel.road_graph import montreal_east

ATTRIBUTION = "© les contributeurs d’OpenStreetMap (ODbL)"
DRAWN_CLASSES = ("motorway", "primary", "secondary", "tertiary")
# About ten metres: invisible at the scale of a round, and a quarter of the points.
TOLERANCE_DEGREES = 0.0001
DECIMALS = 5


def street_lines(
    network: RoadNetwork, classes: Sequence[str] = DRAWN_CLASSES
) -> dict[str, Any]:
    """Return a GeoJSON collection with one feature for each class of street.

    Ramps are left out. Coordinates are (longitude, latitude), as GeoJSON has them.
    """
    return {
        "type": "FeatureCollection",
        "attribution": ATTRIBUTION,
        "bbox": [
            round(float(limit), DECIMALS)
            for limit in (
                network.lons.min(),
                network.lats.min(),
                network.lons.max(),
                network.lats.max(),
            )
        ],
        "features": [
            {
                "type": "Feature",
                "properties": {"class": road_class},
                "geometry": {
                    "type": "MultiLineString",
                    "coordinates": _drawn(_lines_of(network, road_class)),
                },
            }
            for road_class in classes
        ],
    }


def _lines_of(network: RoadNetwork, road_class: str) -> list[tuple[LatLon, ...]]:
    """List the streets of one class, each way of a two-way street only once."""
    once: dict[frozenset[int], tuple[LatLon, ...]] = {}
    for street in network.streets:
        if street.road_class == road_class:
            once.setdefault(frozenset((street.start, street.end)), street.line)
    return list(once.values())


def _drawn(lines: list[tuple[LatLon, ...]]) -> list[list[list[float]]]:
    """Join the streets end to end, simplify and round them, in a fixed order."""
    joined = shapely.line_merge(
        shapely.MultiLineString([[(lon, lat) for lat, lon in line] for line in lines])
    )
    simple = shapely.simplify(joined, TOLERANCE_DEGREES)
    rounded = [
        [[round(lon, DECIMALS), round(lat, DECIMALS)] for lon, lat in part.coords]
        for part in shapely.get_parts(simple)
    ]
    return sorted(rounded)


def drawing(network: RoadNetwork) -> str:
    """Write the drawing as compact JSON text."""
    lines = street_lines(network)
    return json.dumps(lines, ensure_ascii=False, separators=(",", ":")) + "\n"


def main(path: str) -> None:
    """Write the drawing of the streets the project keeps."""
    Path(path).write_text(drawing(montreal_east().network), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
