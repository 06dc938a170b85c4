"""Trucks lent for a day: what is offered, what is agreed, which hours that takes."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.core.ids import new_public_id


class VehicleLoan(models.Model):
    """A truck offered to a pool for some hours of one day, at a price.

    Without a pool its owner keeps the truck: nobody else has it during these hours.
    Hours are seconds from local midnight, on the hour.
    """

    class Status(models.TextChoices):
        OFFERED = "offered", _("Offered")
        CONFIRMED = "confirmed", _("Agreed")
        CANCELLED = "cancelled", _("Called off")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    vehicle = models.ForeignKey(
        "routing.Vehicle", on_delete=models.PROTECT, related_name="loans"
    )
    pool = models.ForeignKey(
        "routing.FleetPool",
        on_delete=models.PROTECT,
        related_name="loans",
        null=True,
        blank=True,
    )
    service_on = models.DateField(_("day"))
    shift_start_s = models.PositiveIntegerField(_("shift from"))
    shift_end_s = models.PositiveIntegerField(_("shift until"))
    fixed_cents = models.PositiveIntegerField(_("cost per day (cents)"), default=0)
    per_km_cents = models.PositiveIntegerField(_("cost per km (cents)"), default=0)
    per_hour_cents = models.PositiveIntegerField(_("cost per hour (cents)"), default=0)
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.OFFERED
    )
    offered_at = models.DateTimeField(default=timezone.now)
    offered_by = models.ForeignKey(
        "hub.Person", on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        "hub.Person", on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )

    class Meta:
        verbose_name = _("loan of a truck")
        verbose_name_plural = _("loans of trucks")
        ordering = ["service_on", "shift_start_s", "id"]
        constraints = [
            models.CheckConstraint(
                name="routing_loan_hours_in_order",
                condition=models.Q(
                    shift_start_s__lt=models.F("shift_end_s"), shift_end_s__lte=86_400
                ),
            ),
            models.UniqueConstraint(
                fields=["vehicle", "pool", "service_on"],
                condition=models.Q(status="confirmed"),
                name="routing_loan_once_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.vehicle} → {self.pool} · {self.service_on}"


class LoanHour(models.Model):
    """An hour that a confirmed loan takes; no truck has the same hour twice.

    The rows exist while the loan is confirmed: that two loans of a truck never share
    an hour is kept by the table, whoever writes.
    """

    loan = models.ForeignKey(
        "routing.VehicleLoan", on_delete=models.CASCADE, related_name="hours"
    )
    vehicle = models.ForeignKey(
        "routing.Vehicle", on_delete=models.CASCADE, related_name="+"
    )
    service_on = models.DateField(_("day"))
    hour = models.PositiveSmallIntegerField(_("hour"))

    class Meta:
        verbose_name = _("hour of a loan")
        verbose_name_plural = _("hours of loans")
        constraints = [
            models.UniqueConstraint(
                fields=["vehicle", "service_on", "hour"], name="routing_loan_hour_once"
            ),
            models.CheckConstraint(
                name="routing_loan_hour_of_a_day", condition=models.Q(hour__lte=23)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.loan} {self.hour}:00"
