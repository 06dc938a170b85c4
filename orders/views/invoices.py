"""Invoices: the list of a hub, a buyer's account, one invoice, its correction."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
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
from orders.exchange import tables
from orders.exchange.invoice import invoice_paper, pdf
from orders.forms import CorrectionForm
from orders.models import Invoice
from orders.views.common import BUYERS, BUYERS_AND_HUB, book_lines

PER_PAGE = 40


@require_GET
@acting_as("coordinator")
def invoices(request: HttpRequest) -> HttpResponse:
    """Every invoice and credit note of the hub, the last number first."""
    hub = acting_of(request).organization
    found = selectors.invoices_of_hub(hub)
    if wants_file(request):
        return table_file(request, (tables.INVOICES, found))
    page = page_of(request, found, PER_PAGE)
    context = {
        "page": page,
        "days": selectors.days_to_settle(hub),
        "today": timezone.localdate(),
    }
    return render(request, "orders/invoices.html", context)


@require_GET
@acting_as(*BUYERS)
def my_invoices(request: HttpRequest) -> HttpResponse:
    """What was billed to the buyer, and what is owed now."""
    buyer = acting_of(request).organization
    found = selectors.invoices_of_buyer(buyer)
    page = page_of(request, found, PER_PAGE)
    today = timezone.localdate()
    book = selectors.book_of(
        buyer, since=today - timedelta(days=92), until=today + timedelta(days=1)
    )
    if wants_file(request):
        offered = ((tables.INVOICES, found), (tables.MOVEMENTS, book_lines(book)))
        return table_file(request, *offered)
    balance_cents = selectors.balance_of(buyer)
    context = {
        "page": page,
        "buyer": buyer,
        "lines": book_lines(book),
        "owed_cents": -balance_cents,
        "credit_cents": balance_cents,
    }
    return render(request, "orders/my_invoices.html", context)


@require_GET
@acting_as(*BUYERS_AND_HUB)
def invoice(request: HttpRequest, public_id: str) -> HttpResponse:
    """One invoice as it was sent, to be read or printed."""
    shown = _seen(request, public_id)
    paper = invoice_paper(shown.document)
    if wants_file(request):
        return table_file(request, (tables.INVOICE_LINES, paper.lines))
    corrections = selectors.corrections_of(shown)
    context = {
        "invoice": shown,
        "paper": paper,
        "corrections": corrections,
        "can_correct": acting_of(request).is_coordinator
        and shown.kind == Invoice.Kind.INVOICE
        and not corrections,
        "is_hub": acting_of(request).is_coordinator,
    }
    return render(request, "orders/invoice.html", context)


@require_GET
@acting_as(*BUYERS_AND_HUB)
def invoice_pdf(request: HttpRequest, public_id: str) -> HttpResponse:
    """The same as a file."""
    shown = _seen(request, public_id)
    answer = HttpResponse(
        pdf(invoice_paper(shown.document)), content_type="application/pdf"
    )
    answer["Content-Disposition"] = f'inline; filename="{shown.number}.pdf"'
    return answer


@require_http_methods(["GET", "POST"])
@acting_as("coordinator")
def correct(request: HttpRequest, public_id: str) -> HttpResponse:
    """Other quantities for an invoice: a credit note and a new invoice."""
    shown = get_object_or_404(
        selectors.invoices_run_by(person_of(request)), public_id=public_id
    )
    rows = selectors.lines_to_correct(shown)
    if request.method == "GET":
        form = CorrectionForm(None, rows=rows, initial={"key": new_public_id()})
        return _correction(request, shown, form, status=200)
    form = CorrectionForm(request.POST, rows=rows)
    if not form.is_valid():
        return _correction(request, shown, form, status=422)
    if request.POST.get("do") == "look":
        before = services.before_correction(
            invoice=shown,
            quantities=form.quantities(),
            by=person_of(request),
            now=timezone.now(),
        )
        return _correction(request, shown, form, status=200, before=before)
    try:
        credit, again = services.correct_invoice(
            invoice=shown,
            quantities=form.quantities(),
            reason=form.cleaned_data["reason"],
            by=person_of(request),
            now=timezone.now(),
            key=form.cleaned_data["key"],
        )
    except DomainError as error:
        form.add_error(None, sentence_of(error))
        return _correction(request, shown, form, status=409)
    words: dict[str, Any] = {"credit": credit.number, "invoice": again and again.number}
    if again is None:
        say_done(request, _("Credit note %(credit)s takes it back.") % words)
        return redirect("orders:invoice", credit.public_id)
    say_done(
        request,
        _("Credit note %(credit)s takes it back; invoice %(invoice)s takes its place.")
        % words,
    )
    return redirect("orders:invoice", again.public_id)


def _correction(
    request: HttpRequest,
    shown: Invoice,
    form: CorrectionForm,
    *,
    status: int,
    before: services.BeforeCorrection | None = None,
) -> HttpResponse:
    context = {
        "invoice": shown,
        "form": form,
        "corrections": selectors.corrections_of(shown),
        "money": before.money if before else services.money_behind(shown.order_id),
        "given_cents": -shown.draw_cents,
        "before": before,
        "why_not": sentence_of(before.refusal) if before and before.refusal else "",
    }
    return render(request, "orders/correct.html", context, status=status)


def _seen(request: HttpRequest, public_id: str) -> Invoice:
    return get_object_or_404(
        selectors.invoices_seen_by(person_of(request)), public_id=public_id
    )
