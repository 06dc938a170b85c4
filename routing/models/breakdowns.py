"""Trucks that broke down on the road, and the rest of the day planned without them."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.core.ids import new_public_id


class Breakdown(models.Model):
    """A truck that stands still, and how the day could go on: looked at, then approved.

    `num_done` and `under_way` say how far the trucks were when it was told, by public
    id; `missed` are the shipments that a truck left without, `kept_home` the trucks
    that must not be sent out anew. `problem`, `solution` and `lines` are the day as it
    would go on; `before` keeps the plan that an approval replaced.
    """

    class Status(models.TextChoices):
        PLANNING = "planning", _("Being planned")
        PROPOSED = "proposed", _("Proposed")
        APPROVED = "approved", _("Approved")
        DROPPED = "dropped", _("Dropped")
        ABANDONED = "abandoned", _("Abandoned")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    plan = models.ForeignKey(
        "routing.Plan", on_delete=models.PROTECT, related_name="breakdowns"
    )
    vehicle = models.ForeignKey(
        "routing.Vehicle", on_delete=models.PROTECT, related_name="breakdowns"
    )
    place = models.ForeignKey(
        "hub.Place", on_delete=models.PROTECT, related_name="breakdowns"
    )
    job = models.OneToOneField(
        "hub.Job", on_delete=models.PROTECT, related_name="breakdown"
    )
    status = models.CharField(
        _("status"), max_length=9, choices=Status.choices, default=Status.PLANNING
    )
    at_s = models.PositiveIntegerField()
    num_done = models.JSONField(default=dict)
    under_way = models.JSONField(default=list)
    missed = models.JSONField(default=list)
    kept_home = models.JSONField(default=list)
    problem = models.JSONField(default=dict)
    solution = models.JSONField(default=dict)
    lines = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    reported_at = models.DateTimeField(default=timezone.now)
    reported_by = models.ForeignKey(
        "hub.Person", on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        "hub.Person", on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )

    class Meta:
        verbose_name = _("breakdown")
        verbose_name_plural = _("breakdowns")
        ordering = ["-reported_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan"],
                condition=models.Q(status__in=["planning", "proposed"]),
                name="routing_one_open_breakdown",
            ),
            models.UniqueConstraint(
                fields=["plan", "vehicle"],
                condition=models.Q(status="approved"),
                name="routing_a_truck_breaks_down_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.vehicle} · {self.place}"


class BreakdownStep(models.Model):
    """What was done about a breakdown, by whom and when; nothing ever changes it."""

    class Kind(models.TextChoices):
        TOLD = "told", _("Told")
        DROPPED = "dropped", _("Planned again")
        ABANDONED = "abandoned", _("Abandoned")
        RESUMED = "resumed", _("Taken up again")
        APPROVED = "approved", _("Approved")

    breakdown = models.ForeignKey(
        "routing.Breakdown", on_delete=models.CASCADE, related_name="steps"
    )
    kind = models.CharField(_("step"), max_length=9, choices=Kind.choices)
    done_at = models.DateTimeField()
    done_by = models.ForeignKey(
        "hub.Person", on_delete=models.SET_NULL, related_name="+", null=True
    )

    class Meta:
        verbose_name = _("step of a breakdown")
        verbose_name_plural = _("steps of a breakdown")
        ordering = ["breakdown", "id"]

    def __str__(self) -> str:
        return f"{self.breakdown} · {self.kind}"
