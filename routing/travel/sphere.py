"""Great circles over many points at once."""

from collections.abc import Sequence

import numpy as np
from geopy.distance import EARTH_RADIUS

from routing.travel.base import FloatArray, Point

EARTH_RADIUS_M = EARTH_RADIUS * 1000


def coordinates(places: Sequence[Point]) -> tuple[FloatArray, FloatArray]:
    """Return the latitudes and the longitudes of the places, in degrees."""
    lats = np.array([place.lat for place in places], dtype=np.float64)
    lons = np.array([place.lon for place in places], dtype=np.float64)
    return lats, lons


def great_circle_m(
    lat: FloatArray, lon: FloatArray, to_lat: FloatArray, to_lon: FloatArray
) -> FloatArray:
    """Return great-circle distances in metres; arguments broadcast as in numpy.

    The haversine formula on the sphere of geopy, with which a test compares it:
    geopy takes one pair at a time, which is too slow for a matrix.
    """
    lat, to_lat = np.radians(lat), np.radians(to_lat)
    half_lat = np.sin((to_lat - lat) / 2)
    half_lon = np.sin(np.radians(to_lon - lon) / 2)
    chord = half_lat**2 + np.cos(lat) * np.cos(to_lat) * half_lon**2
    distance_m: FloatArray = 2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(chord))
    return distance_m


def unit_vectors(lats: FloatArray, lons: FloatArray) -> FloatArray:
    """Place points on the unit sphere, where the nearest chord is the nearest arc."""
    lat, lon = np.radians(lats), np.radians(lons)
    flat = np.cos(lat)
    return np.column_stack((flat * np.cos(lon), flat * np.sin(lon), np.sin(lat)))
