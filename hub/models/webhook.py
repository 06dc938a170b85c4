"""Webhooks: where programs want to be told, what happened, and each message sent."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.core.happenings import EVERY
from hub.core.ids import new_public_id
from hub.core.webhooks import new_salt


class WebhookEndpoint(models.Model):
    """An address that is told what happens to one organization.

    The signing secret is in no column: it is made from `salt` and the site's own key.
    `former_salt` stays valid beside it for a day after a rotation. `free_at` is when
    the next message may leave: one at a time, and none while another is on its way.
    """

    class Status(models.TextChoices):
        ACTIVE = "active", _("Active")
        PAUSED = "paused", _("Paused by hand")
        FAILING = "failing", _("Paused: nothing arrived for days")
        GONE = "gone", _("Paused: the address answered that it is gone")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    organization = models.ForeignKey(
        "hub.Organization", on_delete=models.CASCADE, related_name="webhook_endpoints"
    )
    name = models.CharField(_("name"), max_length=80)
    url = models.CharField(_("URL"), max_length=500)
    kinds = models.JSONField(_("kinds of events"), default=list)
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.ACTIVE
    )
    salt = models.CharField(max_length=32, default=new_salt)
    salted_at = models.DateTimeField(default=timezone.now)
    former_salt = models.CharField(max_length=32, blank=True)
    former_ends_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(
        "hub.Person",
        on_delete=models.SET_NULL,
        null=True,
        related_name="webhook_endpoints_made",
    )
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    first_failed_at = models.DateTimeField(null=True, blank=True)
    tried_at = models.DateTimeField(null=True, blank=True)
    free_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("webhook address")
        verbose_name_plural = _("webhook addresses")
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:
        """Whether messages leave for it."""
        return self.status == self.Status.ACTIVE

    @property
    def hears_all(self) -> bool:
        """Whether it wants every kind of event, those to come too."""
        return EVERY in self.kinds


class WebhookEvent(models.Model):
    """What happened to one organization, left in the transaction in which it did.

    What may be asked twice leaves a `key`, so that it is told once.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    organization = models.ForeignKey(
        "hub.Organization", on_delete=models.CASCADE, related_name="webhook_events"
    )
    kind = models.CharField(_("kind"), max_length=40)
    data = models.JSONField(default=dict)
    key = models.CharField(max_length=200, blank=True)
    happened_at = models.DateTimeField(_("happened at"), default=timezone.now)

    class Meta:
        verbose_name = _("webhook event")
        verbose_name_plural = _("webhook events")
        ordering = ["-happened_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "key"],
                condition=~models.Q(key=""),
                name="hub_webhook_event_once",
            )
        ]
        indexes = [models.Index(fields=["happened_at"], name="hub_webhook_event_age")]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"


class WebhookDelivery(models.Model):
    """One event for one endpoint: tried until it arrives, or given up.

    `num_attempts` only rises and names the attempt: one that was overtaken writes
    nothing. `num_attempts_before` are those of rounds before the last replay. Nothing
    of an answer is kept but its status.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        DELIVERED = "delivered", _("Received")
        FAILED = "failed", _("Not delivered")

    class Fault(models.TextChoices):
        NO_ADDRESS = "no_address", _("the host has no address")
        INSIDE = "inside", _("the host is not on the public internet")
        NO_CONNECTION = "no_connection", _("no connection")
        TLS = "tls", _("the certificate is not valid")
        TIMED_OUT = "timed_out", _("no answer in time")
        NOT_HTTP = "not_http", _("the answer is not HTTP")
        REDIRECT = "redirect", _("redirects are not followed")
        STATUS = "status", _("refused")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    event = models.ForeignKey(
        WebhookEvent, on_delete=models.CASCADE, related_name="deliveries"
    )
    endpoint = models.ForeignKey(
        WebhookEndpoint, on_delete=models.CASCADE, related_name="deliveries"
    )
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.WAITING
    )
    due_at = models.DateTimeField(default=timezone.now)
    num_attempts = models.PositiveIntegerField(default=0)
    num_attempts_before = models.PositiveIntegerField(default=0)
    tried_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    answer_status = models.PositiveSmallIntegerField(null=True, blank=True)
    fault = models.CharField(max_length=20, choices=Fault.choices, blank=True)
    duration_ms = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = _("webhook delivery")
        verbose_name_plural = _("webhook deliveries")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "endpoint"], name="hub_webhook_delivery_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["endpoint", "due_at"],
                name="hub_webhook_delivery_due",
                condition=models.Q(state="waiting"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.event_id} → {self.endpoint_id}"
