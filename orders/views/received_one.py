"""One payment, and the credit of one buyer: chosen by hand, taken back, given back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hub.core.errors import DomainError
from hub.core.ids import new_public_id
from hub.core.imports import normalised
from hub.doors import (
    acting_as,
    person_of,
    say_done,
    say_refusal,
    sentence_of,
    table_file,
    wants_file,
)
from orders import selectors, services
from orders.core.payments import oldest_first
from orders.exchange import tables
from orders.forms.payments import MatchForm, RefundForm
from orders.views.received import absent, payment_seen, waiting_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from hub.models import Organization
    from orders.models import ReceivedPayment

FOUND_MOST = 30


@require_http_methods(["GET", "POST"])
@acting_as("coordinator")
def payment(request: HttpRequest, public_id: str) -> HttpResponse:
    """One payment: who may have paid it, a search by hand, what became of it."""
    seen = payment_seen(request, public_id)
    if request.method == "GET":
        return _page(request, seen)
    acts: dict[str, Callable[[HttpRequest, ReceivedPayment], HttpResponse]] = {
        "confirm": _confirm,
        "match": _match,
        "refund": _refund,
        "unmatch": _unmatch,
        "another": _decide,
        "same": _decide,
        "take_back": _take_back,
    }
    act = acts.get(request.POST.get("act", ""))
    return act(request, seen) if act else absent()


def _page(
    request: HttpRequest,
    seen: ReceivedPayment,
    *,
    match: MatchForm | None = None,
    refund: RefundForm | None = None,
    status: int = 200,
) -> HttpResponse:
    today = timezone.localdate()
    hub = seen.hub
    books = selectors.books_of(hub)
    buyer = _chosen(request, seen)
    words = request.GET.get("q", "")[:80]
    fresh = {"key": new_public_id()}
    if buyer is not None and match is None and seen.left_cents:
        opened = selectors.open_invoices(hub, buyer=buyer)
        match = MatchForm(
            None, opened=opened, left_cents=seen.left_cents, initial=fresh
        )
    context: dict[str, Any] = {
        "row": waiting_of(seen, books, today),
        "payment": seen,
        "buyer": buyer,
        "match_form": match,
        "refund_form": refund
        or RefundForm(
            None, initial=fresh | {"on": today, "amount_cents": seen.left_cents}
        ),
        "q": words,
        "found": _found(books, words) if seen.left_cents and buyer is None else [],
        "matches": seen.matches.select_related("buyer", "matched_by").prefetch_related(
            "pays__invoice"
        ),
        "refunds": seen.refunds.all(),
        "is_whole": seen.left_cents == seen.amount_cents,
    }
    return render(request, "orders/payment.html", context, status=status)


def _chosen(request: HttpRequest, seen: ReceivedPayment) -> Organization | None:
    """The buyer chosen by hand, of those of the payment's hub."""
    asked = request.POST.get("buyer") or request.GET.get("buyer")
    if not asked:
        return None
    found: Organization = get_object_or_404(
        selectors.buyers_paying(seen.hub), public_id=asked
    )
    return found


def _found(books: selectors.Books, words: str) -> list[dict[str, Any]]:
    """Buyers by name, or by the number of an open invoice, with what is open."""
    asked = normalised(words)
    found = []
    for pk, buyer in books.buyers.items():
        rows = [row for row in books.opened if row.buyer_id == pk]
        is_named = asked in normalised(buyer.name)
        if is_named or any(str(row.number) == asked for row in rows):
            open_cents = sum(row.open_cents for row in rows)
            if rows or asked:
                found.append({"buyer": buyer, "open_cents": open_cents, "rows": rows})
    return found[:FOUND_MOST]


def _done(
    request: HttpRequest,
    seen: ReceivedPayment,
    act: Callable[[], object],
    sentence: str,
) -> HttpResponse:
    """Do it and say so, or say why not; the page shows how the payment stands now."""
    try:
        act()
    except DomainError as error:
        say_refusal(request, error)
    else:
        say_done(request, sentence)
    return redirect("orders:payment", seen.public_id)


def _confirm(request: HttpRequest, seen: ReceivedPayment) -> HttpResponse:
    return _done(
        request,
        seen,
        lambda: services.confirm_proposal(
            payment=seen,
            fingerprint=request.POST.get("fingerprint", ""),
            on=timezone.localdate(),
            now=timezone.now(),
            by=person_of(request),
        ),
        _("The payment is matched."),
    )


def _match(request: HttpRequest, seen: ReceivedPayment) -> HttpResponse:
    buyer = _chosen(request, seen)
    if buyer is None:
        return absent()
    form = MatchForm(
        request.POST,
        opened=selectors.open_invoices(seen.hub, buyer=buyer),
        left_cents=seen.left_cents,
    )
    if not form.is_valid():
        return _page(request, seen, match=form, status=422)
    try:
        services.match_payment(
            payment=seen,
            buyer=buyer,
            pays=form.pays(),
            amount_cents=form.cleaned_data["amount_cents"],
            key=form.cleaned_data["key"],
            on=timezone.localdate(),
            now=timezone.now(),
            by=person_of(request),
        )
    except DomainError as error:
        form.add_error("amount_cents", sentence_of(error))
        return _page(request, seen, match=form, status=409)
    say_done(request, _("The payment is matched."))
    return redirect("orders:payment", seen.public_id)


