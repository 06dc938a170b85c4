"""Correcting an invoice: a credit note takes it back whole, another takes its place.

Locks: the order, the fund, the envelope, the ledger's accounts, the seller's row last.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from hub.ledger import posting, statements
from orders import selectors
from orders.core.apportion import Seat, apportion
from orders.core.billing import Parts
from orders.core.errors import (
    AlreadyCorrected,
    CreditAboveInvoice,
    DeliveredAboveOrdered,
    GiftSpent,
    NothingToCorrect,
    NotOnThisInvoice,
)
from orders.models import FarmSale, Invoice, InvoiceLine, Order, ShipmentLine
from orders.services import envelopes, holds, invoices, requests
from orders.services.billing import billed_parts, price_parts
from orders.services.decisions import settle_if_over
from orders.services.delivery import write_quantities
from orders.services.figures import renew_figures
from orders.services.invoices import Draft, DraftLine
from orders.services.locks import lock_orders
from pricing import selectors as pricing_selectors
from pricing import services as pricing_services

if TYPE_CHECKING:
    from hub.models import Person

Correction = tuple[Invoice, Invoice | None]
"""The credit note, and the invoice in its place; none when nothing is billed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """An invoice under correction, its order locked, its shipment lines by line."""

    invoice: Invoice
    order: Order
    reason: str
    today: date
    shipped: dict[int, list[ShipmentLine]]

    def billed(self, line_id: int) -> int:
        """How much of an order line the invoice bills."""
        return sum(line.billed or 0 for line in self.shipped[line_id])


@transaction.atomic
def correct_invoice(
    *,
    invoice: Invoice,
    quantities: Mapping[int, int],
    reason: str,
    by: "Person | None",
    now: datetime,
    key: str,
) -> Correction:
    """Bill other quantities than an invoice did, on a day of its own.

    `quantities` maps the pk of an order line to the units that should be billed; lines
    not named keep theirs. More than was noted at the door, up to what was sold, says
    that more came. The credit note takes the whole invoice back, posting included, but
    of the fund only the difference is asked: a gift's from the general lot, a draw's
    from or to the money lots that had paid it. The same `key` again gives the first
    answer. Raises AlreadyCorrected, NotOnThisInvoice, CreditAboveInvoice,
    DeliveredAboveOrdered, NothingToCorrect, GiftSpent, FundTooLow, FundPaused.
    """
    asked = requests.fingerprint(
        "correct", invoice.pk, sorted(quantities.items()), reason
    )
    if requests.begin(f"correct:{key}", asked) is not None:
        return _answer(invoice)
    (order,) = lock_orders([invoice.order_id])
    require_in_force(invoice)
    work = _gather(invoice, order, reason, timezone.localdate(now))
    wanted = _wanted(work, quantities)
    pricing_services.lock_fund(invoice.hub_id)
    envelopes.lock_money([order])
    credit = _credit(work)
    _split(work, wanted)
    again = _again(work, credit) if any(wanted.values()) else None
    _move_money(work, credit, again)
    drafts = [credit] if again is None else [credit, again]
    written = invoices.issue(invoice.hub, drafts, by=by, now=now)
    if len(written) > 1:
        ShipmentLine.objects.filter(pk__in=credit.covered).update(invoice=written[1])
    write_quantities([order.pk])
    settle_if_over(order, now)
    renew_figures(hub=invoice.hub, on=invoice.service_on, now=now)
    requests.settle(f"correct:{key}", order)
    return written[0], written[1] if len(written) > 1 else None


def _answer(invoice: Invoice) -> Correction:
    found = {row.kind: row for row in selectors.corrections_of(invoice)}
    return found[Invoice.Kind.CREDIT_NOTE], found.get(Invoice.Kind.INVOICE)


def require_in_force(invoice: Invoice) -> None:
    """Raises NotOnThisInvoice for a credit note, AlreadyCorrected the second time."""
    if invoice.kind != Invoice.Kind.INVOICE:
        raise NotOnThisInvoice
    for row in selectors.corrections_of(invoice):
        raise AlreadyCorrected(invoice=invoice.number, credit_note=row.number)


