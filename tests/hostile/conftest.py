"""The twin hubs of the access table, here with hostile texts in every column."""

from tests.access.conftest import asker, world

__all__ = ["asker", "world"]
