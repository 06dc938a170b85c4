"""What drivers told of a day: their taps as they came, and what stands of each stop."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from hub.core.privacy import Personal

FIVE_YEARS_OF_DAYS = 5 * 365


class StopTap(models.Model):
    """One tap of a driver's phone, kept as it came; nothing ever changes it.

    `tapped_at` is the phone's own hour, `corrected_at` the same by the server's clock:
    `offset_s` was measured when the phone sent. `digest` tells another content under
    the same name. A tap that came late is kept beside the day and changes nothing; one
    that counts and has a reason for being late was too late for billed goods alone.
    """

    class Kind(models.TextChoices):
        ARRIVED = "arrived", _("Arrived")
        LOADED = "loaded", _("Loaded")
        DELIVERED = "delivered", _("Delivered")
        DEPARTED = "departed", _("Left")
        PROBLEM = "problem", _("Problem")
        WITHDRAWN = "withdrawn", _("Taken back")

    class Reason(models.TextChoices):
        CLOSED = "closed", _("The door is closed")
        NO_ANSWER = "no_answer", _("Nobody answers")
        REFUSED = "refused", _("Goods refused")
        DAMAGED = "damaged", _("Goods damaged")
        ACCESS = "access", _("The truck cannot get there")
        LATE = "late", _("Running late")
        BREAKDOWN = "breakdown", _("Breakdown")

    class Status(models.TextChoices):
        APPLIED = "applied", _("Counted")
        LATE = "late", _("Arrived late")

    class LateReason(models.TextChoices):
        REPLACED = "replaced", _("The plan was replaced before")
        SETTLED = "settled", _("The goods were billed before")

    PERSONAL_FIELDS: ClassVar = {
        "receiver": Personal(
            "Know who took the goods if a delivery is contested.", FIVE_YEARS_OF_DAYS
        ),
        "note": Personal("Tell the coordination what went otherwise.", 365),
    }

    route = models.ForeignKey(
        "routing.Route", on_delete=models.PROTECT, related_name="taps"
    )
    stop = models.ForeignKey(
        "routing.Stop", on_delete=models.PROTECT, related_name="taps"
    )
    person = models.ForeignKey(
        "hub.Person", on_delete=models.SET_NULL, related_name="+", null=True
    )
    local_id = models.UUIDField(unique=True)
    device = models.CharField(max_length=40)
    device_seq = models.PositiveBigIntegerField()
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    quantities = models.JSONField(default=dict)
    temperatures = models.JSONField(default=dict)
    reason = models.CharField(
        _("problem"), max_length=10, choices=Reason.choices, blank=True
    )
    withdraws = models.UUIDField(null=True, blank=True)
    receiver = models.CharField(_("received by"), max_length=80, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    tapped_at = models.DateTimeField()
    offset_s = models.BigIntegerField()
    corrected_at = models.DateTimeField()
    received_at = models.DateTimeField()
    status = models.CharField(max_length=8, choices=Status.choices)
    late_reason = models.CharField(max_length=8, choices=LateReason.choices, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("tap")
        verbose_name_plural = _("taps")
        ordering = ["route", "id"]

    def __str__(self) -> str:
        return f"{self.stop} · {self.kind}"


class StopRecord(models.Model):
    """What stands of a stop, folded from its taps and written anew with each batch."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("To come")
        ARRIVED = "arrived", _("There")
        DONE = "done", _("Done")
        LEFT = "left", _("Done and left")
        MISSED = "missed", _("Left undone")

    stop = models.OneToOneField(
        "routing.Stop", on_delete=models.PROTECT, related_name="record"
    )
    status = models.CharField(_("status"), max_length=8, choices=Status.choices)
    arrived_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    departed_at = models.DateTimeField(null=True, blank=True)
    problem_at = models.DateTimeField(null=True, blank=True)
    loading = models.ForeignKey(
        "routing.StopTap", on_delete=models.PROTECT, related_name="+", null=True
    )
    delivery = models.ForeignKey(
        "routing.StopTap", on_delete=models.PROTECT, related_name="+", null=True
    )
    problem = models.ForeignKey(
        "routing.StopTap", on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        verbose_name = _("stop as driven")
        verbose_name_plural = _("stops as driven")

    def __str__(self) -> str:
        return f"{self.stop} · {self.status}"


class HandledLine(models.Model):
    """Units of a shipment line that were loaded, or delivered, at a stop."""

    record = models.ForeignKey(
        "routing.StopRecord", on_delete=models.CASCADE, related_name="lines"
    )
    kind = models.CharField(max_length=6)
    line = models.ForeignKey(
        "orders.ShipmentLine", on_delete=models.PROTECT, related_name="handled"
    )
    units = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("line as handled")
        verbose_name_plural = _("lines as handled")
        constraints = [
            models.UniqueConstraint(
                fields=["record", "kind", "line"], name="routing_handled_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.units} × {self.line}"


class TemperatureReading(models.Model):
    """What the thermometer said of a class of goods when it was loaded or delivered.

    In tenths of a degree Celsius; the limit is that of the day it was read.
    """

    record = models.ForeignKey(
        "routing.StopRecord", on_delete=models.CASCADE, related_name="readings"
    )
    kind = models.CharField(max_length=6)
    temperature_class = models.CharField(max_length=8)
    tenths_c = models.SmallIntegerField()
    is_too_warm = models.BooleanField()
    read_at = models.DateTimeField()

    class Meta:
        verbose_name = _("temperature")
        verbose_name_plural = _("temperatures")
        constraints = [
            models.UniqueConstraint(
                fields=["record", "kind", "temperature_class"],
                name="routing_reading_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.temperature_class} {self.tenths_c / 10} °C"
