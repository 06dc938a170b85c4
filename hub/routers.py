"""All tables live in one database; the aliases differ only by role and connection."""

from typing import Any


class OneDatabase:
    """Let rows read over one alias relate to rows read over another."""

    def allow_relation(self, _one: Any, _other: Any, **_hints: Any) -> bool:
        """Every alias names the same database."""
        return True
