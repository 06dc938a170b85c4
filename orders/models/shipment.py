"""Goods that ride together on one day: straight, or one of the two legs by the hub."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hub.core.ids import new_public_id
from hub.core.privacy import Personal


class Shipment(models.Model):
    """Goods of one leg of one day, of one cycle.

    Straight: of one farm for one drop point. Through the hub: inbound, of one farm for
    the hub's dock; outbound, of several farms from there to one drop point. `producer`
    is who hands the goods over: the farm, or the hub for an outbound leg.
    Goods of an outbound leg that come to the dock on a later day than the rest are a
    shipment of their own, a part of the first.
    A shipment that no truck of ours will carry is cancelled by a decision; one that
    waits for another day stays to be carried, on that day, and remembers the first.
    One whose cycle was opened again is taken back: plans of before still name it, but
    nothing rides in it any more.
    """

    class Leg(models.TextChoices):
        DIRECT = "direct", _("Straight")
        INBOUND = "inbound", _("To the hub")
        OUTBOUND = "outbound", _("From the hub")

    class Status(models.TextChoices):
        READY = "ready", _("To carry")
        DELIVERED = "delivered", _("Delivered")
        CANCELLED = "cancelled", _("Cancelled")
        TAKEN_BACK = "taken_back", _("Taken back")

    class Decision(models.TextChoices):
        ANOTHER_DAY = "another_day", _("Another day")
        OWN_TRANSPORT = "own_transport", _("Own transport")
        CANCELLED = "cancelled", _("Cancelled")

    PERSONAL_FIELDS: ClassVar = {
        "decision_note": Personal("Say why the shipment was not carried.", 365),
        "delivery_note": Personal("Say what went wrong at the door.", 365),
    }

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    cycle = models.ForeignKey(
        "hub.Cycle", on_delete=models.PROTECT, related_name="shipments"
    )
    leg = models.CharField(
        _("leg"), max_length=8, choices=Leg.choices, default=Leg.DIRECT
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
    decision = models.CharField(
        _("decision"), max_length=16, choices=Decision.choices, blank=True
    )
    decision_note = models.CharField(_("reason"), max_length=200, blank=True)
    decided_by = models.ForeignKey(
        "hub.Person", on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    first_service_on = models.DateField(
        null=True, blank=True, help_text=_("The day before it was moved to another.")
    )
    part_of = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        related_name="parts",
        null=True,
        blank=True,
        help_text=_("The shipment it was split from; its goods come to the hub later."),
    )
    num_decisions = models.PositiveIntegerField(default=0)
    delivered_at = models.DateTimeField(_("delivered at"), null=True, blank=True)
    delivered_by = models.ForeignKey(
        "hub.Person", on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    delivery_note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("shipment")
        verbose_name_plural = _("shipments")
        ordering = ["service_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "producer", "origin", "drop_point", "service_on"],
                condition=Q(part_of=None) & ~Q(status="taken_back"),
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
    """The part of an order line that rides in a shipment, and what became of it.

    Through the hub it rides twice: `inbound` is then, for the line of the outbound
    leg, the line that brought the same goods to the dock. A unit counts as delivered
    by its direct or outbound line only. `delivered` is empty until its stop is over,
    `billed` until its day is settled.
    """

    PERSONAL_FIELDS: ClassVar = {
        "shortage_note": Personal("Say why less came than was sold.", 365),
    }

    shipment = models.ForeignKey(
        "orders.Shipment", on_delete=models.CASCADE, related_name="lines"
    )
    source = models.ForeignKey(
        "orders.LineSource", on_delete=models.PROTECT, related_name="shipment_lines"
    )
    inbound = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        related_name="outbound",
        null=True,
        blank=True,
    )
    quantity = models.PositiveIntegerField()
    delivered = models.PositiveIntegerField(_("delivered"), null=True, blank=True)
    billed = models.PositiveIntegerField(_("billed"), null=True, blank=True)
    invoice = models.ForeignKey(
        "orders.Invoice",
        on_delete=models.PROTECT,
        related_name="shipment_lines",
        null=True,
        blank=True,
        help_text=_("The invoice in force that bills it."),
    )
    shortage_note = models.CharField(_("shortage"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("shipment line")
        verbose_name_plural = _("shipment lines")
        constraints = [
            models.UniqueConstraint(
                fields=["source"],
                condition=models.Q(inbound__isnull=True),
                name="orders_source_leaves_once",
            ),
            models.CheckConstraint(
                name="orders_delivered_within_shipment",
                condition=Q(delivered__isnull=True) | Q(delivered__lte=F("quantity")),
            ),
            models.CheckConstraint(
                name="orders_billed_within_delivered",
                condition=Q(billed__isnull=True) | Q(billed__lte=F("delivered")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.source}"
