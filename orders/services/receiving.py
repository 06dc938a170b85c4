"""Money that came to the bank: in the books at once, on the hub's suspense account.

Locks: the hub's row of seller, so that all that concerns the money of one hub follows
each other, then the payment, then the suspense account in the ledger. A correction of
an invoice takes the seller's row last: what is read of invoices behind it stands.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from hub.core.trail import Kind
from hub.ledger import posting
from hub.ledger.core.accounts import Move
from hub.ledger.core.errors import KeyReused
from hub.services.trail import Fact, record
from orders import accounts, selectors
from orders.core.errors import NotAPayment, PaidInFuture
from orders.core.errors.payments import (
    AlarmDaysOutOfReach,
    NotADouble,
    PaymentStays,
    PaymentTaken,
)
from orders.core.payments import Known, like
from orders.models import PaymentFile, PaymentRule, ReceivedPayment, Seller
from orders.models.payment import ALARM_DAYS
from orders.services import trails

if TYPE_CHECKING:
    from hub.models import Organization, Person

RECEIVED_KIND = "payment-received"
MOST_ALARM_DAYS = 365
Source = ReceivedPayment.Source
Decision = ReceivedPayment.Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What the bank did, and what it or the payer said of it."""

    on: date
    amount_cents: int
    payer: str = ""
    reference: str = ""
    bank_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BankLine:
    """The line of a file that brought a payment."""

    file: PaymentFile
    row_number: int
    digest: str
    occurrence: int


def lock_hub(hub: "Organization") -> None:
    """Wait for whoever moves received money of this hub."""
    Seller.objects.get_or_create(hub=hub)
    Seller.objects.select_for_update().get(hub=hub)


def lock_payment(payment: ReceivedPayment) -> ReceivedPayment:
    """The payment as it is, until the transaction ends; its hub is locked before."""
    lock_hub(payment.hub)
    return (
        ReceivedPayment.objects.select_for_update(of=("self",))
        .select_related("hub")
        .get(pk=payment.pk)
    )


@transaction.atomic
def record_received(
    *,
    hub: "Organization",
    told: Received,
    source: Source,
    key: str,
    today: date,
    by: "Person | None",
    now: datetime,
) -> ReceivedPayment:
    """Write down money that came, whoever it is from, once per key.

    It waits on the suspense account. One that looks like another is marked for a
    decision, and is in the books like it. Raises NotAPayment, PaidInFuture, KeyReused.
    """
    require_made(told, today)
    lock_hub(hub)
    if earlier := with_key(key, told, hub):
        return earlier
    payment = receive(hub=hub, told=told, source=source, key=key, by=by, now=now)
    _trace(Kind.MONEY_RECEIVED, payment, by=by)
    return payment


def require_made(told: Received, today: date) -> None:
    """Raises NotAPayment, PaidInFuture."""
    if told.amount_cents <= 0:
        raise NotAPayment
    if told.on > today:
        raise PaidInFuture(on=told.on.isoformat())


def with_key(key: str, told: Received, hub: "Organization") -> ReceivedPayment | None:
    """What was recorded under this key before. Raises KeyReused for other content."""
    earlier = ReceivedPayment.objects.filter(key=key).select_related("hub").first()
    if earlier is None:
        return None
    same = (
        earlier.hub_id == hub.pk
        and earlier.received_on == told.on
        and earlier.amount_cents == told.amount_cents
        and (earlier.payer, earlier.reference) == (told.payer, told.reference)
    )
    if not same:
        raise KeyReused(key=key)
    return earlier


def receive(
    *,
    hub: "Organization",
    told: Received,
    source: Source,
    key: str,
    by: "Person | None",
    now: datetime,
    line: BankLine | None = None,
) -> ReceivedPayment:
    """Write the row and its posting, under the lock of the hub."""
    near = selectors.known_near(
        hub, amounts=[told.amount_cents], since=told.on, until=told.on
    )
    new = Known(
        pk=0,
        on=told.on,
        amount_cents=told.amount_cents,
        payer=told.payer,
        reference=told.reference,
        source=source,
    )
    double = like(new, near)
    payment = ReceivedPayment.objects.create(
        hub=hub,
        received_on=told.on,
        amount_cents=told.amount_cents,
        left_cents=told.amount_cents,
        payer=told.payer,
        reference=told.reference,
        bank_id=told.bank_id,
        source=source,
        key=key,
        double_of_id=double.pk if double else None,
        recorded_by=by,
        recorded_at=now,
        **_of_line(line),
    )
    # Known late, it falls on the first open day of the books; the row keeps the bank's.
    posting.post(
        key=payment.posting_key,
        kind=RECEIVED_KIND,
        moves=[
            Move(accounts.bank(hub=hub.public_id), -told.amount_cents),
            Move(accounts.suspense(hub=hub.public_id), told.amount_cents),
        ],
        effective_on=told.on,
        may_fall_later=True,
    )
    return payment


