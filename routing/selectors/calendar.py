"""The transport on offer in a week: each truck, each day, who has it and when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from routing.core.lending import overlap
from routing.models import FleetPool, Vehicle, VehicleLoan
from routing.selectors.access import owners_for, pools_run_by, pools_seen_by
from routing.selectors.lending import loans_seen_by

if TYPE_CHECKING:
    from hub.models import Person

DAYS_OF_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class SeenLoan:
    """A loan in the calendar; to whom and at what price is for its two sides only."""

    loan: VehicleLoan
    is_known: bool


@dataclass(frozen=True, slots=True)
class TruckDay:
    """One truck on one day."""

    on: date
    is_in_pool: bool
    loans: list[SeenLoan]


@dataclass(frozen=True, slots=True)
class TruckWeek:
    """One truck in a week; `is_mine` says that the reader may lend it."""

    vehicle: Vehicle
    is_mine: bool
    days: list[TruckDay]


@dataclass(frozen=True, slots=True)
class Offer:
    """Days of one truck at the same hours and price, between one owner and one pool."""

    first: VehicleLoan
    loans: list[VehicleLoan]


def week_of_trucks(person: Person, week_on: date) -> list[TruckWeek]:
    """The trucks a person sees, with their week; a fixed number of queries."""
    mine = set(owners_for(person).values_list("pk", flat=True))
    pools = set(pools_seen_by(person).values_list("pk", flat=True))
    days = [week_on + timedelta(days=number) for number in range(DAYS_OF_A_WEEK)]
    loans: dict[tuple[int, date], list[VehicleLoan]] = defaultdict(list)
    for loan in loans_seen_by(person).filter(service_on__range=(days[0], days[-1])):
        loans[loan.vehicle_id, loan.service_on].append(loan)
    seen = Vehicle.objects.filter(
        Q(pool__in=pools)
        | Q(owner__in=mine)
        | Q(pk__in={vehicle_id for vehicle_id, _on in loans}),
        is_active=True,
    )
    return [
        TruckWeek(
            vehicle=vehicle,
            is_mine=vehicle.owner_id in mine,
            days=[
                TruckDay(
                    on=on,
                    is_in_pool=_is_in_pool(vehicle, loans[vehicle.pk, on]),
                    loans=[
                        SeenLoan(
                            loan, vehicle.owner_id in mine or loan.pool_id in pools
                        )
                        for loan in loans[vehicle.pk, on]
                    ],
                )
                for on in days
            ],
        )
        for vehicle in seen.select_related("owner", "pool").order_by("name", "pk")
    ]


def _day(
    vehicle: Vehicle,
    on: date,
    loans: list[VehicleLoan],
    known: Container[int | None],
) -> TruckDay:
    return TruckDay(
        on=on,
        is_in_pool=_is_in_pool(vehicle, loans),
        loans=[SeenLoan(loan, loan.pool_id in known) for loan in loans],
    )


def _is_in_pool(vehicle: Vehicle, loans: Iterable[VehicleLoan]) -> bool:
    shift = (vehicle.shift_start_s, vehicle.shift_end_s)
    return vehicle.pool_id is not None and not any(
        loan.status == VehicleLoan.Status.CONFIRMED
        and overlap(shift, (loan.shift_start_s, loan.shift_end_s))
        for loan in loans
    )


def offers_to_confirm(person: Person, *, since: date) -> list[Offer]:
    """What was offered to the pools a person runs, from a day on."""
    offered = loans_seen_by(person).filter(
        pool__in=pools_run_by(person), status=VehicleLoan.Status.OFFERED
    )
    return _grouped(offered.filter(service_on__gte=since))


def loans_of_owner(person: Person, *, since: date) -> list[Offer]:
    """The standing loans of the trucks a person lends, from a day on."""
    own = loans_seen_by(person).filter(vehicle__owner__in=owners_for(person))
    return _grouped(own.filter(service_on__gte=since))


def _grouped(loans: QuerySet[VehicleLoan]) -> list[Offer]:
    found: dict[object, Offer] = {}
    for loan in loans.order_by("vehicle__name", "vehicle_id", "service_on", "pk"):
        same = (
            loan.vehicle_id,
            loan.pool_id,
            loan.status,
            loan.shift_start_s,
            loan.shift_end_s,
            (loan.fixed_cents, loan.per_km_cents, loan.per_hour_cents),
        )
        found.setdefault(same, Offer(first=loan, loans=[])).loans.append(loan)
    return list(found.values())


def vehicle_names(pool: FleetPool) -> dict[str, str]:
    """Names of the trucks that are in a pool or were ever lent to it, by public id."""
    trucks = Vehicle.objects.filter(Q(pool=pool) | Q(loans__pool=pool))
    return dict(trucks.values_list("public_id", "name"))
