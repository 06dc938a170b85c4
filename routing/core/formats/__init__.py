"""Problems and plans as JSON documents, with a format name and a version.

`problem_document` and `plan_document` make plain dictionaries, `read_problem` and
`read_plan` take them back. A document of another format or version is refused, and
every refusal names the field.
"""

from typing import Any

from routing.core.errors import WrongFormat
from routing.core.formats.fields import Fields, fields_of
from routing.core.formats.plans import plan_content, plan_from
from routing.core.formats.problems import (
    matrix_content,
    matrix_from,
    problem_content,
    problem_from,
)
from routing.core.matrix import Matrix
from routing.core.plan import Plan
from routing.core.problem import Problem

__all__ = [
    "plan_document",
    "problem_document",
    "read_plan",
    "read_problem",
]

PROBLEM_FORMAT = "charroi.routing.problem"
PLAN_FORMAT = "charroi.routing.plan"
VERSION = 1


def problem_document(problem: Problem, matrix: Matrix) -> dict[str, Any]:
    """A problem and its matrix, ready for JSON."""
    return {
        "format": PROBLEM_FORMAT,
        "version": VERSION,
        "problem": problem_content(problem),
        "matrix": matrix_content(matrix),
    }


def read_problem(document: object) -> tuple[Problem, Matrix]:
    """The problem and matrix of a document. Raises RoutingRefused."""
    fields = _require_format(document, PROBLEM_FORMAT)
    problem = problem_from(fields.inside("problem"))
    matrix = matrix_from(fields.inside("matrix"))
    matrix.require_places_of(problem)
    return problem, matrix


def plan_document(plan: Plan) -> dict[str, Any]:
    """A plan, ready for JSON."""
    return {"format": PLAN_FORMAT, "version": VERSION, "plan": plan_content(plan)}


def read_plan(document: object) -> Plan:
    """The plan of a document. Raises RoutingRefused."""
    return plan_from(_require_format(document, PLAN_FORMAT).inside("plan"))


def _require_format(document: object, expected: str) -> Fields:
    fields = fields_of("document", document)
    found = fields.text("format")
    if found != expected:
        raise WrongFormat(field="document.format", expected=expected, value=found)
    version = fields.integer("version")
    if version != VERSION:
        raise WrongFormat(field="document.version", expected=VERSION, value=version)
    return Fields("document", fields.content)
