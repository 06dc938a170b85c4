"""Distances and costs, worked out again from the matrix and the trucks' rates."""

from routing.core.check.violation import Violation
from routing.core.matrix import Matrix
from routing.core.plan import Plan, PlannedRoute
from routing.core.problem import Problem, Vehicle


def check_route_distances(
    problem: Problem, matrix: Matrix, plan: Plan
) -> list[Violation]:
    """The distance of each route is that of the matrix, and no truck's limit is
    passed."""
    violations = []
    for route in plan.routes:
        vehicle = problem.vehicles_by_id()[route.vehicle_id]
        expected_m = _distance_m(route, vehicle, matrix)
        if route.distance_m != expected_m:
            data = {"distance_m": route.distance_m, "expected_m": expected_m}
            violations.append(Violation("wrong_route_distance", vehicle.id, data=data))
        if vehicle.max_distance_m is not None and expected_m > vehicle.max_distance_m:
            data = {"distance_m": expected_m, "max_distance_m": vehicle.max_distance_m}
            violations.append(Violation("route_too_far", vehicle.id, data=data))
    return violations


def _distance_m(route: PlannedRoute, vehicle: Vehicle, matrix: Matrix) -> int:
    at, distance_m = vehicle.home_place_id, 0
    for stop in route.stops:
        distance_m += matrix.leg(at, stop.place_id).distance_m
        at = stop.place_id
    return distance_m + matrix.leg(at, vehicle.last_place_id).distance_m


def check_costs(problem: Problem, matrix: Matrix, plan: Plan) -> list[Violation]:
    """Each route costs its truck's fixed cost, its kilometres and its paid hours, each
    part to the nearest cent; the plan's totals are the sums of its parts."""
    violations = []
    for route in plan.routes:
        vehicle = problem.vehicles_by_id()[route.vehicle_id]
        expected_cents = _cost_cents(route, vehicle, matrix)
        if route.cost_cents != expected_cents:
            data = {"cost_cents": route.cost_cents, "expected_cents": expected_cents}
            violations.append(Violation("wrong_route_cost", vehicle.id, data=data))
    return violations + _totals(problem, plan)


def _cost_cents(route: PlannedRoute, vehicle: Vehicle, matrix: Matrix) -> int:
    distance_m = _distance_m(route, vehicle, matrix)
    paid_s = route.return_s - route.departure_s
    driving_cents = _nearest(vehicle.per_km_cents * distance_m, 1_000)
    paid_cents = _nearest(vehicle.per_hour_cents * paid_s, 3_600)
    return vehicle.fixed_cents + driving_cents + paid_cents


def _nearest(numerator: int, denominator: int) -> int:
    """Divide, halves upwards."""
    return (2 * numerator + denominator) // (2 * denominator)


def _totals(problem: Problem, plan: Plan) -> list[Violation]:
    carried = {
        name for route in plan.routes for stop in route.stops for name in stop.loads
    }
    penalties = [
        shipment.penalty_cents or 0
        for shipment in problem.shipments
        if shipment.id not in carried
    ]
    routes = plan.routes
    expected = {
        "cost_cents": sum(route.cost_cents for route in routes),
        "penalty_cents": sum(penalties),
        "distance_m": sum(route.distance_m for route in routes),
        "duration_s": sum(route.return_s - route.departure_s for route in routes),
    }
    return [
        Violation(
            "wrong_total",
            data={"figure": figure, "value": getattr(plan, figure), "expected": value},
        )
        for figure, value in expected.items()
        if getattr(plan, figure) != value
    ]
