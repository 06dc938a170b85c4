"""A point is in Quebec; legs are rounded once."""

import numpy as np
import pytest

from hub.core.errors import (
    CoordinatesSwapped,
    LongitudeWithoutMinus,
    PlaceOutsideTerritory,
)
from routing.core.matrix import Matrix
from routing.travel.base import Legs, Point


def test_a_point_in_quebec_keeps_its_coordinates():
    point = Point(45.61, -73.55)

    assert (point.lat, point.lon) == (45.61, -73.55)


@pytest.mark.parametrize(
    ("lat", "lon", "refusal"),
    [
        (43.65, -79.38, PlaceOutsideTerritory),  # Toronto
        (49.89, -97.14, PlaceOutsideTerritory),  # Winnipeg
        (float("nan"), -73.55, PlaceOutsideTerritory),
        (-73.55, 45.61, CoordinatesSwapped),
        (45.61, 73.55, LongitudeWithoutMinus),
    ],
)
def test_a_point_outside_quebec_is_refused(lat, lon, refusal):
    with pytest.raises(refusal):
        Point(lat, lon)


def test_legs_are_rounded_once_to_whole_metres_and_seconds():
    legs = Legs(
        distance_m=np.array([[0.0, 1200.6], [1199.4, 0.0]]),
        duration_s=np.array([[0.0, 90.51], [89.49, 0.0]]),
        is_estimate=np.array([[False, True], [False, False]]),
    )

    matrix = legs.rounded(("a", "b"), engine="by hand")

    assert matrix == Matrix(
        place_ids=("a", "b"),
        distances_m=((0, 1201), (1199, 0)),
        durations_s=((0, 91), (89, 0)),
        engine="by hand",
        estimates=frozenset({(0, 1)}),
    )
