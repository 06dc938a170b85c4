"""A matrix kept with the points it was measured between, for repeatable plans."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from routing.core.errors import MatrixMismatch, WrongFormat
from routing.core.matrix import Matrix
from routing.travel.base import LatLon, Point

FORMAT = "charroi.travel/1"


@dataclass(frozen=True, slots=True)
class StoredTravel:
    """The provider that measures nothing: it answers from one stored matrix.

    `points` are in the order of the matrix. The engine stays the one that measured.
    """

    points: tuple[Point, ...]
    matrix: Matrix

    def __post_init__(self) -> None:
        if len(self.points) != len(self.matrix.place_ids):
            raise MatrixMismatch(field="points", value=len(self.points))

    @property
    def engine(self) -> str:
        """What measured the stored figures."""
        return self.matrix.engine

    def matrix_for(self, points: Mapping[str, Point]) -> Matrix:
        """Return the stored legs between points, under the ids of the caller.

        Raises MatrixMismatch for a point that is not stored.
        """
        chosen = [self._position(point) for point in points.values()]
        stored = self.matrix
        return Matrix(
            place_ids=tuple(points),
            distances_m=_picked(stored.distances_m, chosen),
            durations_s=_picked(stored.durations_s, chosen),
            engine=stored.engine,
            estimates=frozenset(
                (row, column)
                for row, start in enumerate(chosen)
                for column, end in enumerate(chosen)
                if (start, end) in stored.estimates
            ),
        )

    def leg_geometry(self, origin: Point, destination: Point) -> list[LatLon]:
        """Return the two ends: lines are not stored."""
        return [(origin.lat, origin.lon), (destination.lat, destination.lon)]

    def _position(self, point: Point) -> int:
        if point not in self.points:
            raise MatrixMismatch(field="points", value=f"{point.lat}, {point.lon}")
        return self.points.index(point)


def document_of(stored: StoredTravel) -> dict[str, Any]:
    """Write a stored matrix as plain JSON values."""
    matrix = stored.matrix
    return {
        "format": FORMAT,
        "engine": matrix.engine,
        "digest": matrix.digest,
        "place_ids": list(matrix.place_ids),
        "points": [[point.lat, point.lon] for point in stored.points],
        "distances_m": [list(row) for row in matrix.distances_m],
        "durations_s": [list(row) for row in matrix.durations_s],
        "estimates": sorted(list(pair) for pair in matrix.estimates),
    }


def stored_from(document: Mapping[str, Any]) -> StoredTravel:
    """Read back what `document_of` wrote.

    Raises WrongFormat, and MatrixMismatch when the figures do not give the digest
    they were stored with.
    """
    if document.get("format") != FORMAT:
        raise WrongFormat(field="format", expected=FORMAT, value=document.get("format"))
    matrix = Matrix(
        place_ids=tuple(document["place_ids"]),
        distances_m=tuple(tuple(row) for row in document["distances_m"]),
        durations_s=tuple(tuple(row) for row in document["durations_s"]),
        engine=document["engine"],
        estimates=frozenset((start, end) for start, end in document["estimates"]),
    )
    if matrix.digest != document["digest"]:
        raise MatrixMismatch(field="digest", value=matrix.digest)
    return StoredTravel(
        points=tuple(Point(lat, lon) for lat, lon in document["points"]),
        matrix=matrix,
    )


def _picked(
    rows: tuple[tuple[int, ...], ...], chosen: list[int]
) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(rows[start][end] for end in chosen) for start in chosen)
