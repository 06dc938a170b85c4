"""What one buyer asks of one cycle, and the requests that were answered."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.core.ids import new_public_id
from hub.core.privacy import Personal


class Order(models.Model):
    """What one buyer asks of one cycle, at one tier, for one drop point.

    `version` rises at each confirmed change and names the hold of that version.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("Basket")
        PLACED = "placed", _("Confirmed")
        ALLOCATED = "allocated", _("Shared out")
        CANCELLED = "cancelled", _("Cancelled")

    PERSONAL_FIELDS: ClassVar = {
        "note": Personal("Tell the hub what this order needs.", 365),
    }

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    cycle = models.ForeignKey(
        "hub.Cycle",
        verbose_name=_("order cycle"),
        on_delete=models.PROTECT,
        related_name="orders",
    )
    buyer = models.ForeignKey(
        "hub.Organization",
        verbose_name=_("buyer"),
        on_delete=models.PROTECT,
        related_name="orders",
    )
    drop_point = models.ForeignKey(
        "hub.Place",
        verbose_name=_("drop point"),
        on_delete=models.PROTECT,
        related_name="orders",
    )
    tier_code = models.CharField(_("tier"), max_length=12)
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.DRAFT
    )
    version = models.PositiveIntegerField(default=0)
    hold_key = models.CharField(max_length=120, blank=True)
    envelope = models.ForeignKey(
        "vouchers.Envelope",
        verbose_name=_("envelope"),
        on_delete=models.PROTECT,
        related_name="orders",
        null=True,
        blank=True,
    )
    envelope_cents = models.PositiveIntegerField(
        _("part wanted of the envelope"), null=True, blank=True
    )
    """Empty: as much as it may pay. What it does pay stands in the ledger."""
    envelope_hold_key = models.CharField(max_length=120, blank=True)
    num_households = models.PositiveIntegerField(
        _("households fed"),
        null=True,
        blank=True,
        help_text=_("Empty: nobody told."),
    )
    po_number = models.CharField(_("purchase order"), max_length=40, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    is_default = models.BooleanField(
        _("placed by default"),
        default=False,
        help_text=_("Placed at the close, as the buyer had agreed."),
    )
    placed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    settled_at = models.DateTimeField(
        _("settled at"),
        null=True,
        blank=True,
        help_text=_("Nothing more is to come, and all that came is billed."),
    )
    changed_by = models.ForeignKey(
        "hub.Person", on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    changed_at = models.DateTimeField(_("changed at"), default=timezone.now)

    class Meta:
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        ordering = ["-changed_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "buyer", "drop_point"],
                condition=Q(status="draft"),
                name="orders_one_basket",
            )
        ]

    def __str__(self) -> str:
        return f"{self.buyer} · {self.cycle}"


class OrderKey(models.Model):
    """An idempotency key of a buyer's request and the order it acted on."""

    key = models.CharField(max_length=80, unique=True)
    content_hash = models.CharField(max_length=64)
    order = models.ForeignKey(
        "orders.Order", on_delete=models.CASCADE, related_name="keys", null=True
    )
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("order key")
        verbose_name_plural = _("order keys")

    def __str__(self) -> str:
        return self.key
