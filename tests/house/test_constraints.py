"""Every planning constraint is checked apart from the solver and tested by hand."""

from tests.house.inspect_constraints import unpaired_constraints


def test_every_constraint_is_checked_and_tested(house):
    assert list(map(str, unpaired_constraints(house))) == []


def test_a_constraint_nobody_checks_or_tests_is_noticed(plant):
    house = plant(
        {
            "routing/core/solve/constraints.py": (
                "def add_loads(model): ...\ndef add_shifts(model): ...\n"
            ),
            "routing/core/check/loads.py": "def check_loads(plan): ...\n",
            "tests/routing/core/test_loads.py": "def test_loads_fit(): ...\n",
        }
    )

    complaints = list(map(str, unpaired_constraints(house)))

    assert complaints == [
        "routing/core/solve/constraints.py:2: add_shifts has no check_shifts",
        "routing/core/solve/constraints.py:2: add_shifts has no test_shifts_…",
    ]
