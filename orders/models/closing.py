"""That a cycle was closed, and what it gave."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class CycleClosing(models.Model):
    """That a cycle was closed, once, with what it gave: a second close finds it.

    `minimums` lists the farms that sold less than their minimum: {"farm": public id,
    "name", "code" (of the reason), "data"}.
    """

    cycle = models.OneToOneField(
        "hub.Cycle", on_delete=models.PROTECT, related_name="closing"
    )
    rule = models.CharField(max_length=40)
    summary = models.JSONField(default=dict)
    minimums = models.JSONField(default=list)
    closed_at = models.DateTimeField(default=timezone.now)
    closed_by = models.ForeignKey(
        "hub.Person", on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )

    class Meta:
        verbose_name = _("closing")
        verbose_name_plural = _("closings")

    def __str__(self) -> str:
        return str(self.cycle)
