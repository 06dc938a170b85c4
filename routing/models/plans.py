"""Plans of a pool's day: what was decided, on which figures, and what stays behind."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.core.ids import new_public_id
from hub.core.privacy import Personal


class Plan(models.Model):
    """Which truck goes where on one day of one pool: a record, not a recipe.

    `problem` (with its matrix) and `solution` are the documents of
    `routing.core.formats` the plan was checked with; rows of routes and stops say the
    same for pages.

    A plan with a parent was made from it: by hand when it has no job, else by a search
    that kept what was locked. `edit_version` counts every change of hand, undoing
    included; `num_applied` says how many of its edits are in effect.
    """

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        PUBLISHED = "published", _("Published")
        REPLACED = "replaced", _("Replaced")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    pool = models.ForeignKey(
        "routing.FleetPool", on_delete=models.PROTECT, related_name="plans"
    )
    service_on = models.DateField(_("day"))
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.PROPOSED
    )
    job = models.OneToOneField(
        "hub.Job", on_delete=models.PROTECT, related_name="plan", null=True, blank=True
    )
    parent = models.ForeignKey(
        "routing.Plan",
        on_delete=models.PROTECT,
        related_name="versions",
        null=True,
        blank=True,
    )
    edit_version = models.PositiveIntegerField(default=0)
    num_applied = models.PositiveSmallIntegerField(default=0)
    num_broken = models.PositiveSmallIntegerField(_("rules broken"), default=0)
    engine = models.CharField(max_length=60)
    seed = models.PositiveIntegerField(default=0)
    cost_cents = models.PositiveIntegerField()
    penalty_cents = models.PositiveIntegerField(default=0)
    distance_m = models.PositiveIntegerField()
    duration_s = models.PositiveIntegerField()
    problem = models.JSONField()
    solution = models.JSONField()
    proposed_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        "hub.Person", on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    dispatched_at = models.DateTimeField(null=True, blank=True)
    dispatched_by = models.ForeignKey(
        "hub.Person", on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        ordering = ["-service_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["pool", "service_on"],
                condition=models.Q(status="published"),
                name="routing_one_published_plan",
            ),
            models.UniqueConstraint(
                fields=["parent"],
                condition=models.Q(status="proposed", job=None),
                name="routing_one_adjustment_at_a_time",
            ),
            models.CheckConstraint(
                name="routing_published_plan_is_sound",
                condition=models.Q(status="proposed") | models.Q(num_broken=0),
            ),
            models.CheckConstraint(
                name="routing_dispatched_after_published",
                condition=models.Q(dispatched_at=None)
                | (~models.Q(status="proposed") & models.Q(published_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pool} · {self.service_on}"


class PlanCycle(models.Model):
    """The revision of a cycle that a plan was built on."""

    plan = models.ForeignKey(
        "routing.Plan", on_delete=models.CASCADE, related_name="cycles"
    )
    cycle = models.ForeignKey(
        "hub.Cycle", on_delete=models.PROTECT, related_name="plan_cycles"
    )
    revision = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("planned cycle")
        verbose_name_plural = _("planned cycles")
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "cycle"], name="routing_plan_cycle_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.plan} · {self.cycle} r{self.revision}"


class UnservedShipment(models.Model):
    """A shipment the plan leaves out, with the reason a person can read."""

    plan = models.ForeignKey(
        "routing.Plan", on_delete=models.CASCADE, related_name="unserved"
    )
    shipment = models.ForeignKey(
        "orders.Shipment", on_delete=models.PROTECT, related_name="unserved_in"
    )
    reason_code = models.CharField(max_length=40)
    reason_data = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("unserved shipment")
        verbose_name_plural = _("unserved shipments")
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "shipment"], name="routing_unserved_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.plan} ∌ {self.shipment}"


class PlanWithdrawal(models.Model):
    """That a published plan became a proposal again: by whom, and why.

    `dispatched_at` says when its trucks had been sent out, if they had.
    """

    PERSONAL_FIELDS: ClassVar = {
        "reason": Personal("Tell why a plan was withdrawn.", 5 * 365),
    }

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    plan = models.ForeignKey(
        "routing.Plan", on_delete=models.PROTECT, related_name="withdrawals"
    )
    key = models.CharField(max_length=80, unique=True)
    reason = models.CharField(_("reason"), max_length=200)
    published_at = models.DateTimeField(null=True, blank=True)
    dispatched_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        "hub.Person", on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    withdrawn_at = models.DateTimeField()

    class Meta:
        verbose_name = _("withdrawal of a plan")
        verbose_name_plural = _("withdrawals of plans")
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.plan)
