"""Tests that can fail, and skips that say why."""

import pytest

from tests.house import inspect_tests as inspect


def test_every_test_can_fail(house):
    assert list(map(str, inspect.tests_that_cannot_fail(house))) == []


@pytest.mark.parametrize(
    "body", ["pass", "assert True", "assert (x == 1, 'x')", "place_order()"]
)
def test_a_test_that_cannot_fail_is_refused(plant, body):
    house = plant({"tests/orders/test_a.py": f"def test_it():\n    {body}\n"})

    complaints = list(map(str, inspect.tests_that_cannot_fail(house)))

    assert complaints == ["tests/orders/test_a.py:1: test_it asserts nothing"]


@pytest.mark.parametrize(
    "body",
    [
        "assert x == 1",
        "with pytest.raises(CycleClosed): close()",
        "_conserved()\ndef _conserved():\n    assert x == 1",
    ],
)
def test_a_test_that_claims_something_is_welcome(plant, body):
    house = plant({"tests/orders/test_a.py": f"def test_it():\n    {body}\n"})

    assert inspect.tests_that_cannot_fail(house) == []


def test_every_skip_says_why(house):
    assert list(map(str, inspect.skips_without_reason(house))) == []


def test_a_skip_without_reason_is_refused(plant):
    text = (
        "import pytest\n"
        "@pytest.mark.skip\ndef test_a(): ...\n"
        "@pytest.mark.skip(reason='needs Redis')\ndef test_b(): ...\n"
    )
    house = plant({"tests/hub/test_a.py": text})

    complaints = list(map(str, inspect.skips_without_reason(house)))

    assert complaints == ["tests/hub/test_a.py:2: pytest.mark.skip without a reason"]
