"""What orders have to say on the page of today, for each role."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from hub.core.errors import NotAnAmount
from hub.core.money import parse_cents
from hub.doors import acting_as, acting_of
from hub.selectors import Acting
from orders import selectors
from orders.sentences import time_left
from pricing import selectors as pricing_selectors
from pricing.core.tiers import break_even as weigh


@require_GET
@acting_as()
def today_panel(request: HttpRequest) -> HttpResponse:
    """What is missing, late or short in orders, each with its link."""
    acting = acting_of(request)
    context: dict[str, Any] = {"acting": acting}
    now = timezone.now()
    if acting.is_coordinator:
        context["today"] = selectors.hub_today(acting.organization, timezone.now())
        context["time_left"] = {
            item.cycle.pk: time_left(item.cycle.closes_at, now)
            for item in context["today"].open_cycles
        }
    if acting.is_buyer:
        context["baskets"] = selectors.waiting_baskets(acting.organization, now)
    if acting.is_producer:
        context["to_pick"] = _to_pick(acting)
    return render(request, "orders/_today_panel.html", context)


def _to_pick(acting: Acting) -> list[Any]:
    """Closed cycles still to be delivered in which the farm sold something."""
    cycles = list(
        selectors.cycles_sold_by(acting.organization).filter(
            status="closed", service_on__gte=timezone.localdate()
        )
    )
    pay = selectors.pay_by_cycle(acting.organization, cycles)
    return [cycle for cycle in cycles if pay.get(cycle.pk)]


@require_GET
@acting_as("coordinator")
def break_even(request: HttpRequest) -> HttpResponse:
    """Whether the tiers carry themselves, with what the last cycles bought at each.

    Percentages being typed on a page of prices (`?solidaire=82,5`) count at once.
    """
    hub = acting_of(request).organization
    value = selectors.value_by_tier(hub)
    choices = pricing_selectors.tier_choices(
        hub_id=hub.pk, buyer_id=hub.pk, on=timezone.localdate()
    )
    tiers = [choice.tier for choice in choices]
    shares = [max(value.get(tier.code, 0), 0) for tier in tiers]
    multipliers = [
        _typed_bps(request.GET.get(tier.code), tier.multiplier_bps) for tier in tiers
    ]
    even = weigh(shares, multipliers) if sum(shares) else None
    return render(request, "orders/_break_even.html", {"even": even})


def _typed_bps(text: str | None, kept_bps: int) -> int:
    try:
        typed_bps = parse_cents((text or "").replace("%", ""))
    except NotAnAmount:
        return kept_bps
    return typed_bps if typed_bps >= 0 else kept_bps
