"""Streets and crossings as arrays: what is searched, drawn and joined."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely

from routing.travel.base import FloatArray, IntArray, LatLon
from routing.travel.sphere import EARTH_RADIUS_M

MAIN_CLASSES = frozenset({"motorway", "trunk", "primary"})
GATEWAY_BAND_M = 1_000.0


@dataclass(frozen=True, slots=True)
class Street:
    """One directed stretch of street between two crossings."""

    start: int
    end: int
    length_m: float
    duration_s: float
    name: str
    road_class: str
    line: tuple[LatLon, ...]


@dataclass(frozen=True, eq=False)
class RoadNetwork:
    """Streets and crossings as arrays; crossings are numbered from zero.

    `streets` is sorted by (start, end) and holds the quickest street of each pair,
    so it lines up with the rows of a compressed sparse matrix. `digest` names the
    bytes the network was read from.
    """

    digest: str
    lats: FloatArray
    lons: FloatArray
    streets: tuple[Street, ...]

    @property
    def num_nodes(self) -> int:
        """Count the crossings."""
        return len(self.lats)

    @cached_property
    def starts(self) -> IntArray:
        """Where each street starts, rising."""
        return np.array([street.start for street in self.streets], dtype=np.int64)

    @cached_property
    def ends(self) -> IntArray:
        """Where each street ends, rising within one start."""
        return np.array([street.end for street in self.streets], dtype=np.int64)

    @cached_property
    def length_m(self) -> FloatArray:
        """Length of each street."""
        return np.array([street.length_m for street in self.streets])

    @cached_property
    def duration_s(self) -> FloatArray:
        """Free-flow duration of each street."""
        return np.array([street.duration_s for street in self.streets])

    @cached_property
    def lines(self) -> dict[tuple[int, int], tuple[LatLon, ...]]:
        """The drawing of each street by its two ends."""
        return {(street.start, street.end): street.line for street in self.streets}

    @cached_property
    def outline(self) -> shapely.Polygon:
        """The convex outline of the crossings, on the plane of `on_plane`."""
        hull = shapely.MultiPoint(self.on_plane(self.lats, self.lons)).convex_hull
        assert isinstance(hull, shapely.Polygon)
        return hull

    @cached_property
    def gateways(self) -> IntArray:
        """Crossings where traffic from outside the file comes in.

        They lie on a motorway, trunk or primary road (ramps included) within a
        kilometre of the outline; all crossings when the file has none of these.
        """
        main = {
            node
            for street in self.streets
            if street.road_class.removesuffix("_link") in MAIN_CLASSES
            for node in (street.start, street.end)
        }
        points = shapely.points(self.on_plane(self.lats, self.lons))
        near = shapely.dwithin(points, self.outline.exterior, GATEWAY_BAND_M)
        chosen = sorted(main.intersection(np.flatnonzero(near).tolist()))
        return np.array(chosen or range(self.num_nodes), dtype=np.int64)

    def on_plane(self, lats: FloatArray, lons: FloatArray) -> FloatArray:
        """Flatten degrees into metres east and north of the network's middle.

        Good for deciding what is inside; distances travelled never come from it.
        """
        middle_lat, middle_lon = self.lats.mean(), self.lons.mean()
        east = np.radians(lons - middle_lon) * np.cos(np.radians(middle_lat))
        north = np.radians(lats - middle_lat)
        plane: FloatArray = np.column_stack((east, north)) * EARTH_RADIUS_M
        return plane