def _refund(request: HttpRequest, seen: ReceivedPayment) -> HttpResponse:
    form = RefundForm(request.POST)
    if not form.is_valid():
        return _page(request, seen, refund=form, status=422)
    try:
        services.refund_payment(
            payment=seen,
            today=timezone.localdate(),
            by=person_of(request),
            **form.cleaned_data,
        )
    except DomainError as error:
        form.add_error("amount_cents", sentence_of(error))
        return _page(request, seen, refund=form, status=409)
    say_done(request, _("It is written down that the money was given back."))
    return redirect("orders:payment", seen.public_id)


def _unmatch(request: HttpRequest, seen: ReceivedPayment) -> HttpResponse:
    made = get_object_or_404(
        selectors.matches_run_by(person_of(request)).filter(payment=seen),
        public_id=request.POST.get("match", ""),
    )
    return _done(
        request,
        seen,
        lambda: services.unmatch_payment(
            match=made,
            by=person_of(request),
            on=timezone.localdate(),
            now=timezone.now(),
        ),
        _("The match is taken back: the money waits again."),
    )


def _decide(request: HttpRequest, seen: ReceivedPayment) -> HttpResponse:
    is_another = request.POST["act"] == "another"
    said = (
        _("It is kept as another payment.")
        if is_another
        else _("It left the books: the earlier one stays.")
    )
    return _done(
        request,
        seen,
        lambda: services.decide_double(
            payment=seen,
            is_another=is_another,
            by=person_of(request),
            today=timezone.localdate(),
            now=timezone.now(),
        ),
        said,
    )


def _take_back(request: HttpRequest, seen: ReceivedPayment) -> HttpResponse:
    return _done(
        request,
        seen,
        lambda: services.take_back(
            payment=seen,
            by=person_of(request),
            today=timezone.localdate(),
            now=timezone.now(),
        ),
        _("The payment left the books."),
    )


@require_http_methods(["GET", "POST"])
@acting_as("coordinator")
def credit(request: HttpRequest, public_id: str) -> HttpResponse:
    """What a buyer owes invoice by invoice, and what it paid above them."""
    buyer = get_object_or_404(
        selectors.members_paid_by(person_of(request), whom="buyer"),
        public_id=public_id,
    )
    if request.method == "GET":
        return _credit_page(request, buyer)
    act = request.POST.get("act", "")
    if act == "refund":
        return _refund_credit(request, buyer)
    if act not in ("use", "free"):
        return absent()
    try:
        _use(request, buyer) if act == "use" else _free(request, buyer)
    except DomainError as error:
        say_refusal(request, error)
    else:
        say_done(request, _("Done: the open invoices are up to date."))
    return redirect("orders:credit", public_id)


def _use(request: HttpRequest, buyer: Organization) -> None:
    """The credit pays the oldest invoices first."""
    opened = selectors.open_invoices(buyer.hub or buyer, buyer=buyer)
    credit_cents = max(selectors.credit_cents(buyer), 0)
    services.use_credit(
        buyer=buyer,
        pays={row.pk: cents for row, cents in oldest_first(credit_cents, opened)},
        key=new_public_id(),
        by=person_of(request),
        now=timezone.now(),
    )


def _free(request: HttpRequest, buyer: Organization) -> None:
    used = get_object_or_404(
        selectors.credit_uses_run_by(person_of(request)).filter(invoice__buyer=buyer),
        public_id=request.POST.get("used", ""),
    )
    services.give_credit_back(used=used, by=person_of(request), now=timezone.now())


def _refund_credit(request: HttpRequest, buyer: Organization) -> HttpResponse:
    form = RefundForm(request.POST)
    if not form.is_valid():
        return _credit_page(request, buyer, form=form, status=422)
    try:
        services.refund_credit(
            buyer=buyer,
            today=timezone.localdate(),
            by=person_of(request),
            **form.cleaned_data,
        )
    except DomainError as error:
        form.add_error("amount_cents", sentence_of(error))
        return _credit_page(request, buyer, form=form, status=409)
    say_done(request, _("It is written down that the money was given back."))
    return redirect("orders:credit", buyer.public_id)


def _credit_page(
    request: HttpRequest,
    buyer: Organization,
    *,
    form: RefundForm | None = None,
    status: int = 200,
) -> HttpResponse:
    opened = selectors.open_invoices(buyer.hub or buyer, buyer=buyer)
    if wants_file(request):
        return table_file(request, (tables.OPEN_INVOICES, opened))
    credit_cents = selectors.credit_cents(buyer)
    initial = {
        "key": new_public_id(),
        "on": timezone.localdate(),
        "amount_cents": max(credit_cents, 0),
    }
    context = {
        "buyer": buyer,
        "opened": opened,
        "credit_cents": max(credit_cents, 0),
        "used": selectors.credit_uses_run_by(person_of(request)).filter(
            invoice__buyer=buyer, undone_at=None
        ),
        "form": form or RefundForm(None, initial=initial),
    }
    return render(request, "orders/credit.html", context, status=status)
