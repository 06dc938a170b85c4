"""Money that buyers pay to their hub, and that the hub pays to its farms.

No money moves through the platform: a person writes down what the bank did.
"""

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from hub.ledger import posting, statements
from hub.ledger.core.accounts import Move
from orders import accounts
from orders.core.errors import NotAPayment, PaidAboveOwed
from orders.models import Seller

if TYPE_CHECKING:
    from hub.models import Organization

PAYMENT_KIND = "payment"
PAYOUT_KIND = "payout"


@transaction.atomic
def record_payment(
    *, buyer: "Organization", amount_cents: int, method: str, key: str, on: date
) -> None:
    """Write down that a buyer paid its hub, once per key; `method` is kept as a memo.

    More than is owed is allowed: it stays the buyer's. Raises NotAPayment, KeyReused.
    """
    if amount_cents <= 0:
        raise NotAPayment
    hub = (buyer.hub or buyer).public_id
    posting.post(
        key=f"payment:{key}",
        kind=PAYMENT_KIND,
        moves=[
            Move(accounts.bank(hub=hub), -amount_cents),
            Move(accounts.buyer(organization=buyer.public_id), amount_cents),
        ],
        effective_on=on,
        memo=method,
    )


@transaction.atomic
def record_payout(
    *, farm: "Organization", amount_cents: int, method: str, key: str, on: date
) -> None:
    """Write down that a hub paid a farm, once per key, at most what the farm is owed.

    Raises NotAPayment, PaidAboveOwed, KeyReused.
    """
    if amount_cents <= 0:
        raise NotAPayment
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
    seller.legal_name, seller.seat, seller.terms = legal_name, seat, terms
    seller.tps_number, seller.tvq_number = tps_number, tvq_number
    seller.save()
    return seller
