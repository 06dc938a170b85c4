"""Sending the trucks out by the published plan of their day, once.

What was left behind is decided before. A decision about goods that a plan does not
carry changes nothing of what it carries, so plans that leave them behind stay current.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from hub.services import notices
from orders import services as order_services
from routing import selectors
from routing.core.errors import PapersExpired, PlanNotPublished, UnservedUndecided
from routing.models import Breakdown, FleetPool, Plan, PlanCycle, UnservedShipment
from routing.services.adjusting import lock_day
from routing.services.publishing import require_current

if TYPE_CHECKING:
    from hub.models import Person
    from orders.models import Shipment


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
    _tell_everyone(plan, pool)
    return plan


def _tell_everyone(plan: Plan, pool: FleetPool) -> None:
    """Leave the notices that were previewed; they go when the dispatch stands."""
    for telling in selectors.tellings_of(plan):
        notices.leave(
            kind=telling.kind,
            key=f"dispatched:{plan.public_id}:{telling.name}",
            data=telling.data,
            hub=pool.coordinator,
            organization=telling.organization,
            people=telling.people,
        )


@transaction.atomic
def decide_unserved(
    *,
    left: UnservedShipment,
    decision: str,
    on: date | None,
    by: Person | None,
    now: datetime,
    note: str = "",
) -> Shipment:
    """Say what becomes of goods that a plan leaves behind.

    After dispatch only what a breakdown left behind is still open. Raises
    PlanDispatched, DecisionNotPossible, DayNotLater.
    """
    is_open = Breakdown.objects.filter(
        plan=left.plan_id, status=Breakdown.Status.APPROVED
    ).exists()
    if not is_open or selectors.decision_for(left.shipment, left.plan.service_on):
        lock_day(left.plan)
    was = left.shipment.num_decisions
    shipment = order_services.decide_shipment(
        shipment=left.shipment, decision=decision, on=on, by=by, now=now, note=note
    )
    if shipment.num_decisions != was:
        _keep_current(shipment)
    return shipment


@transaction.atomic
def undo_unserved(
    *, left: UnservedShipment, by: Person | None, now: datetime
) -> Shipment:
    """Take back what was said of goods that a plan leaves behind.

    Raises PlanDispatched, DecisionNotPossible, NotEnoughStock, FundTooLow, FundPaused.
    """
    lock_day(left.plan)
    shipment = order_services.undo_decision(shipment=left.shipment, by=by, now=now)
    _keep_current(shipment)
    return shipment


def _keep_current(shipment: Shipment) -> None:
    """Plans that were current before the decision, and do not carry the goods, stay so.

    The decision holds the cycle's row until the end. A plan that carries other goods
    which the decision called off is outdated, as it should be.
    """
    shipment.cycle.refresh_from_db(fields=["revision"])
    revision = shipment.cycle.revision
    PlanCycle.objects.filter(
        pk__in=PlanCycle.objects.filter(
            cycle_id=shipment.cycle_id,
            revision=revision - 1,
            plan__unserved__shipment=shipment,
            plan__status__in=[Plan.Status.PROPOSED, Plan.Status.PUBLISHED],
        )
        .exclude(plan__routes__stops__actions__shipment__status="cancelled")
        .values("pk")
    ).update(revision=revision)
