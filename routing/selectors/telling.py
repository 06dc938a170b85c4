"""What a plan tells people: farms, buyers and drivers, each with their own hours.

The same list is previewed before dispatch and left in the outbox by it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from hub import selectors as hub_selectors
from hub.core.letters import Kind
from orders import selectors as order_selectors
from routing.core.telling import told_hours
from routing.models import Plan, Route, Stop, StopAction

if TYPE_CHECKING:
    from hub.models import Organization, Person


@dataclass(frozen=True, slots=True)
class Telling:
    """One notice to come: its kind and facts, and whom it is for."""

    kind: Kind
    data: dict[str, Any]
    organization: Organization | None = None
    people: tuple[Person, ...] = ()

    @property
    def name(self) -> str:
        """What is told of whom, as a part of the notice's key."""
        return f"{self.kind}:{self.about}"

    @property
    def about(self) -> str:
        """The organization that is told, or the truck whose drivers are."""
        if self.organization is not None:
            return self.organization.public_id
        return str(self.data["vehicle"])


@dataclass(slots=True)
class _Visits:
    """The stops that concern one organization, in the order of the day."""

    organization: Organization
    stops: dict[int, tuple[Stop, list[str]]] = field(default_factory=dict)

    def add(self, stop: Stop, goods: str) -> None:
        lines = self.stops.setdefault(stop.pk, (stop, []))[1]
        if goods not in lines:
            lines.append(goods)


def tellings_of(plan: Plan) -> list[Telling]:
    """Every notice that the dispatch of a plan leaves: farms, buyers, then drivers."""
    routes = list(
        plan.routes.select_related("vehicle__owner", "home", "driver").prefetch_related(
            "stops__place",
            "stops__actions__shipment__producer",
            "stops__actions__shipment__drop_point",
        )
    )
    actions = [
        (stop, action)
        for route in routes
        for stop in _with_route(route)
        for action in stop.actions.all()
    ]
    shipments = {action.shipment_id for _, action in actions}
    buyers = order_selectors.buyers_of_shipments(shipments)
    farms: dict[int, _Visits] = {}
    doors: dict[int, _Visits] = {}
    for stop, action in actions:
        shipment = action.shipment
        if action.kind == StopAction.Kind.LOAD and shipment.leg != "outbound":
            visits = farms.setdefault(shipment.producer_id, _Visits(shipment.producer))
            visits.add(stop, f"→ {shipment.drop_point.name}")
        if action.kind == StopAction.Kind.UNLOAD and shipment.leg != "inbound":
            for buyer in buyers[shipment.pk]:
                doors.setdefault(buyer.pk, _Visits(buyer)).add(
                    stop, shipment.producer.name
                )
    on = plan.service_on.isoformat()
    drivers = _drivers_of(routes)
    return [
        *(_visit(Kind.PLAN_FARM, visits, on) for visits in farms.values()),
        *(_visit(Kind.PLAN_BUYER, visits, on) for visits in doors.values()),
        *(_drive(route, on, drivers[route.pk]) for route in routes),
    ]


def handover_tellings(route: Route, driver: Person) -> list[Telling]:
    """What is told when somebody takes over a route whose truck has left.

    The new driver gets the route, as at the dispatch; whoever had it learns that it is
    theirs no more. Without a driver named, that is everybody who drives for the owner.
    """
    on = route.plan.service_on.isoformat()
    drive = _drive(route, on, _drivers_of([route])[route.pk])
    told = {"service_on": on, "vehicle": route.vehicle.name}
    left = tuple(person for person in drive.people if person.pk != driver.pk)
    tellings = [replace(drive, people=(driver,))]
    if left:
        tellings.append(Telling(Kind.ROUTE_HANDED_OVER, told, people=left))
    return tellings


def with_readers(tellings: list[Telling]) -> list[tuple[Telling, list[Person]]]:
    """Each notice with everybody who gets it, by name; one query for all."""
    told = {t.organization for t in tellings if t.organization is not None}
    answering = hub_selectors.people_answering(told)
    found = []
    for telling in tellings:
        people = list(telling.people)
        if telling.organization is not None:
            people += answering[telling.organization.pk]
        found.append((telling, sorted(people, key=str)))
    return found


def _with_route(route: Route) -> list[Stop]:
    stops = list(route.stops.all())
    for stop in stops:
        stop.route = route
    return stops


def _visit(kind: Kind, visits: _Visits, service_on: str) -> Telling:
    ordered = sorted(visits.stops.values(), key=lambda pair: pair[0].service_start_s)
    return Telling(
        kind=kind,
        organization=visits.organization,
        data={
            "service_on": service_on,
            "stops": [_stop(stop, goods) for stop, goods in ordered],
        },
    )


def _drivers_of(routes: Collection[Route]) -> dict[int, tuple[Person, ...]]:
    """Who drives each route, by route; nobody named: all who drive for its owner."""
    owners = {route.vehicle.owner_id for route in routes if route.driver is None}
    by_owner = hub_selectors.drivers_by_owner(owners)
    return {
        route.pk: (route.driver,)
        if route.driver
        else tuple(by_owner[route.vehicle.owner_id])
        for route in routes
    }


def _drive(route: Route, service_on: str, people: tuple[Person, ...]) -> Telling:
    return Telling(
        kind=Kind.PLAN_DRIVER,
        people=people,
        data={
            "service_on": service_on,
            "vehicle": route.vehicle.name,
            "home": route.home.name,
            "start_s": route.start_s,
            "end_s": route.end_s,
            "stops": [_stop(stop, []) for stop in route.stops.all()],
        },
    )


def _stop(stop: Stop, goods: list[str]) -> dict[str, Any]:
    from_s, to_s = told_hours(stop.service_start_s)
    return {
        "place": stop.place.name,
        "from_s": from_s,
        "to_s": to_s,
        "vehicle": stop.route.vehicle.name,
        "goods": goods,
    }
