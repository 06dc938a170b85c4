"""Writing invoices and credit notes: their posting, their number, their rows.

The number is taken last in the transaction, under the lock of the seller's row: a
billing that is undone gives its numbers back, and there is never a gap.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone, translation

from hub.ledger import posting
from orders import accounts
from orders.core.billing import Parts, total_of
from orders.core.terms import due_on
from orders.models import (
    FarmSale,
    Invoice,
    InvoiceLine,
    Order,
    OrderLine,
    Seller,
    ShipmentLine,
)
from orders.selectors.terms import TermsBook, terms_book
from orders.services import envelopes, happening, trails
from orders.services.telling import tell_invoices
from pricing import selectors as pricing_selectors
from pricing import services as pricing_services

if TYPE_CHECKING:
    from hub.models import Organization, Person

SALE_KIND = "sale"
LANGUAGES = ("fr", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftLine:
    """One product to be billed, and how much of it each farm sent."""

    line: OrderLine
    quantity: int
    parts: Parts
    sales: tuple[tuple[ShipmentLine, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What papers issued together share: who sells, on which terms, by whom, when."""

    seller: Seller
    book: TermsBook
    by: "Person | None"
    now: datetime


@dataclass(slots=True, kw_only=True)
class Draft:
    """An invoice or a credit note that has no number yet.

    `covered` are the shipment lines it settles, those that brought nothing included.
    """

    order: Order
    kind: str
    service_on: date
    effective_on: date
    posting_key: str
    lines: list[DraftLine]
    covered: list[int]
    corrects: Invoice | None = None
    reason: str = ""
    hold_key: str = ""
    envelope_hold_key: str = ""
    envelope_cents: int = 0
    parts: Parts = field(init=False)

    def __post_init__(self) -> None:
        self.parts = total_of(line.parts for line in self.lines)

    @property
    def drawn_cents(self) -> int:
        """What the fund pays of it."""
        return sum(max(line.parts.draw_cents, 0) for line in self.lines)

    @property
    def owed_cents(self) -> dict[int, int]:
        """What the buyer owes for each order line, by its pk."""
        return {line.line.pk: line.parts.buyer_cents for line in self.lines}

    @property
    def gift_cents(self) -> int:
        """What the buyer gives to the fund with it."""
        return sum(max(-line.parts.draw_cents, 0) for line in self.lines)


def pay_part(draft: Draft) -> None:
    """Let a programme's envelope pay its part of an invoice, once its sale is posted.

    It is another posting than the sale: the buyer's money, not a part of the price.
    """
    draft.envelope_hold_key = draft.order.envelope_hold_key
    draft.envelope_cents = envelopes.pay(
        draft.order,
        owed=draft.owed_cents,
        key=draft.posting_key,
        on=draft.effective_on,
    )


def post_sale(draft: Draft) -> None:
    """Move the money of an invoice in one posting; its draw is held already.

    The draw is captured from the order's hold, or from the one that the draft names.
    A day whose books are closed becomes the first open one, on the invoice too.
    """
    hub = draft.order.cycle.hub
    farms_cents: Counter[str] = Counter()
    for line in draft.lines:
        for shipped, units in line.sales:
            farm = farm_of(shipped)
            farms_cents[farm.public_id] += units * line.line.farm_unit_cents
    lot = None
    if draft.gift_cents:
        pricing_services.open_fund(hub=hub)
        lot = pricing_selectors.general_lot(hub_id=hub.pk)
    moves = accounts.sale_moves(
        hub=hub.public_id,
        buyer_organization=draft.order.buyer.public_id,
        parts=draft.parts,
        farms_cents=farms_cents,
        gift=(lot, draft.gift_cents),
    )
    if not draft.drawn_cents:
        draft.effective_on = posting.post(
            key=draft.posting_key,
            kind=SALE_KIND,
            moves=moves,
            effective_on=draft.effective_on,
            may_fall_later=True,
        ).effective_on
        return
    draft.hold_key = draft.hold_key or draft.order.hold_key
    draft.effective_on = posting.capture(
        key=draft.posting_key,
        hold_key=draft.hold_key,
        kind=SALE_KIND,
        amount_cents=draft.drawn_cents,
        moves_to=moves,
        effective_on=draft.effective_on,
    ).effective_on


def issue(
    hub: "Organization", drafts: Iterable[Draft], *, by: "Person | None", now: datetime
) -> list[Invoice]:
    """Number the drafts in their order and write them; nothing changes them after."""
    Seller.objects.get_or_create(hub=hub)
    seller = Seller.objects.select_for_update().select_related("hub").get(hub=hub)
    book = terms_book(hub.pk, on=timezone.localdate(now))
    written = []
    for draft in drafts:
        seller.last_number += 1
        head = Head(seller=seller, book=book, by=by, now=now)
        written.append(_write(draft, head))
    seller.save(update_fields=["last_number"])
    tell_invoices(written)
    trails.leave_invoices(written, by=by)
    happening.tell_invoices(written)
    return written


