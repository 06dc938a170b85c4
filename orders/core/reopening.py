"""What a cycle that is opened again can hold of its goods, as before its close."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Units of one farm's row behind one line: before the close, and given by it."""

    line_id: int
    availability_id: int
    before: int
    given: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """A farm's row: what it has, what other cycles are promised now and were then.

    `elsewhere_before` is None when nobody wrote it down at the close.
    """

    quantity: int
    elsewhere: int
    elsewhere_before: int | None


@dataclass(frozen=True, slots=True)
class Restored:
    """Units by (line, row), and what each line lacks of what it held before."""

    units: Mapping[tuple[int, int], int]
    lacking: Mapping[int, int]


def restore(held: Iterable[Held], shelves: Mapping[int, Shelf]) -> Restored:
    """Put promises back as they were before a close, as far as nobody took them since.

    A row of which others are promised no more than then takes back all of it, also
    what its farm was short of. Of any other row only what is left is promised again;
    what a line lacks so is kept of the rows that the close had given it instead.
    """
    rows = sorted(held, key=lambda one: (one.line_id, one.availability_id))
    taken: Counter[int] = Counter()
    units: dict[tuple[int, int], int] = {}
    lacking: Counter[int] = Counter()
    for one in rows:
        shelf = shelves[one.availability_id]
        back = one.before
        if not _is_untouched(shelf):
            room = shelf.quantity - shelf.elsewhere - taken[one.availability_id]
            back = min(back, max(room, 0))
        taken[one.availability_id] += back
        units[one.line_id, one.availability_id] = back
        lacking[one.line_id] += one.before - back
    for one in rows:
        key = one.line_id, one.availability_id
        shelf = shelves[one.availability_id]
        room = shelf.quantity - shelf.elsewhere - taken[one.availability_id]
        more = min(lacking[one.line_id], one.given - units[key], room)
        if more > 0:
            taken[one.availability_id] += more
            units[key] += more
            lacking[one.line_id] -= more
    return Restored(
        units={key: num for key, num in units.items() if num},
        lacking={line_id: num for line_id, num in lacking.items() if num},
    )


def _is_untouched(shelf: Shelf) -> bool:
    return (
        shelf.elsewhere_before is not None and shelf.elsewhere <= shelf.elsewhere_before
    )
