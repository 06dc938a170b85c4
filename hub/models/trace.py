"""The trail: who changed stock, a price, a role or money, what it was, and why."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from hub.core.ids import new_public_id
from hub.core.privacy import Personal

SEVEN_YEARS = 2_557


class Trace(models.Model):
    """One change, written once with it and never again.

    `person` is who did it (a program is a person of its own kind), nobody when Charroi
    did it by a rule; `about` the person whom it concerns. People are kept by key, so
    that their names leave the trail when they leave their rows. Keys have no
    constraint: the trail outlives what it tells of.
    """

    class Door(models.TextChoices):
        PAGE = "page", _("At the site")
        PROGRAM = "program", _("By a program")
        ITSELF = "itself", _("By Charroi itself")

    APPEND_ONLY: ClassVar = True
    PERSONAL_FIELDS: ClassVar = {
        "why": Personal("Say why money, a price or a role changed.", SEVEN_YEARS),
        "subject": Personal("Say what was changed, as it was called.", SEVEN_YEARS),
        "before": Personal("Say what it was before.", SEVEN_YEARS),
        "after": Personal("Say what it became.", SEVEN_YEARS),
    }

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    recorded_at = models.DateTimeField(_("moment"), db_default=Now())
    kind = models.CharField(_("kind"), max_length=40)
    door = models.CharField(_("door"), max_length=10, choices=Door.choices)
    person = models.ForeignKey(
        "hub.Person",
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        null=True,
        related_name="+",
    )
    about = models.ForeignKey(
        "hub.Person",
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        null=True,
        related_name="+",
    )
    subject_id = models.CharField(max_length=100, blank=True)
    subject = models.CharField(_("subject"), max_length=300, blank=True)
    before = models.JSONField(_("before"), default=dict)
    after = models.JSONField(_("after"), default=dict)
    why = models.CharField(_("why"), max_length=500, blank=True)
    rule = models.CharField(_("rule"), max_length=40, blank=True)
    key = models.CharField(_("key of the request"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("trace")
        verbose_name_plural = _("trail")
        ordering = ["-id"]
        indexes = [
            models.Index(
                fields=["key", "kind"],
                condition=~models.Q(key=""),
                name="hub_trace_by_key",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.subject}"


class TraceReader(models.Model):
    """An organization that a change concerns: the people who answer for it read it."""

    APPEND_ONLY: ClassVar = True

    trace = models.ForeignKey(
        "hub.Trace",
        on_delete=models.PROTECT,
        db_index=False,
        related_name="readers",
    )
    organization = models.ForeignKey(
        "hub.Organization",
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )

    class Meta:
        verbose_name = _("reader of the trail")
        verbose_name_plural = _("readers of the trail")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "trace"], name="hub_trace_reader_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organization_id}: {self.trace_id}"
