"""Programs with keys, and the calls they make."""

from collections.abc import Callable

import pytest

from tests.factories import programs
from tests.factories.programs import Program

__all__ = ["MakeProgram", "Program", "let_in"]

MakeProgram = Callable[..., Program]


@pytest.fixture
def let_in() -> MakeProgram:
    """A program of this organization; with every scope unless told otherwise."""
    return programs.let_in
