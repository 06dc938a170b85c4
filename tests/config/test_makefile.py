"""What the Makefile runs is there: a target nobody tries would rot unseen."""

import re
from importlib.util import find_spec

import pytest

from tests.factories.sites import ROOT

MAKEFILE = (ROOT / "Makefile").read_text()
MODULES = sorted(set(re.findall(r"(?:\$\(PY\)|python) -m ([\w.]+)", MAKEFILE)))


def is_runnable(module: str) -> bool:
    """Whether `python -m module` finds something to run."""
    try:
        spec = find_spec(module)
    except ModuleNotFoundError:
        return False
    is_package = spec is not None and spec.submodule_search_locations is not None
    return find_spec(f"{module}.__main__") is not None if is_package else bool(spec)


@pytest.mark.parametrize("module", MODULES)
def test_every_module_that_make_runs_can_be_run(module: str) -> None:
    assert is_runnable(module)


def test_a_package_that_cannot_be_run_is_noticed() -> None:
    assert [is_runnable(name) for name in ("benchmarks", "benchmarks.nothing")] == [
        False,
        False,
    ]
