"""Invoices and credit notes: numbered without gaps, written once, never changed."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.core.ids import new_public_id

PARTS_AGREE = Q(
    buyer_cents=F("farm_cents")
    + F("transport_cents")
    + F("fees_cents")
    + F("margin_cents")
    + F("tps_cents")
    + F("tvq_cents")
    - F("draw_cents")
    - F("rounding_cents")
)

FULL_PRICE = (
    F("farm_cents") + F("transport_cents") + F("fees_cents") + F("margin_cents")
)
"""The value of a line or of an invoice at full price, before taxes."""


class Seller(models.Model):
    """What a hub writes at the head of its invoices: name, address, tax numbers."""

    hub = models.OneToOneField(
        "hub.Organization", on_delete=models.PROTECT, related_name="seller"
    )
    legal_name = models.CharField(_("legal name"), max_length=160, blank=True)
    seat = models.CharField(_("seat"), max_length=240, blank=True)
    tps_number = models.CharField(_("TPS number"), max_length=30, blank=True)
    tvq_number = models.CharField(_("TVQ number"), max_length=30, blank=True)
    terms = models.CharField(_("payment terms"), max_length=200, blank=True)
    last_number = models.PositiveIntegerField(
        default=0, help_text=_("The number of the last invoice or credit note.")
    )

    class Meta:
        verbose_name = _("seller")
        verbose_name_plural = _("sellers")

    def __str__(self) -> str:
        return self.legal_name or str(self.hub)


class Amounts(models.Model):
    """The parts of a sale; those of a credit note are below zero."""

    farm_cents = models.IntegerField()
    transport_cents = models.IntegerField()
    fees_cents = models.IntegerField(default=0, db_default=0)
    margin_cents = models.IntegerField()
    draw_cents = models.IntegerField()
    rounding_cents = models.IntegerField()
    tps_cents = models.IntegerField()
    tvq_cents = models.IntegerField()
    buyer_cents = models.IntegerField()

    class Meta:
        abstract = True

    @property
    def price_cents(self) -> int:
        """What the buyer owes before taxes."""
        return self.buyer_cents - self.tps_cents - self.tvq_cents


class Invoice(Amounts):
    """What a hub billed to a buyer for one order and one day, or took back whole.

    `document` is all that is printed, as it was that day. `effective_on` is its day in
    the books: the day of delivery, or the day of the correction. `due_on` comes of the
    terms of the buyer as they were; credit notes, and what was issued before terms were
    kept, have none.
    """

    APPEND_ONLY: ClassVar = True

    class Kind(models.TextChoices):
        INVOICE = "invoice", _("Invoice")
        CREDIT_NOTE = "credit_note", _("Credit note")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    hub = models.ForeignKey(
        "hub.Organization", on_delete=models.PROTECT, related_name="invoices_sent"
    )
    buyer = models.ForeignKey(
        "hub.Organization", on_delete=models.PROTECT, related_name="invoices"
    )
    order = models.ForeignKey(
        "orders.Order", on_delete=models.PROTECT, related_name="invoices"
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    number = models.PositiveIntegerField(_("number"))
    corrects = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        related_name="corrections",
        null=True,
        blank=True,
    )
    service_on = models.DateField(_("delivered on"))
    effective_on = models.DateField(_("day in the books"))
    due_on = models.DateField(_("due on"), null=True, blank=True)
    issued_by = models.ForeignKey(
        "hub.Person", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    issued_at = models.DateTimeField(_("issued at"), default=timezone.now)
    envelope_cents = models.IntegerField(default=0)
    posting_key = models.CharField(max_length=200, unique=True)
    hold_key = models.CharField(max_length=170, blank=True)
    envelope_hold_key = models.CharField(max_length=170, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    document = models.JSONField()

    class Meta:
        verbose_name = _("invoice")
        verbose_name_plural = _("invoices")
        ordering = ["-number", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["hub", "number"], name="orders_invoice_number_once"
            ),
            models.UniqueConstraint(
                fields=["corrects", "kind"], name="orders_invoice_corrected_once"
            ),
            models.CheckConstraint(
                name="orders_credit_note_corrects",
                condition=Q(kind="invoice") | Q(corrects__isnull=False),
            ),
            models.CheckConstraint(
                name="orders_invoice_parts_agree", condition=PARTS_AGREE
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"


class InvoiceLine(Amounts):
    """One product of an invoice; the quantity of a credit note is below zero."""

    APPEND_ONLY: ClassVar = True

    invoice = models.ForeignKey(
        "orders.Invoice", on_delete=models.PROTECT, related_name="lines"
    )
    order_line = models.ForeignKey(
        "orders.OrderLine", on_delete=models.PROTECT, related_name="invoice_lines"
    )
    title = models.CharField(max_length=240)
    quantity = models.IntegerField()

    class Meta:
        verbose_name = _("invoice line")
        verbose_name_plural = _("invoice lines")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["invoice", "order_line"], name="orders_invoiced_line_once"
            ),
            models.CheckConstraint(
                name="orders_invoice_line_parts_agree", condition=PARTS_AGREE
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.title}"


class FarmSale(models.Model):
    """What one farm sold with an invoice line: its statement is made of these.

    `due_on` is when the hub pays it, by the terms of the farm as they were; with
    `when_paid` it waits for the buyer instead.
    """

    APPEND_ONLY: ClassVar = True

    invoice_line = models.ForeignKey(
        "orders.InvoiceLine", on_delete=models.PROTECT, related_name="farm_sales"
    )
    shipment_line = models.ForeignKey(
        "orders.ShipmentLine", on_delete=models.PROTECT, related_name="farm_sales"
    )
    farm = models.ForeignKey(
        "hub.Organization", on_delete=models.PROTECT, related_name="farm_sales"
    )
    title = models.CharField(max_length=240)
    quantity = models.IntegerField()
    farm_cents = models.IntegerField()
    due_on = models.DateField(_("due on"), null=True, blank=True)
    when_paid = models.BooleanField(_("once the buyer has paid"), default=False)

    class Meta:
        verbose_name = _("farm sale")
        verbose_name_plural = _("farm sales")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["invoice_line", "shipment_line"], name="orders_farm_sale_once"
            ),
            models.CheckConstraint(
                name="orders_farm_sale_due_one_way",
                condition=Q(when_paid=False) | Q(due_on__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.title}"


class BillRefusal(models.Model):
    """Why an order could not be billed for a day; gone as soon as it is billed.

    `code` and `data` are those of the refusal, said in the reader's language.
    """

    order = models.ForeignKey(
        "orders.Order", on_delete=models.CASCADE, related_name="bill_refusals"
    )
    service_on = models.DateField(_("delivered on"))
    code = models.CharField(max_length=60)
    data = models.JSONField(default=dict)
    refused_at = models.DateTimeField()

    class Meta:
        verbose_name = _("refused bill")
        verbose_name_plural = _("refused bills")
        constraints = [
            models.UniqueConstraint(
                fields=["order", "service_on"], name="orders_bill_refused_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.order} {self.code}"
