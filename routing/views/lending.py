"""Trucks lent by the day: offered by owners, confirmed by pools, seen by the week."""

from collections.abc import Callable
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hub.core.errors import DomainError
from hub.core.periods import monday_of
from hub.doors import (
    acting_as,
    acting_of,
    person_of,
    say_done,
    say_refusal,
    sentence_of,
    table_file,
    wants_file,
)
from routing import selectors, services
from routing.exchange import rows, tables
from routing.forms import DaysForm, LoanForm
from routing.models import VehicleLoan
from routing.views.fleet import OWNERS


@require_GET
@acting_as(*OWNERS)
def lending(request: HttpRequest) -> HttpResponse:
    """One's own trucks, and the days for which they are lent."""
    person, today = person_of(request), timezone.localdate()
    vehicles = selectors.vehicles_lent_by(person)
    offers = selectors.loans_of_owner(person, since=today)
    if wants_file(request):
        loans = [loan for offer in offers for loan in offer.loans]
        offered = ((tables.MY_TRUCKS, vehicles), (tables.LOANS, loans))
        return table_file(request, *offered)
    context = {
        "vehicles": vehicles,
        "offers": offers,
        "owner": acting_of(request).organization,
    }
    return render(request, "routing/lending.html", context)


@require_GET
@acting_as(*OWNERS)
def calendar(request: HttpRequest, week_on: date | None = None) -> HttpResponse:
    """The transport on offer in a week, and the offers that wait for an answer."""
    person, today = person_of(request), timezone.localdate()
    monday = monday_of(week_on or today)
    trucks = selectors.week_of_trucks(person, monday)
    offers = selectors.offers_to_confirm(person, since=today)
    if wants_file(request):
        loans = [loan for offer in offers for loan in offer.loans]
        offered = ((tables.TRUCK_WEEK, rows.week_rows(trucks)), (tables.LOANS, loans))
        return table_file(request, *offered)
    context = {
        "trucks": trucks,
        "days": [monday + timedelta(days=number) for number in range(7)],
        "before": monday - timedelta(days=7),
        "after": monday + timedelta(days=7),
        "today": today,
        "offers": offers,
    }
    return render(request, "routing/calendar.html", context)


@require_http_methods(["GET", "POST"])
@acting_as(*OWNERS)
def offer(request: HttpRequest, public_id: str) -> HttpResponse:
    """Offer a truck to a pool on some days."""
    person = person_of(request)
    vehicle = get_object_or_404(selectors.vehicles_lent_by(person), public_id=public_id)
    form = LoanForm(
        request.POST or None,
        pools=selectors.pools_to_lend_to(vehicle),
        initial=LoanForm.answers_of(vehicle, timezone.localdate()),
    )

    def offered() -> list[VehicleLoan]:
        return services.offer_vehicle(
            vehicle=vehicle,
            pool=form.cleaned_data["pool"],
            days=form.cleaned_data["days"],
            terms=form.terms(),
            by=person,
            now=timezone.now(),
        )

    if form.is_valid() and (made := _asked(form, offered)) is not None:
        sentence = ngettext(
            "%(num)s day is offered. The coordination of the pool confirms it.",
            "%(num)s days are offered. The coordination of the pool confirms them.",
            len(made),
        )
        say_done(request, sentence % {"num": len(made)})
        return redirect("routing:lending")
    context = {"form": form, "vehicle": vehicle, "is_keeping": False}
    return _form_page(request, context)


@require_http_methods(["GET", "POST"])
@acting_as(*OWNERS)
def keep(request: HttpRequest, public_id: str) -> HttpResponse:
    """Keep a truck for oneself on some days."""
    person = person_of(request)
    vehicle = get_object_or_404(selectors.vehicles_lent_by(person), public_id=public_id)
    form = DaysForm(
        request.POST or None,
        initial=DaysForm.answers_of(vehicle, timezone.localdate()),
    )

    def kept() -> list[VehicleLoan]:
        return services.keep_vehicle(
            vehicle=vehicle,
            days=form.cleaned_data["days"],
            terms=form.terms(),
            by=person,
            now=timezone.now(),
        )

    if form.is_valid() and _asked(form, kept) is not None:
        say_done(request, _("These hours are yours: nobody plans this truck then."))
        return redirect("routing:lending")
    context = {"form": form, "vehicle": vehicle, "is_keeping": True}
    return _form_page(request, context)


@require_POST
@acting_as(*OWNERS)
def decide(request: HttpRequest) -> HttpResponse:
    """Confirm the days that are marked, or call them off; each stands for itself."""
    person, now = person_of(request), timezone.now()
    is_confirming = request.POST.get("decision") == "confirm"
    allowed = (
        selectors.loans_confirmable_by(person)
        if is_confirming
        else selectors.loans_cancellable_by(person)
    )
    work = services.confirm_loan if is_confirming else services.cancel_loan
    num_done = 0
    for loan in allowed.filter(public_id__in=request.POST.getlist("loan")):
        try:
            work(loan=loan, by=person, now=now)
        except DomainError as refusal:
            say_refusal(request, refusal)
        else:
            num_done += 1
    if num_done:
        say_done(request, _decided(num_done, is_confirming=is_confirming))
    is_owner = request.POST.get("page") == "lending"
    return redirect("routing:lending" if is_owner else "routing:calendar")


def _decided(num_done: int, *, is_confirming: bool) -> str:
    sentence = (
        ngettext("%(num)s day is confirmed.", "%(num)s days are confirmed.", num_done)
        if is_confirming
        else ngettext(
            "%(num)s day is called off.", "%(num)s days are called off.", num_done
        )
    )
    return sentence % {"num": num_done}


def _asked(
    form: DaysForm, work: Callable[[], list[VehicleLoan]]
) -> list[VehicleLoan] | None:
    try:
        return work()
    except DomainError as refusal:
        form.add_error(None, sentence_of(refusal))
        return None


def _form_page(request: HttpRequest, context: dict[str, object]) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    return render(request, "routing/loan.html", context, status=status)
