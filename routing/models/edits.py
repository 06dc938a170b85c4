"""What hands did to a plan step by step, and what a search is to leave alone."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlanEdit(models.Model):
    """One step of an adjustment; `solution` is the whole plan after it.

    Undoing goes back to the solution of the step before, redoing to the one after.
    """

    plan = models.ForeignKey(
        "routing.Plan", on_delete=models.CASCADE, related_name="edits"
    )
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    solution = models.JSONField()
    made_by = models.ForeignKey(
        "hub.Person", on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("edit of a plan")
        verbose_name_plural = _("edits of plans")
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="routing_edit_once")
        ]

    def __str__(self) -> str:
        return f"{self.plan} · {self.number}"


class StopLock(models.Model):
    """Goods that a search leaves on their truck, at about the hour of their stop.

    One row for each end of a shipment handled at the stop that was locked: the lock
    goes with the goods when a hand moves them.
    """

    plan = models.ForeignKey(
        "routing.Plan", on_delete=models.CASCADE, related_name="stop_locks"
    )
    shipment = models.ForeignKey(
        "orders.Shipment", on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(max_length=6)

    class Meta:
        verbose_name = _("locked stop")
        verbose_name_plural = _("locked stops")
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "shipment", "kind"], name="routing_stop_lock_once"
            ),
            models.CheckConstraint(
                name="routing_stop_lock_kind",
                condition=models.Q(kind__in=["load", "unload"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.shipment}"


class RouteLock(models.Model):
    """A truck whose route a search leaves as it is."""

    plan = models.ForeignKey(
        "routing.Plan", on_delete=models.CASCADE, related_name="route_locks"
    )
    vehicle = models.ForeignKey(
        "routing.Vehicle", on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("locked route")
        verbose_name_plural = _("locked routes")
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "vehicle"], name="routing_route_lock_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.plan} · {self.vehicle}"
