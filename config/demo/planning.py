"""Planning the demo's days: the planner runs for real."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from config.demo.build import DemoHub
from config.demo.fleet import Fleet, name_drivers
from routing import services as routing_services

if TYPE_CHECKING:
    from hub.models import Cycle
    from routing.models import Plan

NUM_ITERATIONS = {"village": 40, "hub": 40, "city": 1}
NUM_PAST_ITERATIONS = {"village": 10, "hub": 8, "city": 1}
"""A search limited by rounds gives the same plan on every machine."""


class DayNotPlanned(Exception):
    """The planner ended without a plan; the reason is the job's."""


def plan_day(
    demo: DemoHub, fleet: Fleet, cycle: "Cycle", *, seed: int, iterations: int
) -> "Plan":
    """Plan the day of a closed cycle, publish the plan, name who drives.

    Raises DayNotPlanned.
    """
    job = routing_services.propose_plan(
        pool=fleet.pool,
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
    published = routing_services.publish_plan(
        plan=plan, by=demo.coordinator, now=timezone.now()
    )
    name_drivers(fleet, published)
    return published
