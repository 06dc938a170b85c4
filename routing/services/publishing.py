"""Publishing a plan: the one that everybody drives by."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from hub.core.trail import Kind
from hub.services.trail import Fact, record
from routing import selectors
from routing.core.current import How
from routing.core.errors import (
    CycleLeftTheDay,
    CycleNotPlanned,
    DaySettled,
    GoodsCame,
    GoodsRideElsewhere,
    PlanNotSound,
    PlanOutdated,
)
from routing.models import FleetPool, Plan
from routing.services.adjusting import lock_day
from routing.services.drivers import keep_drivers
from routing.services.happening import tell_published
from routing.services.lending import require_trucks

if TYPE_CHECKING:
    from hub.models import Person


REFUSALS: dict[How, type[PlanOutdated]] = {
    How.CHANGED: PlanOutdated,
    How.CLOSED_LATER: CycleNotPlanned,
    How.CAME: GoodsCame,
    How.GONE: CycleLeftTheDay,
}


@transaction.atomic
def publish_plan(*, plan: Plan, by: "Person | None", now: datetime) -> Plan:
    """Make a plan the one of its day; the one published before is replaced.

    Publishing what is published changes nothing. Pool and cycles stay locked until
    the end, and so do trucks and drivers, so that nothing moves between looking and
    writing. Two pools that share a hub take turns at its cycles: goods ride once.
    Raises PlanDispatched, DaySettled, PlanNotSound, PlanOutdated, GoodsRideElsewhere,
    TruckNotFree, DriverBusy, DriverBusyElsewhere.
    """
    FleetPool.objects.select_for_update().get(pk=plan.pool_id)
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    if plan.status == Plan.Status.PUBLISHED:
        return plan
    pool = lock_day(plan)
    if selectors.is_settled(pool, plan.service_on):
        raise DaySettled
    if plan.num_broken:
        raise PlanNotSound(count=plan.num_broken)
    require_current(pool, plan)
    _require_rides_once(pool, plan)
    require_trucks(pool, plan)
    before = Plan.objects.filter(
        pool=pool, service_on=plan.service_on, status=Plan.Status.PUBLISHED
    )
    keep_drivers(plan, before.first())
    before.update(status=Plan.Status.REPLACED)
    plan.status = Plan.Status.PUBLISHED
    plan.published_by, plan.published_at = by, now
    plan.save(update_fields=["status", "published_by", "published_at"])
    record(plan_fact(Kind.PLAN_PUBLISHED, plan, pool), by=by)
    tell_published(plan)
    return plan


def plan_fact(kind: Kind, plan: Plan, pool: FleetPool) -> Fact:
    """What the trail keeps of a plan, for every hub that shares its pool."""
    return Fact(
        kind=kind,
        subject=(plan.public_id, pool.name),
        concerns=[hub.pk for hub in pool.hubs.all()],
        after={"service_on": plan.service_on.isoformat()},
    )


def _require_rides_once(pool: FleetPool, plan: Plan) -> None:
    """Refuse goods that the published plan of another pool carries that day."""
    elsewhere = selectors.riding_elsewhere(pool, plan.service_on)
    twice = selectors.shipments_of(plan) & set(elsewhere)
    if twice:
        raise GoodsRideElsewhere(count=len(twice), pool=elsewhere[min(twice)])


def require_current(pool: FleetPool, plan: Plan) -> None:
    """Hold the cycles of the day, and refuse a plan that they have left behind.

    Raises PlanOutdated.
    """
    locked = selectors.closed_cycles(pool, plan.service_on).select_for_update(
        no_key=True
    )
    if moved := selectors.moved_since(plan, locked):
        refusal = REFUSALS[moved["how"]]
        raise refusal(
            cycle=moved["cycle"], planned=moved["planned"], current=moved["current"]
        )
