"""Settling a day, and reading who carries which part of it and why."""

from datetime import date

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
from routing import selectors, services
from routing.exchange import rows, tables
from routing.forms import SettlementRuleForm
from routing.views.fleet import OWNERS


@require_GET
@acting_as("coordinator")
def settlement(request: HttpRequest, pool_id: str, service_on: date) -> HttpResponse:
    """A settled day, or what is missing before it can be settled."""
    person = person_of(request)
    pool = get_object_or_404(selectors.pools_seen_by(person), public_id=pool_id)
    context = {
        "pool": pool,
        "service_on": service_on,
        "withdrawn": selectors.withdrawn_settlements(pool, service_on),
        "may_settle": selectors.pools_run_by(person).filter(pk=pool.pk).exists(),
    }
    settled = selectors.settlement_of(pool, service_on)
    if settled is None:
        if wants_file(request):
            raise Http404
        plan = selectors.published_plan(pool, service_on)
        context |= {
            "plan": plan,
            "num_waiting": selectors.num_waiting(plan) if plan else 0,
            "refused": selectors.bills_refused(plan) if plan else [],
            "hub_id": acting_of(request).organization.pk,
            "lines": services.look_at_day(pool, service_on, person=person),
        }
        return render(request, "routing/settle.html", context)
    hubs, routes = selectors.hub_parts(settled), selectors.routes_paid(settled)
    shares = selectors.shares_of(settled, person)
    since = selectors.corrected_since(settled, person)
    if wants_file(request):
        return table_file(
            request,
            (tables.HUB_PARTS, hubs),
            (tables.ROUTES_PAID, routes),
            (tables.SHARES, shares),
            (tables.CORRECTIONS, rows.correction_rows(since)),
        )
    context |= {
        "settlement": settled,
        "hubs": hubs,
        "routes": routes,
        "shares": shares,
        "since": since,
    }
    return render(request, "routing/settlement.html", context)


@require_POST
@acting_as("coordinator")
def settle(request: HttpRequest, pool_id: str, service_on: date) -> HttpResponse:
    """Bill the day, pay the carriers, share the cost."""
    person = person_of(request)
    pool = get_object_or_404(selectors.pools_run_by(person), public_id=pool_id)
    try:
        services.settle_day(
            pool=pool, service_on=service_on, by=person, now=timezone.now()
        )
        say_done(request, _("The day is settled: every cent has its place."))
    except DomainError as refusal:
        say_refusal(request, refusal)
    return redirect("routing:settlement", pool_id=pool_id, service_on=service_on)


@require_GET
@acting_as("producer", "group_buyer", "institutional_buyer")
def my_shares(request: HttpRequest) -> HttpResponse:
    """What one's own organization carries of the transport, day by day."""
    organization = acting_of(request).organization
    days = selectors.days_of_payer(organization)
    parts = selectors.parts_of(organization)
    if wants_file(request):
        offered = ((tables.SETTLED_DAYS, days), (tables.MY_PARTS, parts))
        return table_file(request, *offered)
    context = {
        "days": page_of(request, days, name="days"),
        "parts": page_of(request, parts, name="parts"),
    }
    return render(request, "routing/my_shares.html", context)


@require_GET
@acting_as("coordinator", "producer", "group_buyer", "institutional_buyer")
def share(request: HttpRequest, public_id: str) -> HttpResponse:
    """One share with its computation, to be printed."""
    shares = selectors.share_page(person_of(request))
    shown = get_object_or_404(shares, public_id=public_id)
    if wants_file(request):
        readable = shown.readable  # type: ignore[attr-defined] # prefetched
        return table_file(request, (tables.CARRIED_BY, readable))
    context = {"share": shown, "figures": shown.computation}
    return render(request, "routing/share.html", context)


@require_GET
@acting_as(*OWNERS)
def my_pay(request: HttpRequest) -> HttpResponse:
    """What the trucks of one's own organization are paid for."""
    carrier = acting_of(request).organization
    paid = selectors.pay_of(carrier)
    if wants_file(request):
        return table_file(request, (tables.ROUTES_PAID, paid))
    context = {
        "page": page_of(request, paid),
        "total_cents": selectors.paid_cents_to(carrier),
    }
    return render(request, "routing/my_pay.html", context)


@require_http_methods(["GET", "POST"])
@acting_as("coordinator")
def settlement_rule(request: HttpRequest) -> HttpResponse:
    """How one's own hub shares its transport from the next settlement on."""
    hub = acting_of(request).organization
    rule = selectors.rules_of([hub])[hub.pk]
    said = {
        "payer": rule.payer,
        "policy": rule.policy,
        "difference": rule.difference,
    }
    sent = request.POST if request.method == "POST" else None
    form = SettlementRuleForm(sent, initial=said)
    if form.is_valid():
        services.set_settlement_rule(hub=hub, **form.cleaned_data)
        say_done(request, _("The rule holds from the next settled day on."))
        return redirect("routing:settlement_rule")
    status = 422 if form.is_bound else 200
    return render(
        request, "routing/settlement_rule.html", {"form": form}, status=status
    )
