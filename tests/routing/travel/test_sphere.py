"""Great circles agree with geopy."""

import numpy as np
import pytest
from geopy.distance import great_circle

from routing.travel.sphere import great_circle_m


def test_great_circles_agree_with_geopy():
    lats = np.array([45.5, 45.61, 46.81, 58.1])
    lons = np.array([-73.6, -73.55, -71.21, -68.4])

    ours_m = great_circle_m(lats[:, None], lons[:, None], lats, lons)

    geopy_m = [
        [great_circle(origin, end).meters for end in zip(lats, lons, strict=True)]
        for origin in zip(lats, lons, strict=True)
    ]
    assert ours_m == pytest.approx(np.array(geopy_m), abs=1e-3)
