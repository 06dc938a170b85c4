"""The territory: is a point in Quebec?

The outline is our own, drawn from the published course of the border (the Ottawa
River, the 45th parallel, the watershed of Maine, the Restigouche, the 52nd parallel
and the Labrador watershed) with a point every few kilometres where people live close
to it and far fewer in the north. It may be wrong by a kilometre or two along the
border and by some tens in the north: it is there to catch a swapped or mistyped
coordinate, not to settle where a farm pays its taxes.
"""

from math import isfinite

from hub.core.errors import (
    CoordinatesSwapped,
    LongitudeWithoutMinus,
    PlaceOutsideTerritory,
)

OUTLINE: tuple[tuple[float, float], ...] = (
    # Ontario, from James Bay down to the Ottawa River
    (62.80, -79.90), (51.47, -79.90), (51.47, -79.52), (47.56, -79.52),
    (47.10, -79.44), (46.71, -79.10), (46.32, -78.70), (46.25, -78.30),
    (46.19, -77.69), (46.12, -77.46), (45.92, -77.24), (45.84, -77.10),
    (45.80, -76.90), (45.72, -76.77), (45.58, -76.67), (45.47, -76.40),
    (45.51, -76.22), (45.45, -76.02), (45.375, -75.85), (45.385, -75.80),
    (45.418, -75.735), (45.421, -75.716), (45.428, -75.702), (45.445, -75.696),
    (45.462, -75.650), (45.470, -75.600), (45.510, -75.510), (45.56, -75.29),
    (45.585, -75.10), (45.635, -74.90), (45.620, -74.62), (45.575, -74.40),
    (45.560, -74.383), (45.300, -74.465), (45.205, -74.345), (45.150, -74.430),
    (45.075, -74.560), (45.000, -74.660),
    # New York, Vermont, New Hampshire
    (44.990, -74.660), (45.010, -73.350), (45.015, -72.500), (45.005, -71.500),
    # Maine
    (45.250, -71.400), (45.300, -71.000), (45.230, -70.850), (45.400, -70.800),
    (45.720, -70.390), (45.950, -70.250), (46.190, -70.290), (46.420, -70.050),
    (46.700, -70.000), (47.460, -69.225), (47.430, -69.040), (47.300, -69.050),
    # New Brunswick
    (47.430, -68.700), (47.550, -68.380), (47.920, -68.380), (47.920, -68.120),
    (47.990, -67.600), (47.850, -67.350), (47.900, -67.100), (48.000, -66.850),
    (48.011, -66.690), (48.030, -66.600), (48.060, -66.300), (47.900, -65.700),
    # the Gulf, round the Magdalen Islands, to the Strait of Belle Isle
    (47.950, -64.500), (47.100, -62.300), (47.100, -61.300), (47.900, -61.000),
    (49.000, -61.000), (51.000, -58.500), (51.420, -57.110),
    # Labrador
    (52.000, -57.110), (52.000, -63.700), (52.700, -64.300), (52.850, -66.000),
    (52.300, -66.350), (52.200, -67.000), (52.900, -67.060), (53.500, -67.300),
    (54.700, -67.100), (55.250, -65.500), (56.000, -64.000), (57.600, -64.100),
    (58.900, -64.500), (60.380, -64.600), (61.200, -69.500), (62.800, -73.500),
)  # fmt: skip


def is_in_quebec(latitude: float, longitude: float) -> bool:
    """Tell whether a point, in degrees, lies inside the outline."""
    inside = False
    for (lat_a, lon_a), (lat_b, lon_b) in zip(
        OUTLINE, (*OUTLINE[1:], OUTLINE[0]), strict=True
    ):
        if (lat_a > latitude) == (lat_b > latitude):
            continue
        crossing = lon_a + (latitude - lat_a) * (lon_b - lon_a) / (lat_b - lat_a)
        if longitude < crossing:
            inside = not inside
    return inside


def require_in_quebec(latitude: float, longitude: float) -> None:
    """Refuse a point outside Quebec, saying which coordinate to correct and how.

    Raises CoordinatesSwapped or LongitudeWithoutMinus when that mistake explains
    the point, PlaceOutsideTerritory otherwise.
    """
    if not (isfinite(latitude) and isfinite(longitude)):
        field = "longitude" if isfinite(latitude) else "latitude"
        raise PlaceOutsideTerritory(field=field, latitude=latitude, longitude=longitude)
    if is_in_quebec(latitude, longitude):
        return
    if is_in_quebec(longitude, latitude):
        raise CoordinatesSwapped(
            field="latitude", latitude=latitude, longitude=longitude
        )
    if is_in_quebec(latitude, -longitude):
        raise LongitudeWithoutMinus(
            field="longitude", latitude=latitude, longitude=longitude
        )
    southmost, northmost = _span(0)
    field = "longitude" if southmost <= latitude <= northmost else "latitude"
    raise PlaceOutsideTerritory(field=field, latitude=latitude, longitude=longitude)


def _span(axis: int) -> tuple[float, float]:
    values = [point[axis] for point in OUTLINE]
    return min(values), max(values)
