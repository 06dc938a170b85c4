"""Between the rows and the planner: problems out, plans in, and the process itself."""

from routing.bridge.continuing import rewrite_rest
from routing.bridge.drawing import RouteLines, lines_of
from routing.bridge.driven import (
    RouteDriven,
    arrived_at,
    driven_routes,
    readings_at,
    world_of,
)
from routing.bridge.naming import names_in
from routing.bridge.pickups import Pickups, pickups_for
from routing.bridge.problems import Day, problem_for
from routing.bridge.process import Incumbent, Solver, solving
from routing.bridge.saving import save_plan
from routing.bridge.versions import (
    day_of,
    drawn_routes,
    locks_of,
    read_plan,
    rewrite,
    save_version,
)

__all__ = [
    "arrived_at",
    "driven_routes",
    "readings_at",
    "world_of",
    "Day",
    "Incumbent",
    "Pickups",
    "RouteDriven",
    "RouteLines",
    "Solver",
    "day_of",
    "lines_of",
    "names_in",
    "locks_of",
    "pickups_for",
    "problem_for",
    "read_plan",
    "drawn_routes",
    "rewrite",
    "rewrite_rest",
    "save_plan",
    "save_version",
    "solving",
]
