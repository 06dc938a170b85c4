"""Sending the trucks out by the published plan of their day, once.

What was left behind is decided before.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from hub.core.happenings import Event
from hub.core.trail import Kind
from hub.services import notices
from hub.services.trail import record
from routing import selectors
from routing.core.errors import PapersExpired, PlanNotPublished, UnservedUndecided
from routing.models import FleetPool, Plan
from routing.services.happening import tell_stops
from routing.services.publishing import plan_fact, require_current

if TYPE_CHECKING:
    from hub.models import Person


@transaction.atomic
def dispatch_plan(*, plan: Plan, by: Person | None, now: datetime) -> Plan:
    """Let the trucks leave by a plan; from then on no hand and no other plan moves it.

    Pressing twice dispatches once. Pool, plan and cycles stay locked until the end, so
    that no decision, edit or publication slips in between looking and writing.
    Raises PlanNotPublished, PlanOutdated, UnservedUndecided, PapersExpired.
    """
    pool = FleetPool.objects.select_for_update().get(pk=plan.pool_id)
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    if plan.status != Plan.Status.PUBLISHED:
        raise PlanNotPublished
    if plan.dispatched_at is not None:
        return plan
    require_current(pool, plan)
    if num_undecided := selectors.undecided_of(plan).count():
        raise UnservedUndecided(count=num_undecided)
    if faults := selectors.expired_for(plan):
        holders = ", ".join(dict.fromkeys(fault.holder for fault in faults))
        raise PapersExpired(count=len(faults), holders=holders)
    plan.dispatched_by, plan.dispatched_at = by, now
    plan.save(update_fields=["dispatched_by", "dispatched_at"])
    record(plan_fact(Kind.PLAN_DISPATCHED, plan, pool), by=by)
    _tell_everyone(plan, pool)
    tell_stops(Event.PLAN_DISPATCHED, plan, plan.routes.all())
    return plan


def _tell_everyone(plan: Plan, pool: FleetPool) -> None:
    """Leave the notices that were previewed; they go when the dispatch stands.

    Who is told that a truck comes is not told afterwards that it was called back.
    """
    dispatch = selectors.name_of_dispatch(plan)
    tellings = selectors.tellings_of(plan)
    notices.overtake(about=selectors.called_back_before(plan, tellings))
    for telling in tellings:
        notices.leave(
            kind=telling.kind,
            key=f"dispatched:{dispatch}:{telling.name}",
            data=telling.data,
            hub=pool.coordinator,
            organization=telling.organization,
            people=telling.people,
        )
