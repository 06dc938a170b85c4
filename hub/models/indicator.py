"""Figures that each day leaves on the ground floor for reports to add up."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class IndicatorFact(models.Model):
    """One figure of one measure, on one day of one hub (see `hub.core.indicators`).

    The key names the fact; recording it again replaces the figure.
    """

    key = models.CharField(max_length=160, unique=True)
    hub = models.ForeignKey(
        "hub.Organization", on_delete=models.PROTECT, related_name="indicator_facts"
    )
    service_on = models.DateField(_("day"))
    measure = models.CharField(max_length=40)
    detail = models.CharField(max_length=80, blank=True)
    value = models.BigIntegerField()
    unit = models.CharField(max_length=8)
    num_people = models.PositiveIntegerField(null=True, blank=True)
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["service_on", "id"]
        indexes = [
            models.Index(fields=["hub", "service_on"], name="hub_indicator_by_day")
        ]

    def __str__(self) -> str:
        return f"{self.service_on} {self.measure} {self.value}"
