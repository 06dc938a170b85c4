"""What a buyer is putting together and has not confirmed yet."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.core.ids import new_public_id
from hub.core.privacy import Personal


class Basket(models.Model):
    """Wishes of one buyer in one cycle: it promises nothing and reserves nothing.

    With an `order` it is a change of that order, made while looking at its
    `seen_version`. With `kept_bps` the fund offered a smaller reduction, and the prices
    shown are those of the offer. Confirmed, it is done and keeps the order that came of
    it, so that a second press finds the first one's answer.
    """

    PERSONAL_FIELDS: ClassVar = {
        "note": Personal("Tell the hub what this order needs.", 365),
    }

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    cycle = models.ForeignKey(
        "hub.Cycle", on_delete=models.PROTECT, related_name="baskets"
    )
    buyer = models.ForeignKey(
        "hub.Organization", on_delete=models.PROTECT, related_name="baskets"
    )
    drop_point = models.ForeignKey(
        "hub.Place",
        verbose_name=_("drop point"),
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
    )
    tier_code = models.CharField(_("tier"), max_length=12, blank=True)
    kept_bps = models.PositiveIntegerField(
        _("part of the reduction offered (basis points)"), null=True, blank=True
    )
    envelope = models.ForeignKey(
        "vouchers.Envelope",
        verbose_name=_("envelope"),
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
    )
    envelope_cents = models.PositiveIntegerField(
        _("part wanted of the envelope"), null=True, blank=True
    )
    po_number = models.CharField(_("purchase order"), max_length=40, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    order = models.ForeignKey(
        "orders.Order",
        on_delete=models.CASCADE,
        related_name="baskets",
        null=True,
        blank=True,
    )
    seen_version = models.PositiveIntegerField(default=0)
    is_done = models.BooleanField(default=False)
    changed_by = models.ForeignKey(
        "hub.Person", on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    changed_at = models.DateTimeField(_("changed at"), default=timezone.now)

    class Meta:
        verbose_name = _("basket")
        verbose_name_plural = _("baskets")
        ordering = ["-changed_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "buyer"],
                condition=Q(is_done=False, order__isnull=True),
                name="orders_one_open_basket",
            ),
            models.UniqueConstraint(
                fields=["order"],
                condition=Q(is_done=False),
                name="orders_one_open_change",
            ),
            models.CheckConstraint(
                name="orders_done_basket_has_order",
                condition=Q(is_done=False) | Q(order__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.buyer} · {self.cycle}"


class BasketLine(models.Model):
    """One product of a basket, kept even when its farm takes it away."""

    basket = models.ForeignKey(
        "orders.Basket", on_delete=models.CASCADE, related_name="lines"
    )
    offer = models.ForeignKey(
        "producers.Offer",
        on_delete=models.CASCADE,
        related_name="+",
        null=True,
        blank=True,
    )
    pooled_offer = models.ForeignKey(
        "producers.PooledOffer",
        on_delete=models.CASCADE,
        related_name="+",
        null=True,
        blank=True,
    )
    quantity = models.PositiveIntegerField(_("quantity"))

    class Meta:
        verbose_name = _("basket line")
        verbose_name_plural = _("basket lines")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="orders_basket_line_of_one_offer",
                condition=Q(offer__isnull=False, pooled_offer__isnull=True)
                | Q(offer__isnull=True, pooled_offer__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["basket", "offer"], name="orders_basket_offer_once"
            ),
            models.UniqueConstraint(
                fields=["basket", "pooled_offer"],
                name="orders_basket_pooled_offer_once",
            ),
            models.CheckConstraint(
                name="orders_basket_wants_something", condition=Q(quantity__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.offer or self.pooled_offer}"

    @property
    def item_public_id(self) -> str:
        """The public id of the offer or pooled offer it names."""
        item = self.offer or self.pooled_offer
        return item.public_id if item else ""