def _gather(invoice: Invoice, order: Order, reason: str, today: date) -> Work:
    shipped: dict[int, list[ShipmentLine]] = defaultdict(list)
    lines = ShipmentLine.objects.filter(invoice=invoice).select_related(
        "source__line__offer__variant__product",
        "source__line__pooled_offer",
        "source__availability__offer__variant__product__producer",
    )
    for line in lines.order_by("pk"):
        shipped[line.source.line_id].append(line)
    return Work(
        invoice=invoice, order=order, reason=reason, today=today, shipped=shipped
    )


def _wanted(work: Work, quantities: Mapping[int, int]) -> dict[int, int]:
    """What is to be billed of each line of the invoice; refuses what cannot be."""
    if not quantities.keys() <= work.shipped.keys():
        raise NotOnThisInvoice
    wanted = {pk: quantities.get(pk, work.billed(pk)) for pk in work.shipped}
    for pk, units in wanted.items():
        line = work.shipped[pk][0].source.line
        name = str(line.offer or line.pooled_offer)
        most = sum(shipped.quantity for shipped in work.shipped[pk])
        if units < 0:
            raise CreditAboveInvoice(product=name, units=units)
        if units > most:
            raise DeliveredAboveOrdered(product=name, units=units, most=most)
    if all(units == work.billed(pk) for pk, units in wanted.items()):
        raise NothingToCorrect
    return wanted


def _credit(work: Work) -> Draft:
    """The whole invoice below zero, line by line and farm by farm."""
    rows = InvoiceLine.objects.filter(invoice=work.invoice).select_related(
        "order_line__offer__variant__product", "order_line__pooled_offer"
    )
    sales: dict[int, list[tuple[ShipmentLine, int]]] = defaultdict(list)
    sold = FarmSale.objects.filter(invoice_line__invoice=work.invoice).select_related(
        "shipment_line__source__availability__offer__variant__product__producer"
    )
    for sale in sold.order_by("pk"):
        sales[sale.invoice_line_id].append((sale.shipment_line, -sale.quantity))
    return Draft(
        order=work.order,
        kind=Invoice.Kind.CREDIT_NOTE,
        service_on=work.invoice.service_on,
        effective_on=work.today,
        posting_key=f"credit:{work.invoice.posting_key}",
        lines=[
            DraftLine(
                line=row.order_line,
                quantity=-row.quantity,
                parts=Parts.of(row).taken_back(),
                sales=tuple(sales[row.pk]),
            )
            for row in rows.order_by("pk")
        ],
        covered=[line.pk for lines in work.shipped.values() for line in lines],
        corrects=work.invoice,
        reason=work.reason,
        envelope_cents=-work.invoice.envelope_cents,
        hold_key=work.invoice.hold_key,
        envelope_hold_key=work.invoice.envelope_hold_key,
    )


def _split(work: Work, wanted: Mapping[int, int]) -> None:
    """Share each line's units among the farms behind it, in proportion."""
    changed = []
    for pk, units in wanted.items():
        lines = work.shipped[pk]
        is_more = units >= work.billed(pk)
        seats = [
            Seat(
                weight=max(line.quantity, 1),
                cap=line.quantity if is_more else (line.billed or 0),
                taken=(line.billed or 0) if is_more else 0,
            )
            for line in lines
        ]
        for line, share in zip(lines, _apportion_to(units, seats), strict=True):
            line.billed = share
            line.delivered = max(line.delivered or 0, share)
            changed.append(line)
    ShipmentLine.objects.bulk_update(changed, ["billed", "delivered"])


def _apportion_to(units: int, seats: list[Seat]) -> list[int]:
    """Hand out until the seats together hold so many units."""
    return apportion(units - sum(seat.taken for seat in seats), seats)


