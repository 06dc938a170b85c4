"""Order cycles: prepared, corrected, opened by the coordination."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hub import selectors
from hub.core.errors import DomainError
from hub.doors import (
    acting_as,
    acting_of,
    page_of,
    person_of,
    say_done,
    say_refusal,
    sentence_of,
    table_file,
    wants_file,
)
from hub.exchange import tables
from hub.forms import CycleForm
from hub.models import Cycle, Organization
from hub.services import cycles as services
from hub.templatetags.words import day


@require_GET
@acting_as("coordinator")
def cycles(request: HttpRequest) -> HttpResponse:
    """Every cycle of the hub, the latest delivery first."""
    hub = acting_of(request).organization
    shown = selectors.cycles_run_by(person_of(request)).filter(hub=hub)
    if wants_file(request):
        return table_file(request, (tables.CYCLES, shown))
    page = page_of(request, shown)
    context = {"page": page, "last": selectors.last_cycle_of(hub)}
    return render(request, "hub/cycles.html", context)


@require_GET
@acting_as("coordinator")
def cycle(request: HttpRequest, public_id: str) -> HttpResponse:
    """One cycle: where it stands, and what can be done with it now."""
    shown = _mine(request, public_id)
    is_past = shown.closes_at <= timezone.now()
    return render(request, "hub/cycle.html", {"cycle": shown, "is_past": is_past})


@require_http_methods(["GET", "POST"])
@acting_as("coordinator")
def cycle_new(request: HttpRequest) -> HttpResponse:
    """Prepare a cycle; with `?copy=last`, the last one a week later."""
    hub = acting_of(request).organization
    form = CycleForm(request.POST or None, initial=_first_answers(request, hub))
    if request.method == "POST" and form.is_valid():
        try:
            made = services.create_cycle(hub=hub, facts=form.facts())
        except DomainError as error:
            form.add_error("name", sentence_of(error))
        else:
            say_done(request, _("The cycle is a draft: only you see it."))
            return redirect("hub:cycle", made.public_id)
    status = 422 if form.errors else 200
    return render(request, "hub/cycle_form.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
@acting_as("coordinator")
def cycle_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Correct the dates or the name of a draft or an open cycle."""
    shown = _mine(request, public_id)
    form = CycleForm(request.POST or None, initial=CycleForm.answers_of(shown))
    if request.method == "POST" and form.is_valid():
        try:
            services.edit_cycle(cycle_id=shown.pk, facts=form.facts())
        except DomainError as error:
            form.add_error(None, sentence_of(error))
        else:
            say_done(request, _("Saved."))
            return redirect("hub:cycle", public_id)
    context = {"form": form, "cycle": shown}
    status = 422 if form.errors else 200
    return render(request, "hub/cycle_form.html", context, status=status)


@require_POST
@acting_as("coordinator")
def cycle_open(request: HttpRequest, public_id: str) -> HttpResponse:
    """Open a draft now."""
    shown = _mine(request, public_id)
    try:
        services.open_cycle(cycle_id=shown.pk, now=timezone.now())
    except DomainError as error:
        say_refusal(request, error)
    else:
        say_done(request, _("Buyers can order now."))
    return redirect("hub:cycle", public_id)


@require_POST
@acting_as("coordinator")
def cycle_cancel(request: HttpRequest, public_id: str) -> HttpResponse:
    """Give up a draft."""
    shown = _mine(request, public_id)
    try:
        services.cancel_draft(cycle_id=shown.pk)
    except DomainError as error:
        say_refusal(request, error)
        return redirect("hub:cycle", public_id)
    say_done(request, _("The draft is given up; nobody had seen it."))
    return redirect("hub:cycles")


def _mine(request: HttpRequest, public_id: str) -> Cycle:
    return get_object_or_404(
        selectors.cycles_run_by(person_of(request)), public_id=public_id
    )


def _first_answers(request: HttpRequest, hub: Organization) -> dict[str, object]:
    last = selectors.last_cycle_of(hub)
    if request.GET.get("copy") != "last" or last is None:
        return {"flow": hub.default_flow}
    copied = services.one_week_later(last, name="")
    name = _("Delivery of %(day)s") % {"day": day(copied.service_on)}
    return {**CycleForm.answers_of(copied), "name": name}
