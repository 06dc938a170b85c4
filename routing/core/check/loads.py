"""What is on board after each stop fits its compartments."""

from collections import defaultdict

from routing.core.check.violation import Violation
from routing.core.plan import Plan, PlannedRoute
from routing.core.problem import Problem, Shipment, Vehicle


def check_compartment_loads(problem: Problem, plan: Plan) -> list[Violation]:
    """After every stop, each class is within the mass and the volume of its own
    compartment. At a stop the truck is unloaded before it is loaded."""
    vehicles, shipments = problem.vehicles_by_id(), problem.shipments_by_id()
    violations = []
    for route in plan.routes:
        violations += _loads_on(route, vehicles[route.vehicle_id], shipments)
    return violations


def _loads_on(
    route: PlannedRoute, vehicle: Vehicle, shipments: dict[str, Shipment]
) -> list[Violation]:
    violations = []
    grams: dict[str, int] = defaultdict(int)
    millilitres: dict[str, int] = defaultdict(int)
    for i, stop in enumerate(route.stops):
        for name in stop.unloads:
            for amount in shipments[name].amounts:
                grams[amount.temperature_class] -= amount.mass_g
                millilitres[amount.temperature_class] -= amount.volume_ml
        touched = set()
        for name in stop.loads:
            if shipments[name].is_missed:
                continue
            for amount in shipments[name].amounts:
                grams[amount.temperature_class] += amount.mass_g
                millilitres[amount.temperature_class] += amount.volume_ml
                touched.add(amount.temperature_class)
        for temperature_class in sorted(touched):
            violations += _over(
                vehicle,
                i,
                temperature_class,
                grams[temperature_class],
                millilitres[temperature_class],
            )
    return violations


def _over(
    vehicle: Vehicle, stop: int, temperature_class: str, mass_g: int, volume_ml: int
) -> list[Violation]:
    named: dict[str, int | str] = {"temperature_class": temperature_class}
    hold = vehicle.compartment(temperature_class)
    if hold is None:
        if mass_g == 0 and volume_ml == 0:
            return []
        return [Violation("no_compartment", vehicle.id, stop, data=named)]
    violations = []
    if mass_g > hold.capacity_g:
        data = {**named, "mass_g": mass_g, "capacity_g": hold.capacity_g}
        violations.append(Violation("too_heavy", vehicle.id, stop, data=data))
    if volume_ml > hold.capacity_ml:
        data = {**named, "volume_ml": volume_ml, "capacity_ml": hold.capacity_ml}
        violations.append(Violation("too_big", vehicle.id, stop, data=data))
    return violations
