"""Rows into the planner's frozen problem, in whole grams, seconds and cents.

Names in the problem are the public ids of the rows, so that its documents can be read
beside the pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from hub.core.errors import PlaceOutsideTerritory
from orders import selectors as order_selectors
from routing import selectors
from routing.bridge.crossing import Crossing, crossing_of
from routing.core.errors import (
    NothingToCarry,
    PlaceNotPinned,
    PlaceOffTheMap,
    PoolWithoutVehicle,
    VehicleWithoutCompartment,
)
from routing.core.fitting import fits
from routing.core.problem import (
    Amount,
    Compartment,
    Place,
    Problem,
    Shipment,
    Vehicle,
    Window,
)
from routing.travel.base import Point

if TYPE_CHECKING:
    from hub.models import Place as PlaceRow
    from orders.models import Shipment as ShipmentRow
    from routing.models import FleetPool
    from routing.models import Vehicle as VehicleRow

HANDLING_S_PER_KG = 1
"""Loading and unloading each take this long, rounded up for each shipment."""
LEFT_BEHIND_CENTS = 25_000
"""Leaving goods behind costs their value and this: about a truck for half a day."""


@dataclass(frozen=True, slots=True)
class Day:
    """A problem with what stands behind its names, and the cycles it was read from.

    `revisions` says at which revision each cycle, by its key, was read.
    """

    pool: FleetPool
    service_on: date
    problem: Problem
    points: dict[str, Point]
    places: dict[str, PlaceRow]
    vehicles: dict[str, VehicleRow]
    shipments: dict[str, ShipmentRow]
    revisions: dict[int, int]


def problem_for(*, pool: FleetPool, service_on: date) -> Day:
    """What the trucks of a pool have to do on a day, for every hub that shares them.

    Goods that are delivered where they are loaded need no truck and are left out, and
    so are those that ride by the published plan of another pool.
    Raises PoolWithoutVehicle, VehicleWithoutCompartment, NothingToCarry,
    PlaceOffTheMap.
    """
    trucks = _trucks(pool, service_on)
    vehicles = [truck.vehicle for truck in trucks]
    hub_ids = [hub.pk for hub in pool.hubs.all()]
    # Cycles before shipments: whatever changes in between makes the plan outdated.
    cycles = selectors.closed_cycles(pool, service_on)
    revisions = {cycle.pk: cycle.revision for cycle in cycles}
    elsewhere = selectors.riding_elsewhere(pool, service_on)
    shipments = [
        row
        for row in order_selectors.shipments_to_carry(hub_ids=hub_ids, on=service_on)
        if row.origin_id != row.drop_point_id and row.pk not in elsewhere
    ]
    if not shipments:
        raise NothingToCarry(pool=pool.name)
    crossing = crossing_of(shipments)
    places = _places(vehicles, shipments)
    return Day(
        pool=pool,
        service_on=service_on,
        problem=Problem(
            places=tuple(place_of(row, service_on) for row in places.values()),
            vehicles=tuple(lent_vehicle_of(truck) for truck in trucks),
            shipments=tuple(
                _shipment(row, crossing, vehicles, pool) for row in shipments
            ),
            label=f"{pool.name} {service_on:%Y-%m-%d}",
            transfers=crossing.transfers,
        ),
        points={name: point_of(row) for name, row in places.items()},
        places=places,
        vehicles={row.public_id: row for row in vehicles},
        shipments={row.public_id: row for row in shipments},
        revisions=revisions,
    )


def _trucks(pool: FleetPool, on: date) -> list[selectors.Available]:
    trucks = selectors.available_on(pool, on)
    if not trucks:
        raise PoolWithoutVehicle(pool=pool.name)
    for truck in trucks:
        if not truck.vehicle.compartments.all():
            raise VehicleWithoutCompartment(vehicle=truck.vehicle.name)
    return trucks


def _places(
    vehicles: Sequence[VehicleRow], shipments: Sequence[ShipmentRow]
) -> dict[str, PlaceRow]:
    rows = [vehicle.home for vehicle in vehicles]
    for shipment in shipments:
        rows += [shipment.origin, shipment.drop_point]
    return {row.public_id: row for row in rows}


def point_of(row: PlaceRow) -> Point:
    if row.latitude is None or row.longitude is None:
        raise PlaceNotPinned(place=row.name)
    try:
        return Point(lat=row.latitude, lon=row.longitude)
    except PlaceOutsideTerritory as error:
        raise PlaceOffTheMap(
            place=row.name, latitude=row.latitude, longitude=row.longitude
        ) from error


def place_of(row: PlaceRow, on: date) -> Place:
    return Place(
        id=row.public_id,
        name=row.name,
        service_duration_s=row.service_duration_s,
        windows=windows_on(row, on),
    )


def windows_on(row: PlaceRow, on: date) -> tuple[Window, ...]:
    """The hours of a place on a date: those of its weekday, else those of every day.

    None of either means the whole day.
    """
    rows = list(row.windows.all())
    own = [window for window in rows if window.weekday == on.weekday()]
    every_day = [window for window in rows if window.weekday is None]
    chosen = sorted((w.start_s, w.end_s) for w in own or every_day)
    return tuple(Window(start_s, end_s) for start_s, end_s in chosen)


def vehicle_of(row: VehicleRow) -> Vehicle:
    return Vehicle(
        id=row.public_id,
        name=row.name,
        home_place_id=row.home.public_id,
        shift_start_s=row.shift_start_s,
        shift_end_s=row.shift_end_s,
        compartments=tuple(
            Compartment(
                temperature_class=compartment.temperature_class,
                capacity_g=compartment.capacity_kg * 1_000,
                capacity_ml=compartment.capacity_l * 1_000,
            )
            for compartment in row.compartments.all()
        ),
        fixed_cents=row.fixed_cents,
        per_km_cents=row.per_km_cents,
        per_hour_cents=row.per_hour_cents,
    )


def lent_vehicle_of(truck: selectors.Available) -> Vehicle:
    """A truck at the hours and the price at which the pool has it that day."""
    return replace(
        vehicle_of(truck.vehicle),
        shift_start_s=truck.shift_start_s,
        shift_end_s=truck.shift_end_s,
        fixed_cents=truck.fixed_cents,
        per_km_cents=truck.per_km_cents,
        per_hour_cents=truck.per_hour_cents,
    )


def _shipment(
    row: ShipmentRow,
    crossing: Crossing,
    vehicles: Sequence[VehicleRow],
    pool: FleetPool,
) -> Shipment:
    amounts = tuple(
        Amount(
            temperature_class=amount.temperature_class,
            mass_g=amount.mass_g,
            volume_ml=amount.volume_ml,
        )
        for amount in row.amounts.all()
    )
    handling_s = handling_duration_s(amounts)
    return Shipment(
        id=row.public_id,
        pickup_place_id=row.origin.public_id,
        delivery_place_id=row.drop_point.public_id,
        amounts=amounts,
        penalty_cents=_left_behind_cents(row, crossing),
        load_duration_s=handling_s,
        unload_duration_s=handling_s,
        after=crossing.after.get(row.pk, ()),
        max_onboard_s=longest_ride_s(pool, amounts),
        only_vehicle_ids=_trucks_that_fit(row, vehicles),
    )


def _trucks_that_fit(
    row: ShipmentRow, vehicles: Sequence[VehicleRow]
) -> tuple[str, ...]:
    """The trucks that can stop at both ends of a shipment; nobody named means all do.

    When none does, none is named either: goods that somebody must carry ride anyway,
    and the plan says at which stop the truck does not fit.
    """
    fitting = [
        vehicle.public_id
        for vehicle in vehicles
        if fits(vehicle, row.origin) and fits(vehicle, row.drop_point)
    ]
    return () if len(fitting) == len(vehicles) else tuple(fitting)


def longest_ride_s(pool: FleetPool, amounts: Iterable[Amount]) -> int | None:
    """The shortest of the pool's limits for what is carried; None without any.

    No legal maximum in hours was found: a limit is the pool's own caution.
    """
    limits = {
        "frozen": pool.max_onboard_frozen_s,
        "chilled": pool.max_onboard_chilled_s,
        "ambient": pool.max_onboard_ambient_s,
    }
    set_s = [limits[amount.temperature_class] for amount in amounts]
    return min((limit_s for limit_s in set_s if limit_s is not None), default=None)


def _left_behind_cents(row: ShipmentRow, crossing: Crossing) -> int:
    """The price of leaving goods behind, paid once for each unit.

    What is on its way to the hub takes along all that would leave with it; only what
    stays there has a price of its own.
    """
    cents = crossing.staying_cents.get(row.pk, row.goods_cents)
    return cents + LEFT_BEHIND_CENTS if cents or row.leg != "inbound" else 0


def handling_duration_s(amounts: Iterable[Amount]) -> int:
    """Seconds to load (or unload) a shipment: its kilograms, rounded up."""
    mass_g = sum(amount.mass_g for amount in amounts)
    return -(-mass_g * HANDLING_S_PER_KG // 1_000)
