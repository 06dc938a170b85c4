"""The five steps to a first cycle; on this floor, which may look at all the others."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hub import indicators as hub_indicators
from hub import selectors as hub_selectors
from hub.core.errors import DomainError
from hub.core.first_steps import Missing, Step
from hub.doors import (
    acting_as,
    acting_of,
    is_fragment,
    person_of,
    say_done,
    say_refusal,
)
from hub.services.beginnings import hide_step
from routing import selectors, services


@require_GET
@acting_as("coordinator")
def first_steps(request: HttpRequest) -> HttpResponse:
    """Each step: what it is, why, what to do now, done or not and what is missing."""
    hub = acting_of(request).organization
    steps = selectors.first_steps_of(hub, timezone.localdate())
    samples = list(hub_selectors.samples_of(hub))
    context = {
        "steps": [
            (step, [_told(one) for one in step.missing])
            for step in steps
            if not step.is_hidden
        ],
        "hidden": [step for step in steps if step.is_hidden],
        "num_done": sum(step.is_done for step in steps),
        "has_samples": bool(samples),
        "stops": services.stops_of(samples),
    }
    return render(request, "routing/first_steps.html", context)


def _told(missing: Missing) -> tuple[str, str, bool]:
    """What is missing in words, the page that mends it, whether it is advice."""
    sentence = _(missing.sentence) % missing.data
    return sentence, reverse(missing.url_name), missing.is_advice


@require_GET
@acting_as("coordinator")
def first_steps_panel(request: HttpRequest) -> HttpResponse:
    """Where a hub stands before its first cycle; nothing once it has had one."""
    hub = acting_of(request).organization
    if not is_fragment(request):
        return redirect("routing:first_steps")
    if not hub_indicators.is_beginning(hub):
        return HttpResponse("")
    steps = selectors.first_steps_of(hub, timezone.localdate())
    context = {
        "steps": [step for step in steps if not step.is_hidden],
        "num_done": sum(step.is_done for step in steps),
    }
    return render(request, "routing/_first_steps_panel.html", context)


@require_POST
@acting_as("coordinator")
def step_hide(request: HttpRequest, step: str) -> HttpResponse:
    """Put a step aside, or show it again."""
    is_hidden = request.POST.get("hidden") != "no"
    hub = acting_of(request).organization
    hide_step(hub=hub, step=_step(step), is_hidden=is_hidden)
    return redirect("routing:first_steps")


@require_POST
@acting_as("coordinator")
def sample_load(request: HttpRequest, step: str) -> HttpResponse:
    """Bring the sample of a step."""
    try:
        services.load_sample(
            hub=acting_of(request).organization,
            step=_step(step),
            by=person_of(request),
            now=timezone.now(),
        )
    except DomainError as error:
        say_refusal(request, error)
    else:
        say_done(request, _("The example is there. Look at it, then remove it here."))
    return redirect("routing:first_steps")


@require_POST
@acting_as("coordinator")
def samples_remove(request: HttpRequest) -> HttpResponse:
    """Remove every sample, when nothing real hangs on one."""
    try:
        services.remove_samples(
            hub=acting_of(request).organization,
            by=person_of(request),
            now=timezone.now(),
        )
    except DomainError as error:
        say_refusal(request, error)
    else:
        say_done(request, _("The examples are gone."))
    return redirect("routing:first_steps")


def _step(code: str) -> Step:
    if code not in set(Step):
        raise Http404
    return Step(code)
