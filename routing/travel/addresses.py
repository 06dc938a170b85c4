"""Plausible addresses on real streets, for a fictional hub and its drop points."""

import random
from dataclasses import dataclass

import numpy as np
import shapely

from routing.travel.base import Point
from routing.travel.network import RoadNetwork, Street
from routing.travel.sphere import great_circle_m

ADDRESS_CLASSES = frozenset({"residential", "secondary"})
# Long enough to hold doors, short enough that its middle is near a crossing.
STREET_MIN_M, STREET_MAX_M = 60.0, 400.0
# Of this many streets drawn by lot, the one farthest from the others is taken.
DRAWS = 12


@dataclass(frozen=True, slots=True)
class SampleAddress:
    """A point on a street that exists, under the name OpenStreetMap gives it."""

    point: Point
    street: str


def sample_addresses(network: RoadNetwork, n: int, seed: int) -> list[SampleAddress]:
    """Choose `n` addresses spread over the network, no two on streets of one name.

    The same network, number and seed give the same addresses, and the first
    addresses of a larger number are those of a smaller one. Fewer come back when
    the network has fewer named streets.
    """
    chance = random.Random(seed)  # noqa: S311 - a fictional hub needs no secret
    streets = [street for street in network.streets if _has_addresses(street)]
    chosen: list[SampleAddress] = []
    while streets and len(chosen) < n:
        drawn = chance.sample(streets, min(DRAWS, len(streets)))
        addresses = [SampleAddress(_middle(street), street.name) for street in drawn]
        best = max(addresses, key=lambda address: _room_m(address, chosen))
        chosen.append(best)
        streets = [street for street in streets if street.name != best.street]
    return chosen


def _has_addresses(street: Street) -> bool:
    return (
        bool(street.name)
        and street.road_class in ADDRESS_CLASSES
        and STREET_MIN_M <= street.length_m <= STREET_MAX_M
    )


def _middle(street: Street) -> Point:
    middle = shapely.LineString(street.line).interpolate(0.5, normalized=True)
    return Point(lat=round(middle.x, 6), lon=round(middle.y, 6))


def _room_m(address: SampleAddress, chosen: list[SampleAddress]) -> float:
    """Measure how far the nearest chosen address is."""
    if not chosen:
        return 0.0
    away_m = great_circle_m(
        np.array(address.point.lat),
        np.array(address.point.lon),
        np.array([other.point.lat for other in chosen]),
        np.array([other.point.lon for other in chosen]),
    )
    return float(away_m.min())
