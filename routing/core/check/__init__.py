"""Judges any plan, whoever made it: the solver, a coordinator's hand, a file.

Written from the rules and not from the solver: nothing of `solve`, `schedule` or
`visits` is used here, only the problem, the matrix and the plan. Each `check_*` is the
twin of the `add_*` of the same name in `solve.constraints`.
"""

from routing.core.check.carried import check_pairing, check_served_or_explained
from routing.core.check.clock import (
    check_shifts,
    check_time_on_board,
    check_time_windows,
    check_times,
)
from routing.core.check.figures import check_costs, check_route_distances
from routing.core.check.loads import check_compartment_loads
from routing.core.check.names import check_names
from routing.core.check.pins import check_pins
from routing.core.check.transfers import check_docks, check_transfers
from routing.core.check.violation import Violation
from routing.core.matrix import Matrix
from routing.core.plan import Plan
from routing.core.problem import Problem

__all__ = [
    "Violation",
    "check_compartment_loads",
    "check_costs",
    "check_docks",
    "check_names",
    "check_pairing",
    "check_pins",
    "check_route_distances",
    "check_served_or_explained",
    "check_shifts",
    "check_time_on_board",
    "check_time_windows",
    "check_times",
    "check_transfers",
    "violations_of",
]


def violations_of(problem: Problem, matrix: Matrix, plan: Plan) -> list[Violation]:
    """Every rule the plan breaks, in the order of the rules; empty when it is sound.

    A plan that names things nobody knows is judged on that alone. Raises
    MatrixMismatch when the matrix lacks a place of the problem.
    """
    matrix.require_places_of(problem)
    if unknown := check_names(problem, matrix, plan):
        return unknown
    return [
        *check_pairing(problem, plan),
        *check_pins(problem, plan),
        *check_compartment_loads(problem, plan),
        *check_times(problem, matrix, plan),
        *check_time_windows(problem, plan),
        *check_shifts(problem, plan),
        *check_route_distances(problem, matrix, plan),
        *check_time_on_board(problem, plan),
        *check_transfers(problem, plan),
        *check_docks(problem, plan),
        *check_served_or_explained(problem, plan),
        *check_costs(problem, matrix, plan),
    ]
