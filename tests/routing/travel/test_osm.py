"""Street graphs become arrays: speeds, parts that are kept, drawings."""

import gzip

import networkx
import pytest
import shapely

from routing.travel import osm


def small_graph() -> networkx.MultiDiGraph:
    graph = networkx.MultiDiGraph(crs="epsg:4326")
    graph.add_node(20, y=45.61, x=-73.50)
    graph.add_node(10, y=45.60, x=-73.50)
    return graph


def test_streets_that_cannot_be_driven_back_from_are_left_out(outremont_path):
    graph, _ = osm.read_graph(outremont_path)

    kept = osm.prepared(graph)

    assert (len(graph), len(kept)) == (242, 230)
    assert networkx.is_strongly_connected(kept)


def test_a_missing_speed_comes_from_the_table_of_quebec():
    graph = small_graph()
    for start, end in ((10, 20), (20, 10)):
        graph.add_edge(start, end, length=1_000.0, highway="residential")

    prepared = osm.prepared(graph)

    # 1 000 m at 40 km/h.
    assert prepared.edges[10, 20, 0]["travel_time"] == pytest.approx(90.0)


def test_a_posted_speed_is_believed():
    graph = small_graph()
    for start, end in ((10, 20), (20, 10)):
        graph.add_edge(start, end, length=1_000.0, highway="residential", maxspeed="30")

    prepared = osm.prepared(graph)

    assert prepared.edges[10, 20, 0]["travel_time"] == pytest.approx(120.0)


def test_the_quickest_of_parallel_streets_is_kept_and_loops_are_dropped():
    graph = small_graph()
    slow = {"length": 900.0, "travel_time": 80.0, "highway": "residential"}
    bent = shapely.LineString([(-73.50, 45.60), (-73.49, 45.605), (-73.50, 45.61)])
    quick = {"length": 1_900.0, "travel_time": 70.0, "highway": ["primary", "a"]}
    graph.add_edge(10, 20, **slow)
    graph.add_edge(10, 20, **quick, geometry=bent, name=["Rue Z", "Rue A"])
    graph.add_edge(20, 20, **slow)

    network = osm.network_from(graph, digest="x")

    assert [
        (street.start, street.end, street.length_m, street.name, street.road_class)
        for street in network.streets
    ] == [(0, 1, 1_900.0, "Rue A", "a")]
    assert network.streets[0].line == (
        (45.60, -73.50),
        (45.605, -73.49),
        (45.61, -73.50),
    )


def test_a_street_without_drawing_runs_straight_between_its_crossings():
    graph = small_graph()
    graph.add_edge(20, 10, length=900.0, travel_time=80.0, highway="residential")

    network = osm.network_from(graph, digest="x")

    assert network.lines == {(1, 0): ((45.61, -73.50), (45.60, -73.50))}


def test_reading_gives_a_digest_of_the_text_whether_compressed_or_not(
    outremont_path, tmp_path
):
    packed = tmp_path / "outremont.graphml.gz"
    packed.write_bytes(gzip.compress(outremont_path.read_bytes()))

    _, plain_digest = osm.read_graph(outremont_path)
    _, packed_digest = osm.read_graph(packed)

    assert plain_digest == packed_digest == "f50472d78854950a"
