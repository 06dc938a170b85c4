"""One plan: its routes beside their map, what stays behind, publishing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hub.core.errors import DomainError
from hub.doors import (
    acting_as,
    person_of,
    say_done,
    say_refusal,
    table_file,
    wants_file,
)
from routing import selectors, services
from routing.core.errors import UnservedUndecided
from routing.exchange import rows, tables
from routing.sentences import reason_sentence
from routing.views.told import words_of


@require_GET
@acting_as("coordinator")
def plan(request: HttpRequest, public_id: str) -> HttpResponse:
    """Everything a plan says."""
    person = person_of(request)
    shown = get_object_or_404(selectors.plans_seen_by(person), public_id=public_id)
    proposals = selectors.proposals_of(shown.pool, shown.service_on)
    sheets = selectors.route_sheets(shown.routes.all())
    names = selectors.vehicle_names(shown.pool)
    docks = selectors.dock_sheets(sheets)
    left = [
        (row, reason_sentence(row.reason_code, row.reason_data, names))
        for row in selectors.left_behind(shown)
    ]
    if wants_file(request):
        unserved = [{"row": row, "reason": reason} for row, reason in left]
        return table_file(
            request,
            (tables.ROUTES, sheets),
            (tables.STOPS, rows.stops_of(sheets)),
            (tables.DOCK_TURNS, rows.turns_of(docks)),
            (tables.UNSERVED, unserved),
            (tables.PROPOSALS, proposals),
        )
    context = {
        "plan": shown,
        "pool": shown.pool,
        "may_publish": selectors.plans_run_by(person).filter(pk=shown.pk).exists(),
        "proposals": proposals,
        "proposal": next(row for row in proposals if row.plan.pk == shown.pk),
        "published": next(
            (row for row in proposals if row.plan.status == "published"), None
        ),
        "sheets": sheets,
        "docks": docks,
        "map": selectors.map_of(sheets),
        "town": selectors.town_of(sheets),
        "is_dispatched": selectors.dispatched_plan(shown.pool, shown.service_on)
        is not None,
        "num_undecided": selectors.undecided_of(shown).count(),
        "num_stops": sum(len(sheet.stops) for sheet in sheets),
        "unserved": left,
    }
    return render(request, "routing/plan.html", context)


@require_GET
@acting_as("coordinator")
def letters(request: HttpRequest, public_id: str) -> HttpResponse:
    """The very words that the dispatch of a plan sends, before anything is sent."""
    person = person_of(request)
    shown = get_object_or_404(selectors.plans_run_by(person), public_id=public_id)
    told = words_of(selectors.tellings_of(shown), hub_name=shown.pool.coordinator.name)
    context = {"plan": shown, **told}
    return render(request, "routing/letters.html", context)


@require_POST
@acting_as("coordinator")
def dispatch(request: HttpRequest, public_id: str) -> HttpResponse:
    """Let the trucks leave by a published plan."""
    person = person_of(request)
    shown = get_object_or_404(selectors.plans_run_by(person), public_id=public_id)
    try:
        services.dispatch_plan(plan=shown, by=person, now=timezone.now())
        say_done(request, _("The trucks leave by this plan. Have a good day!"))
    except UnservedUndecided as refusal:
        say_refusal(request, refusal)
        return redirect("routing:unserved", public_id=public_id)
    except DomainError as refusal:
        say_refusal(request, refusal)
    return redirect("routing:plan", public_id=public_id)


@require_POST
@acting_as("coordinator")
def publish(request: HttpRequest, public_id: str) -> HttpResponse:
    """Make a plan the one everybody drives by."""
    person = person_of(request)
    shown = get_object_or_404(selectors.plans_run_by(person), public_id=public_id)
    try:
        services.publish_plan(plan=shown, by=person, now=timezone.now())
        say_done(request, _("The plan is published: drivers see their routes."))
    except DomainError as refusal:
        say_refusal(request, refusal)
    return redirect("routing:plan", public_id=public_id)
