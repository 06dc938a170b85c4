"""A matrix kept with the points it was measured between, for repeatable plans."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from routing.core.errors import MatrixMismatch, WrongFormat, WrongType
from routing.core.formats.fields import Fields, fields_of
from routing.core.formats.problems import matrix_content, matrix_from
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
    return {
        "format": FORMAT,
        "points": [{"lat": point.lat, "lon": point.lon} for point in stored.points],
        "matrix": matrix_content(stored.matrix),
        "digest": stored.matrix.digest,
    }


def stored_from(document: object) -> StoredTravel:
    """Read back what `document_of` wrote.

    Raises RoutingRefused: MatrixMismatch when the figures do not give the digest
    they were stored with, and whatever else the reader of fields finds wrong. A
    point may also be refused for being outside Quebec.
    """
    fields = fields_of("document", document)
    found = fields.text("format")
    if found != FORMAT:
        raise WrongFormat(field="document.format", expected=FORMAT, value=found)
    matrix = matrix_from(fields.inside("matrix"))
    if matrix.digest != fields.text("digest"):
        raise MatrixMismatch(field="document.digest", value=matrix.digest)
    points = tuple(
        Point(lat=_degrees(point, "lat"), lon=_degrees(point, "lon"))
        for point in fields.objects("points")
    )
    return StoredTravel(points=points, matrix=matrix)


def _degrees(point: Fields, name: str) -> float:
    value = point.content.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise WrongType(
            field=f"{point.path}.{name}", expected="number", value=repr(value)[:40]
        )
    return float(value)


def _picked(
    rows: tuple[tuple[int, ...], ...], chosen: list[int]
) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(rows[start][end] for end in chosen) for start in chosen)
