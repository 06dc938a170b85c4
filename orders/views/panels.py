"""What orders have to say on the page of today, for each role."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from hub.doors import acting_as, acting_of
from hub.selectors import Acting
from orders import selectors
from orders.sentences import time_left


@require_GET
@acting_as()
def today_panel(request: HttpRequest) -> HttpResponse:
    """What is missing, late or short in orders, each with its link."""
    acting = acting_of(request)
    context: dict[str, Any] = {"acting": acting}
    now = timezone.now()
    if acting.is_coordinator:
        context["today"] = selectors.hub_today(acting.organization)
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
