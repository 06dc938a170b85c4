"""Order cycles: when buyers may order, and for which day."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from hub.core.ids import new_public_id
from hub.models.organization import Flow


class Cycle(models.Model):
    """One round of orders of one hub, delivered on `service_on`.

    `flow` says how goods travel: from each farm straight to each drop point, or all to
    the hub's dock first, where they are recombined by drop point. `revision` rises with
    each change of what will be carried, so that a plan can tell whether it still
    describes the cycle.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        OPEN = "open", _("Open")
        CLOSING = "closing", _("Closing")
        CLOSED = "closed", _("Closed")
        CANCELLED = "cancelled", _("Given up")

    Flow = Flow

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    hub = models.ForeignKey(
        "hub.Organization",
        verbose_name=_("hub"),
        on_delete=models.PROTECT,
        related_name="cycles",
    )
    name = models.CharField(_("name"), max_length=80)
    opens_at = models.DateTimeField(_("opens at"))
    closes_at = models.DateTimeField(_("closes at"))
    service_on = models.DateField(_("delivered on"))
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.DRAFT
    )
    flow = models.CharField(
        _("way of the goods"), max_length=10, choices=Flow.choices, default=Flow.DIRECT
    )
    revision = models.PositiveIntegerField(_("revision"), default=0)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("order cycle")
        verbose_name_plural = _("order cycles")
        ordering = ["-service_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="hub_cycle_opens_before_it_closes",
                condition=models.Q(opens_at__lt=models.F("closes_at")),
            ),
            models.UniqueConstraint(fields=["hub", "name"], name="hub_cycle_name_once"),
        ]

    def __str__(self) -> str:
        return self.name
