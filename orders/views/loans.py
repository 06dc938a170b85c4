"""Loans without interest: granted, read by farm and hub, repaid, taken back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hub.core.errors import DomainError
from hub.core.ids import new_public_id
from hub.doors import (
    acting_as,
    acting_of,
    page_of,
    person_of,
    say_done,
    say_warning,
    sentence_of,
    table_file,
    wants_file,
)
from orders import selectors, services
from orders.exchange import cash_tables
from orders.forms import PaymentForm
from orders.forms.cash import LoanForm, TakeBackForm
from orders.models import FarmLoan

PER_PAGE = 50


@require_http_methods(["GET", "POST"])
@acting_as("coordinator")
def loans(request: HttpRequest) -> HttpResponse:
    """The loans of a hub, and what is left of them; another one is granted here."""
    hub, today = acting_of(request).organization, timezone.localdate()
    farms = selectors.members_with_terms(hub).filter(kind="producer")
    if request.method == "GET":
        initial = {"key": new_public_id(), "every": "month", "share": 20}
        return _loans(request, LoanForm(None, farms=farms, initial=initial), status=200)
    form = LoanForm(request.POST, farms=farms)
    if not form.is_valid():
        return _loans(request, form, status=422)
    try:
        granted = services.grant_loan(
            hub=hub,
            asked=form.asked(today),
            key=form.cleaned_data["key"],
            today=today,
            by=person_of(request),
        )
    except DomainError as error:
        form.add_error(None, sentence_of(error))
        return _loans(request, form, status=409)
    say_done(request, _("The loan is written down."))
    return redirect("orders:loan", granted.public_id)


def _loans(request: HttpRequest, form: LoanForm, *, status: int) -> HttpResponse:
    found = selectors.loans_of(acting_of(request).organization)
    if wants_file(request):
        return table_file(request, (cash_tables.LOANS, found))
    context = {
        "page": page_of(request, found, PER_PAGE),
        "left_cents": selectors.total_left_cents(found),
        "form": form,
    }
    return render(request, "orders/loans.html", context, status=status)


@require_http_methods(["GET", "POST"])
@acting_as("producer", "coordinator")
def loan(request: HttpRequest, public_id: str) -> HttpResponse:
    """One loan with its schedule; the hub writes down what comes back early."""
    person, today = person_of(request), timezone.localdate()
    if request.method == "GET":
        found = get_object_or_404(selectors.loans_seen_by(person), public_id=public_id)
        form = PaymentForm(None, initial={"key": new_public_id()})
        return _loan(request, found, form, status=200)
    found = get_object_or_404(selectors.loans_run_by(person), public_id=public_id)
    form = PaymentForm(request.POST)
    if not form.is_valid():
        return _loan(request, found, form, status=422)
    try:
        services.repay_early(loan=found, on=today, today=today, **form.cleaned_data)
    except DomainError as error:
        form.add_error("amount_cents", sentence_of(error))
        return _loan(request, found, form, status=409)
    say_done(request, _("The repayment is written down."))
    return redirect("orders:loan", public_id)


def _loan(
    request: HttpRequest, found: FarmLoan, form: PaymentForm, *, status: int
) -> HttpResponse:
    today = timezone.localdate()
    rows = selectors.schedule_of(found, today=today)
    if wants_file(request):
        return table_file(request, (cash_tables.INSTALMENTS, rows))
    context = {
        "loan": found,
        "rows": rows,
        "overdue_cents": selectors.overdue_cents(found, today=today),
        "repayments": selectors.repayments_of(found),
        "is_hub": acting_of(request).is_coordinator,
        "form": form,
    }
    return render(request, "orders/loan.html", context, status=status)


@require_POST
@acting_as("coordinator")
def take_back(request: HttpRequest, public_id: str) -> HttpResponse:
    """Undo what came back of a loan, with a reason."""
    row = get_object_or_404(
        selectors.repayments_run_by(person_of(request)), public_id=public_id
    )
    form = TakeBackForm(request.POST)
    if not form.is_valid():
        say_warning(request, _("Say why it is taken back."))
        return redirect("orders:loan", row.loan.public_id)
    try:
        services.take_back_repayment(
            repayment=row, reason=form.cleaned_data["reason"], on=timezone.localdate()
        )
    except DomainError as error:
        say_warning(request, sentence_of(error))
        return redirect("orders:loan", row.loan.public_id)
    say_done(request, _("The repayment is taken back; both movements stay readable."))
    return redirect("orders:loan", row.loan.public_id)
