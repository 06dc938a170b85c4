"""Small days for hand arithmetic: places on one straight road, 1 km a minute."""

from dataclasses import replace

from routing.core.check import violations_of
from routing.core.matrix import Matrix
from routing.core.plan import Plan, PlannedRoute, PlannedStop
from routing.core.problem import (
    Amount,
    Compartment,
    Place,
    Problem,
    Shipment,
    Vehicle,
    Window,
)
from routing.core.solve.search import search

MINUTE = 60
HOUR = 3_600


def road(**kilometres: int) -> Matrix:
    """Places by their kilometre on the road: 1 km takes 60 s, both ways."""
    ends = list(kilometres.values())
    return Matrix(
        place_ids=tuple(kilometres),
        distances_m=tuple(tuple(abs(a - b) * 1_000 for b in ends) for a in ends),
        durations_s=tuple(tuple(abs(a - b) * 60 for b in ends) for a in ends),
    )


def truck(name: str = "truck", **changes) -> Vehicle:
    """100 kg and 100 L chilled, 8:00 to 16:00, 1 $ a km and nothing else."""
    vehicle = Vehicle(
        id=name,
        home_place_id="home",
        shift_start_s=8 * HOUR,
        shift_end_s=16 * HOUR,
        compartments=(Compartment("chilled", 100_000, 100_000),),
        per_km_cents=100,
    )
    return replace(vehicle, **changes)


def crate(name: str, pickup: str, delivery: str, **changes) -> Shipment:
    """40 kg and 40 L chilled, 500 $ if left behind, no handling time."""
    shipment = Shipment(
        id=name,
        pickup_place_id=pickup,
        delivery_place_id=delivery,
        amounts=(Amount("chilled", 40_000, 40_000),),
        penalty_cents=50_000,
    )
    return replace(shipment, **changes)


def day(
    matrix: Matrix,
    vehicles: list[Vehicle],
    shipments: list[Shipment],
    **places: Place,
) -> Problem:
    """A problem on the places of a matrix, some of them described further."""
    return Problem(
        places=tuple(places.get(name, Place(name)) for name in matrix.place_ids),
        vehicles=tuple(vehicles),
        shipments=tuple(shipments),
    )


def open_at(name: str, *spans: tuple[int, int], service_s: int = 0) -> Place:
    """A place with windows."""
    windows = tuple(Window(start_s, end_s) for start_s, end_s in spans)
    return Place(name, service_duration_s=service_s, windows=windows)


def best_plan(problem: Problem, matrix: Matrix, iterations: int = 4) -> Plan:
    """The last plan of a short search; every plan drawn must pass the check."""
    plans = list(search(problem, matrix, seed=1, iterations=iterations))
    assert [violations_of(problem, matrix, plan) for plan in plans] == [[]] * len(plans)
    return plans[-1]


def timetable(route: PlannedRoute) -> list[tuple[str, int, int, int]]:
    """Place, arrival, beginning of service, departure of every stop."""
    return [
        (stop.place_id, stop.arrival_s, stop.service_start_s, stop.departure_s)
        for stop in route.stops
    ]


def with_route(plan: Plan, **changes) -> Plan:
    """The plan with its first route changed."""
    first = replace(plan.routes[0], **changes)
    return replace(plan, routes=(first, *plan.routes[1:]))


def with_stop(plan: Plan, number: int, **changes) -> Plan:
    """The plan with one stop of its first route changed."""
    stops: list[PlannedStop] = list(plan.routes[0].stops)
    stops[number] = replace(stops[number], **changes)
    return with_route(plan, stops=tuple(stops))


def without_reasons(plan: Plan) -> tuple[str, ...]:
    """The shipments left behind."""
    return tuple(unserved.shipment_id for unserved in plan.unserved)
