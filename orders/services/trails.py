"""What the trail keeps of orders, shipments and invoices, and who reads it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from hub.core.trail import Kind
from hub.services.trail import Fact, record, record_all
from orders.models import (
    Invoice,
    Order,
    OrderLine,
    PaymentMatch,
    ReceivedPayment,
    Shipment,
)

if TYPE_CHECKING:
    from hub.models import Organization, Person


def said(order: Order, lines: Iterable[OrderLine]) -> dict[str, Any]:
    """How much an order asks, on which terms; its lines have a page of their own."""
    sums = [line.buyer_cents for line in lines]
    return {
        "cycle": order.cycle.name,
        "drop_point": order.drop_point.name,
        "tier": order.tier_code,
        "lines": len(sums),
        "total_cents": sum(sums),
    }


def leave(
    kind: Kind,
    order: Order,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    by: "Person | None" = None,
    rule: str = "",
) -> None:
    """Trace a change of an order, for its buyer and the hub."""
    fact = Fact(
        kind=kind,
        subject=(order.public_id, order.buyer.name),
        concerns=[order.buyer_id, order.cycle.hub_id],
        before=before or {},
        after=after or {},
        rule=rule,
    )
    record(fact, by=by)


def leave_shipment(
    kind: Kind,
    shipment: Shipment,
    *,
    after: Mapping[str, Any] | None = None,
    why: str = "",
    by: "Person | None" = None,
) -> None:
    """Trace what became of a shipment, for its farm and the hub."""
    fact = Fact(
        kind=kind,
        subject=(
            shipment.public_id,
            f"{shipment.producer.name} → {shipment.drop_point.name}",
        ),
        concerns=[shipment.producer_id, shipment.cycle.hub_id],
        after={"service_on": shipment.service_on.isoformat(), **(after or {})},
        why=why,
    )
    record(fact, by=by)


def leave_invoices(issued: Sequence[Invoice], *, by: "Person | None") -> None:
    """Trace what was billed, for each buyer and the hub; a credit note says of what."""
    record_all([_of_invoice(invoice) for invoice in issued], by=by)


def _of_invoice(invoice: Invoice) -> Fact:
    corrects = invoice.corrects
    return Fact(
        kind=Kind.INVOICE_CORRECTED if corrects else Kind.INVOICE_ISSUED,
        subject=(
            invoice.public_id,
            str(corrects.number if corrects else invoice.number),
        ),
        concerns=[invoice.buyer_id, invoice.hub_id],
        after={
            "buyer": invoice.buyer.name,
            "total_cents": invoice.buyer_cents,
            "service_on": invoice.service_on.isoformat(),
            "document": str(invoice.number),
        },
        why=invoice.reason,
        key=invoice.posting_key,
    )


def leave_payment(
    kind: Kind,
    organization: "Organization",
    *,
    amount_cents: int,
    method: str,
    key: str,
) -> None:
    """Trace money written down for a member, once per key, for it and its hub."""
    fact = Fact(
        kind=kind,
        subject=(organization.public_id, organization.name),
        concerns=[organization.pk, organization.hub_id],
        after={"amount_cents": amount_cents, "method": method},
        key=key,
        is_once=True,
    )
    record(fact)


def leave_received(
    kind: Kind,
    payment: ReceivedPayment,
    *,
    by: "Person | None",
    amount_cents: int | None = None,
    method: str = "",
) -> None:
    """Trace what became of money received, for its hub; who paid is not repeated."""
    told: dict[str, Any] = {"amount_cents": amount_cents or payment.amount_cents}
    if method:
        told["method"] = method
    fact = Fact(
        kind=kind,
        subject=(payment.public_id, payment.hub.name),
        concerns=[payment.hub_id],
        after={**told, "received_on": payment.received_on.isoformat()},
    )
    record(fact, by=by)


def leave_match(
    kind: Kind, match: PaymentMatch, *, by: "Person | None", rule: str = ""
) -> None:
    """Trace that a payment was matched with a buyer, or is no longer, for both."""
    fact = Fact(
        kind=kind,
        subject=(match.public_id, match.buyer.name),
        concerns=[match.buyer_id, match.payment.hub_id],
        after={
            "amount_cents": match.amount_cents,
            "received_on": match.payment.received_on.isoformat(),
        },
        rule=rule,
    )
    record(fact, by=by)


def leave_credit(
    kind: Kind,
    buyer: "Organization",
    *,
    amount_cents: int,
    by: "Person | None",
    method: str = "",
) -> None:
    """Trace what a buyer's credit was used for, for it and its hub."""
    told: dict[str, Any] = {"amount_cents": amount_cents}
    fact = Fact(
        kind=kind,
        subject=(buyer.public_id, buyer.name),
        concerns=[buyer.pk, buyer.hub_id],
        after=told | ({"method": method} if method else {}),
    )
    record(fact, by=by)
