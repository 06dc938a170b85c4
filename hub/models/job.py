"""Job rows: the truth of every long work, whatever becomes of queues and workers."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.core.ids import new_public_id


class Job(models.Model):
    """One long work: what is asked, how far it is, and how it ended.

    `claim` names the run that holds the job: a run that lost it may write nothing more.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        STOPPED = "stopped", _("Stopped")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    kind = models.CharField(_("kind"), max_length=40)
    key = models.CharField(max_length=120, unique=True)
    organization = models.ForeignKey(
        "hub.Organization",
        on_delete=models.CASCADE,
        related_name="jobs",
        null=True,
        blank=True,
    )
    requested_by = models.ForeignKey(
        "hub.Person",
        on_delete=models.SET_NULL,
        related_name="jobs",
        null=True,
        blank=True,
    )
    parent = models.ForeignKey(
        "self", on_delete=models.CASCADE, related_name="children", null=True, blank=True
    )
    payload = models.JSONField(default=dict)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.QUEUED
    )
    claim = models.CharField(max_length=40, blank=True)
    num_attempts = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=3)
    progress = models.JSONField(default=dict)
    stop_requested = models.BooleanField(default=False)
    result = models.JSONField(default=dict)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    queued_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-queued_at", "-id"]
        indexes = [models.Index(fields=["state", "heartbeat_at"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"
