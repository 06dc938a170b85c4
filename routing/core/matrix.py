"""Distances and times between places: whole metres and seconds, each way its own.

Nothing here may assume that a detour is longer than the direct way: rounding breaks
that, and so do one-way streets measured at different hours.
"""

import hashlib
import json
from dataclasses import dataclass, field

from routing.core.errors import DuplicateName, MatrixMismatch, NegativeValue
from routing.core.problem import Problem

Rows = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Leg:
    """The way from one place to the next; an estimate when no street says it."""

    distance_m: int
    duration_s: int
    is_estimate: bool = False


@dataclass(frozen=True, slots=True)
class Matrix:
    """Every leg between the places of a problem, row = from, column = to.

    `engine` names what measured it; `estimates` holds the (from, to) positions that
    are great-circle guesses; `digest` names the content, so that two plans can be
    known to stand on the same figures.
    """

    place_ids: tuple[str, ...]
    distances_m: Rows
    durations_s: Rows
    engine: str = "given"
    estimates: frozenset[tuple[int, int]] = frozenset()
    digest: str = field(init=False, compare=False)
    _positions: dict[str, int] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        positions = {place_id: i for i, place_id in enumerate(self.place_ids)}
        if len(positions) != len(self.place_ids):
            twice = next(p for p in self.place_ids if self.place_ids.count(p) > 1)
            raise DuplicateName(field="matrix.place_ids", value=twice)
        _require_square("matrix.distances_m", self.distances_m, len(positions))
        _require_square("matrix.durations_s", self.durations_s, len(positions))
        for pair in self.estimates:
            if not all(0 <= position < len(positions) for position in pair):
                raise MatrixMismatch(field="matrix.estimates", value=str(pair))
        object.__setattr__(self, "_positions", positions)
        object.__setattr__(self, "digest", self._content_digest())

    def _content_digest(self) -> str:
        content = [
            self.engine,
            self.place_ids,
            self.distances_m,
            self.durations_s,
            sorted(self.estimates),
        ]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()

    def position(self, place_id: str) -> int:
        """The row and column of a place."""
        return self._positions[place_id]

    def leg(self, from_place_id: str, to_place_id: str) -> Leg:
        """The way from one place to another."""
        start, end = self._positions[from_place_id], self._positions[to_place_id]
        return Leg(
            distance_m=self.distances_m[start][end],
            duration_s=self.durations_s[start][end],
            is_estimate=(start, end) in self.estimates,
        )

    def require_places_of(self, problem: Problem) -> None:
        """Refuse a matrix that lacks a place of the problem.

        Raises MatrixMismatch.
        """
        for place in problem.places:
            if place.id not in self._positions:
                raise MatrixMismatch(field="matrix.place_ids", value=place.id)


def _require_square(field_name: str, rows: Rows, size: int) -> None:
    if len(rows) != size or any(len(row) != size for row in rows):
        raise MatrixMismatch(field=field_name, value=f"{size} × {size}")
    for i, row in enumerate(rows):
        if row[i] != 0:
            raise MatrixMismatch(field=f"{field_name}[{i}][{i}]", value=row[i])
        if min(row) < 0:
            raise NegativeValue(field=f"{field_name}[{i}]", value=min(row))
