"""Money received: what waits to be matched, by whom it was paid, and what is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

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
from orders.exchange import tables
from orders.forms.payments import PaymentRuleForm, ReceivedForm
from orders.sentences import payment_reason

if TYPE_CHECKING:
    from hub.models import Organization
    from orders.core.payment_matching import Proposal
    from orders.models import ReceivedPayment

PER_PAGE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A proposal as it is read: the buyer, its invoices, why."""

    buyer: Organization
    proposal: Proposal
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A payment that waits, since when, and who may have paid it."""

    payment: ReceivedPayment
    age_days: int
    proposals: tuple[Shown, ...]

    @property
    def likeliest(self) -> str:
        """The buyer of the first proposal, for the file."""
        return self.proposals[0].buyer.name if self.proposals else ""

    @property
    def certain(self) -> Shown | None:
        """The only proposal that may be confirmed with all the others like it."""
        first = self.proposals[0] if self.proposals else None
        return first if first is not None and first.proposal.is_certain else None


def waiting_of(
    payment: ReceivedPayment, books: selectors.Books, today: date
) -> Waiting:
    """A payment with its proposals in words."""
    return Waiting(
        payment=payment,
        age_days=selectors.age_days(payment, today),
        proposals=tuple(
            Shown(
                buyer=books.buyers[proposal.buyer_id],
                proposal=proposal,
                reasons=tuple(payment_reason(reason) for reason in proposal.reasons),
            )
            for proposal in books.proposals(payment)
        ),
    )


@require_http_methods(["GET", "POST"])
@acting_as("coordinator")
def payments(request: HttpRequest) -> HttpResponse:
    """What waits to be matched, the oldest first; the certain ones are confirmed."""
    hub = acting_of(request).organization
    if request.method == "POST":
        return _confirm_certain(request, hub)
    today = timezone.localdate()
    rows = selectors.payments_waiting(hub)
    books = selectors.books_of(hub)
    if wants_file(request):
        whole = (waiting_of(row, books, today) for row in rows)
        return table_file(request, (tables.PAYMENTS_WAITING, whole))
    page = page_of(request, rows, PER_PAGE)
    shown = [waiting_of(row, books, today) for row in page]
    context = {
        "page": page,
        "rows": shown,
        "certain": [row for row in shown if row.certain],
        "suspense_cents": selectors.suspense_cents(hub),
        "alarm_days": selectors.payment_rule_of(hub).alarm_days,
    }
    return render(request, "orders/payments.html", context)


def _confirm_certain(request: HttpRequest, hub: Organization) -> HttpResponse:
    """Confirm the certain proposals that were shown; those that changed stay."""
    done = left = 0
    mine = selectors.payments_run_by(person_of(request)).filter(hub=hub)
    for told in request.POST.getlist("certain")[:PER_PAGE]:
        public_id, _space, fingerprint = told.partition(" ")
        payment = mine.filter(public_id=public_id).first()
        if payment is None:
            continue
        try:
            services.confirm_proposal(
                payment=payment,
                fingerprint=fingerprint,
                on=timezone.localdate(),
                now=timezone.now(),
                by=person_of(request),
            )
        except DomainError:
            left += 1
        else:
            done += 1
    if done:
        say_done(
            request,
            ngettext(
                "%(num)s payment is matched.", "%(num)s payments are matched.", done
            )
            % {"num": done},
        )
    if left:
        say_warning(
            request,
            ngettext(
                "%(num)s changed meanwhile and still waits.",
                "%(num)s changed meanwhile and still wait.",
                left,
            )
            % {"num": left},
        )
    return redirect("orders:payments")


@require_http_methods(["GET", "POST"])
@acting_as("coordinator")
def payment_new(request: HttpRequest) -> HttpResponse:
    """Write down money that came, whoever it is from."""
    today = timezone.localdate()
    if request.method == "GET":
        form = ReceivedForm(None, initial={"key": new_public_id(), "on": today})
        return render(request, "orders/payment_new.html", {"form": form})
    form = ReceivedForm(request.POST)
    if not form.is_valid():
        return render(request, "orders/payment_new.html", {"form": form}, status=422)
    told = dict(form.cleaned_data)
    key = told.pop("key")
    try:
        made = services.record_received(
            hub=acting_of(request).organization,
            told=services.Received(**told),
            source=services.Source.HAND,
            key=f"hand:{key}",
            today=today,
            by=person_of(request),
            now=timezone.now(),
        )
        services.match_exact(
            hub=made.hub, payments=[made], on=today, now=timezone.now()
        )
    except DomainError as error:
        form.add_error("amount_cents", sentence_of(error))
        return render(request, "orders/payment_new.html", {"form": form}, status=409)
    say_done(request, _("The payment is written down."))
    return redirect("orders:payment", made.public_id)


@require_http_methods(["GET", "POST"])
@acting_as("coordinator")
def payment_rule(request: HttpRequest) -> HttpResponse:
    """What is matched by itself, and when waiting money is told."""
    hub = acting_of(request).organization
    rule = selectors.payment_rule_of(hub)
    told: dict[str, Any] = {
        "matches_exact": rule.matches_exact,
        "alarm_days": rule.alarm_days,
    }
    form = PaymentRuleForm(
        request.POST if request.method == "POST" else None, initial=told
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.state_payment_rule(
                hub=hub, by=person_of(request), **form.cleaned_data
            )
        except DomainError as error:
            form.add_error("alarm_days", sentence_of(error))
        else:
            say_done(request, _("Saved."))
            return redirect("orders:payments")
    status = 422 if form.errors else 200
    return render(request, "orders/payment_rule.html", {"form": form}, status=status)


def payment_seen(request: HttpRequest, public_id: str) -> ReceivedPayment:
    """A payment of a hub that the person coordinates, or nothing is there."""
    found: ReceivedPayment = get_object_or_404(
        selectors.payments_run_by(person_of(request)), public_id=public_id
    )
    return found


def absent() -> HttpResponse:
    """Nothing of that name is done here."""
    raise Http404
