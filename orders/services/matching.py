"""Who paid, and which invoices: matches, proposals confirmed, matches taken back.

Locks as in `receiving`: the hub's row of seller first. What is open of an invoice is
read behind it, so that two people who match at once, or one who matches while another
corrects the invoice, follow each other.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from hub.core.trail import Kind
from hub.ledger import posting
from hub.ledger.core.accounts import Move
from hub.ledger.core.errors import KeyReused
from orders import accounts, selectors
from orders.core.errors import NotAMember, NotAPayment
from orders.core.errors.payments import (
    CreditSpent,
    DoubleUndecided,
    InvoiceNotOpen,
    MatchAboveLeft,
    MatchUndone,
    PaidAboveMatched,
    PaidAboveOpen,
    PaymentTaken,
    ProposalOutdated,
)
from orders.core.payment_matching import fingerprint_of
from orders.models import (
    InvoicePayment,
    PaymentMatch,
    PaymentRefund,
    ReceivedPayment,
)
from orders.services import trails
from orders.services.receiving import lock_hub, lock_payment

if TYPE_CHECKING:
    from hub.models import Organization, Person
    from orders.core.payment_matching import Proposal

PAYMENT_KIND = "payment"
EXACT_RULE = "exact_payment"
Pays = Mapping[int, int]
"""Cents by the pk of an invoice in force."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """When a match is made, by whom or by which rule, and what the books note of it."""

    on: date
    now: datetime
    by: "Person | None" = None
    rule: str = ""
    memo: str = ""


@transaction.atomic
def match_payment(
    *,
    payment: ReceivedPayment,
    buyer: "Organization",
    pays: Pays,
    key: str,
    on: date,
    now: datetime,
    by: "Person | None",
    amount_cents: int | None = None,
    rule: str = "",
) -> PaymentMatch:
    """Say who paid, and what of its invoices; once per key.

    All that waits of the payment unless an amount is told. What no invoice takes stays
    the buyer's credit. `on` is the day in the books. Raises PaymentTaken,
    DoubleUndecided, MatchAboveLeft, PaidAboveMatched, InvoiceNotOpen, PaidAboveOpen,
    NotAMember, KeyReused.
    """
    held = lock_payment(payment)
    posting_key = f"match:{key}"
    if earlier := _with_key(posting_key, held, buyer, pays):
        return earlier
    match = write_match(
        held,
        buyer=buyer,
        pays=pays,
        posting_key=posting_key,
        at=Moment(on=on, now=now, by=by, rule=rule),
        amount_cents=amount_cents,
    )
    trails.leave_match(Kind.PAYMENT_MATCHED, match, by=by, rule=rule)
    return match


def write_match(
    held: ReceivedPayment,
    *,
    buyer: "Organization",
    pays: Pays,
    posting_key: str,
    at: Moment,
    amount_cents: int | None = None,
) -> PaymentMatch:
    """Judge a match and write it, under the lock of the hub."""
    require_waiting(held)
    cents = held.left_cents if amount_cents is None else amount_cents
    if cents <= 0:
        raise NotAPayment
    if cents > held.left_cents:
        raise MatchAboveLeft(left_cents=held.left_cents)
    if held.hub_id not in (buyer.hub_id, buyer.pk):
        raise NotAMember
    if sum(pays.values()) > cents:
        raise PaidAboveMatched
    require_open(buyer, pays)
    posting.post(
        key=posting_key,
        kind=PAYMENT_KIND,
        moves=[
            Move(accounts.suspense(hub=held.hub.public_id), -cents),
            Move(accounts.buyer(organization=buyer.public_id), cents),
        ],
        effective_on=at.on,
        memo=at.memo or held.received_on.isoformat(),
        may_fall_later=True,
    )
    match = PaymentMatch.objects.create(
        payment=held,
        buyer=buyer,
        amount_cents=cents,
        posting_key=posting_key,
        rule=at.rule,
        matched_by=at.by,
        matched_at=at.now,
    )
    held.left_cents -= cents
    held.save(update_fields=["left_cents"])
    write_pays(pays, key=posting_key, by=at.by, now=at.now, match=match)
    return match


def _with_key(
    posting_key: str, held: ReceivedPayment, buyer: "Organization", pays: Pays
) -> PaymentMatch | None:
    earlier = PaymentMatch.objects.filter(posting_key=posting_key).first()
    if earlier is None:
        return None
    roots = selectors.roots_of(pays)
    asked = sorted((roots[pk], cents) for pk, cents in pays.items() if cents > 0)
    done = sorted(earlier.pays.values_list("invoice", "amount_cents"))
    if (earlier.payment_id, earlier.buyer_id) != (held.pk, buyer.pk) or asked != done:
        raise KeyReused(key=posting_key)
    return earlier


def require_waiting(held: ReceivedPayment) -> None:
    """Raises PaymentTaken when nothing waits, DoubleUndecided."""
    if held.undone_at is not None or held.left_cents == 0:
        raise PaymentTaken
    if held.is_undecided:
        raise DoubleUndecided


def require_open(buyer: "Organization", pays: Pays) -> None:
    """Refuse an invoice of somebody else, not in force, or open for less than that."""
    hub = buyer.hub or buyer
    opened = {row.pk: row for row in selectors.open_invoices(hub, buyer=buyer)}
    for pk, cents in pays.items():
        if cents < 0:
            raise NotAPayment
        if pk not in opened:
            raise InvoiceNotOpen
        if cents > opened[pk].open_cents:
            raise PaidAboveOpen(
                invoice=opened[pk].number, open_cents=opened[pk].open_cents
            )


def write_pays(
    pays: Pays,
    *,
    key: str,
    by: "Person | None",
    now: datetime,
    match: PaymentMatch | None,
) -> list[InvoicePayment]:
    """Write what is paid, on the first of the invoices that replaced each other."""
    roots = selectors.roots_of(pays)
    return InvoicePayment.objects.bulk_create(
        InvoicePayment(
            invoice_id=roots[pk],
            match=match,
            amount_cents=cents,
            key=f"{key}:{pk}",
            made_by=by,
            made_at=now,
        )
        for pk, cents in sorted(pays.items())
        if cents > 0
    )


@transaction.atomic
def confirm_proposal(
    *,
    payment: ReceivedPayment,
    fingerprint: str,
    on: date,
    now: datetime,
    by: "Person | None",
) -> PaymentMatch:
    """Match a payment as one of its proposals says, when it is still made.

    Asked again, it gives the match that it made. Raises ProposalOutdated and what
    `match_payment` does.
    """
    held = lock_payment(payment)
    for done in held.matches.filter(undone_at=None):
        if fingerprint == _fingerprint_of(done):
            return done
    books = selectors.books_of(held.hub)
    for proposal in books.proposals(held):
        if proposal.fingerprint == fingerprint:
            return apply(held, proposal, books, on=on, now=now, by=by)
    require_waiting(held)
    raise ProposalOutdated


def _fingerprint_of(match: PaymentMatch) -> str:
    """The fingerprint of the proposal that a match applied; its keys end with the
    invoices as they were shown."""
    shown = {
        int(row.key.rsplit(":", 1)[1]): row.amount_cents for row in match.pays.all()
    }
    return fingerprint_of(match.buyer_id, shown)


def apply(
    held: ReceivedPayment,
    proposal: "Proposal",
    books: selectors.Books,
    *,
    on: date,
    now: datetime,
    by: "Person | None",
    rule: str = "",
) -> PaymentMatch:
    """Match as proposed; the number of earlier matches makes its key."""
    return match_payment(
        payment=held,
        buyer=books.buyers[proposal.buyer_id],
        pays={row.pk: cents for row, cents in proposal.pays},
        key=f"{held.public_id}.{held.matches.count() + 1}",
        on=on,
        now=now,
        by=by,
        rule=rule,
    )


@transaction.atomic
def match_exact(
    *, hub: "Organization", payments: list[ReceivedPayment], on: date, now: datetime
) -> list[PaymentMatch]:
    """Match what names its invoice and is its exact amount, where the hub says so."""
    if not selectors.payment_rule_of(hub).matches_exact:
        return []
    lock_hub(hub)
    done = []
    for payment in payments:
        held = lock_payment(payment)
        # Read anew for each: the one before may have paid the same invoice.
        books = selectors.books_of(hub)
        for proposal in books.proposals(held)[:1]:
            if proposal.is_exact:
                done.append(
                    apply(
                        held, proposal, books, on=on, now=now, by=None, rule=EXACT_RULE
                    )
                )
    return done


@transaction.atomic
def unmatch_payment(
    *, match: PaymentMatch, by: "Person | None", on: date, now: datetime
) -> PaymentMatch:
    """Take a match back: the money waits again and can be matched anew.

    Raises MatchUndone the second time, CreditSpent when the buyer has used or got back
    the credit that it gave.
    """
    lock_payment(match.payment)
    held = PaymentMatch.objects.select_for_update().get(pk=match.pk)
    if held.undone_at is not None:
        raise MatchUndone
    before_cents = selectors.credit_cents(held.buyer)
    posting.reverse(
        key=f"unmatch:{held.public_id}",
        posting_key=held.posting_key,
        effective_on=on,
    )
    held.undone_at, held.undone_by = now, by
    held.save(update_fields=["undone_at", "undone_by"])
    held.pays.update(undone_at=now)
    payment = ReceivedPayment.objects.select_for_update().get(pk=held.payment_id)
    payment.left_cents += held.amount_cents
    payment.save(update_fields=["left_cents"])
    _require_credit_left(held.buyer, before_cents)
    trails.leave_match(Kind.PAYMENT_UNMATCHED, held, by=by)
    return held


def _require_credit_left(buyer: "Organization", before_cents: int) -> None:
    after_cents = selectors.credit_cents(buyer)
    if after_cents >= min(before_cents, 0):
        return
    used = InvoicePayment.objects.filter(
        match=None, undone_at=None, invoice__buyer=buyer
    )
    if used.exists() or PaymentRefund.objects.filter(buyer=buyer).exists():
        raise CreditSpent(missing_cents=-after_cents)
