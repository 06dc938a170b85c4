"""A stored matrix answers as it was measured, and refuses the rest."""

import json

import pytest

from routing.core.errors import MatrixMismatch, MissingField, WrongFormat, WrongType
from routing.core.matrix import Matrix
from routing.travel.base import Point
from routing.travel.stored import StoredTravel, document_of, stored_from

HUB, DROP, FARM = Point(45.6, -73.5), Point(45.7, -73.6), Point(46.0, -73.4)


@pytest.fixture
def stored() -> StoredTravel:
    matrix = Matrix(
        place_ids=("hub", "drop", "farm"),
        distances_m=((0, 12, 13), (21, 0, 23), (31, 32, 0)),
        durations_s=((0, 1, 2), (3, 0, 4), (5, 6, 0)),
        engine="by hand",
        estimates=frozenset({(0, 2), (2, 0), (1, 2)}),
    )
    return StoredTravel(points=(HUB, DROP, FARM), matrix=matrix)


def test_a_stored_matrix_comes_back_the_same_through_json(stored):
    text = json.dumps(document_of(stored))

    again = stored_from(json.loads(text))

    assert again == stored
    assert again.matrix.digest == stored.matrix.digest


def test_legs_are_picked_by_point_in_the_order_and_names_asked(stored):
    matrix = stored.matrix_for({"a": FARM, "b": HUB})

    assert matrix == Matrix(
        place_ids=("a", "b"),
        distances_m=((0, 31), (13, 0)),
        durations_s=((0, 5), (2, 0)),
        engine="by hand",
        estimates=frozenset({(0, 1), (1, 0)}),
    )


def test_a_point_that_is_not_stored_is_refused(stored):
    with pytest.raises(MatrixMismatch) as refusal:
        stored.matrix_for({"a": FARM, "b": Point(45.61, -73.5)})

    assert refusal.value.data == {"field": "points", "value": "45.61, -73.5"}


def test_a_document_of_another_format_is_refused(stored):
    document = document_of(stored) | {"format": "charroi.travel/0"}

    with pytest.raises(WrongFormat) as refusal:
        stored_from(document)

    assert refusal.value.data["value"] == "charroi.travel/0"


def test_a_document_whose_figures_were_changed_is_refused(stored):
    document = document_of(stored)
    document["matrix"]["distances_m"][0][1] += 1

    with pytest.raises(MatrixMismatch) as refusal:
        stored_from(document)

    assert refusal.value.data["field"] == "document.digest"


@pytest.mark.parametrize("value", ["45.6", None, True])
def test_a_coordinate_that_is_no_number_is_refused(stored, value):
    document = document_of(stored)
    document["points"][2]["lat"] = value

    with pytest.raises(WrongType) as refusal:
        stored_from(document)

    assert refusal.value.data == {
        "field": "document.points[2].lat",
        "expected": "number",
        "value": repr(value),
    }


def test_a_document_without_its_matrix_is_refused(stored):
    document = document_of(stored)
    del document["matrix"]

    with pytest.raises(MissingField) as refusal:
        stored_from(document)

    assert refusal.value.data == {"field": "document.matrix"}


def test_points_and_matrix_must_be_of_one_size(stored):
    with pytest.raises(MatrixMismatch) as refusal:
        StoredTravel(points=(HUB, DROP), matrix=stored.matrix)

    assert refusal.value.data == {"field": "points", "value": 2}


def test_a_stored_leg_is_drawn_straight(stored):
    assert stored.leg_geometry(HUB, FARM) == [(45.6, -73.5), (46.0, -73.4)]
    assert stored.engine == "by hand"
