"""Invoices through the API: listed, read line by line, corrected."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Query, Schema

from hub.api import Day, Door, Id, PublicId, Sent, Text, caller_of, effect_key, narrowed
from hub.core.scopes import Scope
from orders import selectors, services
from orders.api.shared import (
    BUYERS_AND_HUB,
    COORDINATION,
    PRICE_HELP,
    PartsOut,
    invoice_run_by,
)
from orders.core.basket import QUANTITY_MAX
from orders.core.errors import NotOnThisInvoice
from orders.models import Invoice, InvoiceLine

InvoiceKind = Literal["invoice", "credit_note"]
router = Door(tags=["billing"])
ItemId = Annotated[str, Field(pattern=r"^[2-9a-z]{12}$")]


class InvoiceOut(Schema):
    """A bill or a credit note; it never changes."""

    id: PublicId = Field(alias="public_id")
    number: int = Field(description="Without gaps for each hub.")
    kind: InvoiceKind
    hub_id: PublicId = Field(alias="hub.public_id")
    buyer_id: PublicId = Field(alias="buyer.public_id")
    order_id: PublicId = Field(alias="order.public_id")
    cycle_id: PublicId = Field(alias="order.cycle.public_id")
    corrects_id: PublicId | None = Field(
        None,
        alias="corrects.public_id",
        description="The invoice that a credit note takes back, or that this invoice "
        "takes the place of.",
    )
    service_on: date = Field(description="The day of delivery.")
    effective_on: date = Field(description="The day in the books.")
    issued_at: datetime
    price_cents: int = Field(description="Before taxes.")
    tps_cents: int = Field(description="GST.")
    tvq_cents: int = Field(description="QST.")
    buyer_cents: int = Field(
        description="What the buyer owes, taxes included; below zero for a credit note."
    )
    envelope_cents: int = Field(description="What an envelope pays of it.")
    to_pay_cents: int = Field(
        description="What is left to pay: `buyer_cents` less `envelope_cents`."
    )

    @staticmethod
    def resolve_to_pay_cents(invoice: Any) -> int:
        return int(invoice.buyer_cents - invoice.envelope_cents)


class InvoiceLineOut(PartsOut):
    """One product of an invoice; the quantity of a credit note is below zero."""

    item_id: PublicId = Field(alias="order_line.item_public_id")
    title: str
    quantity: int = Field(description="Selling units.")
    price_cents: int = Field(description=PRICE_HELP)


class SellerOut(Schema):
    """Who sells, as the invoice says it."""

    name: str
    seat: str = Field(description="The address.")
    tps_number: str
    tvq_number: str
    terms: str = Field(description="Terms of payment.")


class InvoiceWithLinesOut(InvoiceOut):
    """The same as it was sent, line by line, with what its price is made of."""

    po_number: str = Field(description="The buyer's own purchase order number.")
    reason: str = Field(description="Why it corrects another.")
    seller: SellerOut
    parts: PartsOut
    lines: list[InvoiceLineOut]
    corrected_by: list[PublicId] = Field(
        description="The credit note that takes it back, then the invoice in its place."
    )

    @staticmethod
    def resolve_po_number(invoice: Invoice) -> str:
        return str(invoice.document["po_number"])

    @staticmethod
    def resolve_seller(invoice: Invoice) -> Any:
        return invoice.document["seller"]

    @staticmethod
    def resolve_parts(invoice: Invoice) -> Invoice:
        return invoice

    @staticmethod
    def resolve_lines(invoice: Invoice) -> list[InvoiceLine]:
        return list(selectors.lines_billed(invoice))

    @staticmethod
    def resolve_corrected_by(invoice: Invoice) -> list[str]:
        return [row.public_id for row in selectors.corrections_of(invoice)]


class InvoiceFilter(Schema):
    """Which invoices."""

    since: Day | None = Field(None, description="In the books on this day or later.")
    until: Day | None = Field(None, description="In the books on this day or before.")
    service_on: Day | None = Field(None, description="Delivered on this day.")
    kind: InvoiceKind | None = None
    buyer_id: PublicId | None = None
    order_id: PublicId | None = None
    cycle_id: PublicId | None = None


class QuantitiesIn(Sent):
    """What should have been billed."""

    quantities: dict[ItemId, Annotated[int, Field(ge=0, le=QUANTITY_MAX)]] = Field(
        min_length=1,
        max_length=500,
        json_schema_extra={"additionalProperties": False},
        description="The units that should be billed, by `item_id`; items left out "
        'keep theirs. Such as `{"k3m7p2qrstvw": 3}`.',
    )


class CorrectionIn(QuantitiesIn):
    """The same, and why."""

    reason: Annotated[
        Text, Field(min_length=1, max_length=200, description="Printed on the papers.")
    ]


class CorrectionPreview(Schema):
    """What a correction would come to, and the money behind it."""

    invoice_id: PublicId
    again_cents: int | None = Field(
        description="What the invoice in its place would come to; 0: there is none. "
        "Null when money is lacking."
    )
    fund_free_cents: int | None = Field(
        description="What the solidarity fund has free; null: the hub has none."
    )
    fund_free_after_cents: int | None
    envelope_cents: int = Field(
        description="What an envelope holds for the order and has paid of it."
    )
    envelope_after_cents: int | None
    missing_cents: int = Field(description="What the fund lacks for it.")
    refusal_code: str | None = Field(
        description="How the act would be refused for want of money, or null."
    )


class CorrectionOut(Schema):
    """The two papers of a correction."""

    credit_note: InvoiceWithLinesOut
    invoice: InvoiceWithLinesOut | None = Field(
        description="The one in its place; null when nothing is billed any more."
    )


@router.pages(
    "/invoices", scope=Scope.INVOICES_READ, roles=BUYERS_AND_HUB, out=InvoiceOut
)
def invoices(request: HttpRequest, asked: Query[InvoiceFilter]) -> QuerySet[Invoice]:
    """Bills and credit notes: one's own; for a coordination, those of its hub."""
    return narrowed(
        selectors.invoices_seen_by(caller_of(request).person),
        effective_on__gte=asked.since,
        effective_on__lte=asked.until,
        service_on=asked.service_on,
        kind=asked.kind,
        buyer__public_id=asked.buyer_id,
        order__public_id=asked.order_id,
        order__cycle__public_id=asked.cycle_id,
    )