def _again(work: Work, credit: Draft) -> Draft:
    """The invoice that takes the place of the other, at the prices agreed."""
    credited = {line.line.pk: line.parts for line in credit.lines}
    lines = []
    for pk, members in work.shipped.items():
        line = members[0].source.line
        units = work.billed(pk)
        if not units:
            continue
        elsewhere = billed_parts(line).plus(credited.get(pk, Parts()))
        others = _units_elsewhere(work, pk)
        whole = price_parts(
            line, tier_code=work.order.tier_code, quantity=others + units
        )
        lines.append(
            DraftLine(
                line=line,
                quantity=units,
                parts=whole.minus(elsewhere),
                sales=tuple((m, m.billed) for m in members if m.billed),
            )
        )
    return Draft(
        order=work.order,
        kind=Invoice.Kind.INVOICE,
        service_on=work.invoice.service_on,
        effective_on=work.today,
        posting_key=f"again:{work.invoice.posting_key}",
        lines=lines,
        covered=credit.covered,
        corrects=work.invoice,
        reason=work.reason,
    )


def _units_elsewhere(work: Work, line_id: int) -> int:
    """Units of a line that other invoices bill."""
    others = selectors.carried_lines().filter(source__line=line_id)
    others = others.exclude(pk__in=[line.pk for line in work.shipped[line_id]])
    return sum(line.billed or 0 for line in others)


def _move_money(work: Work, credit: Draft, again: Draft | None) -> None:
    """Take the first sale back and post the other, so that only the difference moves.

    A gift comes before it is taken back, for the fund may have spent all but the
    difference. A draw is taken back first: it is paid again by the same dollars.
    """
    order, on = work.order, work.today
    is_gift = work.invoice.draw_cents < 0
    if is_gift:
        _require_gift_left(work, again)
        if again is not None:
            invoices.post_sale(again)
    posting.reverse(
        key=credit.posting_key,
        posting_key=work.invoice.posting_key,
        effective_on=on,
    )
    if not is_gift:
        _draw_again(work, again)
    kept_cents = envelopes.take_back(work.invoice, order, key=credit.posting_key, on=on)
    if again is not None:
        envelopes.secure_part(
            order, on=on, billed=again.owed_cents, kept_cents=kept_cents
        )
        invoices.pay_part(again)
    occasion = f"corrected.{work.invoice.public_id}"
    holds.free_surplus(order, occasion=occasion, on=on)
    envelopes.free_surplus(order, occasion=occasion, on=on)


def _require_gift_left(work: Work, again: Draft | None) -> None:
    """What the buyer gave less must still be in the fund's general lot."""
    lot = pricing_selectors.general_lot(hub_id=work.invoice.hub_id)
    assert lot is not None, "a gift came to a lot"
    posting.lock_accounts([lot])
    given_cents = -sum(line.parts.draw_cents for line in again.lines) if again else 0
    less_cents = -work.invoice.draw_cents - given_cents
    missing_cents = less_cents - statements.balance_cents(lot.code)
    if missing_cents > 0:
        raise GiftSpent(missing_cents=missing_cents)


def _draw_again(work: Work, again: Draft | None) -> None:
    """Post the new sale; each dollar of the fund is drawn from where it came back to.

    What the first sale had drawn stands in its hold again. When another hold took the
    place of that one since, it pays what it can by itself, or goes back to its lots and
    is held of them again with the difference.
    """
    order, on, own_key = work.order, work.today, work.invoice.hold_key
    is_apart = own_key not in ("", order.hold_key)
    own = statements.left_in_hold(own_key) if is_apart else []
    drawn_cents = again.drawn_cents if again is not None else 0
    is_enough = sum(cents for _, cents in own) >= drawn_cents
    needed_cents = holds.needed_draw_cents(order)
    if own and is_enough:
        if again is not None:
            again.hold_key = own_key if drawn_cents else ""
            invoices.post_sale(again)
        _release_own(work)
        holds.secure_draw(order, amount_cents=needed_cents, on=on)
        return
    if own:
        _release_own(work)
    holds.secure_draw(order, amount_cents=drawn_cents + needed_cents, on=on, own=own)
    if again is not None:
        invoices.post_sale(again)


def _release_own(work: Work) -> None:
    """The hold of the first sale, which is not the order's any more, is over."""
    hold_key = work.invoice.hold_key
    posting.release(
        key=f"{hold_key}:credited.{work.invoice.public_id}",
        hold_key=hold_key,
        effective_on=work.today,
    )
