"""Times: they add up, windows and shifts are kept, no goods ride too long."""

from routing.core.check.violation import Violation
from routing.core.matrix import Leg, Matrix
from routing.core.plan import Plan, PlannedRoute, PlannedStop
from routing.core.problem import Problem, Shipment, Vehicle, Window


def check_times(problem: Problem, matrix: Matrix, plan: Plan) -> list[Violation]:
    """Travel, waiting and service add up, from leaving home to being back.

    A stop lasts for the handling of its shipments and the place's fixed part, which a
    stop directly followed by another at the same place leaves to that one. Where a
    route was planned anew, the stop before the seam may have paid it or not.
    """
    violations = []
    for route in plan.routes:
        vehicle = problem.vehicles_by_id()[route.vehicle_id]
        at, now_s = vehicle.home_place_id, route.departure_s
        for i, stop in enumerate(route.stops):
            leg = matrix.leg(at, stop.place_id)
            violations += _arrival(route, i, leg, now_s + leg.duration_s)
            lasts_s = _service_s(problem, route, i)
            expected_s = stop.service_start_s + lasts_s
            door_s = problem.places_by_id()[stop.place_id].service_duration_s
            if i in vehicle.seams and abs(stop.departure_s - expected_s) == door_s:
                expected_s = stop.departure_s
            if stop.departure_s != expected_s:
                data = {"departure_s": stop.departure_s, "expected_s": expected_s}
                violations.append(
                    Violation("wrong_departure", vehicle.id, i, data=data)
                )
            at, now_s = stop.place_id, stop.departure_s
        violations += _return(route, matrix.leg(at, vehicle.last_place_id), now_s)
    return violations


def _arrival(route: PlannedRoute, i: int, leg: Leg, expected_s: int) -> list[Violation]:
    stop = route.stops[i]
    violations = []
    if stop.leg != leg:
        violations.append(Violation("wrong_leg", route.vehicle_id, i))
    if stop.arrival_s != expected_s:
        data = {"arrival_s": stop.arrival_s, "expected_s": expected_s}
        violations.append(Violation("wrong_arrival", route.vehicle_id, i, data=data))
    if stop.service_start_s < stop.arrival_s:
        violations.append(Violation("serves_before_arriving", route.vehicle_id, i))
    return violations


def _return(route: PlannedRoute, leg: Leg, left_s: int) -> list[Violation]:
    violations = []
    if route.return_leg != leg:
        violations.append(Violation("wrong_leg", route.vehicle_id, len(route.stops)))
    expected_s = left_s + leg.duration_s
    if route.return_s != expected_s:
        data = {"return_s": route.return_s, "expected_s": expected_s}
        violations.append(Violation("wrong_return", route.vehicle_id, data=data))
    return violations


def _service_s(problem: Problem, route: PlannedRoute, i: int) -> int:
    shipments = problem.shipments_by_id()
    stop = route.stops[i]
    lasts_s = sum(shipments[name].load_duration_s for name in stop.loads)
    lasts_s += sum(shipments[name].unload_duration_s for name in stop.unloads)
    stays = i + 1 < len(route.stops) and route.stops[i + 1].place_id == stop.place_id
    if stays:
        return lasts_s
    return lasts_s + problem.places_by_id()[stop.place_id].service_duration_s


def check_time_windows(problem: Problem, plan: Plan) -> list[Violation]:
    """Service at each stop begins inside a window of the place and, where a shipment
    has windows of its own, inside one of those too. Where all that is handled is late
    already, its own windows say how late it may be."""
    places, shipments = problem.places_by_id(), problem.shipments_by_id()
    violations = []
    for route in plan.routes:
        for i, stop in enumerate(route.stops):
            data = {"service_start_s": stop.service_start_s}
            is_late = not stop.loads and all(shipments[s].late_s for s in stop.unloads)
            hours = () if is_late else places[stop.place_id].windows
            if not _is_open(hours, stop.service_start_s):
                violations.append(
                    Violation("outside_place_window", route.vehicle_id, i, data=data)
                )
            for name in _closed_to(stop, shipments):
                violations.append(
                    Violation(
                        "outside_shipment_window", route.vehicle_id, i, name, data
                    )
                )
    return violations


def _is_open(windows: tuple[Window, ...], moment_s: int) -> bool:
    if not windows:
        return True
    return any(window.start_s <= moment_s <= window.end_s for window in windows)


def _closed_to(stop: PlannedStop, shipments: dict[str, Shipment]) -> list[str]:
    closed = [
        name
        for name in stop.loads
        if not _is_open(shipments[name].pickup_windows, stop.service_start_s)
    ]
    closed += [
        name
        for name in stop.unloads
        if not _is_open(shipments[name].delivery_windows, stop.service_start_s)
    ]
    return closed


def check_shifts(problem: Problem, plan: Plan) -> list[Violation]:
    """Each truck leaves and is back within its shift, and its day is not too long."""
    violations = []
    for route in plan.routes:
        vehicle = problem.vehicles_by_id()[route.vehicle_id]
        violations += _shift_of(route, vehicle)
    return violations


def _shift_of(route: PlannedRoute, vehicle: Vehicle) -> list[Violation]:
    violations = []
    if route.departure_s < vehicle.shift_start_s:
        data = {
            "departure_s": route.departure_s,
            "shift_start_s": vehicle.shift_start_s,
        }
        violations.append(Violation("leaves_before_shift", vehicle.id, data=data))
    if route.return_s > vehicle.shift_end_s:
        data = {"return_s": route.return_s, "shift_end_s": vehicle.shift_end_s}
        violations.append(Violation("back_after_shift", vehicle.id, data=data))
    duration_s = route.return_s - route.departure_s
    if vehicle.max_duration_s is not None and duration_s > vehicle.max_duration_s:
        data = {"duration_s": duration_s, "max_duration_s": vehicle.max_duration_s}
        violations.append(Violation("day_too_long", vehicle.id, data=data))
    return violations


def check_time_on_board(problem: Problem, plan: Plan) -> list[Violation]:
    """Goods with a limit ride no longer: from leaving the stop where they are loaded
    to the beginning of service where they are unloaded."""
    shipments = problem.shipments_by_id()
    violations = []
    for route in plan.routes:
        left_at_s: dict[str, int] = {}
        for i, stop in enumerate(route.stops):
            for name in stop.unloads:
                limit_s = shipments[name].max_onboard_s
                if limit_s is None or name not in left_at_s:
                    continue
                ride_s = stop.service_start_s - left_at_s[name]
                if ride_s > limit_s:
                    data = {"ride_s": ride_s, "max_onboard_s": limit_s}
                    violations.append(
                        Violation("too_long_on_board", route.vehicle_id, i, name, data)
                    )
            left_at_s |= dict.fromkeys(stop.loads, stop.departure_s)
    return violations
