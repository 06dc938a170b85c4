"""Invitations to a role, and the first steps that a hub does not want to see."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.core.ids import new_public_id
from hub.core.privacy import Personal
from hub.models.organization import Membership


class Invitation(models.Model):
    """A role offered to whoever reads an address; nothing is given before they accept.

    `name` is what the person who invites calls them, and all that is shown here: that
    an account existed already, or under which name, is nobody else's business.
    """

    PERSONAL_FIELDS: ClassVar = {
        "email": Personal("Send an invitation to the person it is for.", 365),
        "name": Personal("Tell invitations apart before they are accepted.", 365),
        "language": Personal("Write an invitation in the person's language.", 365),
    }

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    organization = models.ForeignKey(
        "hub.Organization", on_delete=models.CASCADE, related_name="invitations"
    )
    person = models.ForeignKey(
        "hub.Person", on_delete=models.CASCADE, related_name="invitations"
    )
    invited_by = models.ForeignKey(
        "hub.Person", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    email = models.EmailField(_("email"))
    name = models.CharField(_("name"), max_length=120)
    language = models.CharField(_("language"), max_length=8, default="fr-ca")
    role = models.CharField(_("role"), max_length=24, choices=Membership.Role.choices)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    num_sent = models.PositiveSmallIntegerField(default=1)
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                "organization",
                Lower("email"),
                "role",
                condition=models.Q(accepted_at=None, withdrawn_at=None),
                name="hub_invitation_waits_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.email} · {self.organization}"

    def is_over(self, now: datetime) -> bool:
        """Whether it waited too long."""
        return self.expires_at <= now


class HiddenStep(models.Model):
    """One of the first steps that a hub put aside."""

    hub = models.ForeignKey(
        "hub.Organization", on_delete=models.CASCADE, related_name="hidden_steps"
    )
    code = models.CharField(_("step"), max_length=12)

    class Meta:
        verbose_name = _("hidden step")
        verbose_name_plural = _("hidden steps")
        constraints = [
            models.UniqueConstraint(fields=["hub", "code"], name="hub_hidden_step_once")
        ]

    def __str__(self) -> str:
        return f"{self.hub} · {self.code}"