def _of_line(line: BankLine | None) -> dict[str, Any]:
    if line is None:
        return {}
    return {
        "file": line.file,
        "row_number": line.row_number,
        "line_digest": line.digest,
        "occurrence": line.occurrence,
    }


@transaction.atomic
def decide_double(
    *,
    payment: ReceivedPayment,
    is_another: bool,
    by: "Person | None",
    today: date,
    now: datetime,
) -> ReceivedPayment:
    """Say whether a payment that looks like an earlier one is another one.

    The same written twice leaves the books by a reversal; its row stays readable.
    Raises NotADouble.
    """
    held = lock_payment(payment)
    if not held.is_undecided or held.undone_at is not None:
        raise NotADouble
    held.double_decision = Decision.ANOTHER if is_another else Decision.SAME
    held.save(update_fields=["double_decision"])
    if is_another:
        _trace(Kind.PAYMENT_KEPT, held, by=by)
        return held
    leave_books(held, today=today, now=now)
    _trace(Kind.PAYMENT_TAKEN_BACK, held, by=by)
    return held


@transaction.atomic
def take_back(
    *, payment: ReceivedPayment, by: "Person | None", today: date, now: datetime
) -> ReceivedPayment:
    """Take out of the books a payment that was written down by mistake.

    Raises PaymentTaken the second time, PaymentStays when a part of it is matched or
    was given back.
    """
    held = lock_payment(payment)
    if held.undone_at is not None:
        raise PaymentTaken
    leave_books(held, today=today, now=now)
    _trace(Kind.PAYMENT_TAKEN_BACK, held, by=by)
    return held


def leave_books(held: ReceivedPayment, *, today: date, now: datetime) -> None:
    """Reverse a payment of which nothing went further, under the lock of its hub."""
    if held.left_cents != held.amount_cents:
        raise PaymentStays
    posting.reverse(
        key=f"payment-out:{held.public_id}",
        posting_key=held.posting_key,
        effective_on=today,
    )
    held.left_cents, held.undone_at = 0, now
    held.save(update_fields=["left_cents", "undone_at"])
    # What looked like it looks like nothing any more.
    ReceivedPayment.objects.filter(
        double_of=held, double_decision=Decision.NONE
    ).update(double_of=None)


@transaction.atomic
def state_payment_rule(
    *, hub: "Organization", matches_exact: bool, alarm_days: int, by: "Person | None"
) -> PaymentRule:
    """Say what is matched by itself, and after how many days waiting money is told.

    Raises AlarmDaysOutOfReach.
    """
    if not 1 <= alarm_days <= MOST_ALARM_DAYS:
        raise AlarmDaysOutOfReach(days=alarm_days)
    PaymentRule.objects.get_or_create(hub=hub)
    rule = PaymentRule.objects.select_for_update().get(hub=hub)
    before = _said(rule)
    rule.matches_exact, rule.alarm_days = matches_exact, alarm_days
    rule.save()
    fact = Fact(
        kind=Kind.PAYMENT_RULE_SET,
        subject=(hub.public_id, hub.name),
        concerns=[hub.pk],
        before=before,
        after=_said(rule),
    )
    record(fact, by=by)
    return rule


def _said(rule: PaymentRule) -> dict[str, Any]:
    return {
        "matches_exact": "by_itself" if rule.matches_exact else "confirmed",
        "alarm_days": rule.alarm_days or ALARM_DAYS,
    }


def _trace(kind: Kind, payment: ReceivedPayment, *, by: "Person | None") -> None:
    trails.leave_received(kind, payment, by=by)
