"""That a cycle was closed, what it gave, and that it was opened again."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.core.ids import new_public_id
from hub.core.privacy import Personal


class CycleClosing(models.Model):
    """That a cycle was closed, once, with what it gave: a second close finds it.

    `minimums` lists the farms that sold less than their minimum: {"farm": public id,
    "name", "code" (of the reason), "data"}. `before` says what the close found, so that
    it can be undone: "sources" (units reserved, by source) and "elsewhere" (units that
    other cycles were promised, by availability).
    """

    cycle = models.OneToOneField(
        "hub.Cycle", on_delete=models.PROTECT, related_name="closing"
    )
    rule = models.CharField(max_length=40)
    summary = models.JSONField(default=dict)
    minimums = models.JSONField(default=list)
    before = models.JSONField(default=dict)
    closed_at = models.DateTimeField(default=timezone.now)
    closed_by = models.ForeignKey(
        "hub.Person", on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )

    class Meta:
        verbose_name = _("closing")
        verbose_name_plural = _("closings")

    def __str__(self) -> str:
        return str(self.cycle)


class CycleReopening(models.Model):
    """That a closed cycle was opened again: why, until when, and the close it undid.

    `closing` is what that close gave: {"rule", "summary", "minimums", "closed_at",
    "closed_by"}. `summary` says what came back and what could not.
    """

    PERSONAL_FIELDS: ClassVar = {
        "reason": Personal("Tell why a cycle was opened again.", 5 * 365),
    }

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    cycle = models.ForeignKey(
        "hub.Cycle", on_delete=models.PROTECT, related_name="reopenings"
    )
    key = models.CharField(max_length=80, unique=True)
    reason = models.CharField(_("reason"), max_length=200)
    closed_before_at = models.DateTimeField(_("closed at"))
    closes_at = models.DateTimeField(_("closes at"))
    closing = models.JSONField()
    summary = models.JSONField(default=dict)
    reopened_by = models.ForeignKey(
        "hub.Person", on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    reopened_at = models.DateTimeField()

    class Meta:
        verbose_name = _("reopening")
        verbose_name_plural = _("reopenings")
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.cycle)
