"""Farms that sold less in a cycle than the minimum they set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import F, Sum

from hub import selectors as hub_selectors
from orders.core.shortage import MinimumOutcome, MinimumRule, minimum_outcome
from orders.models import CloseRule, CycleClosing, LineSource, Order
from producers import selectors as producer_selectors

if TYPE_CHECKING:
    from hub.models import Cycle, Organization

FARM = "availability__offer__variant__product__producer_id"


@dataclass(frozen=True, slots=True)
class UnmetMinimum:
    """A farm below its minimum, and what the hub's rule does about it."""

    farm: Organization
    outcome: MinimumOutcome


def minimum_rule_of(hub_id: int) -> MinimumRule:
    """What a hub stated; until it states something, the orders stand."""
    stated = CloseRule.objects.filter(hub=hub_id).values_list("minimum", flat=True)
    return "cancel" if stated.first() == CloseRule.Minimum.CANCEL else "notify"


def unmet_minimums(cycle: Cycle) -> list[UnmetMinimum]:
    """Farms whose confirmed lines are worth less than their minimum, by name.

    At the farm's own price, own lines and its part of shared ones, before anything is
    shared out. A farm that sold nothing misses nothing.
    """
    minimums = producer_selectors.minimums_of_hub(cycle.hub_id)
    sold = (
        LineSource.objects.filter(
            **{f"{FARM}__in": list(minimums)},
            line__order__cycle=cycle,
            line__order__status=Order.Status.PLACED,
        )
        .values_list(FARM)
        .annotate(cents=Sum(F("reserved") * F("line__farm_unit_cents")))
    )
    rule = minimum_rule_of(cycle.hub_id)
    outcomes = {
        farm_id: minimum_outcome(cents or 0, minimums[farm_id], rule)
        for farm_id, cents in sold
    }
    farms = hub_selectors.organizations_by_pk(list(outcomes)).order_by("name", "pk")
    return [
        UnmetMinimum(farm, outcomes[farm.pk])
        for farm in farms
        if outcomes[farm.pk].action != "proceed"
    ]


def unmet_at_close(cycle: Cycle) -> list[dict[str, Any]]:
    """The farms that a close found below their minimum, as it wrote them down."""
    closing = CycleClosing.objects.filter(cycle=cycle).first()
    return list(closing.minimums) if closing else []
