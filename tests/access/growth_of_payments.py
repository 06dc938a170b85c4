"""Many more debts, payments, loans and terms, for the pages of money of one side."""

from typing import Any

from django.db.models import F
from django.db.models.functions import Least
from django.utils import timezone

from hub.core.ids import new_public_id
from hub.ledger import posting
from hub.ledger.core.accounts import Move
from hub.models import Organization
from orders import accounts, services
from orders.models import (
    FarmLoan,
    Invoice,
    InvoicePayment,
    PaymentTerms,
    Payout,
    PayoutRun,
)
from tests.access.copied import copies, named
from tests.access.priced import LATER_ON
from tests.access.world import WEEK_ON, Side

SOLD = {"farm_cents": 100, "margin_cents": 9_900, "buyer_cents": 10_000}
"""The parts of each invoice; nobody has paid it yet."""
MOST_INSTALMENTS = 120


def grow_payments(
    side: Side, num: int, *, sold: list[tuple[Invoice, Organization]]
) -> None:
    """The hub is owed each of these invoices and owes its farm; money came and left."""
    for invoice, farm in sold:
        _post(side, invoice, farm)
    theirs = sold[num:]
    _receive(side, num, [invoice for invoice, _farm in theirs])
    _use_credit([invoice for invoice, _farm in sold[:num]])
    farms = [farm for _invoice, farm in theirs]
    _lend(side.rows, num, farms)
    _pay_out(side, num, farms)
    PaymentTerms.objects.bulk_create(
        PaymentTerms(
            hub=side.hub,
            side="buyer",
            member=invoice.buyer,
            rule="net",
            days=15,
            starts_on=LATER_ON,
        )
        for invoice, _farm in theirs
    )


def _post(side: Side, invoice: Invoice, farm: Organization) -> None:
    buyer = accounts.buyer(organization=invoice.buyer.public_id)
    posting.post(
        key=invoice.posting_key,
        kind="sale",
        moves=[
            Move(buyer, -SOLD["buyer_cents"]),
            Move(accounts.farm(organization=farm.public_id), SOLD["farm_cents"]),
            Move(accounts.margin(hub=side.hub.public_id), SOLD["margin_cents"]),
        ],
        effective_on=WEEK_ON,
    )


def _receive(side: Side, num: int, invoices: list[Invoice]) -> None:
    """Payments that wait, one that paid many buyers' invoices, files of the bank."""
    rows = side.rows
    for turn in range(num):
        services.record_received(
            hub=side.hub,
            told=services.Received(
                on=WEEK_ON,
                amount_cents=20_000 + turn,
                payer=f"Virement {new_public_id()}",
                reference="",
            ),
            source=services.Source.HAND,
            key=new_public_id(),
            today=timezone.localdate(),
            by=None,
            now=timezone.now(),
        )
    matches = copies(
        rows["match"],
        num,
        buyer=[invoice.buyer for invoice in invoices],
        amount_cents=1,
        posting_key=named("match", num),
    )
    InvoicePayment.objects.bulk_create(
        InvoicePayment(invoice=invoice, match=match, amount_cents=1, key=_key())
        for invoice, match in zip(invoices, matches, strict=True)
    )
    copies(rows["bank_file"], num)


def _use_credit(invoices: list[Invoice]) -> None:
    InvoicePayment.objects.bulk_create(
        InvoicePayment(invoice=invoice, amount_cents=1, key=_key())
        for invoice in invoices
    )


def _lend(rows: dict[str, Any], num: int, farms: list[Organization]) -> None:
    """Loans to the farm and to others; its first one comes back in more parts."""
    loan = rows["farm_loan"]
    copies(loan, num, key=named("loan", num))
    copies(loan, num, key=named("loan", num), farm=farms)
    copies(rows["repayment"], num, posting_key=named("withheld", num))
    FarmLoan.objects.filter(pk=loan.pk).update(
        num_instalments=Least(F("num_instalments") + num, MOST_INSTALMENTS)
    )


def _pay_out(side: Side, num: int, farms: list[Organization]) -> None:
    """Runs of the past, each of which paid every farm that is new."""
    runs = PayoutRun.objects.bulk_create(
        PayoutRun(
            hub=side.hub,
            key=_key(),
            asked="",
            through_on=WEEK_ON,
            paid_on=WEEK_ON,
            method="Virement",
        )
        for _turn in range(min(num, 10))
    )
    Payout.objects.bulk_create(
        Payout(run=run, farm=farm, gross_cents=100, withheld_cents=0)
        for run in runs
        for farm in farms
    )


def _key() -> str:
    return new_public_id()
