"""Lines of an order with a frozen quote, and the farms behind them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class OrderLine(models.Model):
    """One product of an order, with its four quantities and its price in its parts.

    `*_unit_cents` are of one selling unit, agreed at confirmation and never repriced.
    `draw_unit_cents` is what the fund gives (positive) or receives (negative).
    """

    order = models.ForeignKey(
        "orders.Order", on_delete=models.CASCADE, related_name="lines"
    )
    offer = models.ForeignKey(
        "producers.Offer",
        on_delete=models.PROTECT,
        related_name="order_lines",
        null=True,
        blank=True,
    )
    pooled_offer = models.ForeignKey(
        "producers.PooledOffer",
        on_delete=models.PROTECT,
        related_name="order_lines",
        null=True,
        blank=True,
    )
    ordered = models.PositiveIntegerField(_("ordered"))
    allocated = models.PositiveIntegerField(_("allocated"), null=True, blank=True)
    delivered = models.PositiveIntegerField(_("delivered"), null=True, blank=True)
    billed = models.PositiveIntegerField(_("billed"), null=True, blank=True)
    farm_unit_cents = models.IntegerField(default=0)
    transport_unit_cents = models.IntegerField(default=0)
    fees_unit_cents = models.IntegerField(default=0, db_default=0)
    fees_by_leg = models.JSONField(default=dict, blank=True, db_default={})
    """The fees of one unit, by leg of the way."""
    margin_unit_cents = models.IntegerField(default=0)
    margin_basis = models.CharField(max_length=20, blank=True)
    margin_rate_bps = models.PositiveIntegerField(default=0)
    multiplier_bps = models.PositiveIntegerField(default=10_000)
    full_unit_cents = models.IntegerField(default=0)
    price_unit_cents = models.IntegerField(default=0)
    draw_unit_cents = models.IntegerField(default=0)
    rounding_unit_cents = models.IntegerField(default=0)
    taxed_unit_cents = models.IntegerField(null=True, blank=True)
    """The part of one unit's price that bears the taxes; empty: all of it."""
    tps_ppm = models.PositiveIntegerField(default=0)
    tvq_ppm = models.PositiveIntegerField(default=0)
    farm_cents = models.IntegerField(default=0)
    transport_cents = models.IntegerField(default=0)
    fees_cents = models.IntegerField(default=0, db_default=0)
    margin_cents = models.IntegerField(default=0)
    draw_cents = models.IntegerField(default=0)
    rounding_cents = models.IntegerField(default=0)
    tps_cents = models.IntegerField(default=0)
    tvq_cents = models.IntegerField(default=0)
    buyer_cents = models.IntegerField(default=0)
    reason_code = models.CharField(max_length=40, blank=True)
    reason_data = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("order line")
        verbose_name_plural = _("order lines")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="orders_line_of_one_offer",
                condition=Q(offer__isnull=False, pooled_offer__isnull=True)
                | Q(offer__isnull=True, pooled_offer__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["order", "offer"], name="orders_offer_once"
            ),
            models.UniqueConstraint(
                fields=["order", "pooled_offer"], name="orders_pooled_offer_once"
            ),
            models.CheckConstraint(
                name="orders_line_quantities",
                condition=Q(ordered__gt=0)
                & (Q(allocated__isnull=True) | Q(allocated__lte=F("ordered"))),
            ),
            models.CheckConstraint(
                name="orders_line_delivered_and_billed",
                condition=(Q(delivered__isnull=True) | Q(delivered__lte=F("allocated")))
                & (Q(billed__isnull=True) | Q(billed__lte=F("delivered"))),
            ),
            models.CheckConstraint(
                name="orders_line_parts_agree",
                condition=Q(
                    buyer_cents=F("farm_cents")
                    + F("transport_cents")
                    + F("fees_cents")
                    + F("margin_cents")
                    + F("tps_cents")
                    + F("tvq_cents")
                    - F("draw_cents")
                    - F("rounding_cents")
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ordered} × {self.offer or self.pooled_offer}"

    @property
    def gift_cents(self) -> int:
        """What the buyer gives to the fund with this line, when it gives."""
        return max(-self.draw_cents, 0)

    @property
    def item_public_id(self) -> str:
        """The public id of the offer or pooled offer it orders."""
        item = self.offer or self.pooled_offer
        return item.public_id if item else ""


class LineSource(models.Model):
    """Which farm's availability stands behind which part of a line.

    Before the close it is a reservation; at the close `allocated` says what the farm
    really gives, and the reservation follows.
    """

    line = models.ForeignKey(
        "orders.OrderLine", on_delete=models.CASCADE, related_name="sources"
    )
    availability = models.ForeignKey(
        "producers.Availability", on_delete=models.PROTECT, related_name="line_sources"
    )
    reserved = models.PositiveIntegerField(default=0)
    allocated = models.PositiveIntegerField(null=True, blank=True)
    reason_code = models.CharField(max_length=40, blank=True)
    reason_data = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("line source")
        verbose_name_plural = _("line sources")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["line", "availability"], name="orders_source_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.line} ← {self.availability}"
