"""A plan under a coordinator's hands: trucks with their stops, and what stays behind.

Read from the plan's own documents: a move shows at once, in a few queries however long
the routes are.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from orders import selectors as order_selectors
from routing.core import formats
from routing.core.check import Violation, violations_of
from routing.core.compare import StopChange, changes_between
from routing.core.edit import Delta, delta_between
from routing.core.plan import Plan as Solution
from routing.core.plan import PlannedRoute, PlannedStop, Reason
from routing.core.problem import Problem, Shipment, Vehicle
from routing.models import Plan
from routing.selectors.days import ClassLoad
from routing.selectors.sheets import NUM_STYLES, letter_of
from routing.selectors.unserved import decision_for


@dataclass(frozen=True, slots=True)
class BoardStop:
    """One stop as a hand takes it; `index` counts from 0 in its route."""

    mark: str
    key: str
    index: int
    place: str
    planned: PlannedStop
    loads: list[str]
    unloads: list[str]
    on_board: list[ClassLoad]
    is_locked: bool
    is_first: bool
    is_last: bool
    num_broken: int

    @property
    def shipment_ids(self) -> str:
        """The shipments handled here, as one word of a form."""
        return ",".join((*self.planned.unloads, *self.planned.loads))


@dataclass(frozen=True, slots=True)
class BoardRoute:
    """One truck, driving or at home."""

    vehicle: Vehicle
    letter: str
    style: int
    route: PlannedRoute | None
    stops: list[BoardStop]
    is_locked: bool


@dataclass(frozen=True, slots=True)
class BoardLeft:
    """Goods that stay behind."""

    shipment_id: str
    name: str
    reason: Reason
    decision: str


@dataclass(frozen=True, slots=True)
class Board:
    """All there is to see while adjusting; figures beside those of the search."""

    plan: Plan
    problem: Problem
    solution: Solution
    routes: list[BoardRoute]
    left: list[BoardLeft]
    violations: list[Violation]
    source: Plan
    delta: Delta
    can_undo: bool
    can_redo: bool
    names: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A plan beside the one it comes from."""

    source: Plan
    delta: Delta
    changes: tuple[StopChange, ...]
    problem: Problem


def source_of(plan: Plan) -> Plan:
    """The plan of the search that a version goes back to; itself when it is one."""
    while plan.parent is not None and plan.job_id is None:
        plan = plan.parent
    return plan


def comparison_of(plan: Plan) -> Comparison:
    """What hands changed since the search."""
    source = source_of(plan)
    problem, _matrix = formats.read_problem(plan.problem)
    before = formats.read_plan(source.solution)
    after = formats.read_plan(plan.solution)
    return Comparison(
        source=source,
        delta=delta_between(before, after),
        changes=changes_between(before, after),
        problem=problem,
    )


def board_of(plan: Plan) -> Board:
    """The trucks and stops of a plan, and every rule it breaks."""
    problem, matrix = formats.read_problem(plan.problem)
    solution = formats.read_plan(plan.solution)
    violations = violations_of(problem, matrix, solution)
    source = source_of(plan)
    locked_ends = set(plan.stop_locks.values_list("shipment__public_id", "kind"))
    locked_trucks = set(plan.route_locks.values_list("vehicle__public_id", flat=True))
    places = {place.id: place.name for place in problem.places}
    names = {s.id: goods_name(s, places) for s in problem.shipments}
    marks = _Marks(locked_ends, Counter((v.route, v.stop) for v in violations))
    routes = []
    by_vehicle = {route.vehicle_id: route for route in solution.routes}
    number = 0
    for vehicle in problem.vehicles:
        route = by_vehicle.get(vehicle.id)
        number += route is not None
        letter = letter_of(number) if route else ""
        routes.append(
            BoardRoute(
                vehicle=vehicle,
                letter=letter,
                style=(number - 1) % NUM_STYLES + 1,
                route=route,
                stops=_stops(problem, route, letter, marks),
                is_locked=vehicle.id in locked_trucks,
            )
        )
    last_step = plan.edits.order_by("-number").values_list("number", flat=True).first()
    return Board(
        plan=plan,
        problem=problem,
        solution=solution,
        routes=routes,
        left=_left(solution, names, plan.service_on),
        violations=violations,
        source=source,
        delta=delta_between(formats.read_plan(source.solution), solution),
        can_undo=plan.num_applied > 0,
        can_redo=(last_step or 0) > plan.num_applied,
        names={**places, **names, **{v.id: v.name for v in problem.vehicles}},
    )


def goods_name(shipment: Shipment, places: dict[str, str]) -> str:
    """A shipment by its two ends, as people say it."""
    pickup, delivery = shipment.pickup_place_id, shipment.delivery_place_id
    return f"{places[pickup]} → {places[delivery]}"


def _left(solution: Solution, names: dict[str, str], on: date) -> list[BoardLeft]:
    rows = order_selectors.shipments_by_public_id(
        [left.shipment_id for left in solution.unserved]
    )
    return [
        BoardLeft(
            left.shipment_id,
            names[left.shipment_id],
            left.reason,
            decision_for(rows[left.shipment_id], on),
        )
        for left in solution.unserved
    ]


@dataclass(frozen=True, slots=True)
class _Marks:
    """What is said of stops beside the plan: locked ends, broken rules."""

    locked: set[tuple[str, str]]
    broken: Counter[tuple[str | None, int | None]]


def _stops(
    problem: Problem, route: PlannedRoute | None, letter: str, marks: _Marks
) -> list[BoardStop]:
    if route is None:
        return []
    vehicle = problem.vehicles_by_id()[route.vehicle_id]
    places = problem.places_by_id()
    shipments = problem.shipments_by_id()
    aboard: Counter[str] = Counter()
    litres: Counter[str] = Counter()
    stops = []
    for i, stop in enumerate(route.stops):
        for sign, names in ((-1, stop.unloads), (1, stop.loads)):
            for name in names:
                for amount in shipments[name].amounts:
                    aboard[amount.temperature_class] += sign * amount.mass_g
                    litres[amount.temperature_class] += sign * amount.volume_ml
        ends = {(name, "unload") for name in stop.unloads}
        ends |= {(name, "load") for name in stop.loads}
        stops.append(
            BoardStop(
                mark=f"{letter}{i + 1}",
                key=f"{vehicle.id}:{i}",
                index=i,
                place=places[stop.place_id].name,
                planned=stop,
                loads=[places[shipments[s].delivery_place_id].name for s in stop.loads],
                unloads=[
                    places[shipments[s].pickup_place_id].name for s in stop.unloads
                ],
                on_board=_on_board(vehicle, aboard, litres),
                is_locked=bool(ends & marks.locked),
                is_first=i == 0,
                is_last=i == len(route.stops) - 1,
                num_broken=marks.broken[vehicle.id, i],
            )
        )
    return stops


def _on_board(
    vehicle: Vehicle, aboard: Counter[str], litres: Counter[str]
) -> list[ClassLoad]:
    loads = []
    for name in aboard:
        hold = vehicle.compartment(name)
        if aboard[name] or litres[name]:
            room = (hold.capacity_g, hold.capacity_ml) if hold else (0, 0)
            loads.append(ClassLoad(name, aboard[name], litres[name], *room))
    return loads
