"""Problems and plans there and back through JSON; refusals that name the field."""

import json

import pytest

from benchmarks.hub_day import hub_day
from routing.core.errors import MissingField, WrongFormat, WrongType
from routing.core.formats import (
    plan_document,
    problem_document,
    read_plan,
    read_problem,
)
from tests.routing.core.days import best_plan

PROBLEM, MATRIX = hub_day(6, 2, seed=4)


def document():
    return json.loads(json.dumps(problem_document(PROBLEM, MATRIX)))


def test_a_problem_comes_back_as_it_went():
    problem, matrix = read_problem(document())

    assert (problem, matrix) == (PROBLEM, MATRIX)
    assert matrix.digest == MATRIX.digest


def test_a_plan_comes_back_as_it_went():
    plan = best_plan(PROBLEM, MATRIX)

    assert read_plan(json.loads(json.dumps(plan_document(plan)))) == plan


def test_what_has_a_default_may_be_left_out():
    short = document()
    for shipment in short["problem"]["shipments"]:
        del shipment["pickup_windows"], shipment["delivery_windows"]
    for vehicle in short["problem"]["vehicles"]:
        del vehicle["end_place_id"], vehicle["max_distance_m"], vehicle["name"]
    del short["matrix"]["estimates"]

    assert read_problem(short) == (PROBLEM, MATRIX)


@pytest.mark.parametrize(
    ("path", "value", "refusal", "data"),
    [
        (
            ("problem", "vehicles", 1, "shift_end_s"),
            "five",
            WrongType,
            {
                "field": "document.problem.vehicles[1].shift_end_s",
                "expected": "integer",
                "value": "'five'",
            },
        ),
        (
            ("problem", "shipments", 0, "amounts", 0, "mass_g"),
            1.5,
            WrongType,
            {
                "field": ("document.problem.shipments[0].amounts[0].mass_g"),
                "expected": "integer",
                "value": "1.5",
            },
        ),
        (
            ("matrix", "durations_s", 2, 1),
            None,
            WrongType,
            {
                "field": "document.matrix.durations_s[2][1]",
                "expected": "integer",
                "value": "None",
            },
        ),
        (
            ("problem", "places"),
            {},
            WrongType,
            {
                "field": "document.problem.places",
                "expected": "list",
                "value": "{}",
            },
        ),
        (
            ("version",),
            2,
            WrongFormat,
            {"field": "document.version", "expected": 1, "value": 2},
        ),
        (
            ("format",),
            "vroom",
            WrongFormat,
            {
                "field": "document.format",
                "expected": "charroi.routing.problem",
                "value": "vroom",
            },
        ),
    ],
)
def test_a_wrong_field_is_named(path, value, refusal, data):
    wrong = document()
    target = wrong
    for step in path[:-1]:
        target = target[step]
    target[path[-1]] = value

    with pytest.raises(refusal) as caught:
        read_problem(wrong)

    assert caught.value.data == data


def test_a_missing_field_is_named():
    wrong = document()
    del wrong["problem"]["shipments"][3]["delivery_place_id"]

    with pytest.raises(MissingField) as caught:
        read_problem(wrong)

    assert caught.value.data == {
        "field": "document.problem.shipments[3].delivery_place_id"
    }
