"""What can still be taken back of a plan, and whom it concerns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from hub.core.letters import Kind
from orders import selectors as order_selectors
from routing.models import Breakdown, FleetPool, Plan, PlanWithdrawal, StopTap
from routing.selectors.settling import shipments_of
from routing.selectors.telling import Telling, tellings_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from hub.models import Cycle, Organization


def plans_carrying(cycle: Cycle) -> QuerySet[Plan]:
    """Plans of any day that have goods of a cycle on a truck."""
    carried = Q(routes__stops__actions__shipment__cycle=cycle)
    return Plan.objects.filter(carried).distinct().order_by("pk")


def plans_outdated_by(cycle: Cycle) -> list[Plan]:
    """Plans that are proposed or published and would be old once a cycle is open."""
    wanted = plans_carrying(cycle).exclude(status=Plan.Status.REPLACED)
    return list(
        Plan.objects.filter(pk__in=wanted.values("pk"))
        .select_related("pool")
        .defer("problem", "solution")
        .order_by("service_on", "pk")
    )


def pools_carrying(cycle: Cycle) -> list[int]:
    """Pools that may carry a cycle: its hub's, and those that have planned it."""
    pools = FleetPool.objects.filter(
        Q(hubs=cycle.hub_id) | Q(plans__in=plans_carrying(cycle).values("pk"))
    )
    return sorted(set(pools.values_list("pk", flat=True)))


def is_begun(plan: Plan) -> bool:
    """Whether a driver told something of it, a truck broke down, or goods are noted."""
    applied = StopTap.objects.filter(
        route__plan=plan, status=StopTap.Status.APPLIED
    ).exists()
    return (
        applied
        or Breakdown.objects.filter(plan=plan).exists()
        or order_selectors.are_noted(shipments_of(plan))
    )


def adjusted_beside(plan: Plan) -> QuerySet[Plan]:
    """Other versions of a plan's own source that hands are at."""
    return Plan.objects.filter(
        parent=plan.parent_id,
        parent__isnull=False,
        status=Plan.Status.PROPOSED,
        job=None,
    ).exclude(pk=plan.pk)


def withdrawals_of(plan: Plan) -> QuerySet[PlanWithdrawal]:
    """How often a plan was withdrawn, the latest first, with who did it."""
    return plan.withdrawals.select_related("withdrawn_by").order_by("-pk")


def name_of_dispatch(plan: Plan) -> str:
    """What tells one dispatch of a plan from the next."""
    number = plan.withdrawals.exclude(dispatched_at=None).count()
    return f"{plan.public_id}.{number}" if number else plan.public_id


def called_back_before(plan: Plan, tellings: Iterable[Telling]) -> list[str]:
    """How the keys begin of letters by which these readers were called back that day.

    A driver is named by the truck, so that who drives another one now still learns it.
    """
    of_day = PlanWithdrawal.objects.filter(
        plan__pool=plan.pool_id, plan__service_on=plan.service_on
    )
    names = [
        f"{Kind.PLAN_WITHDRAWN}:{telling.about}:{person}"
        for telling in tellings
        for person in _ends(telling)
    ]
    return [
        f"withdrawn:{public_id}:{name}"
        for public_id in of_day.values_list("public_id", flat=True)
        for name in names
    ]


def _ends(telling: Telling) -> list[str]:
    """How the keys of a telling end: anyhow, or with each of its drivers."""
    if telling.organization is not None:
        return [""]
    return [person.public_id for person in telling.people]


def withdrawal_tellings(plan: Plan, reason: str) -> list[Telling]:
    """Who is told that a plan is withdrawn: the drivers; all when trucks were sent."""
    is_sent = plan.dispatched_at is not None
    return [
        Telling(
            kind=Kind.PLAN_WITHDRAWN,
            data={
                "service_on": telling.data["service_on"],
                "vehicle": telling.data.get("vehicle", ""),
                "is_driver": telling.kind == Kind.PLAN_DRIVER,
                "was_sent": is_sent,
                "reason": reason,
            },
            organization=telling.organization,
            people=telling.people,
        )
        for telling in tellings_of(plan)
        if is_sent or telling.kind == Kind.PLAN_DRIVER
    ]


def reopening_tellings(
    cycle: Cycle,
    *,
    farms: list[Organization],
    buyers: list[Organization],
    closes_at: datetime,
    reason: str,
) -> list[Telling]:
    """What farms and buyers would be told of a cycle opened again."""
    concerned = {one.pk: (one, True) for one in farms}
    concerned |= {one.pk: (one, False) for one in buyers}
    return [
        Telling(
            kind=Kind.CYCLE_REOPENED,
            data=order_selectors.facts_of_reopening(
                cycle, closes_at=closes_at, reason=reason, is_farm=is_farm
            ),
            organization=organization,
        )
        for organization, is_farm in concerned.values()
    ]


def closing_tellings(cycle: Cycle) -> list[Telling]:
    """What farms would be told, were everything shared out as it is reserved now."""
    found = order_selectors.units_to_prepare(cycle, is_closed=False)
    return [
        Telling(
            kind=Kind.CYCLE_CLOSED,
            data=order_selectors.facts_of_close(cycle, units),
            organization=farm,
        )
        for farm, units in found.items()
    ]
