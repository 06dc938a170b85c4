"""A plan under a coordinator's hands: begin, look, make a step, compare."""

import secrets
import uuid
from functools import partial

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from hub.core.errors import DomainError
from hub.doors import (
    acting_as,
    is_fragment,
    person_of,
    say_refusal,
    sentence_of,
    table_file,
    wants_file,
)
from routing import selectors, services, tasks
from routing.core.errors import SearchTimeRefused
from routing.exchange import tables
from routing.forms import SearchForm, StepForm
from routing.models import Plan
from routing.sentences import reason_sentence, rule_sentence


@require_POST
@acting_as("coordinator")
def adjust(request: HttpRequest, public_id: str) -> HttpResponse:
    """Begin to adjust a plan, or go on with what was begun."""
    plan = _plan(request, public_id)
    try:
        version = services.adjust_plan(plan=plan, now=timezone.now())
    except DomainError as refusal:
        say_refusal(request, refusal)
        return redirect("routing:plan", public_id=public_id)
    return redirect("routing:adjusting", public_id=version.public_id)


@require_GET
@acting_as("coordinator")
def adjusting(request: HttpRequest, public_id: str) -> HttpResponse:
    """The board: every truck with its stops, what breaks, what it costs."""
    plan = _plan(request, public_id)
    if not services.is_adjustable(plan):
        return redirect("routing:plan", public_id=public_id)
    return _board(request, plan)


@require_POST
@acting_as("coordinator")
def step(request: HttpRequest, public_id: str) -> HttpResponse:
    """Make one step on the board; the answer is the board after it."""
    plan = _plan(request, public_id)
    form = StepForm(request.POST)
    if not form.is_valid():
        return _after(request, plan, refused=str(next(iter(form.errors.values()))[0]))
    try:
        plan = _step(request, plan, form)
    except DomainError as refusal:
        return _after(request, plan, refused=sentence_of(refusal))
    transaction.on_commit(partial(tasks.draw_plan.delay, plan.pk))
    return _after(request, plan)


@require_POST
@acting_as("coordinator")
def improve(request: HttpRequest, public_id: str) -> HttpResponse:
    """Let a search improve what is not locked; its progress is told on the day."""
    plan = _plan(request, public_id)
    form = SearchForm(request.POST)
    try:
        if not form.is_valid():
            raise SearchTimeRefused(limit=settings.SOLVER_TIME_LIMIT_S)
        job = services.improve_plan(
            plan=plan,
            by=person_of(request),
            seconds=form.cleaned_data["seconds"],
            seed=secrets.randbelow(1_000_000),
            key=f"{person_of(request).pk}:{form.cleaned_data['key']}",
        )
    except DomainError as refusal:
        say_refusal(request, refusal)
        return redirect("routing:adjusting", public_id=public_id)
    transaction.on_commit(partial(tasks.plan.delay, job.pk))
    return redirect(
        "routing:day", pool_id=plan.pool.public_id, service_on=plan.service_on
    )


@require_GET
@acting_as("coordinator")
def compare(request: HttpRequest, public_id: str) -> HttpResponse:
    """What hands changed since the search."""
    plans = selectors.plans_seen_by(person_of(request))
    plan = get_object_or_404(plans, public_id=public_id)
    found = selectors.comparison_of(plan)
    trucks = {v.id: v.name for v in found.problem.vehicles}
    places = {place.id: place.name for place in found.problem.places}
    changes = [
        (
            places[change.place_id],
            change,
            trucks.get(change.before.vehicle_id) if change.before else None,
            trucks.get(change.after.vehicle_id) if change.after else None,
        )
        for change in found.changes
    ]
    if wants_file(request):
        return table_file(request, (tables.CHANGES, changes))
    context = {
        "plan": plan,
        "source": found.source,
        "delta": found.delta,
        "changes": changes,
    }
    return render(request, "routing/compare.html", context)


def _plan(request: HttpRequest, public_id: str) -> Plan:
    plans = selectors.plans_run_by(person_of(request))
    return get_object_or_404(plans, public_id=public_id)


def _step(request: HttpRequest, plan: Plan, form: StepForm) -> Plan:
    kind, words = form.cleaned_data["do"]
    version = form.cleaned_data["version"]
    if kind == "history":
        again = services.undo_edit if words[0] == "undo" else services.redo_edit
        return again(plan=plan, version=version)
    if kind == "lock":
        return services.set_lock(
            plan=plan,
            version=version,
            vehicle_id=words[1],
            stop=int(words[2]) if words[2] else None,
            is_locked=words[0] == "lock",
        )
    return services.edit_plan(
        plan=plan,
        version=version,
        move=form.move,
        by=person_of(request),
        now=timezone.now(),
    )


def _after(request: HttpRequest, plan: Plan, *, refused: str = "") -> HttpResponse:
    """The board again: as a fragment for htmx, else where a refresh is harmless."""
    fresh = _plan(request, plan.public_id)
    if not services.is_adjustable(fresh):
        page = redirect("routing:plan", public_id=plan.public_id)
        if is_fragment(request):
            return HttpResponse(headers={"HX-Redirect": page.url})
        return page
    if is_fragment(request) or refused:
        return _board(request, fresh, refused=refused, done=not refused)
    return redirect("routing:adjusting", public_id=plan.public_id)


def _board(
    request: HttpRequest, plan: Plan, *, refused: str = "", done: bool = False
) -> HttpResponse:
    board = selectors.board_of(plan)
    trucks = {vehicle.id: vehicle.name for vehicle in board.problem.vehicles}
    context = {
        "plan": plan,
        "board": board,
        "broken": [
            rule_sentence(v.code, v.values, board.names) for v in board.violations
        ],
        "left": [
            (row, reason_sentence(row.reason.code, row.reason.data, trucks))
            for row in board.left
        ],
        "refused": refused,
        "done": done,
        "held": _held(request.POST.get("do", "")),
        "form": SearchForm(initial={"key": uuid.uuid4().hex}),
    }
    name = "routing/adjusting.html"
    if is_fragment(request):
        name = "routing/_board.html"
    return render(request, name, context, status=409 if refused else 200)


def _held(done: str) -> str:
    """The truck and turn of the stop just moved, so that the keys stay on it."""
    kind, *words = done.split(":")
    return ":".join(words[2:4]) if kind == "stop" else ""
