"""Trucks and farm gates of a hub, to ask what picking up at each farm costs."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hub import selectors as hub_selectors
from routing.bridge.problems import point_of, vehicle_of
from routing.core.errors import PlaceOffTheMap
from routing.core.problem import Place, Vehicle
from routing.travel.base import Point

if TYPE_CHECKING:
    from hub.models import Place as PlaceRow
    from routing.models import Vehicle as VehicleRow


@dataclass(frozen=True, slots=True)
class Pickups:
    """Trucks, farm gates by farm id, and where all of them stand."""

    vehicles: tuple[Vehicle, ...]
    farms: dict[int, Place]
    points: dict[str, Point]


def pickups_for(
    *, vehicles: Iterable[VehicleRow], farm_ids: Collection[int]
) -> Pickups:
    """What can be measured: a place outside Quebec leaves its truck or farm out."""
    points: dict[str, Point] = {}
    kept = tuple(vehicle_of(row) for row in vehicles if _located(row.home, points))
    gates = hub_selectors.loading_places(farm_ids)
    rows = hub_selectors.places_by_pk(gates.values())
    farms = {
        farm_id: Place(row.public_id, row.name, row.service_duration_s)
        for farm_id, place_id in sorted(gates.items())
        if _located(row := rows[place_id], points)
    }
    return Pickups(vehicles=kept, farms=farms, points=points)


def _located(row: PlaceRow, points: dict[str, Point]) -> bool:
    try:
        points[row.public_id] = point_of(row)
    except PlaceOffTheMap:
        return False
    return True
