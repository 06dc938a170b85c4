"""Money that buyers pay to their hub, and that the hub pays to its farms.

No money moves through the platform: a person writes down what the bank did.
"""

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from hub.core.trail import Kind
from hub.ledger import posting, statements
from hub.ledger.core.accounts import Move
from hub.services.trail import Fact, record
from orders import accounts, selectors
from orders.core.errors import NotAPayment, PaidAboveOwed, PaidInFuture
from orders.core.payments import oldest_first
from orders.models import ReceivedPayment, Seller
from orders.services import trails
from orders.services.matching import Moment, write_match
from orders.services.receiving import (
    Received,
    Source,
    lock_hub,
    receive,
    require_made,
    with_key,
)

if TYPE_CHECKING:
    from hub.models import Organization

PAYOUT_KIND = "payout"


@transaction.atomic
def record_payment(
    *,
    buyer: "Organization",
    amount_cents: int,
    method: str,
    key: str,
    on: date,
    today: date,
) -> ReceivedPayment:
    """Write down that a buyer paid its hub, once per key; `method` is kept as a memo.

    `on` is the day of the bank. It pays the oldest open invoices first; more than is
    owed is allowed: it stays the buyer's. One that looks like an earlier payment waits
    for a decision instead, and then for its match: the payment given says so.
    Raises NotAPayment, PaidInFuture, KeyReused.
    """
    hub = buyer.hub or buyer
    told = Received(
        on=on, amount_cents=amount_cents, payer=buyer.name[:160], reference=method
    )
    require_made(told, today)
    lock_hub(hub)
    if earlier := with_key(f"buyer:{key}", told, hub):
        return earlier
    now = timezone.now()
    payment = receive(
        hub=hub, told=told, source=Source.HAND, key=f"buyer:{key}", by=None, now=now
    )
    if payment.is_undecided:
        trails.leave_received(Kind.MONEY_RECEIVED, payment, by=None)
        return payment
    opened = selectors.open_invoices(hub, buyer=buyer)
    write_match(
        payment,
        buyer=buyer,
        pays={row.pk: cents for row, cents in oldest_first(amount_cents, opened)},
        posting_key=f"payment:{key}",
        at=Moment(on=on, now=now, memo=method),
    )
    trails.leave_payment(
        Kind.PAYMENT_RECORDED,
        buyer,
        amount_cents=amount_cents,
        method=method,
        key=f"payment:{key}",
    )
    return payment


@transaction.atomic
def record_payout(
    *,
    farm: "Organization",
    amount_cents: int,
    method: str,
    key: str,
    on: date,
    today: date,
) -> None:
    """Write down that a hub paid a farm, once per key, at most what the farm is owed.

    Raises NotAPayment, PaidInFuture, PaidAboveOwed, KeyReused.
    """
    _require_made(amount_cents, on, today)
    hub = farm.hub or farm
    # Two people who pay the same farm at once wait for each other here.
    Seller.objects.get_or_create(hub=hub)
    Seller.objects.select_for_update().get(hub=hub)
    account = accounts.farm(organization=farm.public_id)
    paid = statements.moved_under(f"payout:{key}")
    owed_cents = statements.balance_cents(account.code)
    if not paid and amount_cents > owed_cents:
        raise PaidAboveOwed(owed_cents=owed_cents)
    posting.post(
        key=f"payout:{key}",
        kind=PAYOUT_KIND,
        moves=[
            Move(account, -amount_cents),
            Move(accounts.bank(hub=hub.public_id), amount_cents),
        ],
        effective_on=on,
        memo=method,
    )
    trails.leave_payment(
        Kind.PAYOUT_RECORDED,
        farm,
        amount_cents=amount_cents,
        method=method,
        key=f"payout:{key}",
    )


@transaction.atomic
def describe_seller(
    *,
    hub: "Organization",
    legal_name: str,
    seat: str,
    tps_number: str,
    tvq_number: str,
    terms: str,
) -> Seller:
    """Write what stands at the head of the next invoices; those sent stay as sent."""
    Seller.objects.get_or_create(hub=hub)
    seller = Seller.objects.select_for_update().get(hub=hub)
    before = _said(seller)
    seller.legal_name, seller.seat, seller.terms = legal_name, seat, terms
    seller.tps_number, seller.tvq_number = tps_number, tvq_number
    seller.save()
    fact = Fact(
        kind=Kind.SELLER_DESCRIBED,
        subject=(hub.public_id, hub.name),
        concerns=[hub.pk],
        before=before,
        after=_said(seller),
    )
    record(fact)
    return seller


def _require_made(amount_cents: int, on: date, today: date) -> None:
    if amount_cents <= 0:
        raise NotAPayment
    if on > today:
        raise PaidInFuture(on=on.isoformat())


def _said(seller: Seller) -> dict[str, str]:
    return {
        "name": seller.legal_name,
        "seat": seller.seat,
        "tps_number": seller.tps_number,
        "tvq_number": seller.tvq_number,
        "terms": seller.terms,
    }
