"""When money is due: the cash calendar of a hub, terms of buyers and farms."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hub.core.errors import DomainError
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
from orders.forms.cash import CashForm, TermsForm
from orders.sentences import terms_in_words, terms_whom

MEMBERS_PER_PAGE = 100
PER_PAGE = 50
CHART_WIDTH, CHART_HEIGHT = 320, 96


@require_http_methods(["GET", "POST"])
@acting_as("coordinator")
def calendar(request: HttpRequest) -> HttpResponse:
    """Who pays, who is paid and when, and the money of each day; the bank is told."""
    hub = acting_of(request).organization
    today = timezone.localdate()
    watch = selectors.watch_of(hub)
    if request.method == "GET":
        known = watch.counted_on is not None
        initial = {
            "counted_cents": watch.counted_cents if known else None,
            "counted_on": watch.counted_on or today,
            "warn_below_cents": watch.warn_below_cents,
        }
        return _calendar(request, CashForm(None, initial=initial), status=200)
    form = CashForm(request.POST)
    if not form.is_valid():
        return _calendar(request, form, status=422)
    try:
        services.state_cash(hub=hub, today=today, **form.cleaned_data)
    except DomainError as error:
        form.add_error(None, sentence_of(error))
        return _calendar(request, form, status=409)
    services.watch_cash(hub=hub, today=today)
    say_done(request, _("The calendar begins with this balance."))
    return redirect("orders:cash")


def _calendar(request: HttpRequest, form: CashForm, *, status: int) -> HttpResponse:
    hub = acting_of(request).organization
    found = selectors.cash_calendar(hub, today=timezone.localdate())
    moving = [day for day in found.days if day.in_cents or day.out_cents]
    if wants_file(request):
        offered = (
            (cash_tables.FLOWS, found.flows),
            (cash_tables.CASH_DAYS, moving),
            (cash_tables.LATE, found.late),
        )
        return table_file(request, *offered)
    context = {
        "calendar": found,
        "chart": _chart(found),
        "moving": page_of(request, moving, PER_PAGE, name="days"),
        "flows": page_of(request, found.flows, PER_PAGE, name="flows"),
        "late": page_of(request, found.late, PER_PAGE, name="late"),
        "form": form,
    }
    return render(request, "orders/cash.html", context, status=status)


def _chart(found: selectors.CashCalendar) -> dict[str, Any]:
    """The position of each day as points of a small picture, the least at the foot."""
    level_cents = found.level_cents or 0
    all_cents = [day.position_cents for day in found.days]
    least, most = min(0, level_cents, *all_cents), max(0, level_cents, *all_cents)

    def y_of(cents: int) -> int:
        room = CHART_HEIGHT - 8
        return CHART_HEIGHT - 4 - (cents - least) * room // max(most - least, 1)

    def x_of(number: int) -> int:
        return number * CHART_WIDTH // max(len(all_cents) - 1, 1)

    points = [f"{x_of(i)},{y_of(cents)}" for i, cents in enumerate(all_cents)]
    low_at = all_cents.index(found.low.position_cents)
    return {
        "points": " ".join(points),
        "zero_y": y_of(0),
        "level_y": y_of(level_cents) if found.level_cents is not None else None,
        "low_x": x_of(low_at),
        "low_y": y_of(found.low.position_cents),
    }


@require_http_methods(["GET", "POST"])
@acting_as("coordinator")
def terms(request: HttpRequest) -> HttpResponse:
    """When each buyer pays and each farm is paid; new terms are agreed here."""
    hub = acting_of(request).organization
    members = selectors.members_with_terms(hub)
    if request.method == "GET":
        return _terms(request, TermsForm(None, members=members), status=200)
    form = TermsForm(request.POST, members=members)
    if not form.is_valid():
        return _terms(request, form, status=422)
    try:
        services.agree_terms(hub=hub, agreement=form.agreement(), by=person_of(request))
    except DomainError as error:
        form.add_error(None, sentence_of(error))
        return _terms(request, form, status=409)
    say_done(request, _("These terms hold from their day on."))
    return redirect("orders:terms")


def _terms(request: HttpRequest, form: TermsForm, *, status: int) -> HttpResponse:
    hub = acting_of(request).organization
    rows = selectors.terms_of_members(hub, today=timezone.localdate())
    if wants_file(request):
        return table_file(request, (cash_tables.TERMS, _in_words(rows)))
    page = page_of(request, rows, MEMBERS_PER_PAGE)
    context = {"page": page, "form": form}
    return render(request, "orders/terms.html", context, status=status)


def _in_words(rows: Iterable[selectors.MemberTerms]) -> list[dict[str, Any]]:
    return [
        {
            "whom": terms_whom(row.side, row.member),
            "due": terms_in_words(row.terms),
            "is_own": row.is_own,
            "next": terms_in_words(row.next) if row.next else "",
            "next_on": row.next.starts_on if row.next else None,
        }
        for row in rows
    ]
