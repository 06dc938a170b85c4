"""Keys by which programs act for an organization, and the answers they were given."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.core.ids import new_public_id


class ApiKey(models.Model):
    """A program's right to act for one organization, within scopes, until a day.

    The secret is shown once and kept as a digest. `machine` is who the program is in
    every record it leaves: a person who can neither sign in nor receive notices, with
    the role of whoever speaks for the organization.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    organization = models.ForeignKey(
        "hub.Organization", on_delete=models.CASCADE, related_name="api_keys"
    )
    machine = models.OneToOneField(
        "hub.Person", on_delete=models.PROTECT, related_name="api_key"
    )
    name = models.CharField(_("name"), max_length=80)
    prefix = models.CharField(max_length=8, unique=True)
    digest = models.CharField(max_length=64)
    scopes = models.JSONField(_("scopes"), default=list)
    issued_by = models.ForeignKey(
        "hub.Person",
        on_delete=models.SET_NULL,
        null=True,
        related_name="api_keys_issued",
    )
    issued_at = models.DateTimeField(_("issued at"), default=timezone.now)
    expires_at = models.DateTimeField(_("valid until"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)

    class Meta:
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")
        ordering = ["-issued_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="hub_api_key_expires_after_issue",
                condition=models.Q(expires_at__gt=models.F("issued_at")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix})"


class ApiAnswer(models.Model):
    """What a program was answered under one Idempotency-Key, to answer it again.

    Written in the transaction of the effect: both stand or neither. `status` is empty
    only inside that transaction.
    """

    caller = models.ForeignKey(
        "hub.Person", on_delete=models.CASCADE, related_name="api_answers"
    )
    key = models.CharField(max_length=120)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    body = models.JSONField(null=True)
    answered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("answer of the API")
        verbose_name_plural = _("answers of the API")
        constraints = [
            models.UniqueConstraint(
                fields=["caller", "key"], name="hub_api_answer_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.status}"
