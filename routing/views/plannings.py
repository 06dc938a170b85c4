"""A search under way: asked, watched, stopped, thrown away."""

import secrets
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hub.core.errors import DomainError
from hub.doors import acting_as, is_fragment, person_of, say_done, say_refusal
from routing import selectors, services, tasks
from routing.core.errors import SearchTimeRefused
from routing.forms import SearchForm
from routing.sentences import failure_sentence

if TYPE_CHECKING:
    from hub.models import Job


@require_POST
@acting_as("coordinator")
def propose(request: HttpRequest, pool_id: str, service_on: date) -> HttpResponse:
    """Ask for a plan; pressing twice shows the same search."""
    person = person_of(request)
    pool = get_object_or_404(selectors.pools_seen_by(person), public_id=pool_id)
    page = redirect("routing:day", pool_id=pool_id, service_on=service_on)
    form = SearchForm(request.POST)
    if not form.is_valid():
        limit = settings.SOLVER_TIME_LIMIT_S
        say_refusal(request, SearchTimeRefused(limit=limit))
        return page
    try:
        job = services.propose_plan(
            pool=pool,
            service_on=service_on,
            by=person,
            seconds=form.cleaned_data["seconds"],
            seed=secrets.randbelow(1_000_000),
            key=f"{person.pk}:{form.cleaned_data['key']}",
        )
    except DomainError as refusal:
        say_refusal(request, refusal)
        return page
    transaction.on_commit(partial(tasks.plan.delay, job.pk))
    return page


@require_GET
@acting_as("coordinator")
def planning(request: HttpRequest, public_id: str) -> HttpResponse:
    """How far a search is; when it ended with a plan, the plan."""
    job = _job(request, public_id)
    plan_id = job.result.get("plan")
    if plan_id:
        return _go(request, reverse("routing:plan", args=[plan_id]))
    if not is_fragment(request):
        return redirect(_day_of(request, job))
    if job.state not in ("queued", "running", "failed"):
        return _go(request, _day_of(request, job))
    failure = failure_sentence(job) if job.state == "failed" else ""
    context = {"job": job, "failure": failure}
    return render(request, "routing/_planning.html", context)


@require_POST
@acting_as("coordinator")
def stop(request: HttpRequest, public_id: str) -> HttpResponse:
    """Stop the search and keep the best plan so far."""
    job = _job(request, public_id)
    services.stop_planning(job=job, now=timezone.now())
    return redirect(_day_of(request, job))


@require_POST
@acting_as("coordinator")
def discard(request: HttpRequest, public_id: str) -> HttpResponse:
    """Stop the search and keep nothing of it."""
    job = _job(request, public_id)
    services.discard_planning(job=job, now=timezone.now())
    say_done(request, _("The search was thrown away."))
    return redirect(_day_of(request, job))


def _job(request: HttpRequest, public_id: str) -> "Job":
    jobs = selectors.jobs_run_by(person_of(request))
    return get_object_or_404(jobs, public_id=public_id, kind=selectors.PLAN_KIND)


def _day_of(request: HttpRequest, job: "Job") -> str:
    pools = selectors.pools_seen_by(person_of(request))
    pool = get_object_or_404(pools, pk=job.payload["pool"])
    return reverse("routing:day", args=[pool.public_id, _on(job)])


def _on(job: "Job") -> date:
    return date.fromisoformat(job.payload["service_on"])


def _go(request: HttpRequest, address: str) -> HttpResponse:
    """Lead on: htmx by its own header, a plain request by a redirect."""
    if is_fragment(request):
        return HttpResponse(headers={"HX-Redirect": address})
    return redirect(address)
