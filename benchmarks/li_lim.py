"""Reads Li-Lim pickup-and-delivery files into problems of our own.

One unit of the files is 1 km, 1,000 seconds and 1 kg here, so that nothing is lost by
rounding to whole metres and seconds. Fewest vehicles come first, as in the published
values: a truck costs more than any distance.
"""

import math
from dataclasses import dataclass
from pathlib import Path

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

SCALE = 1_000
TRUCK_CENTS = 10**7


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a file: a customer's place, demand, window and partner."""

    number: int
    x: int
    y: int
    demand: int
    ready: int
    due: int
    service: int
    pickup: int
    delivery: int

    @property
    def place(self) -> Place:
        """The customer as a place with one window."""
        window = Window(self.ready * SCALE, self.due * SCALE)
        return Place(str(self.number), "", self.service * SCALE, (window,))


def read(path: Path) -> tuple[Problem, Matrix]:
    """The problem of one file and its matrix."""
    lines = [line.split() for line in path.read_text().splitlines() if line.strip()]
    num_vehicles, capacity = int(lines[0][0]), int(lines[0][1])
    rows = [Row(*map(int, fields)) for fields in lines[1:]]
    depot = rows[0]
    hold = Compartment("ambient", capacity * SCALE, capacity * SCALE)
    vehicles = tuple(
        Vehicle(
            id=f"truck-{i}",
            home_place_id="0",
            shift_start_s=depot.ready * SCALE,
            shift_end_s=depot.due * SCALE,
            compartments=(hold,),
            fixed_cents=TRUCK_CENTS,
            per_km_cents=100,
        )
        for i in range(num_vehicles)
    )
    shipments = tuple(
        Shipment(
            id=str(row.number),
            pickup_place_id=str(row.number),
            delivery_place_id=str(row.delivery),
            amounts=(Amount("ambient", row.demand * SCALE, row.demand * SCALE),),
        )
        for row in rows
        if row.delivery
    )
    places = tuple(row.place for row in rows)
    return Problem(places, vehicles, shipments, path.stem), _matrix(rows)


def _matrix(rows: list[Row]) -> Matrix:
    legs = tuple(
        tuple(round(SCALE * math.hypot(a.x - b.x, a.y - b.y)) for b in rows)
        for a in rows
    )
    return Matrix(tuple(str(row.number) for row in rows), legs, legs, "euclidean")
