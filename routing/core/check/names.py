"""Everything a plan names must exist, and a truck drives one route at most."""

from routing.core.check.violation import Violation
from routing.core.matrix import Matrix
from routing.core.plan import Plan, PlannedRoute
from routing.core.problem import Problem


def check_names(problem: Problem, matrix: Matrix, plan: Plan) -> list[Violation]:
    """Vehicles, places and shipments of the plan are those of the problem."""
    violations = []
    vehicles = problem.vehicles_by_id()
    seen: set[str] = set()
    for route in plan.routes:
        if route.vehicle_id not in vehicles:
            violations.append(Violation("unknown_vehicle", route.vehicle_id))
        if route.vehicle_id in seen:
            violations.append(Violation("vehicle_used_twice", route.vehicle_id))
        seen.add(route.vehicle_id)
        violations += _names_on_route(problem, route)
    shipments = problem.shipments_by_id()
    for unserved in plan.unserved:
        if unserved.shipment_id not in shipments:
            violations.append(
                Violation("unknown_shipment", shipment=unserved.shipment_id)
            )
    if plan.matrix_digest != matrix.digest:
        violations.append(Violation("wrong_matrix"))
    return violations


def _names_on_route(problem: Problem, route: PlannedRoute) -> list[Violation]:
    violations = []
    places, shipments = problem.places_by_id(), problem.shipments_by_id()
    for i, stop in enumerate(route.stops):
        if stop.place_id not in places:
            data = {"place": stop.place_id}
            violations.append(
                Violation("unknown_place", route.vehicle_id, i, data=data)
            )
        for shipment_id in (*stop.unloads, *stop.loads):
            if shipment_id not in shipments:
                violations.append(
                    Violation("unknown_shipment", route.vehicle_id, i, shipment_id)
                )
    return violations
