"""The street drawing of the map is light, current and attributed."""

import gzip
from pathlib import Path

from routing.travel.streets import ATTRIBUTION, drawing, main, street_lines

KEPT = Path(__file__).parents[3] / "hub/static/hub/map/streets.json"


def test_the_kept_drawing_is_what_the_script_writes_today(tmp_path):
    written = tmp_path / "streets.json"

    main(str(written))

    assert written.read_bytes() == KEPT.read_bytes()


def test_the_kept_drawing_is_light():
    content = KEPT.read_bytes()

    assert len(content) <= 60_000
    assert len(gzip.compress(content)) <= 25_000


def test_a_two_way_street_is_drawn_once_and_other_classes_not_at_all(tiny_network):
    lines = street_lines(tiny_network, ["residential"])

    assert lines == {
        "type": "FeatureCollection",
        "attribution": ATTRIBUTION,
        "bbox": [-73.51, 45.6, -73.5, 45.62],
        "features": [
            {
                "type": "Feature",
                "properties": {"class": "residential"},
                "geometry": {
                    "type": "MultiLineString",
                    "coordinates": [[[-73.5, 45.6], [-73.5, 45.61]]],
                },
            }
        ],
    }


def test_streets_that_meet_are_joined_and_a_class_without_streets_is_empty(
    tiny_network,
):
    secondary, motorway = street_lines(tiny_network, ["secondary", "motorway"])[
        "features"
    ]

    assert secondary["geometry"]["coordinates"] == [
        [[-73.5, 45.61], [-73.51, 45.62], [-73.5, 45.6]]
    ]
    assert motorway["geometry"]["coordinates"] == []


def test_the_drawing_names_its_source(tiny_network):
    assert "© les contributeurs d’OpenStreetMap (ODbL)" in drawing(tiny_network)
