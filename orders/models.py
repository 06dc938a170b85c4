"""Orders, their lines with a frozen quote, what the close gave, and shipments."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.core.ids import new_public_id


class Order(models.Model):
    """What one buyer asks of one cycle, at one tier, for one drop point.

    `version` rises at each confirmed change and names the hold of that version.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("Basket")
        PLACED = "placed", _("Confirmed")
        ALLOCATED = "allocated", _("Allocated")
        CANCELLED = "cancelled", _("Cancelled")

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
    po_number = models.CharField(_("purchase order"), max_length=40, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    placed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
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
    margin_unit_cents = models.IntegerField(default=0)
    margin_basis = models.CharField(max_length=20, blank=True)
    margin_rate_bps = models.PositiveIntegerField(default=0)
    multiplier_bps = models.PositiveIntegerField(default=10_000)
    full_unit_cents = models.IntegerField(default=0)
    price_unit_cents = models.IntegerField(default=0)
    draw_unit_cents = models.IntegerField(default=0)
    rounding_unit_cents = models.IntegerField(default=0)
    tps_ppm = models.PositiveIntegerField(default=0)
    tvq_ppm = models.PositiveIntegerField(default=0)
    farm_cents = models.IntegerField(default=0)
    transport_cents = models.IntegerField(default=0)
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
                name="orders_line_parts_agree",
                condition=Q(
                    buyer_cents=F("farm_cents")
                    + F("transport_cents")
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


class CycleClosing(models.Model):
    """That a cycle was closed, once, with what it gave: a second close finds it."""

    cycle = models.OneToOneField(
        "hub.Cycle", on_delete=models.PROTECT, related_name="closing"
    )
    rule = models.CharField(max_length=40)
    summary = models.JSONField(default=dict)
    closed_at = models.DateTimeField(default=timezone.now)
    closed_by = models.ForeignKey(
        "hub.Person", on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )

    class Meta:
        verbose_name = _("closing")
        verbose_name_plural = _("closings")

    def __str__(self) -> str:
        return str(self.cycle)


class Shipment(models.Model):
    """Goods of one farm for one drop point on one day, of one cycle."""

    class Status(models.TextChoices):
        READY = "ready", _("To carry")
        CANCELLED = "cancelled", _("Cancelled")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    cycle = models.ForeignKey(
        "hub.Cycle", on_delete=models.PROTECT, related_name="shipments"
    )
    producer = models.ForeignKey(
        "hub.Organization", on_delete=models.PROTECT, related_name="shipments"
    )
    origin = models.ForeignKey(
        "hub.Place", on_delete=models.PROTECT, related_name="shipments_out"
    )
    drop_point = models.ForeignKey(
        "hub.Place", on_delete=models.PROTECT, related_name="shipments_in"
    )
    service_on = models.DateField(_("day"))
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.READY
    )
    goods_cents = models.IntegerField(default=0)

    class Meta:
        verbose_name = _("shipment")
        verbose_name_plural = _("shipments")
        ordering = ["service_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "producer", "origin", "drop_point", "service_on"],
                name="orders_shipment_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.producer} → {self.drop_point}"


class ShipmentAmount(models.Model):
    """Mass and volume of a shipment in one temperature class."""

    shipment = models.ForeignKey(
        "orders.Shipment", on_delete=models.CASCADE, related_name="amounts"
    )
    temperature_class = models.CharField(max_length=8)
    mass_g = models.PositiveIntegerField()
    volume_ml = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("shipment amount")
        verbose_name_plural = _("shipment amounts")
        constraints = [
            models.UniqueConstraint(
                fields=["shipment", "temperature_class"], name="orders_amount_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.shipment} {self.temperature_class}"


class ShipmentLine(models.Model):
    """The part of an order line that rides in a shipment."""

    shipment = models.ForeignKey(
        "orders.Shipment", on_delete=models.CASCADE, related_name="lines"
    )
    source = models.OneToOneField(
        "orders.LineSource", on_delete=models.PROTECT, related_name="shipment_line"
    )
    quantity = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("shipment line")
        verbose_name_plural = _("shipment lines")

    def __str__(self) -> str:
        return f"{self.quantity} × {self.source}"
