"""Street networks and places shared by the tests of travel."""

from pathlib import Path

import networkx
import numpy as np
import pytest

from routing.travel import osm
from routing.travel.base import Point
from routing.travel.network import RoadNetwork, Street
from routing.travel.road_graph import RoadGraph, montreal_east


@pytest.fixture(scope="session")
def outremont_path() -> Path:
    return Path(__file__).parents[2] / "data" / "outremont-drive.graphml"


@pytest.fixture(scope="session")
def outremont_graph(outremont_path) -> networkx.MultiDiGraph:
    graph, _ = osm.read_graph(outremont_path)
    return osm.prepared(graph)


@pytest.fixture(scope="session")
def outremont(outremont_graph) -> RoadGraph:
    return RoadGraph(osm.network_from(outremont_graph, digest="outremont"))


@pytest.fixture(scope="session")
def montreal() -> RoadGraph:
    return montreal_east()


@pytest.fixture
def places() -> dict[str, Point]:
    """A hub in Anjou, a drop point in Pointe-aux-Trembles, two farms far away."""
    return {
        "hub": Point(45.612558, -73.559232),
        "drop": Point(45.650161, -73.49013),
        "north": Point(45.9786, -73.4317),
        "south": Point(45.5201, -73.2087),
    }


@pytest.fixture
def tiny_network() -> RoadNetwork:
    """Three crossings in a row, a kilometre of latitude apart or so.

    0 and 1 are joined both ways by a residential street, 1 leads to 2 by a
    one-way secondary, and 2 back to 0 by a longer one.
    """
    lats, lons = (45.60, 45.61, 45.62), (-73.50, -73.50, -73.51)
    at = list(zip(lats, lons, strict=True))

    def street(start: int, end: int, length_m: float, name: str, road_class: str):
        line = (at[start], at[end])
        return Street(start, end, length_m, length_m / 10, name, road_class, line)

    return RoadNetwork(
        digest="tiny",
        lats=np.array(lats),
        lons=np.array(lons),
        streets=(
            street(0, 1, 1_200, "Rue A", "residential"),
            street(1, 0, 1_200, "Rue A", "residential"),
            street(1, 2, 1_500, "Rue B", "secondary"),
            street(2, 0, 3_000, "Rue C", "secondary"),
        ),
    )
