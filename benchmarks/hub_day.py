"""A made-up day of a mutualized hub, the same for the same seed.

Farms in a belt around the city, drop points inside it, the hub between them; three
temperature classes, trucks of two sizes lent by members. Distances are 1.3 times the
straight line, rounded to metres; speed rises with the length of the leg.
"""

import math
import random

from routing.core.matrix import Matrix
from routing.core.problem import (
    Amount,
    Compartment,
    Place,
    Problem,
    Shipment,
    Vehicle,
    Window,
)

Point = tuple[float, float]
HOUR_S = 3600


def hub_day(
    num_shipments: int, num_vehicles: int, *, seed: int
) -> tuple[Problem, Matrix]:
    """A problem of one day and its matrix."""
    chance = random.Random(seed)
    num_farms = max(2, num_shipments // 4)
    num_drops = max(2, num_shipments // 3)
    points: dict[str, Point] = {"hub": (0.0, 0.0)}
    places = [Place("hub", "Hub")]
    for i in range(num_farms):
        points[f"farm-{i}"] = _around(chance, 25_000, 70_000)
        opens_s = chance.choice((5, 6, 7)) * HOUR_S
        window = Window(opens_s, opens_s + chance.choice((4, 5, 6)) * HOUR_S)
        places.append(Place(f"farm-{i}", f"Farm {i}", 600, (window,)))
    for i in range(num_drops):
        points[f"drop-{i}"] = _around(chance, 0, 15_000)
        opens_s = chance.choice((8, 9, 10, 13)) * HOUR_S
        window = Window(opens_s, opens_s + chance.choice((2, 3, 4)) * HOUR_S)
        places.append(Place(f"drop-{i}", f"Drop point {i}", 480, (window,)))
    problem = Problem(
        places=tuple(places),
        vehicles=tuple(_vehicle(i) for i in range(num_vehicles)),
        shipments=tuple(
            _shipment(chance, i, num_farms, num_drops) for i in range(num_shipments)
        ),
        label=f"hub day {num_shipments}/{num_vehicles}/{seed}",
    )
    return problem, matrix_of(points)


def matrix_of(points: dict[str, Point]) -> Matrix:
    """Road-like metres and seconds between points given in metres."""
    distances, durations = [], []
    for x1, y1 in points.values():
        row = [round(1.3 * math.hypot(x1 - x2, y1 - y2)) for x2, y2 in points.values()]
        distances.append(tuple(row))
        durations.append(tuple(round(metres / _speed(metres)) for metres in row))
    return Matrix(
        place_ids=tuple(points),
        distances_m=tuple(distances),
        durations_s=tuple(durations),
        engine="synthetic",
    )


def _speed(metres: int) -> float:
    """Metres per second: 30 km/h in town, 80 km/h on long legs."""
    return (30 + 50 * min(1.0, metres / 40_000)) / 3.6


def _around(chance: random.Random, near_m: float, far_m: float) -> Point:
    angle = chance.uniform(0, 2 * math.pi)
    radius = chance.uniform(near_m, far_m)
    return radius * math.cos(angle), radius * math.sin(angle)


def _vehicle(number: int) -> Vehicle:
    size = 1 if number % 2 else 2
    return Vehicle(
        id=f"truck-{number}",
        home_place_id="hub",
        shift_start_s=5 * HOUR_S,
        shift_end_s=17 * HOUR_S,
        compartments=(
            Compartment("frozen", 300_000 * size, 900_000 * size),
            Compartment("chilled", 600_000 * size, 1_800_000 * size),
            Compartment("ambient", 900_000 * size, 2_700_000 * size),
        ),
        fixed_cents=6_000 * size,
        per_km_cents=55 + 20 * size,
        per_hour_cents=2_800,
    )


def _shipment(
    chance: random.Random, number: int, num_farms: int, num_drops: int
) -> Shipment:
    temperature_class = chance.choices(("frozen", "chilled", "ambient"), (2, 3, 5))[0]
    mass_g = chance.randrange(20, 220) * 1_000
    return Shipment(
        id=f"shipment-{number}",
        pickup_place_id=f"farm-{chance.randrange(num_farms)}",
        delivery_place_id=f"drop-{chance.randrange(num_drops)}",
        amounts=(Amount(temperature_class, mass_g, mass_g * 3),),
        penalty_cents=chance.randrange(8_000, 20_000),
        load_duration_s=120,
        unload_duration_s=150,
        max_onboard_s=5 * HOUR_S if temperature_class != "ambient" else None,
    )
