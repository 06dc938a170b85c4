"""Money received by a hub whose buyers were billed."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from hub.ledger import statements
from hub.models import Organization
from orders import accounts, selectors, services
from orders.models import Invoice, PaymentMatch, ReceivedPayment
from tests.factories.day import NOW, Day, deliver, make_day

TODAY = timezone.localdate(NOW)


@dataclass
class Billed:
    """A day billed: “a” owes 62,50 $ on invoice 1, “b” 37,50 $ on invoice 2."""

    day: Day
    invoices: dict[str, Invoice]

    @property
    def hub(self) -> Organization:
        """The hub that sells."""
        return self.day.hub

    def buyer(self, name: str) -> Organization:
        """Who ordered under this letter."""
        buyer: Organization = self.day.orders[name].buyer
        return buyer


def make_billed(**wants: int) -> Billed:
    """Bill so many cases of 12,50 $ to each letter; five to a, three to b."""
    asked = wants or {"a": 5, "b": 3}
    day = make_day(wants={name: (units, 0) for name, units in asked.items()})
    for name in asked:
        deliver(day, name)
    services.bill_day(
        hub=day.hub, service_on=day.week.cycle.service_on, by=None, now=NOW
    )
    invoices = {
        name: Invoice.objects.get(buyer=day.orders[name].buyer) for name in asked
    }
    return Billed(day, invoices)


def receive(
    hub: Organization,
    amount_cents: int,
    *,
    payer: str = "",
    reference: str = "",
    on: date = TODAY,
    key: str = "",
) -> ReceivedPayment:
    """Money that came by hand."""
    return services.record_received(
        hub=hub,
        told=services.Received(
            on=on, amount_cents=amount_cents, payer=payer, reference=reference
        ),
        source=ReceivedPayment.Source.HAND,
        key=key or f"k{ReceivedPayment.objects.count()}",
        today=TODAY,
        by=None,
        now=NOW,
    )


def books(billed: Billed) -> dict[str, int]:
    """What stands on each account that a payment may touch."""
    codes = {
        "bank": accounts.bank(hub=billed.hub.public_id).code,
        "suspense": accounts.suspense(hub=billed.hub.public_id).code,
        **{
            name: accounts.buyer(organization=billed.buyer(name).public_id).code
            for name in billed.invoices
        },
    }
    kept = statements.balances_of(codes.values())
    return {name: kept[code] for name, code in codes.items()}


def match(
    payment: ReceivedPayment,
    billed: Billed,
    name: str,
    *,
    key: str = "m1",
    amount_cents: int | None = None,
    **pays: int,
) -> PaymentMatch:
    return services.match_payment(
        payment=payment,
        buyer=billed.buyer(name),
        pays={billed.invoices[paid].pk: cents for paid, cents in pays.items()},
        key=key,
        on=TODAY,
        now=NOW,
        by=None,
        amount_cents=amount_cents,
    )


def unmatch(made: PaymentMatch) -> PaymentMatch:
    return services.unmatch_payment(match=made, by=None, on=TODAY, now=NOW)


def still_open(billed: Billed) -> dict[int, int]:
    return {row.number: row.open_cents for row in selectors.open_invoices(billed.hub)}


def correct(billed: Billed, name: str, units: int) -> None:
    invoice = billed.invoices[name]
    line = billed.day.orders[name].lines.get()
    services.correct_invoice(
        invoice=invoice,
        quantities={line.pk: units},
        reason="caisse abîmée",
        by=None,
        now=NOW,
        key=f"correct-{name}-{units}",
    )
