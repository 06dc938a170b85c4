"""A truck that breaks down: told, looked at, approved."""

import uuid
from functools import partial

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hub.core.errors import DomainError
from hub.doors import acting_as, is_fragment, person_of, say_done, say_refusal
from routing import selectors, services, tasks
from routing.forms import BreakdownForm
from routing.sentences import failure_sentence, reason_sentence


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
    shown = get_object_or_404(
        selectors.breakdowns_run_by(person_of(request)), public_id=public_id
    )
    names = selectors.vehicle_names(shown.plan.pool)
    context = {
        "breakdown": shown,
        "plan": shown.plan,
        "job": shown.job,
        "failure": failure_sentence(shown.job) if shown.job.state == "failed" else "",
        "moved": selectors.moved_deliveries(shown) if shown.solution else [],
        "left": [
            (shipment, reason_sentence(code, data, names))
            for shipment, code, data in (
                selectors.left_by(shown) if shown.solution else []
            )
        ],
    }
    page = "_breakdown.html" if is_fragment(request) else "breakdown.html"
    return render(request, f"routing/{page}", context)


@require_POST
@acting_as("coordinator")
def approve(request: HttpRequest, public_id: str) -> HttpResponse:
    """Let the day go on as proposed."""
    person = person_of(request)
    shown = get_object_or_404(selectors.breakdowns_run_by(person), public_id=public_id)
    try:
        services.approve_rest(breakdown=shown, by=person, now=timezone.now())
    except DomainError as refusal:
        say_refusal(request, refusal)
        return redirect("routing:breakdown", public_id=public_id)
    say_done(request, _("The day goes on as approved; everyone concerned is told."))
    return redirect("routing:plan", public_id=shown.plan.public_id)
