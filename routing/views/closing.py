"""Closing a cycle now, with what each farm's pick-up costs."""

from functools import partial

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from hub.doors import acting_as, is_fragment, person_of
from orders import selectors as order_selectors
from routing import selectors, services, tasks
from routing.sentences import failure_sentence
from routing.views.told import words_of


@require_GET
@acting_as("coordinator")
def closing(request: HttpRequest, public_id: str) -> HttpResponse:
    """Whether a cycle is closed, closing or open; what its close does, the button."""
    cycles = selectors.cycles_run_by(person_of(request))
    cycle = get_object_or_404(cycles, public_id=public_id)
    job = selectors.last_closing(cycle)
    failure = failure_sentence(job) if job and job.state == "failed" else ""
    context = {
        "cycle": cycle,
        "job": job,
        "failure": failure,
        "before": order_selectors.before_close(cycle),
        "is_early": cycle.status == "open" and cycle.closes_at > timezone.now(),
    }
    if cycle.status in ("open", "closing"):
        told = selectors.closing_tellings(cycle)
        context |= words_of(told, hub_name=cycle.hub.name)
    if not is_fragment(request):
        return render(request, "routing/closing.html", context)
    if cycle.status == "closed":
        address = reverse("routing:closing", args=[public_id])
        return HttpResponse(headers={"HX-Redirect": address})
    return render(request, "routing/_closing.html", context)


@require_POST
@acting_as("coordinator")
def close(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask for the close; pressing twice asks once."""
    person = person_of(request)
    cycle = get_object_or_404(selectors.cycles_run_by(person), public_id=public_id)
    job = services.request_close(cycle=cycle, by=person)
    transaction.on_commit(partial(tasks.close_cycle.delay, job.pk))
    return redirect("routing:closing", public_id=public_id)
