"""Going back: what will change and for whom is shown first, then done with a trace."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hub.core.errors import DomainError
from hub.doors import acting_as, person_of, say_done, sentence_of
from orders import selectors as order_selectors
from orders import services as order_services
from routing import selectors, services
from routing.forms import ReopenForm, WayBackForm
from routing.models import Plan
from routing.views.told import words_of

if TYPE_CHECKING:
    from hub.models import Cycle

ONE_DAY = timedelta(days=1)


@require_http_methods(["GET", "POST"])
@acting_as("coordinator")
def reopen(request: HttpRequest, public_id: str) -> HttpResponse:
    """Open a closed cycle again: what changes, the words, the button."""
    person = person_of(request)
    cycle = get_object_or_404(selectors.cycles_run_by(person), public_id=public_id)
    first = ReopenForm.first_answers(timezone.now() + ONE_DAY)
    form = ReopenForm(request.POST or None, initial=first)
    if form.is_valid() and request.POST.get("do") == "confirm":
        said = form.cleaned_data
        ask = order_services.Reopening(
            closes_at=said["closes_at"],
            reason=said["reason"],
            by=person,
            now=timezone.now(),
        )
        try:
            services.reopen_cycle(cycle=cycle, ask=ask, key=said["key"])
        except DomainError as refusal:
            form.add_error(None, sentence_of(refusal))
        else:
            say_done(request, _("The cycle is open again; all concerned are told."))
            return redirect("orders:cycle", public_id)
    context = _reopening(cycle, form)
    status = 422 if form.errors else 200
    return render(request, "routing/reopen.html", context, status=status)


def _reopening(cycle: Cycle, form: ReopenForm) -> dict[str, Any]:
    before = order_services.before_reopening(cycle, on=timezone.localdate())
    told = selectors.reopening_tellings(
        cycle,
        farms=before.farms,
        buyers=before.buyers,
        closes_at=_said(form, "closes_at") or timezone.now() + ONE_DAY,
        reason=_said(form, "reason") or "",
    )
    return {
        "cycle": cycle,
        "form": form,
        "before": before,
        "plans": selectors.plans_outdated_by(cycle),
        "earlier": order_selectors.reopenings_of(cycle),
        **words_of(told, hub_name=cycle.hub.name),
    }


def _said(form: WayBackForm, name: str) -> Any:
    """What was typed, once it can be read."""
    return form.cleaned_data.get(name) if form.is_bound else None


@require_http_methods(["GET", "POST"])
@acting_as("coordinator")
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """Withdraw a published plan, or call its trucks back: who is told, the button."""
    person = person_of(request)
    plan = get_object_or_404(selectors.plans_run_by(person), public_id=public_id)
    form = WayBackForm(request.POST or None)
    if form.is_valid() and request.POST.get("do") == "confirm":
        ask = services.WayBack(
            reason=form.cleaned_data["reason"], by=person, now=timezone.now()
        )
        try:
            services.withdraw_plan(plan=plan, ask=ask, key=form.cleaned_data["key"])
        except DomainError as refusal:
            form.add_error(None, sentence_of(refusal))
        else:
            say_done(
                request, _("The plan is a proposal again; all concerned are told.")
            )
            return redirect("routing:plan", public_id)
    context = _withdrawal(plan, form)
    status = 422 if form.errors else 200
    return render(request, "routing/withdraw.html", context, status=status)


def _withdrawal(plan: Plan, form: WayBackForm) -> dict[str, Any]:
    told = selectors.withdrawal_tellings(plan, _said(form, "reason") or "")
    return {
        "plan": plan,
        "form": form,
        "refusal": _why_not(plan),
        "earlier": selectors.withdrawals_of(plan),
        **words_of(told, hub_name=plan.pool.coordinator.name),
    }


def _why_not(plan: Plan) -> str:
    """What stands in the way of a withdrawal, in words."""
    try:
        services.require_withdrawable(plan)
    except DomainError as refusal:
        return sentence_of(refusal)
    return ""


@require_http_methods(["GET", "POST"])
@acting_as("coordinator")
def reopen_day(request: HttpRequest, pool_id: str, service_on: date) -> HttpResponse:
    """Reopen a settled day: who is credited what, before and after, the button."""
    person = person_of(request)
    pool = get_object_or_404(selectors.pools_run_by(person), public_id=pool_id)
    form = WayBackForm(request.POST or None)
    if form.is_valid() and request.POST.get("do") == "confirm":
        ask = services.WayBack(
            reason=form.cleaned_data["reason"], by=person, now=timezone.now()
        )
        try:
            services.reopen_day(
                pool=pool, service_on=service_on, ask=ask, key=form.cleaned_data["key"]
            )
        except DomainError as refusal:
            form.add_error(None, sentence_of(refusal))
        else:
            say_done(request, _("The day is open again: correct it, then settle anew."))
            return redirect("routing:settlement", pool_id, service_on)
    settled = selectors.settlement_of(pool, service_on)
    told = (
        services.tellings_of_day(
            pool, settled, _said(form, "reason") or "", person=person
        )
        if settled
        else []
    )
    context = {
        "pool": pool,
        "service_on": service_on,
        "form": form,
        "settlement": settled,
        "lines": services.look_at_day(pool, service_on, person=person)
        if settled
        else [],
        **words_of(told, hub_name=pool.coordinator.name),
    }
    status = 422 if form.errors else 200
    return render(request, "routing/reopen_day.html", context, status=status)
