"""Whether a plan still describes the cycles it was made for."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import TypedDict

Revision = tuple[str, int]
"""A cycle's name and its revision."""


class How(StrEnum):
    """In what a cycle is not as it was planned."""

    CHANGED = "changed"
    CLOSED_LATER = "closed_later"
    CAME = "came"
    GONE = "gone"


class Moved(TypedDict):
    """A cycle that is not as it was planned."""

    how: How

    cycle: str
    planned: int
    current: int


def first_moved(
    *,
    planned: Mapping[int, Revision],
    current: Mapping[int, Revision],
    guests: Collection[int] = (),
) -> Moved | None:
    """The first cycle, by id, that changed, closed later, came or is gone; else None.

    `planned` holds the revisions a plan was built on, `current` those of the closed
    cycles of the day now; `guests` are those of them that are delivered on another day
    and of which goods were moved to this one. A side that does not know the cycle
    counts as 0.
    """
    for pk in sorted({*planned, *current}):
        name, then = planned.get(pk, ("", 0))
        name, now = current.get(pk, (name, 0))
        if then != now or (pk in current) != (pk in planned):
            how = How.CHANGED if pk in planned and pk in current else How.GONE
            if pk not in planned:
                how = How.CAME if pk in guests else How.CLOSED_LATER
            return Moved(how=how, cycle=name, planned=then, current=now)
    return None
