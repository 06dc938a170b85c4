"""What a day that goes on after a breakdown tells of being late: where, by how much."""

from dataclasses import dataclass

from routing.core.plan import Plan, PlannedRoute
from routing.core.problem import Problem


@dataclass(frozen=True, slots=True)
class LateGoods:
    """Goods that come after the hours agreed, or ride longer than they should.

    `rule` is `window` or `time_on_board`; `late_s` is by how much.
    """

    shipment_id: str
    vehicle_id: str
    at_s: int
    rule: str
    late_s: int


@dataclass(frozen=True, slots=True)
class LateTruck:
    """A truck that is back after the end of its shift."""

    vehicle_id: str
    at_s: int
    late_s: int


def late_goods(problem: Problem, plan: Plan) -> tuple[LateGoods, ...]:
    """Every delivery that a plan makes too late, by the hour."""
    found = [late for route in plan.routes for late in _on(problem, route)]
    return tuple(sorted(found, key=lambda late: (late.at_s, late.shipment_id)))


def late_trucks(problem: Problem, plan: Plan) -> tuple[LateTruck, ...]:
    """Every truck that a plan brings home after its shift, by the hour."""
    found = []
    for route in plan.routes:
        vehicle = problem.vehicles_by_id()[route.vehicle_id]
        late_s = route.return_s - (vehicle.shift_end_s - vehicle.overtime_s)
        if late_s > 0:
            found.append(LateTruck(vehicle.id, route.return_s, late_s))
    return tuple(sorted(found, key=lambda late: (late.at_s, late.vehicle_id)))


def _on(problem: Problem, route: PlannedRoute) -> list[LateGoods]:
    shipments = problem.shipments_by_id()
    found = []
    left_s: dict[str, int] = {}
    for stop in route.stops:
        for name in stop.unloads:
            shipment, start_s = shipments[name], stop.service_start_s
            where = (name, route.vehicle_id, start_s)
            if shipment.late_s:
                closes_s = max(each.end_s for each in shipment.delivery_windows)
                late_s = start_s - (closes_s - shipment.late_s)
                if late_s > 0:
                    found.append(LateGoods(*where, "window", late_s))
            if shipment.max_onboard_s is not None and name in left_s:
                limit_s = shipment.max_onboard_s - shipment.ride_late_s
                over_s = start_s - left_s[name] - limit_s
                if over_s > 0:
                    found.append(LateGoods(*where, "time_on_board", over_s))
        left_s |= dict.fromkeys(stop.loads, stop.departure_s)
    return found
