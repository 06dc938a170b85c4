"""Figures of a plan and of a settled day, for reports and for the demo's proof."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from hub import selectors as hub_selectors
from hub.core.errors import N_
from hub.core.first_steps import Missing, Step
from hub.core.indicators import MEASURES
from hub.indicators import totals_between
from routing.core import formats
from routing.core.check import violations_of
from routing.models import (
    CostShare,
    DaySettlement,
    FleetPool,
    Plan,
    Stop,
    StopAction,
)
from routing.selectors.access import vehicles_of_hub
from routing.selectors.unserved import decision_for

if TYPE_CHECKING:
    from hub.models import Organization

_NO_TRUCK = N_("No truck stands in a pool of your hub yet.")
_NO_DRIVER = N_("Nobody has the role of driver yet.")


def plan_figures(*, plan_id: int) -> dict[str, Any]:
    """A plan read back from its rows, and judged again from its documents."""
    plan = Plan.objects.get(pk=plan_id)
    problem, matrix = formats.read_problem(plan.problem)
    broken = violations_of(problem, matrix, formats.read_plan(plan.solution))
    loads = StopAction.objects.filter(stop__route__plan=plan, kind=StopAction.Kind.LOAD)
    left = plan.unserved.select_related("shipment").order_by("pk")
    return {
        "routes": plan.routes.count(),
        "stops": Stop.objects.filter(route__plan=plan).count(),
        "shipments": loads.count(),
        "unserved": [
            {
                "shipment": str(row.shipment),
                "reason": row.reason_code,
                "decision": decision_for(row.shipment, plan.service_on),
            }
            for row in left
        ],
        "plan_checked": not broken,
        "plan_cost_cents": plan.cost_cents,
        "plan_distance_m": plan.distance_m,
    }


def settled_figures(*, pool: FleetPool, service_on: date) -> dict[str, Any] | None:
    """A settled day in figures, all hubs together; None before it is settled.

    Shares and remainder sum to the driven cost; no share is above its cost alone.
    """
    in_force = DaySettlement.objects.filter(pool=pool, withdrawn_at=None)
    settled = in_force.filter(service_on=service_on).first()
    if settled is None:
        return None
    shares = CostShare.objects.filter(hub__settlement=settled)
    rows = list(shares.values_list("share_cents", "alone_cents"))
    ratios = [Fraction(share, alone) for share, alone in rows if alone]
    hubs = [part.hub for part in settled.hubs.select_related("hub")]
    facts = [totals_between(hub, since=service_on, until=service_on) for hub in hubs]
    remainder_cents = sum(part.remainder_cents for part in settled.hubs.all())

    def total(measure: str) -> int:
        return sum(of_hub.value(measure) for of_hub in facts)

    return {
        "driven_cost_cents": settled.cost_cents,
        "cost_shares_sum_cents": sum(cents for cents, _ in rows) + remainder_cents,
        "hub_remainder_cents": remainder_cents,
        "stand_alone_cost_cents": sum(alone_cents for _, alone_cents in rows),
        "max_share_over_alone": float(max(ratios, default=0)),
        "farm_payable_cents": total("farm_paid"),
        "buyer_invoiced_cents": total("buyer_invoiced"),
        "envelope_captured_cents": total("envelope_paid"),
        "fund_drawn_cents": total("fund_drawn"),
        "fund_contributed_cents": total("fund_given"),
        "indicators": {measure: total(measure) for measure in MEASURES},
    }


def first_steps_missing(
    hub: Organization, *, beside: Collection[str] = ()
) -> list[Missing]:
    """A truck and somebody to drive it; samples (`beside`) are not counted."""
    missing = []
    if not vehicles_of_hub(hub.pk).exclude(public_id__in=beside).exists():
        missing.append(Missing(Step.TRUCKS, _NO_TRUCK, "routing:pools"))
    members = hub_selectors.members_of(hub).order_by().values_list("pk", flat=True)
    if not hub_selectors.drivers_of(set(members)).exists():
        missing.append(Missing(Step.TRUCKS, _NO_DRIVER, "hub:organizations"))
    return missing
