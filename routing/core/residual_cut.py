"""A day cut in two at a moment: what stands of each truck's stops, what is on board.

What is done stays. A truck on the road first goes on to the stop it is heading for: it
is free from there on. One of which nothing is told, and whose plan has left no stop
behind yet, is still at home and leaves now at the earliest.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from routing.core.matrix import Matrix
from routing.core.plan import Plan, PlannedRoute, PlannedStop
from routing.core.problem import Problem, Shipment


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a truck is: stops that stay as they are, and when it is free again."""

    num_fixed: int
    free_s: int


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Which truck stands where since when, and how many stops each truck has done.

    `under_way` names trucks that are known to be out, `broken_before` those that stand
    still already, `kept_home` those that must not be sent out anew. `missed` are goods
    that a truck was to load and drove on without.
    """

    vehicle_id: str
    place_id: str
    now_s: int
    num_done: Mapping[str, int]
    under_way: frozenset[str] = frozenset()
    broken_before: frozenset[str] = frozenset()
    missed: frozenset[str] = frozenset()
    kept_home: frozenset[str] = frozenset()

    @property
    def spot_id(self) -> str:
        """The place of the breakdown, apart from the stop that may be there.

        Two trucks may stand at one place; each breaks down once a day.
        """
        return f"{self.place_id}!{self.vehicle_id}"

    @property
    def standing_still(self) -> frozenset[str]:
        """Every truck that drives no more."""
        return self.broken_before | {self.vehicle_id}

    def start_id(self, vehicle_id: str) -> str:
        """The place where a truck on the road is free, as a name of its own."""
        return f"{vehicle_id}@{self.now_s}"

    def num_done_of(self, route: PlannedRoute) -> int:
        """The stops of a route that lie behind its truck."""
        return min(self.num_done.get(route.vehicle_id, 0), len(route.stops))


@dataclass(frozen=True, slots=True)
class Cut:
    """A day cut in two at a moment; what is worked out from it is kept.

    `standings` are by truck. `unloaded_s` is what has come, or comes before anything
    changes, and when it was to be there. `on_board` is what is loaded and not
    unloaded: its truck, and when that was to leave with it. `missed` are goods that
    were to be on board and are not.
    """

    problem: Problem
    matrix: Matrix
    plan: Plan
    breakdown: Breakdown
    routes: dict[str, PlannedRoute] = field(init=False)
    shipments: dict[str, Shipment] = field(init=False)
    standings: dict[str, Standing] = field(init=False)
    unloaded_s: dict[str, int] = field(init=False)
    on_board: dict[str, tuple[str, int]] = field(init=False)
    missed: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        routes = {route.vehicle_id: route for route in self.plan.routes}
        object.__setattr__(self, "routes", routes)
        object.__setattr__(self, "shipments", self.problem.shipments_by_id())
        standings = {
            name: self._standing(routes[name], num_fixed)
            for name, num_fixed in self._num_fixed().items()
        }
        object.__setattr__(self, "standings", standings)
        object.__setattr__(self, "unloaded_s", self._unloaded_s())
        loaded = {
            name: (route.vehicle_id, stop.departure_s)
            for route in self.plan.routes
            for stop in self.fixed(route)
            for name in stop.loads
            if name not in self.unloaded_s and not self.shipments[name].is_missed
        }
        missed = self.breakdown.missed & loaded.keys()
        object.__setattr__(self, "missed", missed)
        kept = {name: on for name, on in loaded.items() if name not in missed}
        object.__setattr__(self, "on_board", kept)

    def fixed(self, route: PlannedRoute) -> tuple[PlannedStop, ...]:
        """The stops of a route that stay as they are."""
        return route.stops[: self.standings[route.vehicle_id].num_fixed]

    def is_heading(self, route: PlannedRoute) -> bool:
        """Whether a truck goes on to a stop before anything changes for it."""
        num_fixed = self.standings[route.vehicle_id].num_fixed
        return num_fixed > self.breakdown.num_done_of(route)

    @property
    def stranded(self) -> frozenset[str]:
        """What is on board of the truck that stands still."""
        broken = self.breakdown.vehicle_id
        return frozenset(
            name for name, (on, _s) in self.on_board.items() if on == broken
        )

    @property
    def waiting_from_s(self) -> int:
        """When the goods of the broken truck can be taken over."""
        route = self.routes.get(self.breakdown.vehicle_id)
        stops = self.fixed(route) if route else ()
        if not stops:
            return self.breakdown.now_s
        way = self.matrix.leg(stops[-1].place_id, self.breakdown.place_id)
        return max(self.breakdown.now_s, stops[-1].departure_s + way.duration_s)

    def _num_fixed(self) -> dict[str, int]:
        """How many stops stay, by truck.

        A stop ahead stays unless it loads what comes after goods that do not reach it.
        """
        found = {}
        for route in self.plan.routes:
            num_done = self.breakdown.num_done_of(route)
            is_out = num_done > 0 or route.vehicle_id in self.breakdown.under_way
            is_heading = is_out and route.vehicle_id != self.breakdown.vehicle_id
            found[route.vehicle_id] = min(num_done + is_heading, len(route.stops))
        while waiting := self._waits_in_vain(found):
            found[waiting.vehicle_id] = self.breakdown.num_done_of(waiting)
        return found

    def _waits_in_vain(self, num_fixed: Mapping[str, int]) -> PlannedRoute | None:
        brought = {
            name
            for route in self.plan.routes
            for stop in route.stops[: num_fixed[route.vehicle_id]]
            for name in stop.unloads
        }
        for route in self.plan.routes:
            num_done = self.breakdown.num_done_of(route)
            for stop in route.stops[num_done : num_fixed[route.vehicle_id]]:
                for name in stop.loads:
                    if not brought.issuperset(self.shipments[name].after):
                        return route
        return None

    def _standing(self, route: PlannedRoute, num_fixed: int) -> Standing:
        free_s = self.breakdown.now_s
        if num_fixed:
            last = route.stops[num_fixed - 1]
            if num_fixed > self.breakdown.num_done_of(route):
                free_s += last.departure_s - last.service_start_s
            free_s = max(free_s, last.departure_s)
        return Standing(num_fixed, free_s)

    def _unloaded_s(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for route in self.plan.routes:
            for stop in self.fixed(route):
                lasts_s = sum(
                    self.shipments[name].unload_duration_s for name in stop.unloads
                )
                found |= dict.fromkeys(stop.unloads, stop.service_start_s + lasts_s)
        return found


def with_copies(matrix: Matrix, copies: Mapping[str, str]) -> Matrix:
    """The matrix with further names for known places."""
    names = (*matrix.place_ids, *copies)
    at = [matrix.position(copies.get(name, name)) for name in names]
    return Matrix(
        place_ids=names,
        distances_m=tuple(tuple(matrix.distances_m[a][b] for b in at) for a in at),
        durations_s=tuple(tuple(matrix.durations_s[a][b] for b in at) for a in at),
        engine=matrix.engine,
        estimates=frozenset(
            (i, j)
            for i, a in enumerate(at)
            for j, b in enumerate(at)
            if (a, b) in matrix.estimates
        ),
    )
