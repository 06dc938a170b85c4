"""One bounded call of OR-Tools: some trucks, their shipments, a place to start from.

A round is small on purpose: it ends in well under a second, so that the search can be
stopped between two of them, and its length is counted in solutions, not in seconds.
"""

from dataclasses import dataclass
from typing import Any

from ortools.constraint_solver import pywrapcp, routing_enums_pb2
from ortools.util.optional_boolean_pb2 import BOOL_FALSE, BOOL_TRUE

from routing.core.problem import Shipment, Vehicle
from routing.core.solve import constraints
from routing.core.solve.model import Model
from routing.core.visits import Draft, World

FIRST_STRATEGIES = (
    "PARALLEL_CHEAPEST_INSERTION",
    "LOCAL_CHEAPEST_INSERTION",
)
OPERATORS = (
    "use_relocate_pair",
    "use_exchange_pair",
    "use_make_active",
    "use_make_inactive",
    "use_swap_active",
)
"""The moves of the descent: whole shipments only. The other moves of OR-Tools, most of
which tear a pickup from its delivery, cost half of the rounds and found nothing."""
SAFETY_S = 30
"""A round that lasts longer is cut by the clock: never met on a healthy machine."""


@dataclass(frozen=True, slots=True)
class Round:
    """What one call may change: these trucks and these shipments."""

    vehicles: tuple[Vehicle, ...]
    shipments: tuple[Shipment, ...]
    strategy: str = FIRST_STRATEGIES[0]
    num_solutions: int = 60
    safety_s: float = SAFETY_S


def model_of(world: World, turn: Round) -> Model:
    """The routing model of a round, with every rule."""
    model = Model(world, turn.vehicles, turn.shipments)
    constraints.add_times(model)
    constraints.add_pairing(model)
    constraints.add_pins(model)
    constraints.add_compartment_loads(model)
    constraints.add_time_windows(model)
    constraints.add_shifts(model)
    constraints.add_route_distances(model)
    constraints.add_time_on_board(model)
    constraints.add_served_or_explained(model)
    constraints.add_costs(model)
    return model


def build(world: World, turn: Round) -> tuple[Draft, ...] | None:
    """Drafts built from nothing by a first-solution strategy, then improved."""
    model = model_of(world, turn)
    found = model.routing.SolveWithParameters(_parameters(turn))
    return model.drafts_of(found) if found else None


def rebuild(
    world: World, turn: Round, drafts: tuple[Draft, ...]
) -> tuple[Draft, ...] | None:
    """Drafts improved from a start that may lack some of the round's shipments."""
    model = model_of(world, turn)
    parameters = _parameters(turn)
    model.routing.CloseModelWithParameters(parameters)
    start = model.assignment_of(drafts)
    if start is None:
        return None
    found = model.routing.SolveFromAssignmentWithParameters(start, parameters)
    return model.drafts_of(found) if found else None


def _parameters(turn: Round) -> Any:
    parameters = pywrapcp.DefaultRoutingSearchParameters()
    parameters.first_solution_strategy = (
        routing_enums_pb2.FirstSolutionStrategy.Value.Value(turn.strategy)
    )
    parameters.local_search_metaheuristic = (
        routing_enums_pb2.LocalSearchMetaheuristic.Value.Value("GREEDY_DESCENT")
    )
    operators = parameters.local_search_operators
    for move in operators.DESCRIPTOR.fields:
        if move.name.startswith("use_"):
            kept = move.name in OPERATORS
            setattr(operators, move.name, BOOL_TRUE if kept else BOOL_FALSE)
    parameters.solution_limit = turn.num_solutions
    parameters.time_limit.FromMilliseconds(max(1, int(turn.safety_s * 1000)))
    return parameters
