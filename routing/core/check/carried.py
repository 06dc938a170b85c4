"""Who carries what: pairing of loads and unloads, and nobody forgotten."""

from collections import Counter

from routing.core.check.violation import Violation
from routing.core.plan import REASON_CODES, Plan, PlannedRoute
from routing.core.problem import Problem, Shipment


def check_pairing(problem: Problem, plan: Plan) -> list[Violation]:
    """Each shipment carried is loaded once at its pickup place, then unloaded once
    at its delivery place, by the same truck. No stop is empty. What a truck was to
    load and missed is never on board."""
    shipments = problem.shipments_by_id()
    violations = []
    for route in plan.routes:
        violations += _pairing_on(route, shipments)
    for picked in ("loads", "unloads"):
        counts = Counter(
            shipment_id
            for route in plan.routes
            for stop in route.stops
            for shipment_id in getattr(stop, picked)
        )
        for shipment_id, count in counts.items():
            if count > 1:
                violations.append(Violation("handled_twice", shipment=shipment_id))
    return violations


def _pairing_on(route: PlannedRoute, shipments: dict[str, Shipment]) -> list[Violation]:
    violations = []
    on_board: dict[str, int] = {}
    for i, stop in enumerate(route.stops):
        if not stop.loads and not stop.unloads:
            violations.append(Violation("empty_stop", route.vehicle_id, i))
        for name in stop.unloads:
            if on_board.pop(name, None) is None:
                violations.append(Violation("not_loaded", route.vehicle_id, i, name))
            if stop.place_id != shipments[name].delivery_place_id:
                violations.append(
                    Violation("wrong_delivery_place", route.vehicle_id, i, name)
                )
        for name in stop.loads:
            if not shipments[name].is_missed:
                on_board[name] = i
            if stop.place_id != shipments[name].pickup_place_id:
                violations.append(
                    Violation("wrong_pickup_place", route.vehicle_id, i, name)
                )
    violations += [
        Violation("not_unloaded", route.vehicle_id, i, name)
        for name, i in on_board.items()
    ]
    return violations


def check_served_or_explained(problem: Problem, plan: Plan) -> list[Violation]:
    """Every shipment is carried, or stays behind once with a known reason; one that
    must be carried is."""
    violations = []
    left = Counter(unserved.shipment_id for unserved in plan.unserved)
    carried = {
        name for route in plan.routes for stop in route.stops for name in stop.loads
    }
    for shipment in problem.shipments:
        if shipment.id in carried and left[shipment.id]:
            violations.append(Violation("carried_and_left", shipment=shipment.id))
        if shipment.id not in carried and not left[shipment.id]:
            violations.append(Violation("forgotten", shipment=shipment.id))
        if left[shipment.id] > 1:
            violations.append(Violation("explained_twice", shipment=shipment.id))
        if shipment.id not in carried and shipment.penalty_cents is None:
            violations.append(Violation("mandatory_left", shipment=shipment.id))
    for unserved in plan.unserved:
        if unserved.reason.code not in REASON_CODES:
            data = {"reason": unserved.reason.code}
            violations.append(
                Violation("unknown_reason", shipment=unserved.shipment_id, data=data)
            )
    return violations
