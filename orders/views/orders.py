"""Confirmed orders: the list, one order with its four quantities, change, cancel."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hub.core.errors import DomainError
from hub.doors import (
    acting_as,
    acting_of,
    page_of,
    person_of,
    say_done,
    say_refusal,
    table_file,
    wants_file,
)
from orders import selectors, services
from orders.exchange import tables
from orders.forms import typed_households
from orders.models import Order, OrderLine
from orders.sentences import reason_of, tier_name, tier_words, time_left
from orders.views.common import BUYERS, BUYERS_AND_HUB
from vouchers import selectors as voucher_selectors

ORDERS_PER_PAGE = 25


@require_GET
@acting_as(*BUYERS)
def orders(request: HttpRequest) -> HttpResponse:
    """Every order of the buyer, the latest delivery first."""
    buyer = acting_of(request).organization
    found = selectors.orders_of(buyer)
    if wants_file(request):
        return table_file(request, (tables.ORDERS, _with_tiers(found)))
    page = page_of(request, found, ORDERS_PER_PAGE)
    rows = _with_tiers(page.object_list)
    return render(request, "orders/orders.html", {"page": page, "rows": rows})


def _with_tiers(found: Iterable[Order]) -> list[dict[str, Any]]:
    return [{"order": order, "tier": tier_name(order.tier_code)} for order in found]


@require_GET
@acting_as(*BUYERS_AND_HUB)
def order(request: HttpRequest, public_id: str) -> HttpResponse:
    """One order: what was asked, given, delivered, billed, and why."""
    shown = _mine(request, public_id)
    lines = list(selectors.lines_with_farms(shown))
    if wants_file(request):
        return table_file(request, (tables.ORDER_LINES, map(_row, lines)))
    context = {
        "order": shown,
        "cycle": shown.cycle,
        "rows": [_row(line) for line in lines],
        "tier": tier_name(shown.tier_code),
        "tier_words": tier_words(lines[0].multiplier_bps) if lines else "",
        "totals": _totals(lines),
        "can_change": _can_change(shown),
        **_default_of(request, shown),
        **_paid_by(shown, lines),
        "time_left": time_left(shown.cycle.closes_at, timezone.now()),
    }
    return render(request, "orders/order.html", context)


@require_POST
@acting_as(*BUYERS_AND_HUB)
def change(request: HttpRequest, public_id: str) -> HttpResponse:
    """Open a confirmed order as a basket; it stands until the change is confirmed."""
    try:
        basket = services.start_change(
            order=_mine(request, public_id), by=person_of(request), now=timezone.now()
        )
    except DomainError as error:
        say_refusal(request, error)
        return redirect("orders:order", public_id)
    return redirect("orders:basket_page", basket.public_id)


@require_POST
@acting_as(*BUYERS)
def default_order(request: HttpRequest, public_id: str) -> HttpResponse:
    """Agree to an order as one's default, or stop; only the buyer's own people may."""
    shown = get_object_or_404(
        selectors.orders_of(acting_of(request).organization), public_id=public_id
    )
    if request.POST.get("stop") == "yes":
        services.stop_default(buyer=shown.buyer)
        say_done(request, _("Nothing is ordered for you by itself any more."))
        return redirect("orders:order", public_id)
    if request.POST.get("agree") != "yes":
        messages.error(request, _("Tick the box to agree to a default order."))
        return redirect("orders:order", public_id)
    try:
        services.agree_to_default(
            order=shown, by=person_of(request), now=timezone.now()
        )
    except DomainError as error:
        say_refusal(request, error)
    else:
        say_done(request, _("This is your default order from now on."))
    return redirect("orders:order", public_id)


@require_http_methods(["GET", "POST"])
@acting_as(*BUYERS_AND_HUB)
def cancel(request: HttpRequest, public_id: str) -> HttpResponse:
    """What a cancellation gives back; then the cancellation."""
    shown = _mine(request, public_id)
    if request.method == "GET":
        lines = list(selectors.lines_of(shown))
        context = {
            "order": shown,
            "cycle": shown.cycle,
            "totals": _totals(lines),
            "num_units": sum(line.ordered for line in lines),
            "can_change": _can_change(shown),
        }
        return render(request, "orders/cancel.html", context)
    try:
        services.cancel_order(
            order=shown,
            key=shown.public_id,
            by=person_of(request),
            now=timezone.now(),
        )
    except DomainError as error:
        say_refusal(request, error)
    else:
        say_done(request, _("The order is cancelled: everything went back."))
    return redirect("orders:order", public_id)


@require_POST
@acting_as(*BUYERS_AND_HUB)
def households(request: HttpRequest, public_id: str) -> HttpResponse:
    """How many households the order feeds, told by its group at any time."""
    shown = _mine(request, public_id)
    try:
        services.tell_households(
            order=shown,
            num_households=typed_households(request.POST),
            now=timezone.now(),
        )
    except DomainError as error:
        say_refusal(request, error)
    else:
        say_done(request, _("The number of households is noted."))
    return redirect("orders:order", public_id)


def _mine(request: HttpRequest, public_id: str) -> Order:
    shown = selectors.order_seen_by(person_of(request), public_id)
    if shown is None:
        raise Http404
    return shown


def _default_of(request: HttpRequest, shown: Order) -> dict[str, Any]:
    """What the buyer agreed to beforehand, for who may agree: its own people."""
    if acting_of(request).organization != shown.buyer:
        return {}
    return {
        "may_agree": shown.status in (Order.Status.PLACED, Order.Status.ALLOCATED),
        "default": selectors.default_order_of(shown.buyer),
    }


def _can_change(shown: Order) -> bool:
    is_open = shown.cycle.status == "open" and shown.cycle.closes_at > timezone.now()
    return is_open and shown.status == Order.Status.PLACED


def _row(line: OrderLine) -> dict[str, Any]:
    return {
        "line": line,
        "title": str(line.offer or line.pooled_offer),
        "farms": selectors.farms_behind(line),
        "reason": reason_of(line.reason_code, line.reason_data),
        "is_short": line.allocated is not None and line.allocated < line.ordered,
    }


def _paid_by(shown: Order, lines: list[OrderLine]) -> dict[str, Any]:
    """What a programme pays of the order, and what is left for the buyer."""
    if shown.envelope is None:
        return {}
    part = voucher_selectors.part_for(shown.envelope, shown.public_id)
    total_cents = sum(line.buyer_cents for line in lines)
    return {"part": part, "remaining_cents": total_cents - part.total_cents}


def _totals(lines: list[OrderLine]) -> dict[str, int]:
    names = (
        "farm",
        "transport",
        "fees",
        "margin",
        "draw",
        "rounding",
        "tps",
        "tvq",
        "buyer",
    )
    totals = {
        f"{name}_cents": sum(getattr(line, f"{name}_cents") for line in lines)
        for name in names
    }
    return totals | {"gift_cents": max(-totals["draw_cents"], 0)}
