"""The demo's trucks: lent to one pool, with valid papers and somebody to drive each."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from config.demo.build import FIRST_NAMES, MAIL_DOMAIN, DemoHub, Member
from hub.services import memberships
from routing import services as routing_services
from routing.services.fleet import VehicleFacts
from routing.services.papers import PaperFacts

if TYPE_CHECKING:
    from config.demo.world import TruckIdea
    from hub.models import Person
    from routing.models import FleetPool, Plan, Vehicle


@dataclass(frozen=True, slots=True)
class Fleet:
    """A pool and, by truck, who drives it."""

    pool: "FleetPool"
    drivers: dict[int, "Person"]


def lend_trucks(demo: DemoHub, *, today: date) -> Fleet:
    """The members' trucks join a pool planned by the hub, papers in order."""
    pool = routing_services.create_pool(
        coordinator=demo.hub, name=f"Flotte du {demo.hub.name}", hubs=[demo.hub]
    )
    fleet = Fleet(pool=pool, drivers={})
    lenders = {member.organization.name: member for member in demo.lenders}
    lent: Counter[str] = Counter()
    for number, idea in enumerate(demo.trucks, start=1):
        lender = lenders[idea.lender]
        vehicle = _lend(pool, idea, lender, number)
        ends_on = today + timedelta(days=120 + 23 * number)
        for kind in ("insurance", "registration"):
            facts = PaperFacts(
                kind=kind,
                number=f"{kind[:3].upper()}-{4170 + number}",
                expires_on=ends_on,
            )
            routing_services.keep_vehicle_paper(vehicle=vehicle, facts=facts)
        fleet.drivers[vehicle.pk] = _driver(
            lender, number, is_first=not lent[idea.lender], ends_on=ends_on
        )
        lent[idea.lender] += 1
    return fleet


def name_drivers(fleet: Fleet, plan: "Plan") -> None:
    """Say who drives each route of a plan."""
    for route in plan.routes.order_by("number"):
        routing_services.name_driver(
            route=route, driver=fleet.drivers[route.vehicle_id]
        )


def _lend(
    pool: "FleetPool", idea: "TruckIdea", lender: Member, number: int
) -> "Vehicle":
    return routing_services.add_vehicle(
        pool=pool,
        facts=VehicleFacts(
            owner=lender.organization,
            name=idea.name,
            home=lender.place,
            holds={name: (kg, litres) for name, kg, litres in idea.compartments},
            plate=f"L{number:03d} 417",
            shift_start_s=idea.shift_s[0],
            shift_end_s=idea.shift_s[1],
            fixed_cents=idea.fixed_cents,
            per_km_cents=idea.per_km_cents,
            per_hour_cents=idea.per_hour_cents,
        ),
    )


def _driver(lender: Member, number: int, *, is_first: bool, ends_on: date) -> "Person":
    """The lender's own person on its first truck, somebody else on each other."""
    person = lender.person
    if not is_first:
        person = memberships.invite(
            organization=lender.organization,
            email=f"chauffeur{number}@{MAIL_DOMAIN}",
            name=FIRST_NAMES[(number * 3 + 5) % len(FIRST_NAMES)],
            role="driver",
        ).person
    facts = PaperFacts(
        kind="licence", number=f"B{6120 + number}-170485-03", expires_on=ends_on
    )
    routing_services.keep_driver_paper(person=person, facts=facts)
    return person
