"""Settling a day's deliveries: what arrived is billed, once, whoever asks.

Locks: the day's orders by ascending id, the funds by their hubs, the envelopes, the
ledger's accounts, and last the sellers' rows, which give the numbers.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from hub.core.errors import DomainError
from orders import selectors
from orders.core.billing import Parts, total_of
from orders.models import (
    BillRefusal,
    Invoice,
    InvoiceLine,
    Order,
    OrderLine,
    Shipment,
    ShipmentLine,
)
from orders.services import envelopes, holds, invoices
from orders.services.decisions import settle_if_over
from orders.services.delivery import write_quantities
from orders.services.figures import renew_figures
from orders.services.invoices import Draft, DraftLine
from orders.services.lines import requote
from orders.services.locks import lock_orders, orders_riding
from orders.services.telling import tell_statements
from pricing import services as pricing_services

if TYPE_CHECKING:
    from hub.models import Organization, Person


@transaction.atomic
def bill_day(
    *, hub: "Organization", service_on: date, by: "Person | None", now: datetime
) -> list[Invoice]:
    """Bill what was delivered for a hub on a day: one invoice an order.

    An order of which something is still on the road that day waits for it. What the
    fund owes is captured from what was held, the rest goes back to it. An order that
    cannot be billed is left as it was, with its reason in `selectors.refusals_of`; the
    others are billed. Asked again, by the same person or by another at the same
    moment, nothing is billed twice: the day's invoices come back, in the order of their
    numbers.
    """
    bill_hubs(hubs=[hub], service_on=service_on, by=by, now=now)
    return list(
        Invoice.objects.filter(
            hub=hub, service_on=service_on, kind=Invoice.Kind.INVOICE, corrects=None
        ).order_by("number")
    )


@transaction.atomic
def bill_hubs(
    *,
    hubs: Iterable["Organization"],
    service_on: date,
    by: "Person | None",
    now: datetime,
    beside: Iterable[int] = (),
) -> None:
    """Bill a day of several hubs that share a truck, as `bill_day` does for one.

    The orders of all of them are locked first, by ascending id: a driver's taps lock
    the orders of a truck in the same way, whichever hub they belong to. `beside` names
    shipments whose orders the caller's transaction reads once all is billed: they are
    locked with the others, before any seller is.
    """
    by_id = {hub.pk: hub for hub in hubs}
    to_bill = selectors.orders_to_bill(hub_ids=by_id, on=service_on)
    locked = lock_orders([*to_bill, *orders_riding(beside)])
    orders = [order for order in locked if order.pk in set(to_bill)]
    for hub_id in sorted({order.cycle.hub_id for order in orders}):
        pricing_services.lock_fund(hub_id)
    envelopes.lock_money(orders)
    drafts: dict[int, list[Draft]] = defaultdict(list)
    for order in orders:
        draft = _bill_or_refuse(order, service_on, now)
        if draft is not None and draft.lines:
            drafts[order.cycle.hub_id].append(draft)
    write_quantities(order.pk for order in orders)
    for order in orders:
        settle_if_over(order, now)
    # Numbers, then figures, behind the sellers' rows: hubs in ascending id.
    for hub_id in sorted({order.cycle.hub_id for order in orders}):
        if billed := drafts[hub_id]:
            issued = invoices.issue(by_id[hub_id], billed, by=by, now=now)
            for invoice, draft in zip(issued, billed, strict=True):
                ShipmentLine.objects.filter(pk__in=draft.covered).update(
                    invoice=invoice
                )
            tell_statements(issued)
        renew_figures(hub=by_id[hub_id], on=service_on, now=now)


def price_parts(line: OrderLine, *, tier_code: str, quantity: int) -> Parts:
    """The agreed price of a quantity of a line, in its parts."""
    return Parts.of(requote(line, tier_code=tier_code, quantity=quantity).line)


def billed_parts(line: OrderLine) -> Parts:
    """What the invoices of a line come to, credit notes taken off."""
    rows = InvoiceLine.objects.filter(order_line=line)
    return total_of(Parts.of(row) for row in rows)


def _lines_of(order: Order, service_on: date) -> QuerySet[ShipmentLine]:
    return selectors.coming_lines().filter(
        source__line__order=order, shipment__service_on=service_on
    )


def _bill_or_refuse(order: Order, service_on: date, now: datetime) -> Draft | None:
    """Bill one order, or undo all that was begun and keep the reason for the page."""
    day: dict[str, Any] = {"order": order, "service_on": service_on}
    try:
        with transaction.atomic():
            draft = _bill(order, service_on, now)
    except DomainError as refusal:
        order.refresh_from_db(fields=["version", "hold_key", "envelope_hold_key"])
        said = {"code": refusal.code, "data": refusal.data, "refused_at": now}
        BillRefusal.objects.update_or_create(**day, defaults=said)
        return None
    if draft is not None:
        BillRefusal.objects.filter(**day).delete()
    return draft


def _bill(order: Order, service_on: date, now: datetime) -> Draft | None:
    """Post what one locked order owes for a day; nothing while something is coming."""
    lines = list(
        _lines_of(order, service_on)
        .filter(billed__isnull=True)
        .select_related(
            "shipment",
            "source__line__offer__variant__product",
            "source__line__pooled_offer",
            "source__availability__offer__variant__product__producer",
        )
        .order_by("source__line_id", "pk")
    )
    if not lines or any(ln.shipment.status == Shipment.Status.READY for ln in lines):
        return None
    today = timezone.localdate(now)
    envelopes.secure_again(order, on=today)
    drafted = _draft_lines(order, lines)
    for line in lines:
        line.billed = line.delivered
    ShipmentLine.objects.bulk_update(lines, ["billed"])
    num_before = Invoice.objects.filter(
        order=order, service_on=service_on, kind=Invoice.Kind.INVOICE, corrects=None
    ).count()
    draft = Draft(
        order=order,
        kind=Invoice.Kind.INVOICE,
        service_on=service_on,
        # What is billed anew on a day that was settled has a day of its own.
        effective_on=max(service_on, today) if num_before else service_on,
        posting_key=f"invoice:{order.public_id}:{service_on}:{num_before + 1}",
        lines=drafted,
        covered=[line.pk for line in lines],
    )
    held_cents = draft.drawn_cents + holds.needed_draw_cents(order)
    holds.secure_draw(order, amount_cents=held_cents, on=today)
    if draft.lines:
        invoices.post_sale(draft)
        invoices.pay_part(draft)
    # A billing of nothing has no invoice to be counted by, and is a billing too.
    order.version += 1
    order.save(update_fields=["version"])
    occasion = f"billed.{service_on}.{order.version}"
    holds.free_surplus(order, occasion=occasion, on=draft.effective_on)
    envelopes.free_surplus(order, occasion=occasion, on=draft.effective_on)
    return draft


def _draft_lines(order: Order, lines: list[ShipmentLine]) -> list[DraftLine]:
    by_line: dict[int, list[ShipmentLine]] = defaultdict(list)
    for shipped in lines:
        by_line[shipped.source.line_id].append(shipped)
    drafted = []
    for members in by_line.values():
        line: OrderLine = members[0].source.line
        units = sum(member.delivered or 0 for member in members)
        if not units:
            continue
        whole = price_parts(
            line, tier_code=order.tier_code, quantity=(line.billed or 0) + units
        )
        drafted.append(
            DraftLine(
                line=line,
                quantity=units,
                parts=whole.minus(billed_parts(line)),
                sales=tuple((m, m.delivered) for m in members if m.delivered),
            )
        )
    return drafted
