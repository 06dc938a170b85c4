"""Figures of a plan, for reports and for the demo's proof."""

from typing import Any

from routing.core import formats
from routing.core.check import violations_of
from routing.models import Plan, Stop, StopAction


def plan_figures(*, plan_id: int) -> dict[str, Any]:
    """A plan read back from its rows, and judged again from its documents."""
    plan = Plan.objects.get(pk=plan_id)
    problem, matrix = formats.read_problem(plan.problem)
    broken = violations_of(problem, matrix, formats.read_plan(plan.solution))
    loads = StopAction.objects.filter(stop__route__plan=plan, kind=StopAction.Kind.LOAD)
    left = plan.unserved.select_related("shipment").order_by("pk")
    return {
        "routes": plan.routes.count(),
        "stops": Stop.objects.filter(route__plan=plan).count(),
        "shipments": loads.count(),
        "unserved": [
            {"shipment": str(row.shipment), "reason": row.reason_code} for row in left
        ],
        "plan_checked": not broken,
        "plan_cost_cents": plan.cost_cents,
        "plan_distance_m": plan.distance_m,
    }
