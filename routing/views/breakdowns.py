"""A truck that breaks down: told, looked at, approved, or abandoned."""

from __future__ import annotations

import uuid
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hub.core.errors import DomainError
from hub.doors import (
    acting_as,
    is_fragment,
    person_of,
    say_done,
    say_refusal,
    table_file,
    wants_file,
)
from routing import selectors, services, tasks
from routing.exchange import tables
from routing.forms import BreakdownForm
from routing.sentences import failure_sentence, reason_sentence

if TYPE_CHECKING:
    from routing.models import Breakdown


@require_http_methods(["GET", "POST"])
@acting_as("coordinator")
def breakdown_new(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say which truck of a plan stands still, and where."""
    person = person_of(request)
    plan = get_object_or_404(selectors.plans_run_by(person), public_id=public_id)
    routes = list(plan.routes.select_related("vehicle", "home").order_by("number"))
    form = BreakdownForm(
        request.POST or None, routes=routes, initial={"key": uuid.uuid4().hex}
    )
    if request.method == "POST" and form.is_valid():
        try:
            told = services.report_breakdown(
                plan=plan, report=form.report(), by=person, now=timezone.now()
            )
        except DomainError as refusal:
            say_refusal(request, refusal)
            return redirect("routing:plan", public_id=public_id)
        transaction.on_commit(partial(tasks.rest_of_day.delay, told.job_id))
        return redirect("routing:breakdown", public_id=told.public_id)
    status = 422 if form.errors else 200
    context = {"form": form, "plan": plan}
    return render(request, "routing/breakdown_new.html", context, status=status)


@require_GET
@acting_as("coordinator")
def breakdown(request: HttpRequest, public_id: str) -> HttpResponse:
    """How the day could go on, beside how it was planned."""
    shown = _shown(request, public_id)
    if wants_file(request):
        moved = selectors.moved_deliveries(shown) if shown.solution else []
        return table_file(request, (tables.MOVED, moved))
    context = {
        "breakdown": shown,
        "plan": shown.plan,
        "job": shown.job,
        "failure": failure_sentence(shown.job) if shown.job.state == "failed" else "",
        "steps": selectors.steps_of(shown),
        "key": uuid.uuid4().hex,
        **(_proposal(shown) if shown.solution else {}),
    }
    page = "_breakdown.html" if is_fragment(request) else "breakdown.html"
    return render(request, f"routing/{page}", context)


def _proposal(shown: Breakdown) -> dict[str, Any]:
    """What a proposal changes, what is late, what must be decided."""
    names = selectors.vehicle_names(shown.plan.pool)
    return {
        "moved": selectors.moved_deliveries(shown),
        "late": selectors.late_deliveries(shown),
        "back_late": selectors.late_returns(shown),
        "misfits": selectors.misfits_of(shown),
        "new_routes": selectors.new_routes(shown),
        "left": [
            (shipment, reason_sentence(code, data, names))
            for shipment, code, data in selectors.left_by(shown)
        ],
    }


@require_POST
@acting_as("coordinator")
def approve(request: HttpRequest, public_id: str) -> HttpResponse:
    """Let the day go on as proposed, the trucks sent out anew with their drivers."""
    shown = _shown(request, public_id)
    asked = selectors.new_routes(shown) if shown.solution else []
    named = {
        each.vehicle.public_id: each.drivers.filter(
            public_id=request.POST.get(f"driver-{each.vehicle.public_id}", "")
        ).first()
        for each in asked
    }
    try:
        services.approve_rest(
            breakdown=shown,
            by=person_of(request),
            now=timezone.now(),
            drivers={truck: person for truck, person in named.items() if person},
        )
    except DomainError as refusal:
        say_refusal(request, refusal)
        return redirect("routing:breakdown", public_id=public_id)
    say_done(request, _("The day goes on as approved; everyone concerned is told."))
    return redirect("routing:plan", public_id=shown.plan.public_id)


@require_POST
@acting_as("coordinator")
def again(request: HttpRequest, public_id: str) -> HttpResponse:
    """Plan the rest anew for the same truck, from how far all are now."""
    shown = _shown(request, public_id)
    try:
        told = services.plan_rest_again(
            breakdown=shown,
            key=request.POST.get("key", "")[:40] or uuid.uuid4().hex,
            by=person_of(request),
            now=timezone.now(),
        )
    except DomainError as refusal:
        say_refusal(request, refusal)
        return redirect("routing:breakdown", public_id=public_id)
    transaction.on_commit(partial(tasks.rest_of_day.delay, told.job_id))
    return redirect("routing:breakdown", public_id=told.public_id)


@require_POST
@acting_as("coordinator")
def abandon(request: HttpRequest, public_id: str) -> HttpResponse:
    """Let the day go on as planned, as if nothing had been told."""
    shown = _shown(request, public_id)
    try:
        services.abandon_breakdown(
            breakdown=shown, by=person_of(request), now=timezone.now()
        )
    except DomainError as refusal:
        say_refusal(request, refusal)
        return redirect("routing:breakdown", public_id=public_id)
    say_done(request, _("Abandoned: the day stays as it was planned."))
    return redirect("routing:breakdown", public_id=public_id)


@require_POST
@acting_as("coordinator")
def resume(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take up an abandoned proposal again."""
    shown = _shown(request, public_id)
    try:
        services.resume_breakdown(
            breakdown=shown, by=person_of(request), now=timezone.now()
        )
    except DomainError as refusal:
        say_refusal(request, refusal)
    return redirect("routing:breakdown", public_id=public_id)


def _shown(request: HttpRequest, public_id: str) -> Breakdown:
    rows = selectors.breakdowns_run_by(person_of(request))
    return get_object_or_404(rows, public_id=public_id)
