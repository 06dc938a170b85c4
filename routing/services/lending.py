"""Lending trucks by the day: offered by the owner, confirmed by a pool's coordination.

Whoever decides locks the truck first, so that hours, routes and loans are looked at
and written as one; publishing a plan locks the trucks it drives in the same way.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from hub.core.periods import local_clock
from hub.core.trail import Kind
from hub.services.trail import Fact, record, record_all
from routing import selectors
from routing.core.errors import (
    AlreadyLent,
    LoanCancelled,
    NoDayToLend,
    PoolHasTruck,
    PoolUnknown,
    TruckNotFree,
    TruckOnTheRoad,
)
from routing.core.lending import hours_of, overlap
from routing.models import FleetPool, LoanHour, Plan, Vehicle, VehicleLoan

if TYPE_CHECKING:
    from hub.models import Person

Status = VehicleLoan.Status


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanTerms:
    """The hours of a loan, and what a day, a kilometre and an hour of it cost."""

    shift_start_s: int
    shift_end_s: int
    fixed_cents: int = 0
    per_km_cents: int = 0
    per_hour_cents: int = 0

    def __post_init__(self) -> None:
        hours_of(self.shift_start_s, self.shift_end_s)


def pool_with_code(code: str) -> FleetPool:
    """The pool whose coordination gave this code. Raises PoolUnknown."""
    pool = FleetPool.objects.filter(public_id=code.strip()).first()
    if pool is None:
        raise PoolUnknown(code=code)
    return pool


@transaction.atomic
def offer_vehicle(
    *,
    vehicle: Vehicle,
    pool: FleetPool,
    days: Sequence[date],
    terms: LoanTerms,
    by: Person | None,
    now: datetime,
) -> list[VehicleLoan]:
    """Offer a truck to a pool on these days; days that are past are left out.

    What stands already is left as it is: the same offer twice is one offer, and a
    day that the pool has confirmed is not offered again. Raises PoolHasTruck,
    NoDayToLend.
    """
    vehicle = Vehicle.objects.select_for_update().get(pk=vehicle.pk)
    if vehicle.pool_id == pool.pk:
        raise PoolHasTruck(vehicle=vehicle.name, pool=pool.name)
    standing = VehicleLoan.objects.exclude(status=Status.CANCELLED)
    known = set(
        standing.filter(vehicle=vehicle, pool=pool).values_list("service_on", flat=True)
    )
    offered = [
        _write(vehicle, pool, on, terms, by=by, now=now)
        for on in _to_come(days, now)
        if on not in known
    ]
    record_all([_fact(Kind.LOAN_OFFERED, loan, vehicle) for loan in offered], by=by)
    return offered


@transaction.atomic
def keep_vehicle(
    *,
    vehicle: Vehicle,
    days: Sequence[date],
    terms: LoanTerms,
    by: Person | None,
    now: datetime,
) -> list[VehicleLoan]:
    """Keep a truck for its owner during these hours: nobody else has it then.

    Raises AlreadyLent, TruckOnTheRoad, NoDayToLend; then nothing has changed.
    """
    vehicle = Vehicle.objects.select_for_update().get(pk=vehicle.pk)
    kept = []
    for on in _to_come(days, now):
        loan = _write(vehicle, None, on, terms, by=by, now=now)
        kept.append(_take_hours(vehicle, loan, by=by, now=now))
    return kept


@transaction.atomic
def confirm_loan(*, loan: VehicleLoan, by: Person | None, now: datetime) -> VehicleLoan:
    """Take up an offer: from now on the truck is the pool's during these hours.

    Confirming what is confirmed changes nothing. Of two that ask for the same hours
    of a truck one gets them. Raises AlreadyLent, TruckOnTheRoad, LoanCancelled; then
    nothing has changed.
    """
    vehicle = _lock_vehicle(loan.vehicle_id)
    loan = VehicleLoan.objects.select_for_update().get(pk=loan.pk)
    if loan.status == Status.CONFIRMED:
        return loan
    if loan.status == Status.CANCELLED:
        raise LoanCancelled(vehicle=vehicle.name, on=loan.service_on)
    return _take_hours(vehicle, loan, by=by, now=now)


@transaction.atomic
def cancel_loan(*, loan: VehicleLoan, by: Person | None, now: datetime) -> VehicleLoan:
    """Call a loan off and give its hours back; twice is once.

    Raises TruckOnTheRoad while a published plan of the pool drives the truck.
    """
    vehicle = _lock_vehicle(loan.vehicle_id)
    loan = VehicleLoan.objects.select_for_update().get(pk=loan.pk)
    if loan.status == Status.CANCELLED:
        return loan
    if loan.status == Status.CONFIRMED and loan.pool_id:
        driven = selectors.published_routes(vehicle, loan.service_on)
        if driven.filter(plan__pool_id=loan.pool_id).exists():
            raise TruckOnTheRoad(vehicle=vehicle.name, on=loan.service_on)
    loan.hours.all().delete()
    return _decide(loan, Status.CANCELLED, by=by, now=now)


def require_trucks(pool: FleetPool, plan: Plan) -> None:
    """Refuse a plan whose trucks the pool does not have then; they stay locked.

    Call it inside the transaction that publishes. Raises TruckNotFree.
    """
    routes = list(plan.routes.order_by("vehicle_id").select_related("vehicle"))
    wanted = Vehicle.objects.filter(pk__in=[route.vehicle_id for route in routes])
    list(wanted.select_for_update().order_by("pk"))
    free = {
        available.vehicle.pk: available
        for available in selectors.available_on(pool, plan.service_on)
    }
    for route in routes:
        truck = free.get(route.vehicle_id)
        if truck is None or not truck.covers(route.start_s, route.end_s):
            raise TruckNotFree(vehicle=route.vehicle.name, on=plan.service_on)


def _lock_vehicle(pk: int) -> Vehicle:
    return Vehicle.objects.select_for_update().get(pk=pk)


def _to_come(days: Iterable[date], now: datetime) -> list[date]:
    today, _seconds = local_clock(now)
    left = sorted({day for day in days if day >= today})
    if not left:
        raise NoDayToLend
    return left


def _write(
    vehicle: Vehicle,
    pool: FleetPool | None,
    on: date,
    terms: LoanTerms,
    *,
    by: Person | None,
    now: datetime,
) -> VehicleLoan:
    return VehicleLoan.objects.create(
        vehicle=vehicle,
        pool=pool,
        service_on=on,
        shift_start_s=terms.shift_start_s,
        shift_end_s=terms.shift_end_s,
        fixed_cents=terms.fixed_cents,
        per_km_cents=terms.per_km_cents,
        per_hour_cents=terms.per_hour_cents,
        offered_by=by,
        offered_at=now,
    )


def _take_hours(
    vehicle: Vehicle, loan: VehicleLoan, *, by: Person | None, now: datetime
) -> VehicleLoan:
    taken = (loan.shift_start_s, loan.shift_end_s)
    driven = selectors.published_routes(vehicle, loan.service_on)
    for route in driven.exclude(plan__pool_id=loan.pool_id):
        if overlap(taken, (route.start_s, route.end_s)):
            raise TruckOnTheRoad(vehicle=vehicle.name, on=loan.service_on)
    try:
        with transaction.atomic():
            LoanHour.objects.bulk_create(
                LoanHour(
                    loan=loan, vehicle=vehicle, service_on=loan.service_on, hour=hour
                )
                for hour in hours_of(*taken)
            )
            return _decide(loan, Status.CONFIRMED, by=by, now=now)
    except IntegrityError as error:
        if "routing_loan_" not in str(error):
            raise
        raise AlreadyLent(vehicle=vehicle.name, on=loan.service_on) from error


def _decide(
    loan: VehicleLoan, status: str, *, by: Person | None, now: datetime
) -> VehicleLoan:
    loan.status, loan.decided_by, loan.decided_at = status, by, now
    loan.save(update_fields=["status", "decided_by", "decided_at"])
    if loan.pool_id is not None:
        is_confirmed = status == Status.CONFIRMED
        kind = Kind.LOAN_CONFIRMED if is_confirmed else Kind.LOAN_CANCELLED
        record(_fact(kind, loan, loan.vehicle), by=by)
    return loan


def _fact(kind: Kind, loan: VehicleLoan, vehicle: Vehicle) -> Fact:
    """A loan to a pool concerns who lends the truck and the hub that plans with it."""
    return Fact(
        kind=kind,
        subject=(vehicle.public_id, vehicle.name),
        concerns=[vehicle.owner_id, loan.pool.coordinator_id if loan.pool else None],
        after={
            "service_on": loan.service_on.isoformat(),
            "fixed_cents": loan.fixed_cents,
            "per_km_cents": loan.per_km_cents,
            "per_hour_cents": loan.per_hour_cents,
        },
    )
