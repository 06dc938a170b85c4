"""Asking for a plan, and stopping the search."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from hub.services import jobs
from routing import bridge, selectors
from routing.core.errors import NothingToImprove, PlanNotSound, SearchTimeRefused
from routing.models import FleetPool, Plan
from routing.services.adjusting import lock_day
from routing.services.publishing import require_current

if TYPE_CHECKING:
    from hub.models import Job, Person


@transaction.atomic
def propose_plan(
    *,
    pool: FleetPool,
    service_on: date,
    by: "Person | None",
    seconds: int,
    seed: int,
    key: str,
    iterations: int | None = None,
) -> "Job":
    """Ask for a plan of a pool's day; the caller then sends the task "routing.plan".

    The same key finds the same job, and while a planning of that day is under way
    everybody who asks is shown that one. With `iterations` the same day gives the same
    plan, and the seconds are a safety stop. Raises SearchTimeRefused, and whatever
    makes the day impossible to plan (NothingToPlan).
    """
    if not 1 <= seconds <= settings.SOLVER_TIME_LIMIT_S:
        raise SearchTimeRefused(limit=settings.SOLVER_TIME_LIMIT_S)
    FleetPool.objects.select_for_update().get(pk=pool.pk)
    if earlier := selectors.planning_under_way(pool, service_on):
        return earlier
    bridge.problem_for(pool=pool, service_on=service_on)
    return jobs.request_job(
        kind=selectors.PLAN_KIND,
        key=f"{selectors.PLAN_KIND}:{key}",
        payload={
            "pool": pool.pk,
            "service_on": service_on.isoformat(),
            "seconds": seconds,
            "seed": seed,
            "iterations": iterations,
        },
        organization=pool.coordinator,
        by=by,
    )


@transaction.atomic
def improve_plan(
    *,
    plan: Plan,
    by: "Person | None",
    seconds: int,
    seed: int,
    key: str,
    iterations: int | None = None,
) -> "Job":
    """Ask a search to improve what is not locked of a plan, which stays as it is.

    The caller then sends the task "routing.plan"; what comes is a new version, no
    dearer. Same key, same job, as in propose_plan. Raises SearchTimeRefused,
    PlanDispatched, PlanNotSound, PlanOutdated, NothingToImprove.
    """
    if not 1 <= seconds <= settings.SOLVER_TIME_LIMIT_S:
        raise SearchTimeRefused(limit=settings.SOLVER_TIME_LIMIT_S)
    pool = lock_day(plan)
    if earlier := selectors.planning_under_way(pool, plan.service_on):
        return earlier
    row = Plan.objects.get(pk=plan.pk)
    if row.num_broken:
        raise PlanNotSound(count=row.num_broken)
    require_current(pool, row)
    problem, _matrix, _solution = bridge.read_plan(row)
    if bridge.locks_of(row).vehicle_ids.issuperset(v.id for v in problem.vehicles):
        raise NothingToImprove
    return jobs.request_job(
        kind=selectors.PLAN_KIND,
        key=f"{selectors.PLAN_KIND}:{key}",
        payload={
            "pool": pool.pk,
            "service_on": plan.service_on.isoformat(),
            "seconds": seconds,
            "seed": seed,
            "iterations": iterations,
            "plan": plan.pk,
        },
        organization=pool.coordinator,
        by=by,
    )


def stop_planning(*, job: "Job", now: datetime) -> "Job":
    """Stop the search and keep the best plan found so far."""
    return jobs.stop_job(job_id=job.pk, now=now)


def discard_planning(*, job: "Job", now: datetime) -> "Job":
    """Stop the search and throw away what it found."""
    return jobs.drop_job(job_id=job.pk, now=now)
