"""Planning the demo's day: trucks join a pool, and the planner runs for real."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from config.demo.build import FIRST_NAMES, MAIL_DOMAIN, DemoHub
from hub.services import memberships
from routing import services as routing_services
from routing.core.papers import OF_VEHICLES
from routing.services.fleet import VehicleFacts

if TYPE_CHECKING:
    from hub.models import Cycle
    from routing.models import FleetPool, Plan

NUM_ITERATIONS = {"village": 40, "hub": 40, "city": 1}
"""A search limited by rounds gives the same plan on every machine."""
PAPERS_HOLD_DAYS = 300


class DayNotPlanned(Exception):
    """The planner ended without a plan; the reason is the job's."""


def lend_trucks(demo: DemoHub) -> "FleetPool":
    """The members' trucks join a pool planned by the hub."""
    pool = routing_services.create_pool(
        coordinator=demo.hub, name=f"Flotte du {demo.hub.name}", hubs=[demo.hub]
    )
    lenders = {member.organization.name: member for member in demo.lenders}
    for number, truck in enumerate(demo.trucks, start=1):
        lender = lenders[truck.lender]
        vehicle = routing_services.add_vehicle(
            pool=pool,
            facts=VehicleFacts(
                owner=lender.organization,
                name=truck.name,
                home=lender.place,
                holds={name: (kg, litres) for name, kg, litres in truck.compartments},
                plate=f"L{number:03d} 417",
                shift_start_s=truck.shift_s[0],
                shift_end_s=truck.shift_s[1],
                fixed_cents=truck.fixed_cents,
                per_km_cents=truck.per_km_cents,
                per_hour_cents=truck.per_hour_cents,
            ),
        )
        for kind in OF_VEHICLES:
            routing_services.keep_vehicle_paper(
                vehicle=vehicle, facts=_paper(kind, f"{kind[:3].upper()}-{number:04d}")
            )
    return pool


def _paper(kind: str, number: str) -> routing_services.PaperFacts:
    ends_on = timezone.localdate() + timedelta(days=PAPERS_HOLD_DAYS)
    return routing_services.PaperFacts(kind=kind, number=number, expires_on=ends_on)


def plan_day(
    demo: DemoHub, pool: "FleetPool", cycle: "Cycle", *, seed: int, iterations: int
) -> "Plan":
    """Plan the day of a closed cycle and publish the plan. Raises DayNotPlanned."""
    job = routing_services.propose_plan(
        pool=pool,
        service_on=cycle.service_on,
        by=demo.coordinator,
        seconds=settings.SOLVER_TIME_LIMIT_S,
        seed=seed,
        key=f"demo:{cycle.public_id}",
        iterations=iterations,
    )
    plan = routing_services.run_plan(job_id=job.pk)
    if plan is None:
        job.refresh_from_db()
        raise DayNotPlanned(job.reason)
    name_drivers(demo, plan)
    return routing_services.publish_plan(
        plan=plan, by=demo.coordinator, now=timezone.now()
    )


def name_drivers(demo: DemoHub, plan: "Plan") -> None:
    """Everybody drives one truck: a lender of several has as many drivers."""
    lenders = {member.organization.pk: member for member in demo.lenders}
    busy: set[int] = set()
    for route in plan.routes.select_related("vehicle").order_by("number"):
        lender = lenders[route.vehicle.owner_id]
        driver = lender.person
        if driver.pk in busy:
            driver = memberships.invite(
                organization=lender.organization,
                email=f"volant{route.number}@{MAIL_DOMAIN}",
                name=FIRST_NAMES[(route.number * 3 + 5) % len(FIRST_NAMES)],
                role="driver",
            ).person
        busy.add(driver.pk)
        licence = _paper("licence", f"T{route.number:04d}-010190-01")
        routing_services.keep_driver_paper(person=driver, facts=licence)
        routing_services.name_driver(route=route, driver=driver)
