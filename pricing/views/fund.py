"""The solidarity fund: its money lots, its guard, its journal."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from hub.core.errors import DomainError
from hub.doors import (
    acting_as,
    acting_of,
    say_done,
    sentence_of,
    table_file,
    wants_file,
)
from pricing import indicators, selectors, services
from pricing.exchange import tables
from pricing.forms import (
    DepositForm,
    LotForm,
    ProlongForm,
    ReturnForm,
    RunwayForm,
    StopRuleForm,
)
from pricing.models import SolidarityFund
from pricing.sentences import lot_name, movement_name


@require_GET
@acting_as("coordinator")
def fund(request: HttpRequest) -> HttpResponse:
    """How the fund stands, lot by lot, and every movement of it."""
    if wants_file(request):
        return _file(request, fund_acting(request))
    return show_fund(request)


def _file(request: HttpRequest, mine: SolidarityFund) -> HttpResponse:
    lots = indicators.lots_seen(fund=mine, on=timezone.localdate())
    lot_rows = (
        {
            "seen": seen,
            "name": lot_name(seen.lot),
            "groups": [group.name for group in seen.lot.eligible_groups.all()],
        }
        for seen in lots
    )
    movements = indicators.whole_journal(fund=mine)
    rows = ({"movement": row, "name": movement_name(row)} for row in movements)
    return table_file(
        request, (tables.FUND_LOTS, lot_rows), (tables.FUND_JOURNAL, rows)
    )


@require_POST
@acting_as("coordinator")
def fund_open(request: HttpRequest) -> HttpResponse:
    """Give the hub its fund."""
    services.open_fund(hub=acting_of(request).organization)
    say_done(request, gettext("The fund is open. Record the first money received."))
    return redirect("pricing:fund")


@require_POST
@acting_as("coordinator")
def runway(request: HttpRequest) -> HttpResponse:
    """Set when the hub is warned, and when new promises stop."""
    mine = fund_acting(request)
    form = RunwayForm(request.POST)
    if not form.is_valid():
        return show_fund(request, runway_form=form)
    try:
        services.set_runway(fund=mine, **form.cleaned_data)
    except DomainError as error:
        form.add_error(None, sentence_of(error))
        return show_fund(request, runway_form=form)
    say_done(request, gettext("Saved."))
    return redirect("pricing:fund")


@require_POST
@acting_as("coordinator")
def stop_rule(request: HttpRequest) -> HttpResponse:
    """Say what new orders at a low tier get while the fund would not last."""
    mine = fund_acting(request)
    form = StopRuleForm(request.POST)
    if not form.is_valid():
        return show_fund(request, rule_form=form)
    try:
        services.set_stop_rule(fund=mine, **form.cleaned_data)
    except DomainError as error:
        form.add_error("kept_bps", sentence_of(error))
        return show_fund(request, rule_form=form)
    say_done(request, gettext("Saved."))
    return redirect("pricing:fund")


@require_POST
@acting_as("coordinator")
def lot_new(request: HttpRequest) -> HttpResponse:
    """Add a money lot."""
    mine = fund_acting(request)
    form = LotForm(request.POST, hub=mine.hub)
    if not form.is_valid():
        return show_fund(request, lot_form=form)
    try:
        services.add_lot(fund=mine, on=timezone.localdate(), **form.cleaned_data)
    except DomainError as error:
        form.add_error(None, sentence_of(error))
        return show_fund(request, lot_form=form)
    say_done(request, gettext("Added. Record the money when it comes."))
    return redirect("pricing:fund")


@require_POST
@acting_as("coordinator")
def deposit(request: HttpRequest) -> HttpResponse:
    """Record money received; sent twice, it counts once."""
    mine = fund_acting(request)
    today = timezone.localdate()
    form = DepositForm(request.POST, hub=mine.hub, today=today)
    if not form.is_valid():
        return show_fund(request, deposit_form=form)
    told = form.cleaned_data
    try:
        services.deposit(
            lot=told["lot"],
            amount_cents=told["amount"],
            key=str(told["key"]),
            on=today,
            memo=told["memo"],
        )
    except DomainError as error:
        form.add_error("amount", sentence_of(error))
        return show_fund(request, deposit_form=form)
    say_done(request, gettext("Recorded in the journal of the fund."))
    return redirect("pricing:fund")


def fund_acting(request: HttpRequest) -> SolidarityFund:
    """The fund of the hub the person coordinates; 404 before it has one."""
    mine = selectors.fund_of(hub_id=acting_of(request).organization.pk)
    if mine is None:
        raise Http404
    return mine


def show_fund(request: HttpRequest, **bound: Any) -> HttpResponse:
    """The page of the fund; a form that was refused keeps what was typed in it."""
    hub = acting_of(request).organization
    mine = selectors.fund_of(hub_id=hub.pk)
    context: dict[str, Any] = {"hub": hub, "fund": mine}
    if mine is not None:
        context |= _standing(request, mine) | bound
    return render(request, "pricing/fund.html", context, status=422 if bound else 200)


def _standing(request: HttpRequest, mine: SolidarityFund) -> dict[str, Any]:
    today = timezone.localdate()
    asked = request.GET.get("page", "")
    page = int(asked) if asked.isdecimal() and len(asked) < 6 else 1
    weeks = {"warn_weeks": mine.warn_weeks, "stop_weeks": mine.stop_weeks}
    rule = {"stop_rule": mine.stop_rule, "kept_bps": mine.kept_bps}
    lots = indicators.lots_seen(fund=mine, on=today)
    return {
        "state": selectors.fund_state(fund=mine, on=today),
        "lots": lots,
        "has_ends": any(seen.lot.ends_on for seen in lots),
        "has_funders": any(not seen.lot.is_general for seen in lots),
        "journal": indicators.journal(fund=mine, page=page),
        "deposit_form": DepositForm(hub=mine.hub, today=today),
        "lot_form": LotForm(hub=mine.hub),
        "prolong_form": ProlongForm(hub=mine.hub),
        "return_form": ReturnForm(hub=mine.hub),
        "runway_form": RunwayForm(initial=weeks),
        "rule_form": StopRuleForm(initial=rule),
    }
