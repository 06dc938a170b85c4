"""The twin hubs of the access table, here with hostile texts in every column."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from tests.access.asking import Asker
from tests.access.conftest import asker, twins, world

__all__ = ["asker", "twins", "undone", "world"]


@pytest.fixture
def undone(asker: Asker) -> Iterator[None]:
    """Nothing that the test writes stays for the next one of its file."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
