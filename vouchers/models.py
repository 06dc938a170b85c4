"""Tables of vouchers: envelopes, and the hubs that a programme works with."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from hub.core.ids import new_public_id
from hub.core.privacy import Personal


class Envelope(models.Model):
    """Money that a programme lets one group spend on food; it stands in the ledger.

    No family means that it pays for products of any family. After `ends_on` nothing
    new is promised; what orders hold already stays theirs.
    """

    PERSONAL_FIELDS: ClassVar = {
        "note": Personal("Tell the group what the envelope is for.", 730),
    }

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    programme = models.ForeignKey(
        "hub.Organization",
        verbose_name=_("programme"),
        on_delete=models.PROTECT,
        related_name="envelopes_granted",
    )
    group = models.ForeignKey(
        "hub.Organization",
        verbose_name=_("group"),
        on_delete=models.PROTECT,
        related_name="envelopes",
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    families = models.ManyToManyField(
        "hub.ProductFamily",
        verbose_name=_("product families"),
        related_name="envelopes",
        blank=True,
    )
    note = models.CharField(_("note"), max_length=200, blank=True)
    grant_key = models.CharField(max_length=80, unique=True)
    granted_on = models.DateField(_("granted on"))

    class Meta:
        verbose_name = _("envelope")
        verbose_name_plural = _("envelopes")
        ordering = ["ends_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="vouchers_envelope_in_order",
                condition=models.Q(ends_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.programme} → {self.group}"


class ProgrammeHub(models.Model):
    """That a hub welcomes a programme of elsewhere, which may then pay its groups.

    A programme that belongs to a hub works with that hub without such a row.
    """

    programme = models.ForeignKey(
        "hub.Organization", on_delete=models.CASCADE, related_name="hubs_served"
    )
    hub = models.ForeignKey(
        "hub.Organization", on_delete=models.CASCADE, related_name="programmes_welcomed"
    )
    since_on = models.DateField(_("since"))

    class Meta:
        verbose_name = _("programme of a hub")
        verbose_name_plural = _("programmes of hubs")
        ordering = ["programme__name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "hub"], name="vouchers_hub_welcomes_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.programme} · {self.hub}"
