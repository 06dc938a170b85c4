"""Settling a day, and reading who carries which part of it and why."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hub.core.errors import DomainError
from hub.doors import acting_as, acting_of, person_of, say_done, say_refusal
from routing import selectors, services
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
        "may_settle": selectors.pools_run_by(person).filter(pk=pool.pk).exists(),
    }
    settled = selectors.settlement_of(pool, service_on)
    if settled is None:
        plan = selectors.published_plan(pool, service_on)
        context |= {
            "plan": plan,
            "num_waiting": selectors.num_waiting(plan) if plan else 0,
            "refused": selectors.bills_refused(plan) if plan else [],
            "hub_id": acting_of(request).organization.pk,
        }
        return render(request, "routing/settle.html", context)
    context |= {
        "settlement": settled,
        "hubs": selectors.hub_parts(settled),
        "routes": selectors.routes_paid(settled),
        "shares": selectors.shares_of(settled, person),
        "since": selectors.corrected_since(settled, person),
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
    context = {
        "days": selectors.days_of_payer(organization),
        "parts": selectors.parts_of(organization),
    }
    return render(request, "routing/my_shares.html", context)


@require_GET
@acting_as("coordinator", "producer", "group_buyer", "institutional_buyer")
def share(request: HttpRequest, public_id: str) -> HttpResponse:
    """One share with its computation, to be printed."""
    shares = selectors.share_page(person_of(request))
    shown = get_object_or_404(shares, public_id=public_id)
    context = {"share": shown, "figures": shown.computation}
    return render(request, "routing/share.html", context)


@require_GET
@acting_as(*OWNERS)
def my_pay(request: HttpRequest) -> HttpResponse:
    """What the trucks of one's own organization are paid for."""
    rows = selectors.pay_of(acting_of(request).organization)
    context = {"rows": rows, "total_cents": sum(row.cost_cents for row in rows)}
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
