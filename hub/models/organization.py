"""Organizations and who holds which role in them."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.core.ids import new_public_id
from hub.core.privacy import Personal


class Flow(models.TextChoices):
    """How the goods of a cycle travel."""

    DIRECT = "direct", _("Straight from each farm to each drop point")
    CROSS_DOCK = "cross_dock", _("Through the hub, recombined at its dock")


class Organization(models.Model):
    """A hub, a farm, a buyer, a lender of trucks: a member of the platform."""

    class Kind(models.TextChoices):
        HUB = "hub", _("Hub")
        PRODUCER = "producer", _("Farm")
        BUYER_GROUP = "buyer_group", _("Community group")
        INSTITUTION = "institution", _("Institution")
        CARRIER = "carrier", _("Truck lender")
        PROGRAMME = "programme", _("Voucher programme")
        MERCHANT = "merchant", _("Merchant")
        FUNDER = "funder", _("Funder")

    PERSONAL_FIELDS: ClassVar = {
        "contact_email": Personal("Reach the organization.", None),
        "contact_phone": Personal("Call on the day of delivery.", None),
    }

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=120)
    hub = models.ForeignKey(
        "self",
        verbose_name=_("hub"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="members",
        help_text=_("The hub this organization belongs to; empty for a hub."),
    )
    contact_email = models.EmailField(_("email"), blank=True)
    contact_phone = models.CharField(_("phone"), max_length=30, blank=True)
    default_flow = models.CharField(
        _("way of the goods in new cycles"),
        max_length=10,
        choices=Flow.choices,
        default=Flow.DIRECT,
        help_text=_("Of a hub; a cycle may go another way."),
    )
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(_("created at"), default=timezone.now)

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["hub", "name"], name="hub_organization_name_once"
            ),
            models.CheckConstraint(
                name="hub_organization_hub_has_no_hub",
                condition=~models.Q(kind="hub") | models.Q(hub__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """One role of one person in one organization."""

    class Role(models.TextChoices):
        COORDINATOR = "coordinator", _("Hub coordinator")
        PRODUCER = "producer", _("Producer")
        GROUP_BUYER = "group_buyer", _("Group buyer")
        INSTITUTIONAL_BUYER = "institutional_buyer", _("Institutional buyer")
        DRIVER = "driver", _("Driver")
        PROGRAMME_MANAGER = "programme_manager", _("Programme manager")
        DISTRIBUTOR = "distributor", _("Distributing organization")
        MERCHANT = "merchant", _("Merchant")
        FUNDER = "funder", _("Funder or board")

    person = models.ForeignKey(
        "hub.Person", on_delete=models.CASCADE, related_name="memberships"
    )
    organization = models.ForeignKey(
        "hub.Organization", on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(_("role"), max_length=24, choices=Role.choices)
    created_at = models.DateTimeField(_("created at"), default=timezone.now)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organization", "role"], name="hub_membership_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.organization} · {self.get_role_display()}"
