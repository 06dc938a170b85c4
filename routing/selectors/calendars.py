"""What the calendars of a person show: cycles, routes and loans, near today."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from hub import selectors as hub_selectors
from hub.core.calendars import MOST_EVENTS, SHOWN_AFTER, SHOWN_BEFORE
from routing.models import Plan, Route, VehicleLoan
from routing.selectors.access import owners_for, pools_seen_by, routes_driven_by
from routing.selectors.cargo import routes_on_paper
from routing.selectors.lending import loans_seen_by

if TYPE_CHECKING:
    from hub.models import Cycle, Person

EVENTS_A_CYCLE = 3


@dataclass(frozen=True, slots=True)
class CycleDays:
    """Cycles of a person's hubs; those of `run` they coordinate."""

    cycles: list[Cycle]
    run: AbstractSet[int]


@dataclass(frozen=True, slots=True)
class RouteDays:
    """Published routes with their stops; those of `driven` the person drives."""

    routes: list[Route]
    driven: AbstractSet[int]


@dataclass(frozen=True, slots=True)
class LoanDays:
    """Loans, with whose trucks are one's own and which pools one sees."""

    loans: list[VehicleLoan]
    owners: AbstractSet[int]
    pools: AbstractSet[int]


def cycle_days(person: Person, today: date) -> CycleDays:
    """The cycles of a person's hubs, the latest first; two queries."""
    cycles = (
        hub_selectors.cycles_seen_by(person)
        .filter(service_on__range=_around(today))
        .exclude(status="cancelled")
        .order_by("-service_on", "-pk")
    )
    run = hub_selectors.hubs_coordinated_by(person).values_list("pk", flat=True)
    return CycleDays(list(cycles[: MOST_EVENTS // EVENTS_A_CYCLE]), set(run))


def route_days(person: Person, today: date) -> RouteDays:
    """The published routes that one drives or that one's pools drive; four queries."""
    routes = (
        routes_on_paper(person)
        .filter(
            plan__status=Plan.Status.PUBLISHED,
            plan__service_on__range=_around(today),
        )
        .defer("plan__problem", "plan__solution", "legs")
        .prefetch_related("stops__place")
        .order_by("-plan__service_on", "-pk")
    )
    driven = routes_driven_by(person).order_by().values_list("pk", flat=True)
    near = driven.filter(plan__service_on__range=_around(today))
    return RouteDays(list(routes[:MOST_EVENTS]), set(near))


def loan_days(person: Person, today: date) -> LoanDays:
    """Loans of one's trucks, and to or from the pools one sees; three queries."""
    loans = loans_seen_by(person).filter(service_on__range=_around(today))
    return LoanDays(
        loans=list(loans.order_by("-service_on", "-pk")[:MOST_EVENTS]),
        owners=set(owners_for(person).values_list("pk", flat=True)),
        pools=set(pools_seen_by(person).values_list("pk", flat=True)),
    )


def _around(today: date) -> tuple[date, date]:
    return today - SHOWN_BEFORE, today + SHOWN_AFTER
