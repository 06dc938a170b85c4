"""Coming in: codes that were sent, attempts counted, alarms raised, devices in use."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.core.ids import new_public_id
from hub.core.privacy import Personal


class SignInCode(models.Model):
    """The one code that stands for an address: the next one takes its place.

    Neither the address nor the code is kept, only what recognizes them. `ticket` binds
    the code to the browser that asked for it.
    """

    PERSONAL_FIELDS: ClassVar = {
        "address_digest": Personal("Know for whom a code is good.", 1),
    }

    address_digest = models.CharField(max_length=64, unique=True)
    ticket = models.CharField(max_length=32, unique=True)
    code_digest = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    num_attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("sign-in code")
        verbose_name_plural = _("sign-in codes")

    def __str__(self) -> str:
        return self.address_digest[:8]


class SignInAttempt(models.Model):
    """How often one network asked codes for one address, or failed, in one hour."""

    PERSONAL_FIELDS: ClassVar = {
        "network": Personal("Notice who guesses codes.", 2),
        "address_digest": Personal("Notice whose codes are guessed.", 2),
    }

    hour_at = models.DateTimeField()
    network = models.CharField(max_length=50)
    address_digest = models.CharField(max_length=64)
    num_asked = models.PositiveIntegerField(default=0)
    num_failed = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("sign-in attempt")
        verbose_name_plural = _("sign-in attempts")
        constraints = [
            models.UniqueConstraint(
                fields=["hour_at", "network", "address_digest"],
                name="hub_signinattempt_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.hour_at:%H} {self.network}"


class SignInAlarm(models.Model):
    """An alarm raised in one hour: the row that comes first tells the operators."""

    PERSONAL_FIELDS: ClassVar = {
        "network": Personal("Say from where codes were guessed.", 90),
    }

    hour_at = models.DateTimeField()
    kind = models.CharField(max_length=20)
    network = models.CharField(max_length=50)
    raised_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("sign-in alarm")
        verbose_name_plural = _("sign-in alarms")
        constraints = [
            models.UniqueConstraint(
                fields=["hour_at", "kind"], name="hub_signinalarm_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.hour_at:%Y-%m-%d %H}"


class Device(models.Model):
    """A browser in which a person is signed in, in words that they recognize."""

    PERSONAL_FIELDS: ClassVar = {
        "browser": Personal("Let a person recognize their own devices.", 30),
        "network": Personal("Let a person notice a stranger's device.", 30),
        "session_key": Personal("Let a person sign a device out.", 30),
    }

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    person = models.ForeignKey(
        "hub.Person", on_delete=models.CASCADE, related_name="devices"
    )
    session_key = models.CharField(max_length=40, unique=True)
    browser = models.CharField(_("browser"), max_length=60, blank=True)
    network = models.CharField(_("network"), max_length=50)
    signed_in_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name = _("device")
        verbose_name_plural = _("devices")
        ordering = ["-seen_at", "-id"]

    def __str__(self) -> str:
        return self.browser or self.public_id
