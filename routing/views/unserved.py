"""Goods that a plan leaves behind: each is decided before the trucks leave."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hub.core.errors import DomainError
from hub.doors import (
    acting_as,
    person_of,
    say_done,
    sentence_of,
    table_file,
    wants_file,
)
from routing import selectors, services
from routing.exchange import tables
from routing.forms import DecisionForm
from routing.models import Plan, UnservedShipment
from routing.sentences import reason_sentence


@require_http_methods(["GET", "POST"])
@acting_as("coordinator")
def unserved(request: HttpRequest, public_id: str) -> HttpResponse:
    """What becomes of each: another day, own transport, or cancelled."""
    person = person_of(request)
    plan = get_object_or_404(selectors.plans_run_by(person), public_id=public_id)
    refused: dict[str, DecisionForm] = {}
    if request.method == "POST":
        form = DecisionForm(
            request.POST, auto_id=f"{request.POST.get('shipment', '')}-%s"
        )
        if form.is_valid() and _decide(request, plan, form):
            say_done(request, _("Noted."))
            return redirect("routing:unserved", public_id=public_id)
        refused[request.POST.get("shipment", "")] = form
    names = selectors.vehicle_names(plan.pool)
    left = list(selectors.left_behind(plan))
    onward = selectors.onward_of_left(left)
    rows = [
        (
            row,
            selectors.decision_for(row.shipment, plan.service_on),
            reason_sentence(row.reason_code, row.reason_data, names),
            onward.get(row.shipment_id, []),
            refused.get(row.shipment.public_id) or _form(plan, row),
        )
        for row in left
    ]
    if wants_file(request):
        told = [{"row": each[0], "reason": each[2]} for each in rows]
        return table_file(request, (tables.UNSERVED, told))
    context = {"plan": plan, "rows": rows}
    status = 422 if request.method == "POST" else 200
    return render(request, "routing/unserved.html", context, status=status)


def _decide(request: HttpRequest, plan: Plan, form: DecisionForm) -> bool:
    left = get_object_or_404(
        selectors.left_behind(plan), shipment__public_id=form.cleaned_data["shipment"]
    )
    decision = form.cleaned_data["decision"]
    by, now = person_of(request), timezone.now()
    try:
        if decision:
            services.decide_unserved(
                left=left,
                decision=decision,
                on=form.day,
                by=by,
                now=now,
                note=form.cleaned_data["note"],
            )
        elif selectors.decision_for(left.shipment, plan.service_on):
            services.undo_unserved(left=left, by=by, now=now)
    except DomainError as refusal:
        form.add_error(None, sentence_of(refusal))
        return False
    return True


def _form(plan: Plan, row: UnservedShipment) -> DecisionForm:
    shipment = row.shipment
    decision = selectors.decision_for(shipment, plan.service_on)
    moved_to = shipment.service_on if decision == "another_day" else None
    return DecisionForm(
        auto_id=f"{shipment.public_id}-%s",
        initial={
            "shipment": shipment.public_id,
            "decision": decision,
            "on": moved_to or plan.service_on + timedelta(days=1),
            "note": shipment.decision_note if decision else "",
        },
    )
