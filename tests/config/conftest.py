"""Checkouts of the embedded server, gone after each test."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.factories.checkouts import Checkout, copy_of_checkout


@pytest.fixture
def public_folder() -> Iterator[Path]:
    """A folder every account may enter, which pytest's own is not for root."""
    folder = Path(tempfile.mkdtemp(prefix="charroi-test-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def checkout(tmp_path: Path, public_folder: Path) -> Iterator[Checkout]:
    made = copy_of_checkout(tmp_path / "checkout", public_folder / "data")
    yield made
    if made.folder.exists():
        made.command("stop")
