"""The outbox: every notice that leaves the house, before and after it left."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.core.ids import new_public_id
from hub.core.privacy import Personal


class Notice(models.Model):
    """One mail to one person: its facts until it is sent, its very words after.

    `key` is what happened and to whom: leaving it twice leaves it once. Nothing is
    sent twice by itself: a notice cut between claim and answer stays "sending", and
    a person decides (`hub.services.notices`). One that its reader does not want is kept
    as such and never sent; so is one that is no longer true before it has left. One
    that is due in quiet hours waits for their end.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        QUIET = "quiet", _("Waits for the end of quiet hours")
        UNWANTED = "unwanted", _("Not wanted")
        OVERTAKEN = "overtaken", _("Overtaken")
        SENDING = "sending", _("On its way")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Not sent")

    PERSONAL_FIELDS: ClassVar = {
        "address": Personal("Show where a notice went.", 365),
        "body": Personal("Show what a person was told.", 365),
    }

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(_("kind"), max_length=40)
    hub = models.ForeignKey(
        "hub.Organization", on_delete=models.CASCADE, related_name="notices"
    )
    organization = models.ForeignKey(
        "hub.Organization",
        on_delete=models.CASCADE,
        related_name="notices_received",
        null=True,
        blank=True,
    )
    person = models.ForeignKey(
        "hub.Person", on_delete=models.CASCADE, related_name="notices"
    )
    data = models.JSONField(default=dict)
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.WAITING
    )
    left_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    num_attempts = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    address = models.EmailField(_("email"), blank=True)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    body = models.TextField(_("text"), blank=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-left_at", "-id"]
        indexes = [
            models.Index(fields=["status", "due_at"]),
            models.Index(fields=["hub", "-left_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} → {self.person_id}"


class UnwantedKind(models.Model):
    """A kind of notices that a person does not want; only optional kinds have rows."""

    person = models.ForeignKey(
        "hub.Person", on_delete=models.CASCADE, related_name="unwanted_kinds"
    )
    kind = models.CharField(_("kind"), max_length=40)
    stopped_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("kind not wanted")
        verbose_name_plural = _("kinds not wanted")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"], name="hub_kind_unwanted_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} ∌ {self.kind}"
