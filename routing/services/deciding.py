"""What becomes of goods that a plan leaves behind, and which plans that outdates.

A decision about goods that a plan does not carry changes nothing of what it carries, so
plans that leave them behind stay current. A decision may move other goods along: what
leaves the hub's dock follows what comes to it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from orders import selectors as order_selectors
from orders import services as order_services
from routing import selectors
from routing.models import Breakdown, Plan, PlanCycle, UnservedShipment
from routing.services.adjusting import lock_day, require_day_to_come

if TYPE_CHECKING:
    from hub.models import Cycle, Person
    from orders.models import Shipment
    from orders.selectors import Standing


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

    After dispatch only what a breakdown left behind is still open; goods move to no
    day whose trucks have left. Raises PlanDispatched, DecisionNotPossible, DayNotLater.
    """
    is_open = Breakdown.objects.filter(
        plan=left.plan_id, status=Breakdown.Status.APPROVED
    ).exists()
    if not is_open or selectors.decision_for(left.shipment, left.plan.service_on):
        lock_day(left.plan)
    if on is not None:
        require_day_to_come(left.plan.pool_id, on)
    before = order_selectors.standing_of(left.shipment.cycle_id)
    shipment = order_services.decide_shipment(
        shipment=left.shipment, decision=decision, on=on, by=by, now=now, note=note
    )
    _keep_current(shipment.cycle, before)
    return shipment


@transaction.atomic
def undo_unserved(
    *, left: UnservedShipment, by: Person | None, now: datetime
) -> Shipment:
    """Take back what was said of goods that a plan leaves behind.

    Raises PlanDispatched, DecisionNotPossible, NotEnoughStock, FundTooLow, FundPaused.
    """
    lock_day(left.plan)
    before = order_selectors.standing_of(left.shipment.cycle_id)
    shipment = order_services.undo_decision(shipment=left.shipment, by=by, now=now)
    _keep_current(shipment.cycle, before)
    return shipment


def _keep_current(cycle: Cycle, before: Mapping[int, Standing]) -> None:
    """Plans whose goods a decision left alone stay as current as they were.

    They are plans of days that nothing left or came to, and those that leave behind
    all that did. Goods that are new to a day, or weigh otherwise than before, outdate
    every plan of it. The decision holds the cycle's row until the end.
    """
    after = order_selectors.standing_of(cycle.pk)
    moved: dict[date, set[int]] = defaultdict(set)
    stale: set[date] = set()
    for pk, now in after.items():
        was = before.get(pk)
        if was is None or was.goods_cents != now.goods_cents:
            stale |= {now.service_on} | ({was.service_on} if was else set())
        elif was != now:
            moved[was.service_on].add(pk)
            moved[now.service_on].add(pk)
    if not moved and not stale:
        return
    cycle.refresh_from_db(fields=["revision"])
    known = PlanCycle.objects.filter(
        cycle=cycle,
        revision=cycle.revision - 1,
        plan__status__in=[Plan.Status.PROPOSED, Plan.Status.PUBLISHED],
    ).exclude(plan__service_on__in=stale)
    rows = list(known.values_list("pk", "plan_id", "plan__service_on"))
    left: dict[int, set[int]] = defaultdict(set)
    for plan_id, pk in UnservedShipment.objects.filter(
        plan__in=[plan_id for _pk, plan_id, _on in rows]
    ).values_list("plan_id", "shipment_id"):
        left[plan_id].add(pk)
    kept = [pk for pk, plan_id, on in rows if moved[on] <= left[plan_id]]
    PlanCycle.objects.filter(pk__in=kept).update(revision=cycle.revision)
    _forget_where_gone(cycle, {*moved, *stale})


def _forget_where_gone(cycle: Cycle, days: set[date]) -> None:
    """Current plans of a day no longer stand on a cycle that has left the day whole."""
    riding = order_selectors.cycles_riding(hub_ids=[cycle.hub_id])
    gone = {
        on for on in days if on != cycle.service_on and (cycle.pk, on) not in riding
    }
    PlanCycle.objects.filter(
        cycle=cycle, revision=cycle.revision, plan__service_on__in=gone
    ).delete()
