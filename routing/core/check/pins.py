"""Who may carry what: goods pinned to a truck ride on no other."""

from routing.core.check.violation import Violation
from routing.core.plan import Plan
from routing.core.problem import Problem


def check_pins(problem: Problem, plan: Plan) -> list[Violation]:
    """A shipment pinned to some trucks is loaded by one of them only."""
    shipments = problem.shipments_by_id()
    return [
        Violation("wrong_truck", route.vehicle_id, i, name)
        for route in plan.routes
        for i, stop in enumerate(route.stops)
        for name in stop.loads
        if (pins := shipments[name].only_vehicle_ids) and route.vehicle_id not in pins
    ]
