"""Paying farms what is due, and what a farm has coming."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hub.core.errors import DomainError
from hub.core.ids import new_public_id
from hub.doors import (
    acting_as,
    acting_of,
    page_of,
    person_of,
    say_done,
    sentence_of,
    table_file,
    wants_file,
)
from orders import selectors, services
from orders.exchange import cash_tables
from orders.forms.cash import RunForm, ThroughForm
from orders.services import RunAsked


@require_http_methods(["GET", "POST"])
@acting_as("coordinator")
def payouts(request: HttpRequest) -> HttpResponse:
    """What is due to each farm by a day, less what loans withhold; then paid, once."""
    if request.method == "GET":
        return _due(request, None, status=200)
    form, today = RunForm(request.POST), timezone.localdate()
    if not form.is_valid():
        return _due(request, form, status=422)
    typed = form.cleaned_data
    try:
        services.pay_farms(
            hub=acting_of(request).organization,
            asked=RunAsked(
                through=typed["through"],
                fingerprint=typed["fingerprint"],
                method=typed["method"],
                on=today,
            ),
            key=typed["key"],
            today=today,
            by=person_of(request),
        )
    except DomainError as error:
        return _due(request, None, status=409, why_not=sentence_of(error))
    say_done(request, _("The payments are written down."))
    return redirect("orders:payouts")


def _due(
    request: HttpRequest, form: RunForm | None, *, status: int, why_not: str = ""
) -> HttpResponse:
    hub, today = acting_of(request).organization, timezone.localdate()
    asked = ThroughForm(request.GET or None)
    through = asked.day(today)
    rows = selectors.payouts_due(hub, through=through, today=today)
    if wants_file(request):
        return table_file(request, (cash_tables.PAYOUTS_DUE, rows))
    form = form or RunForm(
        None,
        initial={
            "through": through,
            "fingerprint": selectors.fingerprint_of(rows, through=through),
            "key": new_public_id(),
        },
    )
    context = {
        "rows": rows,
        "through": through,
        "asked": ThroughForm(initial={"through": through}),
        "form": form,
        "why_not": why_not,
        "net_cents": sum(row.net_cents for row in rows),
        "runs": page_of(request, selectors.payout_runs_of(hub), 10),
    }
    return render(request, "orders/payouts.html", context, status=status)


@require_GET
@acting_as("producer")
def coming(request: HttpRequest) -> HttpResponse:
    """What the farm has coming of its hub, when, and its loans."""
    farm, today = acting_of(request).organization, timezone.localdate()
    rows = selectors.coming_for(farm, today=today)
    found = selectors.loans_of(farm)
    if wants_file(request):
        offered = ((cash_tables.COMING, rows), (cash_tables.LOANS, found))
        return table_file(request, *offered)
    context = {
        "farm": farm,
        "today": today,
        "rows": page_of(request, rows, 50, name="coming"),
        "net_cents": sum(row.net_cents for row in rows),
        "loans": page_of(request, found, 50, name="loans"),
    }
    return render(request, "orders/coming.html", context)