@router.read(
    "/invoices/{invoice_id}",
    scope=Scope.INVOICES_READ,
    roles=BUYERS_AND_HUB,
    out=InvoiceWithLinesOut,
)
def invoice(request: HttpRequest, invoice_id: Id) -> Invoice:
    """One invoice or credit note with its lines and the parts of its price."""
    seen = selectors.invoices_seen_by(caller_of(request).person)
    return get_object_or_404(seen, public_id=invoice_id)


@router.act(
    "/invoices/{invoice_id}/correction",
    scope=Scope.BILLING_WRITE,
    roles=COORDINATION,
    out=CorrectionPreview,
)
def preview_correction(
    request: HttpRequest, invoice_id: Id, asked: QuantitiesIn
) -> CorrectionPreview:
    """Look at what `correct` would come to: nothing is changed, nobody is told.

    Refused as the act is, but for want of money, which is told with its figures.
    """
    caller = caller_of(request)
    mine = invoice_run_by(caller, invoice_id)
    before = services.before_correction(
        invoice=mine,
        quantities=_units_by_line(mine, asked),
        by=caller.person,
        now=timezone.now(),
    )
    if before.refusal is not None and not before.missing_cents:
        raise before.refusal
    after = before.after
    return CorrectionPreview(
        invoice_id=mine.public_id,
        again_cents=before.again_cents,
        fund_free_cents=before.money.fund_free_cents,
        fund_free_after_cents=after.fund_free_cents if after else None,
        envelope_cents=before.money.envelope_cents,
        envelope_after_cents=after.envelope_cents if after else None,
        missing_cents=before.missing_cents,
        refusal_code=before.refusal.code if before.refusal else None,
    )


@router.act(
    "/invoices/{invoice_id}/correct",
    scope=Scope.BILLING_WRITE,
    roles=COORDINATION,
    out=CorrectionOut,
    counts=True,
)
def correct_invoice(
    request: HttpRequest, invoice_id: Id, asked: CorrectionIn
) -> CorrectionOut:
    """Bill other quantities: a credit note takes the invoice back, another replaces it.

    The invoice itself never changes, and numbers keep no gap. Refused with
    `already_corrected`, `not_on_this_invoice` (an item that it does not bill),
    `delivered_above_ordered`, `nothing_to_correct`, `gift_spent`, `fund_too_low`,
    `fund_paused`.
    """
    caller = caller_of(request)
    mine = invoice_run_by(caller, invoice_id)
    credit, again = services.correct_invoice(
        invoice=mine,
        quantities=_units_by_line(mine, asked),
        reason=asked.reason,
        by=caller.person,
        now=timezone.now(),
        key=effect_key(request),
    )
    return CorrectionOut.model_validate({"credit_note": credit, "invoice": again})


def _units_by_line(invoice: Invoice, asked: QuantitiesIn) -> dict[int, int]:
    """What should be billed by line, of an invoice that can be corrected."""
    services.require_in_force(invoice)
    lines = {row.item_public_id: row.pk for row in selectors.lines_to_correct(invoice)}
    if not asked.quantities.keys() <= lines.keys():
        raise NotOnThisInvoice
    return {lines[item]: units for item, units in asked.quantities.items()}
