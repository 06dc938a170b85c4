"""Payments received through the API: recorded, proposed, matched, given back."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Query, Schema

from hub.api import Caller, Day, Door, Id, PublicId, Sent, Text, caller_of, effect_key
from hub.core.scopes import Scope
from orders import selectors, services
from orders.api.shared import COORDINATION
from orders.core.errors.payments import InvoiceNotOpen
from orders.core.payment_matching import Proposal
from orders.models import ReceivedPayment
from orders.sentences import payment_reason

router = Door(tags=["payments"])
Cents = Annotated[int, Field(ge=1, le=10**9)]
SourceName = Literal["hand", "file", "api"]


class ReceivedOut(Schema):
    """Money that came to the hub's bank."""

    id: PublicId = Field(alias="public_id")
    received_on: date = Field(description="The day of the bank.")
    amount_cents: int
    left_cents: int = Field(description="What waits to be matched on the suspense.")
    payer: str
    reference: str
    source: SourceName
    looks_like_id: PublicId | None = Field(
        None,
        alias="double_of.public_id",
        description="An earlier payment that this one may repeat.",
    )
    is_undecided: bool = Field(
        description="It looks like an earlier one, and nobody decided yet."
    )
    recorded_at: datetime
    is_taken_back: bool = Field(description="It left the books by a reversal.")

    @staticmethod
    def resolve_is_taken_back(payment: Any) -> bool:
        return payment.undone_at is not None


class PaysOut(Schema):
    """What one invoice gets."""

    invoice_id: PublicId
    number: int
    amount_cents: int


class ProposalOut(Schema):
    """Who may have paid."""

    buyer_id: PublicId
    buyer: str
    pays: list[PaysOut] = Field(
        description="What is over would stay the buyer's credit."
    )
    is_certain: bool
    is_exact: bool = Field(description="It names its invoices and is their exact sum.")
    reasons: list[str] = Field(description="In the language asked for.")


class ProposalsOut(Schema):
    """The likeliest first; none while the payment may be another's double."""

    proposals: list[ProposalOut]


class MatchOut(Schema):
    """A payment, or a part of it, on the account of a buyer."""

    id: PublicId = Field(alias="public_id")
    payment_id: PublicId = Field(alias="payment.public_id")
    buyer_id: PublicId = Field(alias="buyer.public_id")
    amount_cents: int
    is_taken_back: bool

    @staticmethod
    def resolve_is_taken_back(match: Any) -> bool:
        return match.undone_at is not None


class ReceivedFilter(Schema):
    """Which payments."""

    waiting: bool | None = Field(None, description="Of which something waits, or none.")
    since: Day | None = Field(None, description="Of the bank's day or later.")
    until: Day | None = Field(None, description="Of the bank's day or before.")


class ReceivedIn(Sent):
    """What the bank did, and what it said of it."""

    amount_cents: Cents
    received_on: Day | None = Field(None, description="Today when absent.")
    payer: Annotated[Text, Field(max_length=160)] = ""
    reference: Annotated[Text, Field(max_length=140)] = ""


class PaysIn(Sent):
    """What one invoice gets of the payment."""

    invoice_id: PublicId
    amount_cents: Cents


class MatchIn(Sent):
    """Who paid, and which invoices."""

    buyer_id: PublicId
    amount_cents: Cents | None = Field(
        None, description="All that waits of the payment when absent."
    )
    pays: list[PaysIn] = Field(
        default_factory=list,
        max_length=100,
        description="What no invoice takes stays the buyer's credit.",
    )


class DoubleDecisionIn(Sent):
    """Whether a payment that looks like an earlier one is another."""

    is_another: bool


class RefundIn(Sent):
    """Money that was sent back to whoever paid."""

    amount_cents: Cents
    method: Annotated[Text, Field(min_length=1, max_length=80)]
    refunded_on: Day | None = Field(None, description="Today when absent.")


@router.pages(
    "/received-payments",
    scope=Scope.STATEMENTS_READ,
    roles=COORDINATION,
    out=ReceivedOut,
)
def received_payments(
    request: HttpRequest, asked: Query[ReceivedFilter]
) -> QuerySet[ReceivedPayment]:
    """Money that came to one's hub, in the order in which it was recorded."""
    rows = selectors.payments_run_by(caller_of(request).person)
    if asked.waiting is not None:
        rows = (
            rows.filter(left_cents__gt=0)
            if asked.waiting
            else rows.filter(left_cents=0)
        )
    if asked.since is not None:
        rows = rows.filter(received_on__gte=asked.since)
    if asked.until is not None:
        rows = rows.filter(received_on__lte=asked.until)
    return rows


@router.act(
    "/received-payments",
    scope=Scope.PAYMENTS_WRITE,
    roles=COORDINATION,
    out=ReceivedOut,
    counts=True,
)
def record_received_payment(request: HttpRequest, asked: ReceivedIn) -> ReceivedOut:
    """Write down money that came, whoever it is from: it waits to be matched.

    One that looks like an earlier payment says so. Where the hub says so, what names
    its invoice and is its exact amount is matched at once. Refused with
    `paid_in_future`.
    """
    caller, today, now = caller_of(request), timezone.localdate(), timezone.now()
    made = services.record_received(
        hub=caller.acting.organization,
        told=services.Received(
            on=asked.received_on or today,
            amount_cents=asked.amount_cents,
            payer=asked.payer,
            reference=asked.reference,
        ),
        source=services.Source.API,
        key=effect_key(request),
        today=today,
        by=caller.person,
        now=now,
    )
    services.match_exact(hub=made.hub, payments=[made], on=today, now=now)
    return _shown(caller, made)