def farm_of(shipped: ShipmentLine) -> "Organization":
    """Whose goods they are: the farm behind the line, not who hands them over."""
    farm: Organization = shipped.source.availability.offer.variant.product.producer
    return farm


def _write(draft: Draft, head: Head) -> Invoice:
    seller = head.seller
    invoice = Invoice(
        hub=seller.hub,
        buyer=draft.order.buyer,
        order=draft.order,
        kind=draft.kind,
        number=seller.last_number,
        corrects=draft.corrects,
        service_on=draft.service_on,
        effective_on=draft.effective_on,
        due_on=_due_on(draft, head),
        issued_by=head.by,
        issued_at=head.now,
        envelope_cents=draft.envelope_cents,
        posting_key=draft.posting_key,
        hold_key=draft.hold_key,
        envelope_hold_key=draft.envelope_hold_key,
        reason=draft.reason,
        **draft.parts.as_dict(),
    )
    invoice.document = _document(invoice, draft, seller)
    invoice.save(force_insert=True)
    rows = InvoiceLine.objects.bulk_create(
        InvoiceLine(
            invoice=invoice,
            order_line=line.line,
            title=_title(line.line, LANGUAGES[0]),
            quantity=line.quantity,
            **line.parts.as_dict(),
        )
        for line in draft.lines
    )
    FarmSale.objects.bulk_create(
        FarmSale(
            invoice_line=row,
            shipment_line=shipped,
            farm=farm_of(shipped),
            title=str(shipped.source.availability.offer),
            quantity=units,
            farm_cents=units * line.line.farm_unit_cents,
            **_farm_terms(draft, head, farm_of(shipped).pk),
        )
        for row, line in zip(rows, draft.lines, strict=True)
        for shipped, units in line.sales
    )
    return invoice


def _due_on(draft: Draft, head: Head) -> date | None:
    """The day printed on an invoice; a correction leaves the buyer the first one."""
    if draft.kind == Invoice.Kind.CREDIT_NOTE:
        return None
    today = timezone.localdate(head.now)
    if draft.corrects is not None and draft.corrects.due_on is not None:
        return max(draft.corrects.due_on, today)
    terms = head.book.of("buyer", draft.order.buyer_id)
    return due_on(terms, billed_on=today, delivered_on=draft.service_on)


def _farm_terms(draft: Draft, head: Head, farm_id: int) -> dict[str, Any]:
    """When the farm's part is due; a correction counts from the first invoice."""
    first_at = draft.corrects.issued_at if draft.corrects else head.now
    terms = head.book.of("farm", farm_id)
    due = due_on(
        terms,
        billed_on=timezone.localdate(first_at),
        delivered_on=draft.service_on,
    )
    return {"due_on": due, "when_paid": due is None}


def _document(invoice: Invoice, draft: Draft, seller: Seller) -> dict[str, Any]:
    """All that the paper says, in plain values, as they are on this day."""
    order, hub, buyer = draft.order, seller.hub, draft.order.buyer
    return {
        "kind": invoice.kind,
        "number": invoice.number,
        "issued_on": timezone.localdate(invoice.issued_at).isoformat(),
        "service_on": draft.service_on.isoformat(),
        "due_on": invoice.due_on.isoformat() if invoice.due_on else None,
        "seller": {
            "name": str(seller),
            "seat": seller.seat,
            "email": hub.contact_email,
            "phone": hub.contact_phone,
            "tps_number": seller.tps_number,
            "tvq_number": seller.tvq_number,
            "terms": seller.terms,
        },
        "buyer": {
            "name": buyer.name,
            "drop_point": order.drop_point.name,
            "address": order.drop_point.address,
        },
        "order": order.public_id,
        "po_number": order.po_number,
        "corrects": draft.corrects.number if draft.corrects else None,
        "reason": draft.reason,
        "lines": [_document_line(line) for line in draft.lines],
        "price_cents": draft.parts.price_cents,
        "tps_cents": draft.parts.tps_cents,
        "tvq_cents": draft.parts.tvq_cents,
        "total_cents": draft.parts.buyer_cents,
        "draw_cents": draft.parts.draw_cents,
        "envelope_cents": draft.envelope_cents,
    }


def _document_line(line: DraftLine) -> dict[str, Any]:
    return {
        "title": {name: _title(line.line, name) for name in LANGUAGES},
        "farms": sorted({farm_of(shipped).name for shipped, units in line.sales}),
        "quantity": line.quantity,
        "unit_cents": line.line.price_unit_cents,
        "price_cents": line.parts.price_cents,
        "tps_cents": line.parts.tps_cents,
        "tvq_cents": line.parts.tvq_cents,
    }


def _title(line: OrderLine, language: str) -> str:
    with translation.override(language):
        return str(line.offer or line.pooled_offer)
