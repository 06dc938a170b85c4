"""The lines of a plan's routes, for maps: drawn once, when the plan is made."""

from collections.abc import Mapping

from routing.core.plan import Plan
from routing.core.problem import Problem
from routing.travel.base import Point, TravelProvider

RouteLines = list[dict[str, object]]
"""Legs of one route in order: {"is_estimate": bool, "points": [[lat, lon], …]}."""


def lines_of(
    problem: Problem,
    plan: Plan,
    *,
    points: Mapping[str, Point],
    travel: TravelProvider,
) -> dict[str, RouteLines]:
    """The lines of every route, by vehicle id; degrees to the nearest metre."""
    vehicles = problem.vehicles_by_id()
    drawn = {}
    for route in plan.routes:
        vehicle = vehicles[route.vehicle_id]
        way = [
            vehicle.home_place_id,
            *(stop.place_id for stop in route.stops),
            vehicle.last_place_id,
        ]
        legs = [*(stop.leg for stop in route.stops), route.return_leg]
        lines: RouteLines = []
        for start, end, leg in zip(way, way[1:], legs, strict=False):
            line = travel.leg_geometry(points[start], points[end])
            lines.append(
                {
                    "is_estimate": leg.is_estimate,
                    "points": [[round(lat, 5), round(lon, 5)] for lat, lon in line],
                }
            )
        drawn[route.vehicle_id] = lines
    return drawn
