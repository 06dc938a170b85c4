"""Going back before anybody has driven: a cycle opened again, a plan withdrawn.

Locks: the pools by ascending id, the plans by ascending id, then what the orders floor
locks (a cycle), or the trucks by ascending id (a plan). Taps lock the plan first too,
so a route is begun before it is taken back, or refused afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from hub.core.trail import Kind
from hub.services import notices, trail
from orders import services as order_services
from orders.core.errors import RequestReused
from routing import selectors
from routing.core.errors import (
    AnotherVersionOpen,
    CycleHasDispatchedRoute,
    PlanBegun,
    PlanNotPublished,
)
from routing.models import FleetPool, Plan, PlanWithdrawal, Vehicle
from routing.services.happening import tell_withdrawn

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from hub.models import Cycle, Person
    from orders.models import CycleReopening


@dataclass(frozen=True, slots=True, kw_only=True)
class WayBack:
    """Who takes something back, when, and why."""

    reason: str
    by: Person | None
    now: datetime


@transaction.atomic
def reopen_cycle(
    *, cycle: Cycle, ask: order_services.Reopening, key: str
) -> CycleReopening:
    """Open a closed cycle again, as long as no truck has left with its goods.

    The plans of before are old from then on. The same `key` again gives the first
    answer. Raises CycleHasDispatchedRoute and what `orders.services.reopen_cycle` does.
    """
    pools = FleetPool.objects.select_for_update().filter(
        pk__in=selectors.pools_carrying(cycle)
    )
    list(pools.order_by("pk"))
    _require_none_left(cycle, Plan.objects.select_for_update())
    return order_services.reopen_cycle(cycle=cycle, ask=ask, key=key)


def require_reopenable(*, cycle: Cycle, closes_at: datetime, now: datetime) -> None:
    """Refuse a reopening for all that can be seen before it is tried.

    Whether the fund can hold again what the close gave back is told with its figures,
    by `orders.services.before_reopening`.
    Raises CycleHasDispatchedRoute, and what `orders.services.require_reopenable` does.
    """
    _require_none_left(cycle, Plan.objects.all())
    order_services.require_reopenable(cycle=cycle, closes_at=closes_at, now=now)


def _require_none_left(cycle: Cycle, plans: QuerySet[Plan]) -> None:
    """Raises CycleHasDispatchedRoute when a truck left, or began, with its goods."""
    published = plans.filter(
        pk__in=selectors.plans_carrying(cycle), status=Plan.Status.PUBLISHED
    )
    rows = published.defer("problem", "solution").select_related(None).order_by("pk")
    for plan in rows:
        if plan.dispatched_at is not None or selectors.is_begun(plan):
            raise CycleHasDispatchedRoute(
                cycle=cycle.name, pool=str(plan.pool), on=plan.service_on
            )


@transaction.atomic
def withdraw_plan(*, plan: Plan, ask: WayBack, key: str) -> PlanWithdrawal:
    """Let a published plan be a proposal again, and call back trucks that were sent.

    Its trucks and drivers are free, and it can be published again. Drivers are told;
    when the trucks had been sent out, so is everybody who was told of that, and what
    was not sent yet of those letters does not leave any more. The same
    `key` again gives the first answer. Raises PlanNotPublished, PlanBegun,
    AnotherVersionOpen, RequestReused.
    """
    pool = FleetPool.objects.select_for_update().get(pk=plan.pool_id)
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    if earlier := PlanWithdrawal.objects.filter(key=key).first():
        if (earlier.plan_id, earlier.reason) != (plan.pk, ask.reason):
            raise RequestReused(key=key)
        return earlier
    require_withdrawable(plan)
    tellings = selectors.withdrawal_tellings(plan, ask.reason)
    dispatch = selectors.name_of_dispatch(plan)
    wanted = plan.routes.values("vehicle")
    list(Vehicle.objects.select_for_update().filter(pk__in=wanted).order_by("pk"))
    found = PlanWithdrawal.objects.create(
        plan=plan,
        key=key,
        reason=ask.reason,
        published_at=plan.published_at,
        dispatched_at=plan.dispatched_at,
        withdrawn_by=ask.by,
        withdrawn_at=ask.now,
    )
    plan.status = Plan.Status.PROPOSED
    plan.published_at = plan.published_by = None
    plan.dispatched_at = plan.dispatched_by = None
    plan.save(
        update_fields=[
            "status",
            "published_at",
            "published_by",
            "dispatched_at",
            "dispatched_by",
        ]
    )
    tell_withdrawn(plan, was_sent=found.dispatched_at is not None)
    trail.record(
        trail.Fact(
            kind=Kind.PLAN_WITHDRAWN,
            subject=(plan.public_id, pool.name),
            concerns={pool.coordinator_id, *pool.hubs.values_list("pk", flat=True)},
            after={"service_on": plan.service_on.isoformat()},
            why=ask.reason,
        ),
        by=ask.by,
    )
    notices.overtake(about=[f"dispatched:{dispatch}:", f"handover:{dispatch}:"])
    _call_back(found, tellings, pool)
    return found


def _call_back(
    found: PlanWithdrawal, tellings: list[selectors.Telling], pool: FleetPool
) -> None:
    for telling in tellings:
        notices.leave(
            kind=telling.kind,
            key=f"withdrawn:{found.public_id}:{telling.name}",
            data=telling.data,
            hub=pool.coordinator,
            organization=telling.organization,
            people=telling.people,
        )


def require_withdrawable(plan: Plan) -> None:
    """Raises PlanNotPublished, PlanBegun, AnotherVersionOpen."""
    if plan.status != Plan.Status.PUBLISHED:
        raise PlanNotPublished
    if selectors.is_begun(plan):
        raise PlanBegun
    if plan.job_id is None and selectors.adjusted_beside(plan).exists():
        raise AnotherVersionOpen