@router.read(
    "/received-payments/{payment_id}/proposals",
    scope=Scope.STATEMENTS_READ,
    roles=COORDINATION,
    out=ProposalsOut,
)
def payment_proposals(request: HttpRequest, payment_id: Id) -> dict[str, Any]:
    """Who may have paid, and why: at most three, and nothing is applied by itself."""
    payment = _payment(caller_of(request), payment_id)
    books = selectors.books_of(payment.hub)
    found = books.proposals(payment)
    return {"proposals": [_told(proposal, books) for proposal in found]}


@router.act(
    "/received-payments/{payment_id}/match",
    scope=Scope.PAYMENTS_WRITE,
    roles=COORDINATION,
    out=MatchOut,
    counts=True,
)
def match_payment(request: HttpRequest, payment_id: Id, asked: MatchIn) -> MatchOut:
    """Say which buyer paid, and what of its invoices.

    Refused with `payment_taken`, `double_undecided`, `match_above_left`,
    `paid_above_matched`, `invoice_not_open`, `paid_above_open`.
    """
    caller = caller_of(request)
    payment = _payment(caller, payment_id)
    buyer = get_object_or_404(
        selectors.buyers_paying(payment.hub), public_id=asked.buyer_id
    )
    made = services.match_payment(
        payment=payment,
        buyer=buyer,
        pays=_pays(caller, asked),
        amount_cents=asked.amount_cents,
        key=effect_key(request),
        on=timezone.localdate(),
        now=timezone.now(),
        by=caller.person,
    )
    return MatchOut.from_orm(made)


@router.act(
    "/payment-matches/{match_id}/undo",
    scope=Scope.PAYMENTS_WRITE,
    roles=COORDINATION,
    out=MatchOut,
    counts=True,
)
def unmatch_payment(request: HttpRequest, match_id: Id) -> MatchOut:
    """Take a match back: the money waits again. Refused with `match_undone`,
    `credit_spent`."""
    caller = caller_of(request)
    made = get_object_or_404(
        selectors.matches_run_by(caller.person), public_id=match_id
    )
    undone = services.unmatch_payment(
        match=made, by=caller.person, on=timezone.localdate(), now=timezone.now()
    )
    return MatchOut.from_orm(undone)


@router.act(
    "/received-payments/{payment_id}/decide",
    scope=Scope.PAYMENTS_WRITE,
    roles=COORDINATION,
    out=ReceivedOut,
    counts=True,
)
def decide_payment(
    request: HttpRequest, payment_id: Id, asked: DoubleDecisionIn
) -> ReceivedOut:
    """Say whether a payment that looks like an earlier one is another.

    The same written twice leaves the books. Refused with `not_a_double`.
    """
    caller = caller_of(request)
    decided = services.decide_double(
        payment=_payment(caller, payment_id),
        is_another=asked.is_another,
        by=caller.person,
        today=timezone.localdate(),
        now=timezone.now(),
    )
    return _shown(caller, decided)


@router.act(
    "/received-payments/{payment_id}/refund",
    scope=Scope.PAYMENTS_WRITE,
    roles=COORDINATION,
    out=ReceivedOut,
    counts=True,
)
def refund_payment(
    request: HttpRequest, payment_id: Id, asked: RefundIn
) -> ReceivedOut:
    """Write down that money which waits was sent back to whoever paid.

    Refused with `payment_taken`, `double_undecided`, `match_above_left`,
    `paid_in_future`.
    """
    caller, today = caller_of(request), timezone.localdate()
    payment = _payment(caller, payment_id)
    services.refund_payment(
        payment=payment,
        amount_cents=asked.amount_cents,
        method=asked.method,
        key=effect_key(request),
        on=asked.refunded_on or today,
        today=today,
        by=caller.person,
    )
    return _shown(caller, payment)


def _shown(caller: Caller, payment: ReceivedPayment) -> ReceivedOut:
    """A payment as it stands after what was done."""
    fresh = selectors.payments_run_by(caller.person).get(pk=payment.pk)
    return ReceivedOut.from_orm(fresh)


def _payment(caller: Caller, public_id: str) -> ReceivedPayment:
    found: ReceivedPayment = get_object_or_404(
        selectors.payments_run_by(caller.person), public_id=public_id
    )
    return found


def _pays(caller: Caller, asked: MatchIn) -> dict[int, int]:
    """Cents by invoice, of those that the caller may see; else nothing is there."""
    seen = selectors.invoices_run_by(caller.person)
    pays: dict[int, int] = {}
    for each in asked.pays:
        invoice = get_object_or_404(seen, public_id=each.invoice_id)
        if invoice.pk in pays:
            raise InvoiceNotOpen
        pays[invoice.pk] = each.amount_cents
    return pays


def _told(proposal: Proposal, books: selectors.Books) -> dict[str, Any]:
    invoices = selectors.invoices_by_pk(row.pk for row, _ in proposal.pays)
    buyer = books.buyers[proposal.buyer_id]
    return {
        "buyer_id": buyer.public_id,
        "buyer": buyer.name,
        "pays": [
            {
                "invoice_id": invoices[row.pk].public_id,
                "number": row.number,
                "amount_cents": cents,
            }
            for row, cents in proposal.pays
        ],
        "is_certain": proposal.is_certain,
        "is_exact": proposal.is_exact,
        "reasons": [payment_reason(reason) for reason in proposal.reasons],
    }
