"""Papers that let a truck and its driver take the road, with a scan kept privately."""

from pathlib import PurePosixPath
from secrets import token_hex
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from hub.core.privacy import Personal


def scan_path(_paper: models.Model, name: str) -> str:
    """Where a scan is kept: a name nobody can guess, the ending of what it is."""
    return f"papers/{token_hex(16)}{PurePosixPath(name).suffix}"


class VehiclePaper(models.Model):
    """The insurance or the registration of a truck; it holds until its last day."""

    class Kind(models.TextChoices):
        INSURANCE = "insurance", _("Insurance")
        REGISTRATION = "registration", _("Registration")

    vehicle = models.ForeignKey(
        "routing.Vehicle", on_delete=models.CASCADE, related_name="papers"
    )
    kind = models.CharField(_("paper"), max_length=12, choices=Kind.choices)
    number = models.CharField(_("number"), max_length=40)
    expires_on = models.DateField(_("holds until"))
    scan = models.FileField(_("scan"), upload_to=scan_path, blank=True)

    class Meta:
        verbose_name = _("paper of a truck")
        verbose_name_plural = _("papers of trucks")
        constraints = [
            models.UniqueConstraint(
                fields=["vehicle", "kind"], name="routing_vehicle_paper_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.vehicle} {self.kind}"


class DriverPaper(models.Model):
    """The driver's licence of a person; it holds until its last day."""

    class Kind(models.TextChoices):
        LICENCE = "licence", _("Driver’s licence")

    PERSONAL_FIELDS: ClassVar = {
        "number": Personal("Prove that who drives a shared truck may drive.", 365),
        "expires_on": Personal("Say in time that the licence ends.", 365),
        "scan": Personal("Show the licence to the insurer after an accident.", 365),
    }

    person = models.ForeignKey(
        "hub.Person", on_delete=models.CASCADE, related_name="driver_papers"
    )
    kind = models.CharField(_("paper"), max_length=12, choices=Kind.choices)
    number = models.CharField(_("number"), max_length=40)
    expires_on = models.DateField(_("holds until"))
    scan = models.FileField(_("scan"), upload_to=scan_path, blank=True)

    class Meta:
        verbose_name = _("paper of a driver")
        verbose_name_plural = _("papers of drivers")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"], name="routing_driver_paper_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.kind}"
