"""Which trucks a pool has on a day, and the loans that people may see or decide.

Who may what:
- those who speak for an organization, or drive for it, offer its trucks and keep them;
- the coordinators of a pool's own hub confirm what is offered to it;
- both may call a loan off; the coordinators of every hub that shares a pool see it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from routing.core.lending import overlap
from routing.models import FleetPool, Plan, Route, Vehicle, VehicleLoan
from routing.selectors.access import owners_for, pools_run_by, pools_seen_by

if TYPE_CHECKING:
    from hub.models import Person

CONFIRMED = VehicleLoan.Status.CONFIRMED


@dataclass(frozen=True, slots=True, kw_only=True)
class Available:
    """A truck that a pool has on a day, at what hours and at what price.

    They are those of the loan when there is one, else the truck's own.
    """

    vehicle: Vehicle
    loan: VehicleLoan | None
    shift_start_s: int
    shift_end_s: int
    fixed_cents: int
    per_km_cents: int
    per_hour_cents: int

    def covers(self, start_s: int, end_s: int) -> bool:
        """Whether a route from `start_s` to `end_s` fits in these hours."""
        return self.shift_start_s <= start_s and end_s <= self.shift_end_s


def _terms(vehicle: Vehicle, loan: VehicleLoan | None) -> Available:
    said = loan or vehicle
    return Available(
        vehicle=vehicle,
        loan=loan,
        shift_start_s=said.shift_start_s,
        shift_end_s=said.shift_end_s,
        fixed_cents=said.fixed_cents,
        per_km_cents=said.per_km_cents,
        per_hour_cents=said.per_hour_cents,
    )


def available_on(pool: FleetPool, service_on: date) -> list[Available]:
    """The active trucks of a pool on a day, by name; three queries.

    A truck of the pool is there unless it is lent elsewhere, or kept by its owner,
    during its shift; a truck lent to the pool is there for the hours of the loan.
    """
    loans: dict[int, list[VehicleLoan]] = defaultdict(list)
    for loan in VehicleLoan.objects.filter(service_on=service_on, status=CONFIRMED):
        loans[loan.vehicle_id].append(loan)
    lent = [pk for pk, of_truck in loans.items() if _loan_to(pool, of_truck)]
    rows = (
        Vehicle.objects.filter(Q(pool=pool) | Q(pk__in=lent), is_active=True)
        .select_related("owner", "home")
        .prefetch_related("compartments", "home__windows")
        .order_by("name", "pk")
    )
    return [
        _terms(row, _loan_to(pool, loans[row.pk]))
        for row in rows
        if row.pk in lent or not _is_away(row, loans[row.pk])
    ]


def _loan_to(pool: FleetPool, loans: Iterable[VehicleLoan]) -> VehicleLoan | None:
    return next((loan for loan in loans if loan.pool_id == pool.pk), None)


def _is_away(vehicle: Vehicle, loans: Iterable[VehicleLoan]) -> bool:
    shift = (vehicle.shift_start_s, vehicle.shift_end_s)
    return any(overlap(shift, (loan.shift_start_s, loan.shift_end_s)) for loan in loans)


def published_routes(vehicle: Vehicle, service_on: date) -> QuerySet[Route]:
    """The published routes of a truck on a day."""
    return Route.objects.filter(
        vehicle=vehicle,
        plan__service_on=service_on,
        plan__status=Plan.Status.PUBLISHED,
    ).select_related("plan")


def vehicles_lent_by(person: Person) -> QuerySet[Vehicle]:
    """Trucks of the organizations a person speaks or drives for."""
    return (
        Vehicle.objects.filter(owner__in=owners_for(person))
        .select_related("pool", "owner", "home")
        .prefetch_related("compartments")
    )


def pools_to_lend_to(vehicle: Vehicle) -> QuerySet[FleetPool]:
    """The pools of the owner's hub, and those that once had the truck."""
    hub_id = vehicle.owner.hub_id or vehicle.owner_id
    known = FleetPool.objects.filter(Q(hubs=hub_id) | Q(loans__vehicle=vehicle))
    if vehicle.pool_id is not None:
        known = known.exclude(pk=vehicle.pool_id)
    return known.distinct()


def _loans() -> QuerySet[VehicleLoan]:
    return VehicleLoan.objects.select_related(
        "vehicle__owner", "vehicle__pool", "pool__coordinator"
    )


def loans_confirmable_by(person: Person) -> QuerySet[VehicleLoan]:
    """Loans offered to, or agreed with, the pools a person runs."""
    return _loans().filter(pool__in=pools_run_by(person))


def loans_cancellable_by(person: Person) -> QuerySet[VehicleLoan]:
    """Loans that a person may call off: of one's trucks, or to one's pools."""
    return _loans().filter(
        Q(pool__in=pools_run_by(person)) | Q(vehicle__owner__in=owners_for(person))
    )


def loans_seen_by(person: Person) -> QuerySet[VehicleLoan]:
    """Standing loans of one's trucks, to or from the pools one sees."""
    pools = pools_seen_by(person)
    return (
        _loans()
        .exclude(status=VehicleLoan.Status.CANCELLED)
        .filter(
            Q(pool__in=pools)
            | Q(vehicle__pool__in=pools)
            | Q(vehicle__owner__in=owners_for(person))
        )
    )
