"""The real checkout, and a way to plant a fake one with a deliberate fault."""

from pathlib import Path

import pytest

from tests.house.sources import CHECKOUT, House, Plant


@pytest.fixture(scope="session")
def house() -> House:
    """The checkout these tests are part of."""
    return House(CHECKOUT)


@pytest.fixture
def plant(tmp_path: Path) -> Plant:
    """Write a small fake checkout: path to text."""

    def write(files: dict[str, str]) -> House:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return House(tmp_path)

    return write
