"""Modules, public classes, services and core rules say what they promise."""

from tests.house import inspect_docstrings as inspect


def test_modules_say_what_they_hold(house):
    assert list(map(str, inspect.silent_modules(house))) == []


def test_a_silent_module_is_refused(plant):
    house = plant({"hub/__init__.py": "", "hub/views.py": "x = 1\n"})

    complaints = list(map(str, inspect.silent_modules(house)))

    assert complaints == ["hub/views.py:1: module without docstring"]


def test_public_classes_say_what_they_are(house):
    assert list(map(str, inspect.silent_classes(house))) == []


def test_a_silent_public_class_is_refused(plant):
    text = "class Order:\n    class Meta: ...\nclass _Draft: ...\n"
    house = plant({"orders/models.py": text})

    complaints = list(map(str, inspect.silent_classes(house)))

    assert complaints == ["orders/models.py:1: class Order without docstring"]


def test_services_and_core_functions_promise_something(house):
    assert list(map(str, inspect.silent_functions(house))) == []


def test_a_silent_service_or_rule_is_refused(plant):
    rule = "def close(): ...\ndef _help(): ...\n"
    house = plant(
        {
            "orders/services/cycles.py": rule,
            "orders/core/states.py": rule,
            "orders/views.py": rule,
        }
    )

    complaints = list(map(str, inspect.silent_functions(house)))

    assert complaints == [
        "orders/core/states.py:1: close without docstring",
        "orders/services/cycles.py:1: close without docstring",
    ]
