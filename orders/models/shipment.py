"""Goods that ride together on one day: straight, or one of the two legs by the hub."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from hub.core.ids import new_public_id


class Shipment(models.Model):
    """Goods of one leg of one day, of one cycle.

    Straight: of one farm for one drop point. Through the hub: inbound, of one farm for
    the hub's dock; outbound, of several farms from there to one drop point. `producer`
    is who hands the goods over: the farm, or the hub for an outbound leg.
    """

    class Leg(models.TextChoices):
        DIRECT = "direct", _("Straight")
        INBOUND = "inbound", _("To the hub")
        OUTBOUND = "outbound", _("From the hub")

    class Status(models.TextChoices):
        READY = "ready", _("To carry")
        CANCELLED = "cancelled", _("Cancelled")

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
    """The part of an order line that rides in a shipment.

    Through the hub it rides twice: `inbound` is then, for the line of the outbound
    leg, the line that brought the same goods to the dock. A unit counts as delivered
    by its direct or outbound line only.
    """

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

    class Meta:
        verbose_name = _("shipment line")
        verbose_name_plural = _("shipment lines")
        constraints = [
            models.UniqueConstraint(
                fields=["source"],
                condition=models.Q(inbound__isnull=True),
                name="orders_source_leaves_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.source}"
