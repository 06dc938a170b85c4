"""Import rules by path: each is kept here and refused in a planted fault."""

import pytest

from tests.house import inspect_imports as inspect


def test_each_library_is_spoken_in_its_own_rooms(house):
    assert list(map(str, inspect.misplaced_libraries(house))) == []


@pytest.mark.parametrize(
    ("path", "text", "library"),
    [
        ("orders/core/allocation.py", "from ortools.sat import cp\n", "ortools"),
        ("orders/services.py", "import osmnx\n", "osmnx"),
        ("routing/bridge.py", "import geopy.distance\n", "geopy"),
        ("hub/views.py", "from ninja import Router\n", "ninja"),
        ("orders/services.py", "from celery import shared_task\n", "celery"),
    ],
)
def test_a_library_in_the_wrong_room_is_refused(plant, path, text, library):
    house = plant({path: text})

    complaints = list(map(str, inspect.misplaced_libraries(house)))

    assert complaints == [f"{path}:1: {library} is not for this room"]


def test_a_library_in_its_own_room_is_welcome(plant):
    house = plant(
        {
            "orders/core/solve/model.py": "from ortools.sat import cp\n",
            "routing/travel/road_graph.py": "import osmnx\n",
            "hub/api.py": "from ninja import Router\n",
            "hub/tasks.py": "from celery import shared_task\n",
        }
    )

    assert inspect.misplaced_libraries(house) == []


def test_core_is_pure(house):
    assert list(map(str, inspect.impure_core(house))) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("from django.utils import timezone\n", "imports django.utils.timezone"),
        ("import time\n", "imports time"),
        ("import subprocess\n", "imports subprocess"),
        ("import requests\n", "imports requests"),
        ("from datetime import date\ndate.today()\n", "calls date.today"),
        ("open('prices.csv')\n", "calls open"),
        ("import random\nrandom.random()\n", "calls random.random"),
    ],
)
def test_the_world_in_core_is_refused(plant, text, fault):
    house = plant({"hub/ledger/core/moves.py": text})

    complaints = list(map(str, inspect.impure_core(house)))

    line = text.count("\n")
    assert complaints == [f"hub/ledger/core/moves.py:{line}: core {fault}"]


def test_a_solver_reads_the_clock_but_not_the_database(plant):
    clock = "import time\nimport subprocess\n"
    house = plant(
        {
            "routing/core/__main__.py": clock,
            "routing/core/solve/search.py": clock,
            "routing/core/solve/model.py": "import django.db\n",
        }
    )

    complaints = list(map(str, inspect.impure_core(house)))

    assert complaints == ["routing/core/solve/model.py:1: core imports django.db"]


def test_imports_are_absolute(house):
    assert list(map(str, inspect.relative_imports(house))) == []


def test_a_relative_import_is_refused(plant):
    house = plant({"orders/views.py": "from . import services\n"})

    complaints = list(map(str, inspect.relative_imports(house)))

    assert complaints == ["orders/views.py:1: relative import"]


def test_imports_stand_at_the_top(house):
    assert list(map(str, inspect.hidden_imports(house))) == []


def test_a_late_import_needs_its_reason(plant):
    reasoned = "def graph():\n    import osmnx  # takes three seconds to load\n"
    house = plant(
        {
            "orders/services.py": "def place():\n    import json\n",
            "routing/travel/road_graph.py": reasoned,
            "routing/core/__main__.py": "def solve():\n    # Why.\n    import json\n",
        }
    )

    complaints = list(map(str, inspect.hidden_imports(house)))

    assert complaints == ["orders/services.py:2: import inside a function"]


def test_imports_for_type_checking_point_down(house):
    assert list(map(str, inspect.climbing_type_imports(house))) == []


def test_an_import_for_type_checking_that_climbs_is_refused(plant):
    head = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    "
    house = plant(
        {
            "hub/services.py": f"{head}from orders.models import Order\n",
            "producers/services.py": f"{head}from pricing.models import Tier\n",
            "orders/services.py": f"{head}from producers.models import Variant\n",
        }
    )

    complaints = list(map(str, inspect.climbing_type_imports(house)))

    assert complaints == [
        "hub/services.py:3: type import of orders.models.Order climbs",
        "producers/services.py:3: type import of pricing.models.Tier climbs",
    ]
