"""Plans through the API: searched for, looked at, published, dispatched."""

from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Query, Schema

from hub.api import Day, Door, Id, PublicId, Sent, caller_of, effect_key, narrowed
from hub.core.scopes import Scope
from routing import selectors, services, tasks
from routing.api.shapes import (
    COORDINATION,
    JobOut,
    PlanOut,
    PlanStatus,
    PlanWithRoutesOut,
    plan_run_by,
)
from routing.models import FleetPool, Plan

if TYPE_CHECKING:
    from hub.models import Job

router = Door(tags=["plans"])


class PoolOut(Schema):
    """Trucks that several hubs share."""

    id: PublicId = Field(alias="public_id")
    name: str
    hub_ids: list[PublicId]

    @staticmethod
    def resolve_hub_ids(pool: Any) -> list[str]:
        return [hub.public_id for hub in pool.hubs.all()]


class PlanIn(Sent):
    """A search for a plan of a pool's day."""

    pool_id: PublicId
    service_on: Day
    seconds: int = Field(60, ge=1, le=settings.SOLVER_TIME_LIMIT_S)
    seed: int = Field(1, ge=0, le=1_000_000)


class PlanFilter(Schema):
    """Which plans."""

    service_on: Day | None = None
    status: PlanStatus | None = None
    pool_id: PublicId | None = None


@router.pages("/pools", scope=Scope.PLANS_READ, roles=COORDINATION, out=PoolOut)
def pools(request: HttpRequest) -> QuerySet[FleetPool]:
    """The fleet pools that one's hub shares."""
    return selectors.pools_seen_by(caller_of(request).person).prefetch_related("hubs")


@router.pages("/plans", scope=Scope.PLANS_READ, roles=COORDINATION, out=PlanOut)
def plans(request: HttpRequest, asked: Query[PlanFilter]) -> QuerySet[Plan]:
    """Plans of the pools that one's hub shares."""
    return narrowed(
        selectors.plans_seen_by(caller_of(request).person),
        service_on=asked.service_on,
        status=asked.status,
        pool__public_id=asked.pool_id,
    )


@router.read(
    "/plans/{plan_id}",
    scope=Scope.PLANS_READ,
    roles=COORDINATION,
    out=PlanWithRoutesOut,
)
def plan(request: HttpRequest, plan_id: Id) -> Plan:
    """One plan with its routes, its stops, and what it leaves out."""
    seen = selectors.plans_seen_by(caller_of(request).person)
    return get_object_or_404(seen, public_id=plan_id)


@router.act(
    "/plans",
    scope=Scope.PLANS_WRITE,
    roles=COORDINATION,
    out=JobOut,
    status=HTTPStatus.ACCEPTED,
)
def propose_plan(request: HttpRequest, asked: PlanIn) -> JobOut:
    """Begin a search; its job tells how far it is and, at the end, which plan.

    While one is under way for that day, its job is given and none begins.
    """
    person = caller_of(request).person
    pool = get_object_or_404(selectors.pools_seen_by(person), public_id=asked.pool_id)
    job = services.propose_plan(
        pool=pool,
        service_on=asked.service_on,
        by=person,
        seconds=asked.seconds,
        seed=asked.seed,
        key=effect_key(request),
    )
    transaction.on_commit(partial(tasks.plan.delay, job.pk))
    return JobOut.from_orm(job)


@router.read("/jobs/{job_id}", scope=Scope.PLANS_READ, roles=COORDINATION, out=JobOut)
def job(request: HttpRequest, job_id: Id) -> "Job":
    """How far a search or a close is."""
    mine = selectors.jobs_run_by(caller_of(request).person)
    return get_object_or_404(mine, public_id=job_id)


@router.act(
    "/jobs/{job_id}/stop", scope=Scope.PLANS_WRITE, roles=COORDINATION, out=JobOut
)
def stop_job(request: HttpRequest, job_id: Id) -> JobOut:
    """End a search and keep the best plan so far; one that is over stays as it is.

    A close is no search: it cannot be stopped, and is not found here.
    """
    job = _search(request, job_id)
    return JobOut.from_orm(services.stop_planning(job=job, now=timezone.now()))


@router.act(
    "/jobs/{job_id}/discard", scope=Scope.PLANS_WRITE, roles=COORDINATION, out=JobOut
)
def discard_job(request: HttpRequest, job_id: Id) -> JobOut:
    """End a search and keep nothing of it; one that is over stays as it is."""
    job = _search(request, job_id)
    return JobOut.from_orm(services.discard_planning(job=job, now=timezone.now()))


@router.act(
    "/cycles/{cycle_id}/close",
    scope=Scope.CYCLES_WRITE,
    roles=COORDINATION,
    out=JobOut,
    status=HTTPStatus.ACCEPTED,
)
def close_cycle(request: HttpRequest, cycle_id: Id) -> JobOut:
    """Close a cycle now: orders stop, quantities are shared out by a job."""
    person = caller_of(request).person
    cycle = get_object_or_404(selectors.cycles_run_by(person), public_id=cycle_id)
    asked = services.request_close(cycle=cycle, by=person)
    transaction.on_commit(partial(tasks.close_cycle.delay, asked.pk))
    return JobOut.from_orm(asked)


@router.act(
    "/plans/{plan_id}/publish",
    scope=Scope.PLANS_WRITE,
    roles=COORDINATION,
    out=PlanOut,
)
def publish_plan(request: HttpRequest, plan_id: Id) -> PlanOut:
    """Make a plan the one everybody drives by.

    Refused with `plan_outdated` when orders changed since, with `plan_not_sound` when
    hand edits break a rule.
    """
    done = services.publish_plan(
        plan=plan_run_by(request, plan_id),
        by=caller_of(request).person,
        now=timezone.now(),
    )
    return PlanOut.from_orm(done)


@router.act(
    "/plans/{plan_id}/dispatch",
    scope=Scope.PLANS_WRITE,
    roles=COORDINATION,
    out=PlanOut,
)
def dispatch_plan(request: HttpRequest, plan_id: Id) -> PlanOut:
    """Let the trucks leave by a published plan; those concerned are told.

    Refused with `papers_expired` (no driver named, or papers that do not hold that
    day), `unserved_undecided` (what it leaves out), `plan_outdated`,
    `plan_not_published`.
    """
    done = services.dispatch_plan(
        plan=plan_run_by(request, plan_id),
        by=caller_of(request).person,
        now=timezone.now(),
    )
    return PlanOut.from_orm(done)


def _search(request: HttpRequest, public_id: str) -> "Job":
    mine = selectors.jobs_run_by(caller_of(request).person)
    return get_object_or_404(mine, public_id=public_id, kind=selectors.PLAN_KIND)
