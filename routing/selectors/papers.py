"""Papers of trucks and drivers: who may see them, and which stop a truck."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from hub import selectors as hub_selectors
from routing.core.papers import (
    NO_DRIVER,
    OF_DRIVERS,
    OF_VEHICLES,
    PaperFault,
    by_urgency,
    faults_of,
)
from routing.models import DriverPaper, Plan, Route, Vehicle, VehiclePaper
from routing.selectors.access import pools_run_by, vehicles_editable_by

if TYPE_CHECKING:
    from hub.models import Person

WARN_DAYS = 30
"""How long before its end a paper is named on the page of the day."""


@dataclass(frozen=True, slots=True)
class Holder:
    """A truck or a person with their papers by kind, and what is wrong with them."""

    row: Vehicle | Person
    papers: dict[str, VehiclePaper | DriverPaper]
    faults: list[PaperFault]


def expired_for(plan: Plan) -> list[PaperFault]:
    """What keeps the trucks of a plan at home: papers missing or over on its day."""
    return expired_on(plan.routes.all(), plan.service_on)


def expired_on(asked: QuerySet[Route], on: date) -> list[PaperFault]:
    """What keeps the trucks of some routes at home: papers missing or over on a day.

    A route that nobody was named to drive is named too. In the order of the routes;
    three queries.
    """
    routes = list(asked.select_related("vehicle", "driver").order_by("number"))
    trucks = _ends_of_vehicles([route.vehicle_id for route in routes])
    drivers = _ends_of_drivers([route.driver_id for route in routes if route.driver_id])
    faults: list[PaperFault] = []
    for route in routes:
        name = route.vehicle.name
        faults += faults_of(name, OF_VEHICLES, trucks[route.vehicle_id], on)
        if route.driver is None:
            faults.append(PaperFault(code=NO_DRIVER, paper="", holder=name))
            continue
        ends = drivers[route.driver.pk]
        faults += faults_of(str(route.driver), OF_DRIVERS, ends, on)
    return list(dict.fromkeys(faults))


def licence_faults(person: Person, on: date) -> list[PaperFault]:
    """Why a person may not drive on a day: a licence missing, or over by then."""
    ends = _ends_of_drivers([person.pk])[person.pk]
    return faults_of(str(person), OF_DRIVERS, ends, on)


def vehicles_without_papers(vehicles: Iterable[Vehicle], on: date) -> set[str]:
    """Which of these trucks stay at home for their own papers, by public id."""
    rows = list(vehicles)
    ends = _ends_of_vehicles([row.pk for row in rows])
    return {
        row.public_id
        for row in rows
        if faults_of(row.name, OF_VEHICLES, ends[row.pk], on)
    }


def _ends_of_vehicles(pks: Iterable[int]) -> dict[int, dict[str, date]]:
    ends: dict[int, dict[str, date]] = defaultdict(dict)
    rows = VehiclePaper.objects.filter(vehicle_id__in=pks)
    for pk, kind, expires_on in rows.values_list("vehicle_id", "kind", "expires_on"):
        ends[pk][kind] = expires_on
    return ends


def _ends_of_drivers(pks: Iterable[int]) -> dict[int, dict[str, date]]:
    ends: dict[int, dict[str, date]] = defaultdict(dict)
    rows = DriverPaper.objects.filter(person_id__in=pks)
    for pk, kind, expires_on in rows.values_list("person_id", "kind", "expires_on"):
        ends[pk][kind] = expires_on
    return ends


def drivers_kept_by(person: Person) -> QuerySet[Person]:
    """Whose licence a person may see: one's own, and those who drive for one's own.

    Driving for an organization does not open the licences of its other drivers.
    """
    return hub_selectors.drivers_of(
        hub_selectors.organizations_editable_by(person)
        .exclude(kind="carrier", memberships__person=person)
        .values_list("pk", flat=True),
        beside=person,
    )


def vehicle_holders(person: Person, today: date) -> list[Holder]:
    """The trucks whose papers a person keeps, by name."""
    rows = list(vehicles_editable_by(person).filter(is_active=True))
    papers: dict[int, dict[str, VehiclePaper | DriverPaper]] = defaultdict(dict)
    for paper in VehiclePaper.objects.filter(vehicle__in=rows):
        papers[paper.vehicle_id][paper.kind] = paper
    return [_holder(row, row.name, OF_VEHICLES, papers[row.pk], today) for row in rows]


def driver_holders(person: Person, today: date) -> list[Holder]:
    """The drivers whose licence a person keeps, by name."""
    rows = list(drivers_kept_by(person))
    papers: dict[int, dict[str, VehiclePaper | DriverPaper]] = defaultdict(dict)
    for paper in DriverPaper.objects.filter(person__in=rows):
        papers[paper.person_id][paper.kind] = paper
    return [_holder(row, str(row), OF_DRIVERS, papers[row.pk], today) for row in rows]


def _holder(
    row: Vehicle | Person,
    name: str,
    asked: tuple[str, ...],
    papers: dict[str, VehiclePaper | DriverPaper],
    today: date,
) -> Holder:
    ends = {kind: paper.expires_on for kind, paper in papers.items()}
    warn_until = today + timedelta(days=WARN_DAYS)
    faults = faults_of(name, asked, ends, today, warn_until=warn_until)
    return Holder(row=row, papers=papers, faults=faults)


def paper_warnings(person: Person, today: date) -> list[PaperFault]:
    """Papers that are missing, over, or over within thirty days; the worst first."""
    holders = [*vehicle_holders(person, today), *driver_holders(person, today)]
    return by_urgency(fault for holder in holders for fault in holder.faults)


def vehicle_papers(vehicle: Vehicle) -> dict[str, VehiclePaper]:
    """The papers of a truck by kind."""
    return {paper.kind: paper for paper in VehiclePaper.objects.filter(vehicle=vehicle)}


def driver_papers(person: Person) -> dict[str, DriverPaper]:
    """The papers of a driver by kind."""
    return {paper.kind: paper for paper in DriverPaper.objects.filter(person=person)}


def drivers_for(route: Route) -> QuerySet[Person]:
    """Who may drive a route: drivers of the truck's owner and of the pool's hubs."""
    hubs = route.plan.pool.hubs.values_list("pk", flat=True)
    return hub_selectors.drivers_of([route.vehicle.owner_id, *hubs])


def routes_to_staff(person: Person) -> QuerySet[Route]:
    """Routes of the pools a person plans, whose driver they may name."""
    shared = Q(plan__pool__hubs__in=hub_selectors.hubs_coordinated_by(person))
    return (
        Route.objects.filter(shared | Q(plan__pool__in=pools_run_by(person)))
        .distinct()
        .select_related("plan__pool", "vehicle__owner", "driver")
    )
