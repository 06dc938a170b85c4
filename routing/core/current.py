"""Whether a plan still describes the cycles it was made for."""

from collections.abc import Mapping
from typing import TypedDict

Revision = tuple[str, int]
"""A cycle's name and its revision."""


class Moved(TypedDict):
    """A cycle that is not as it was planned."""

    cycle: str
    planned: int
    current: int


def first_moved(
    *, planned: Mapping[int, Revision], current: Mapping[int, Revision]
) -> Moved | None:
    """The first cycle, by id, that changed, closed later, or is gone; else None.

    `planned` holds the revisions a plan was built on, `current` those of the closed
    cycles of the day now. A side that does not know the cycle counts as 0.
    """
    for pk in sorted({*planned, *current}):
        name, then = planned.get(pk, ("", 0))
        name, now = current.get(pk, (name, 0))
        if then != now or (pk in current) != (pk in planned):
            return Moved(cycle=name, planned=then, current=now)
    return None
