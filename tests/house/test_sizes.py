"""Sizes of files, functions and signatures."""

from tests.house import inspect_sizes as inspect


def test_files_fit_on_a_few_screens(house):
    assert list(map(str, inspect.long_files(house))) == []


def test_a_long_file_is_refused_and_a_long_table_is_not(plant):
    table = "RATES = [\n" + "    1,\n" * 500 + "]\n"
    house = plant({"hub/views.py": "x = 1\n" * 401, "pricing/core/taxes.py": table})

    complaints = list(map(str, inspect.long_files(house)))

    assert complaints == ["hub/views.py:1: 401 lines, at most 400"]


def test_pages_scripts_and_styles_fit_too(house):
    assert list(map(str, inspect.long_pages(house))) == []


def test_a_long_page_is_refused(plant):
    house = plant({"hub/templates/hub/today.html": "<p></p>\n" * 401})

    complaints = list(map(str, inspect.long_pages(house)))

    assert complaints == ["hub/templates/hub/today.html:1: 401 lines, at most 400"]


def test_functions_fit_on_one_screen(house):
    assert list(map(str, inspect.long_functions(house))) == []


def test_a_long_function_is_refused(plant):
    fitting = "def fits():\n" + "    x = 1\n" * 59
    house = plant({"hub/views.py": fitting + "def long():\n" + "    x = 1\n" * 60})

    complaints = list(map(str, inspect.long_functions(house)))

    assert complaints == ["hub/views.py:61: long has 61 lines"]


def test_signatures_are_not_crowded(house):
    assert list(map(str, inspect.crowded_signatures(house))) == []


def test_six_arguments_by_position_are_refused(plant):
    text = (
        "def six(a, b, c, d, e, f): ...\n"
        "def named(a, *, b, c, d, e, f): ...\n"
        "class Truck:\n    def load(self, a, b, c, d, e): ...\n"
    )
    house = plant({"routing/services.py": text})

    complaints = list(map(str, inspect.crowded_signatures(house)))

    assert complaints == ["routing/services.py:1: six takes 6 arguments"]
