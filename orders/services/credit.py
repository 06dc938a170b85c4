"""What a buyer paid above its invoices: used on others, freed again, given back.

The credit is never a balance of its own: it is what stands on the buyer's account
above what is open. Locks as in `receiving`.
"""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from hub.core.trail import Kind
from hub.ledger import posting
from hub.ledger.core.accounts import AccountRef, Move
from hub.ledger.core.errors import KeyReused
from orders import accounts, selectors
from orders.core.errors import NotAPayment, PaidInFuture
from orders.core.errors.payments import (
    CreditTooLow,
    MatchAboveLeft,
    MatchUndone,
)
from orders.models import InvoicePayment, PaymentRefund, ReceivedPayment
from orders.services import trails
from orders.services.matching import Pays, require_open, require_waiting, write_pays
from orders.services.receiving import lock_hub, lock_payment

if TYPE_CHECKING:
    from hub.models import Organization, Person

REFUND_KIND = "payment-refund"


@transaction.atomic
def use_credit(
    *,
    buyer: "Organization",
    pays: Pays,
    key: str,
    by: "Person | None",
    now: datetime,
) -> list[InvoicePayment]:
    """Pay invoices with what a buyer paid above others; no money moves, once per key.

    Raises CreditTooLow, InvoiceNotOpen, PaidAboveOpen, NotAPayment, KeyReused.
    """
    lock_hub(buyer.hub or buyer)
    earlier = list(InvoicePayment.objects.filter(key__startswith=f"credit:{key}:"))
    if earlier:
        roots = selectors.roots_of(pays)
        asked = sorted((roots[pk], cents) for pk, cents in pays.items() if cents > 0)
        if asked != sorted((row.invoice_id, row.amount_cents) for row in earlier):
            raise KeyReused(key=key)
        return earlier
    total_cents = sum(pays.values())
    if total_cents <= 0:
        raise NotAPayment
    has_cents = selectors.credit_cents(buyer)
    if total_cents > has_cents:
        raise CreditTooLow(credit_cents=max(has_cents, 0))
    require_open(buyer, pays)
    used = write_pays(pays, key=f"credit:{key}", by=by, now=now, match=None)
    trails.leave_credit(Kind.CREDIT_USED, buyer, amount_cents=total_cents, by=by)
    return used


@transaction.atomic
def give_credit_back(
    *, used: InvoicePayment, by: "Person | None", now: datetime
) -> InvoicePayment:
    """Take back that a credit pays an invoice: it is open again. Raises MatchUndone."""
    lock_hub(used.invoice.hub)
    held = InvoicePayment.objects.select_for_update(of=("self",)).get(pk=used.pk)
    assert held.match_id is None, "what a payment pays goes back with its match"
    if held.undone_at is not None:
        raise MatchUndone
    held.undone_at = now
    held.save(update_fields=["undone_at"])
    buyer = used.invoice.buyer
    trails.leave_credit(Kind.CREDIT_FREED, buyer, amount_cents=held.amount_cents, by=by)
    return held


@transaction.atomic
def refund_payment(
    *,
    payment: ReceivedPayment,
    amount_cents: int,
    method: str,
    key: str,
    on: date,
    today: date,
    by: "Person | None",
) -> PaymentRefund:
    """Write down that money which waits was sent back to whoever paid, once per key.

    Raises NotAPayment, PaidInFuture, PaymentTaken, DoubleUndecided, MatchAboveLeft,
    KeyReused.
    """
    _require_made(amount_cents, on, today)
    held = lock_payment(payment)
    posting_key = f"refund:{key}"
    earlier = PaymentRefund.objects.filter(posting_key=posting_key).first()
    if earlier is not None:
        _require_same(earlier, held.pk, None, amount_cents)
        return earlier
    require_waiting(held)
    if amount_cents > held.left_cents:
        raise MatchAboveLeft(left_cents=held.left_cents)
    hub = held.hub.public_id
    _post_refund(
        posting_key, accounts.suspense(hub=hub), hub, amount_cents, (on, method)
    )
    held.left_cents -= amount_cents
    held.save(update_fields=["left_cents"])
    refund = PaymentRefund.objects.create(
        hub=held.hub,
        payment=held,
        amount_cents=amount_cents,
        method=method,
        refunded_on=on,
        posting_key=posting_key,
        made_by=by,
    )
    trails.leave_received(
        Kind.PAYMENT_REFUNDED, held, by=by, amount_cents=amount_cents, method=method
    )
    return refund


@transaction.atomic
def refund_credit(
    *,
    buyer: "Organization",
    amount_cents: int,
    method: str,
    key: str,
    on: date,
    today: date,
    by: "Person | None",
) -> PaymentRefund:
    """Write down that a buyer got its credit back, or a part of it, once per key.

    Raises NotAPayment, PaidInFuture, CreditTooLow, KeyReused.
    """
    _require_made(amount_cents, on, today)
    hub = buyer.hub or buyer
    lock_hub(hub)
    posting_key = f"refund:{key}"
    earlier = PaymentRefund.objects.filter(posting_key=posting_key).first()
    if earlier is not None:
        _require_same(earlier, None, buyer.pk, amount_cents)
        return earlier
    has_cents = selectors.credit_cents(buyer)
    if amount_cents > has_cents:
        raise CreditTooLow(credit_cents=max(has_cents, 0))
    account = accounts.buyer(organization=buyer.public_id)
    _post_refund(posting_key, account, hub.public_id, amount_cents, (on, method))
    refund = PaymentRefund.objects.create(
        hub=hub,
        buyer=buyer,
        amount_cents=amount_cents,
        method=method,
        refunded_on=on,
        posting_key=posting_key,
        made_by=by,
    )
    trails.leave_credit(
        Kind.CREDIT_REFUNDED, buyer, amount_cents=amount_cents, method=method, by=by
    )
    return refund


def _require_made(amount_cents: int, on: date, today: date) -> None:
    if amount_cents <= 0:
        raise NotAPayment
    if on > today:
        raise PaidInFuture(on=on.isoformat())


def _require_same(
    earlier: PaymentRefund, payment_id: int | None, buyer_id: int | None, cents: int
) -> None:
    told = (earlier.payment_id, earlier.buyer_id, earlier.amount_cents)
    if told != (payment_id, buyer_id, cents):
        raise KeyReused(key=earlier.posting_key)


def _post_refund(
    key: str,
    account: AccountRef,
    hub: str,
    amount_cents: int,
    told: tuple[date, str],
) -> None:
    on, method = told
    posting.post(
        key=key,
        kind=REFUND_KIND,
        moves=[
            Move(account, -amount_cents),
            Move(accounts.bank(hub=hub), amount_cents),
        ],
        effective_on=on,
        memo=method,
        may_fall_later=True,
    )
