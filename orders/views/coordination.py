"""A cycle for its coordination: its orders, and what the close gave."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hub import selectors as hub_selectors
from hub.doors import (
    acting_as,
    acting_of,
    page_of,
    person_of,
    say_done,
    table_file,
    wants_file,
)
from orders import selectors, services
from orders.exchange import tables
from orders.forms import CloseRuleForm
from orders.sentences import minimums_of, reason_of, tier_name, time_left
from pricing import selectors as pricing_selectors
from vouchers import selectors as voucher_selectors

if TYPE_CHECKING:
    from hub.models import Cycle
    from orders.models import Order

ORDERS_PER_PAGE = 100


@require_GET
@acting_as("coordinator")
def cycle(request: HttpRequest, public_id: str) -> HttpResponse:
    """The orders of a cycle, totals by tier, what is held, what waits."""
    person = person_of(request)
    shown = _mine(request, public_id)
    found = selectors.orders_in(shown)
    if wants_file(request):
        return table_file(
            request,
            (tables.CYCLE_ORDERS, _orders_of(found)["orders"]),
            (tables.TIER_TOTALS, _standing(shown)["tiers"]),
        )
    page = page_of(request, found, ORDERS_PER_PAGE)
    context = _standing(shown) | {
        "cycle": shown,
        "page": page,
        **_orders_of(page.object_list),
        "baskets": selectors.forgotten_baskets(shown),
        "missing": selectors.missing_buyers(shown) if _is_open(shown) else [],
        "buyers": selectors.buying_members(person, shown),
        "can_order": _is_open(shown) and shown.closes_at > timezone.now(),
        "can_close": shown.status in ("open", "closing"),
        "closing": selectors.closing_of(shown),
        "time_left": time_left(shown.closes_at, timezone.now()),
    }
    return render(request, "orders/cycle.html", context)


def _orders_of(orders: Iterable["Order"]) -> dict[str, Any]:
    """Orders with their tier, and what a programme pays of each."""
    found = list(orders)
    parts = voucher_selectors.parts_for(
        (order.envelope, order.public_id) for order in found if order.envelope
    )
    rows = [
        {
            "order": order,
            "tier": tier_name(order.tier_code),
            "part": parts.get(order.public_id),
        }
        for order in found
    ]
    return {"orders": rows, "has_parts": bool(parts)}


@require_GET
@acting_as("coordinator")
def shares(request: HttpRequest, public_id: str) -> HttpResponse:
    """What the close gave, item by item, with the reason of each share."""
    shown = _mine(request, public_id)
    items = [
        {
            "item": item,
            "lines": [
                {"line": line, "reason": reason_of(line.reason_code, line.reason_data)}
                for line in item.lines
            ],
            "farms": [
                {
                    "name": name,
                    "units": given["units"],
                    "reason": reason_of(given["code"], given["data"]),
                }
                for name, given in sorted(item.farms.items())
            ],
        }
        for item in selectors.shares_of(shown)
    ]
    if wants_file(request):
        return table_file(
            request,
            (tables.ALLOCATION, _flat(items, "lines")),
            (tables.FARM_ALLOCATION, _flat(items, "farms")),
        )
    context = {
        "cycle": shown,
        "items": items,
        "closing": selectors.closing_of(shown),
        "minimums": minimums_of(shown),
    }
    return render(request, "orders/shares.html", context)


def _flat(items: list[dict[str, Any]], part: str) -> list[dict[str, Any]]:
    """The lines or the farms of every item, each with the name of its product."""
    return [
        row | {"product": each["item"].title} for each in items for row in each[part]
    ]


@require_http_methods(["GET", "POST"])
@acting_as("coordinator")
def close_rule(request: HttpRequest) -> HttpResponse:
    """What the hub's closes do with a farm that sold less than its minimum."""
    hub = acting_of(request).organization
    form = CloseRuleForm(
        request.POST if request.method == "POST" else None,
        initial={"minimum": selectors.minimum_rule_of(hub.pk)},
    )
    if request.method == "POST" and form.is_valid():
        services.state_minimum_rule(hub=hub, rule=form.cleaned_data["minimum"])
        say_done(request, _("The rule holds from the next close on."))
        return redirect("hub:cycles")
    status = 422 if request.method == "POST" else 200
    return render(request, "orders/close_rule.html", {"form": form}, status=status)


def _mine(request: HttpRequest, public_id: str) -> "Cycle":
    return get_object_or_404(
        hub_selectors.cycles_run_by(person_of(request)), public_id=public_id
    )


def _is_open(shown: "Cycle") -> bool:
    return shown.status == "open"


def _standing(shown: "Cycle") -> dict[str, Any]:
    """Totals by tier and the state of the fund that stands behind them."""
    tiers = [
        row | {"name": tier_name(row["tier_code"])}
        for row in selectors.totals_by_tier(shown)
    ]
    names = ("num_orders", "farm_cents", "drawn_cents", "given_cents", "buyer_cents")
    fund = pricing_selectors.fund_of(hub_id=shown.hub_id)
    state = fund and pricing_selectors.fund_state(fund=fund, on=timezone.localdate())
    return {
        "tiers": tiers,
        "totals": {name: sum(row[name] for row in tiers) for name in names},
        "fund": state,
    }
