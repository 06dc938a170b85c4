"""Keeping pools and trucks; a truck says in one go what it holds and what it costs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from hub.core.trail import Kind
from hub.services.trail import Fact, record
from routing.core.errors import NameTaken, PoolUnknown, VehicleWithoutCompartment
from routing.models import Compartment, FleetPool, Vehicle

if TYPE_CHECKING:
    from hub.models import Organization, Place

LongestRides = Mapping[str, int | None]
"""How many seconds goods may ride, by temperature class; None for no limit."""
NO_LIMIT: LongestRides = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class VehicleFacts:
    """All that is said of a truck; `holds` maps a temperature class to (kg, litres)."""

    owner: Organization
    name: str
    home: Place
    holds: Mapping[str, tuple[int, int]]
    plate: str = ""
    shift_start_s: int = 6 * 3_600
    shift_end_s: int = 17 * 3_600
    fixed_cents: int = 0
    per_km_cents: int = 0
    per_hour_cents: int = 0
    height_cm: int | None = None
    has_tailgate: bool = False
    is_active: bool = True


@transaction.atomic
def create_pool(
    *,
    coordinator: Organization,
    name: str,
    hubs: Iterable[Organization],
    longest_rides_s: LongestRides = NO_LIMIT,
) -> FleetPool:
    """Open a pool planned by a hub, which always shares its own pool."""
    pool = FleetPool(coordinator=coordinator, name=name)
    _limit_rides(pool, longest_rides_s)
    pool.save()
    pool.hubs.set({coordinator, *hubs})
    return pool


@transaction.atomic
def change_pool(
    *,
    pool: FleetPool,
    name: str,
    hubs: Iterable[Organization],
    longest_rides_s: LongestRides = NO_LIMIT,
) -> FleetPool:
    """Rename a pool, say how long goods may ride and which hubs go on sharing it.

    A class that `longest_rides_s` does not name rides as long as it takes.
    """
    pool.name = name
    _limit_rides(pool, longest_rides_s)
    pool.save()
    pool.hubs.set({pool.coordinator, *hubs})
    return pool


def _limit_rides(pool: FleetPool, longest_rides_s: LongestRides) -> None:
    pool.max_onboard_frozen_s = longest_rides_s.get("frozen")
    pool.max_onboard_chilled_s = longest_rides_s.get("chilled")
    pool.max_onboard_ambient_s = longest_rides_s.get("ambient")


@transaction.atomic
def join_pool(*, hub: Organization, code: str) -> FleetPool:
    """Let a hub share the pool whose code its coordination was given.

    Both agree: one hub gives the code, the other uses it; from then on their goods
    ride together and both see the days they share. Raises PoolUnknown.
    """
    pool = FleetPool.objects.select_for_update().filter(public_id=code.strip()).first()
    if pool is None:
        raise PoolUnknown(code=code)
    pool.hubs.add(hub)
    return pool


@transaction.atomic
def leave_pool(*, pool: FleetPool, hub: Organization) -> None:
    """Carry a hub's goods otherwise from now on; the hub that plans cannot leave."""
    if hub.pk != pool.coordinator_id:
        pool.hubs.remove(hub)


@transaction.atomic
def add_vehicle(*, pool: FleetPool | None, facts: VehicleFacts) -> Vehicle:
    """Record a truck: in a pool every day, or without one, to be lent by the day.

    Raises NameTaken, VehicleWithoutCompartment.
    """
    vehicle = _write(Vehicle(pool=pool), facts)
    _leave_trace(vehicle, {})
    return vehicle


@transaction.atomic
def change_vehicle(*, vehicle: Vehicle, facts: VehicleFacts) -> Vehicle:
    """Say a truck anew; plans already made keep what they were made with.

    Raises NameTaken, VehicleWithoutCompartment.
    """
    locked = Vehicle.objects.select_for_update().get(pk=vehicle.pk)
    before = _rates_of(locked)
    written = _write(locked, facts)
    _leave_trace(written, before)
    return written


def _rates_of(vehicle: Vehicle) -> dict[str, int]:
    return {
        "fixed_cents": vehicle.fixed_cents,
        "per_km_cents": vehicle.per_km_cents,
        "per_hour_cents": vehicle.per_hour_cents,
    }


def _leave_trace(vehicle: Vehicle, before: Mapping[str, int]) -> None:
    """What a truck costs concerns its owner, and the hub that plans with it."""
    pool = vehicle.pool
    fact = Fact(
        kind=Kind.TRUCK_PRICED,
        subject=(vehicle.public_id, vehicle.name),
        concerns=[vehicle.owner_id, pool.coordinator_id if pool else None],
        before=before,
        after=_rates_of(vehicle),
    )
    record(fact)


def _write(vehicle: Vehicle, facts: VehicleFacts) -> Vehicle:
    if not facts.holds:
        raise VehicleWithoutCompartment(vehicle=facts.name)
    vehicle.owner, vehicle.home = facts.owner, facts.home
    vehicle.name, vehicle.plate = facts.name, facts.plate
    vehicle.shift_start_s = facts.shift_start_s
    vehicle.shift_end_s = facts.shift_end_s
    vehicle.fixed_cents = facts.fixed_cents
    vehicle.per_km_cents = facts.per_km_cents
    vehicle.per_hour_cents = facts.per_hour_cents
    vehicle.height_cm, vehicle.has_tailgate = facts.height_cm, facts.has_tailgate
    vehicle.is_active = facts.is_active
    try:
        with transaction.atomic():
            vehicle.save()
    except IntegrityError as error:
        if "name_once" not in str(error):
            raise
        raise NameTaken(name=facts.name) from error
    vehicle.compartments.all().delete()
    Compartment.objects.bulk_create(
        Compartment(
            vehicle=vehicle, temperature_class=name, capacity_kg=kg, capacity_l=litres
        )
        for name, (kg, litres) in facts.holds.items()
    )
    return vehicle
