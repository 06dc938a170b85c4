"""Money that came to a hub's bank: what it is, what it paid, and what went back."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.core.ids import new_public_id
from hub.core.privacy import Personal

ALARM_DAYS = 14
"""How long money may wait before the coordination is told, until a hub says it."""


class PaymentRule(models.Model):
    """What a hub lets happen by itself, and when it wants to be told."""

    hub = models.OneToOneField(
        "hub.Organization", on_delete=models.CASCADE, related_name="payment_rule"
    )
    matches_exact = models.BooleanField(
        _("match by itself what names an invoice and is its exact amount"),
        default=False,
    )
    alarm_days = models.PositiveSmallIntegerField(
        _("days after which waiting money is told"), default=ALARM_DAYS
    )

    class Meta:
        verbose_name = _("rule of payments")
        verbose_name_plural = _("rules of payments")
        constraints = [
            models.CheckConstraint(
                name="orders_alarm_days_in_reach",
                condition=Q(alarm_days__gte=1, alarm_days__lte=365),
            )
        ]

    def __str__(self) -> str:
        return str(self.hub)


class PaymentFile(models.Model):
    """A file of a bank: a draft with its rows, then taken, or taken back.

    `reading` says how its rows are read (columns by position, order of the day, mark of
    decimals); the next file of the same `shape` begins with it. `left_out` are the rows
    that brought nothing, as {"number", "code", "data"}.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("To confirm")
        DONE = "done", _("Imported")
        UNDONE = "undone", _("Taken back")

    PERSONAL_FIELDS: ClassVar = {
        "table": Personal("Show a file of the bank before it is taken.", 7),
        "left_out": Personal("Say which rows brought nothing, and why.", 2_557),
    }

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    hub = models.ForeignKey(
        "hub.Organization", on_delete=models.PROTECT, related_name="payment_files"
    )
    file_name = models.CharField(_("file"), max_length=120, blank=True)
    encoding = models.CharField(_("encoding"), max_length=20)
    status = models.CharField(
        _("status"), max_length=8, choices=Status.choices, default=Status.DRAFT
    )
    shape = models.CharField(max_length=64)
    reading = models.JSONField(default=dict)
    table = models.JSONField(default=list)
    left_out = models.JSONField(default=list)
    sent_by = models.ForeignKey(
        "hub.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    sent_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("file of a bank")
        verbose_name_plural = _("files of banks")
        ordering = ["-sent_at", "-id"]

    def __str__(self) -> str:
        return self.file_name or self.public_id


class ReceivedPayment(models.Model):
    """Money that the bank received, in the books from the moment it is known.

    It waits on the hub's suspense account. `left_cents` is what still waits there:
    matches and refunds take from it, and taking a match back gives to it. A payment
    that looks like an earlier one (`double_of`) is not matched before somebody says
    whether it is another.
    """

    class Source(models.TextChoices):
        HAND = "hand", _("By hand")
        FILE = "file", _("File of a bank")
        API = "api", _("A program")

    class Decision(models.TextChoices):
        NONE = "", "-"
        ANOTHER = "another", _("Another payment")
        SAME = "same", _("The same payment, written twice")

    PERSONAL_FIELDS: ClassVar = {
        "payer": Personal("Know who paid, in the bank's own words.", 2_557),
        "reference": Personal("Know what was paid, in the payer's words.", 2_557),
    }

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    hub = models.ForeignKey(
        "hub.Organization", on_delete=models.PROTECT, related_name="payments_received"
    )
    received_on = models.DateField(_("day of the bank"))
    amount_cents = models.BigIntegerField(_("amount"))
    left_cents = models.BigIntegerField(_("still waiting"))
    payer = models.CharField(_("payer"), max_length=160, blank=True)
    reference = models.CharField(_("reference"), max_length=140, blank=True)
    source = models.CharField(_("source"), max_length=4, choices=Source.choices)
    key = models.CharField(max_length=190, unique=True)
    file = models.ForeignKey(
        "orders.PaymentFile",
        on_delete=models.PROTECT,
        related_name="payments",
        null=True,
        blank=True,
    )
    row_number = models.PositiveIntegerField(_("row"), null=True, blank=True)
    bank_id = models.CharField(_("the bank’s number"), max_length=80, blank=True)
    line_digest = models.CharField(max_length=64, blank=True)
    occurrence = models.PositiveIntegerField(default=0)
    double_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    double_decision = models.CharField(
        max_length=8, choices=Decision.choices, default=Decision.NONE, blank=True
    )
    recorded_by = models.ForeignKey(
        "hub.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("payment received")
        verbose_name_plural = _("payments received")
        ordering = ["received_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="orders_received_above_zero", condition=Q(amount_cents__gt=0)
            ),
            models.CheckConstraint(
                name="orders_received_left_within",
                condition=Q(left_cents__gte=0, left_cents__lte=F("amount_cents")),
            ),
            models.CheckConstraint(
                name="orders_received_undone_waits_not",
                condition=Q(undone_at__isnull=True) | Q(left_cents=0),
            ),
            models.UniqueConstraint(
                name="orders_bank_line_once",
                fields=["hub", "line_digest", "occurrence"],
                condition=~Q(line_digest="") & Q(undone_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(
                name="orders_received_waiting",
                fields=["hub", "received_on", "id"],
                condition=Q(left_cents__gt=0),
            ),
            models.Index(name="orders_received_alike", fields=["hub", "amount_cents"]),
        ]

    def __str__(self) -> str:
        return self.payer or self.reference or self.public_id

    @property
    def posting_key(self) -> str:
        """The posting by which it came into the books."""
        return f"payment-in:{self.public_id}"

    @property
    def is_undecided(self) -> bool:
        """Whether somebody must first say if it is another payment."""
        return bool(self.double_of_id) and not self.double_decision


class PaymentMatch(models.Model):
    """Who paid: money moved from the suspense account to the account of one buyer.

    `rule` says by which rule it was done with nobody confirming it.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    payment = models.ForeignKey(
        "orders.ReceivedPayment", on_delete=models.PROTECT, related_name="matches"
    )
    buyer = models.ForeignKey(
        "hub.Organization", on_delete=models.PROTECT, related_name="payment_matches"
    )
    amount_cents = models.BigIntegerField(_("amount"))
    posting_key = models.CharField(max_length=200, unique=True)
    rule = models.CharField(max_length=20, blank=True)
    matched_by = models.ForeignKey(
        "hub.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    matched_at = models.DateTimeField(default=timezone.now)
    undone_by = models.ForeignKey(
        "hub.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("matched payment")
        verbose_name_plural = _("matched payments")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="orders_match_above_zero", condition=Q(amount_cents__gt=0)
            )
        ]

    def __str__(self) -> str:
        return f"{self.payment} → {self.buyer}"


class InvoicePayment(models.Model):
    """What a match, or a buyer's credit, pays of an invoice.

    `invoice` is the first of those that replaced each other by corrections: what was
    paid of it stays paid of the one in its place. Without a match, it is the credit
    that the buyer had.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    invoice = models.ForeignKey(
        "orders.Invoice", on_delete=models.PROTECT, related_name="paid_by"
    )
    match = models.ForeignKey(
        "orders.PaymentMatch",
        on_delete=models.PROTECT,
        related_name="pays",
        null=True,
        blank=True,
    )
    amount_cents = models.BigIntegerField(_("amount"))
    key = models.CharField(max_length=200, unique=True)
    made_by = models.ForeignKey(
        "hub.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("paid part of an invoice")
        verbose_name_plural = _("paid parts of invoices")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="orders_paid_above_zero", condition=Q(amount_cents__gt=0)
            )
        ]
        indexes = [
            models.Index(
                name="orders_paid_standing",
                fields=["invoice"],
                condition=Q(undone_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.amount_cents} → {self.invoice}"


class PaymentRefund(models.Model):
    """Money given back: what came by mistake, or the credit of a buyer."""

    APPEND_ONLY: ClassVar = True

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    hub = models.ForeignKey(
        "hub.Organization", on_delete=models.PROTECT, related_name="refunds_made"
    )
    payment = models.ForeignKey(
        "orders.ReceivedPayment",
        on_delete=models.PROTECT,
        related_name="refunds",
        null=True,
        blank=True,
    )
    buyer = models.ForeignKey(
        "hub.Organization",
        on_delete=models.PROTECT,
        related_name="refunds",
        null=True,
        blank=True,
    )
    amount_cents = models.BigIntegerField(_("amount"))
    method = models.CharField(_("how"), max_length=80)
    refunded_on = models.DateField(_("day of the bank"))
    posting_key = models.CharField(max_length=200, unique=True)
    made_by = models.ForeignKey(
        "hub.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("refund")
        verbose_name_plural = _("refunds")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="orders_refund_above_zero", condition=Q(amount_cents__gt=0)
            ),
            models.CheckConstraint(
                name="orders_refund_of_one",
                condition=Q(payment__isnull=True, buyer__isnull=False)
                | Q(payment__isnull=False, buyer__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount_cents} · {self.method}"
