"""What a hub has stated for its closes, and what a buyer has agreed to beforehand."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class CloseRule(models.Model):
    """What a hub does at a close with a farm that sold less than its minimum."""

    class Minimum(models.TextChoices):
        NOTIFY = "notify", _("The orders stand; the farm is told")
        CANCEL = "cancel", _("The farm’s lines are cancelled; farm and buyers are told")

    hub = models.OneToOneField(
        "hub.Organization", on_delete=models.CASCADE, related_name="close_rule"
    )
    minimum = models.CharField(
        _("below a farm’s minimum"),
        max_length=10,
        choices=Minimum.choices,
        default=Minimum.NOTIFY,
    )

    class Meta:
        verbose_name = _("rule of the close")
        verbose_name_plural = _("rules of the close")

    def __str__(self) -> str:
        return str(self.hub)


class DefaultOrder(models.Model):
    """An order that a buyer agreed to have placed again when it forgets to order.

    The agreement ends with the account of the person who gave it.
    """

    buyer = models.OneToOneField(
        "hub.Organization", on_delete=models.CASCADE, related_name="default_order"
    )
    order = models.ForeignKey(
        "orders.Order", on_delete=models.PROTECT, related_name="default_of"
    )
    agreed_by = models.ForeignKey(
        "hub.Person", on_delete=models.CASCADE, related_name="+"
    )
    agreed_at = models.DateTimeField(_("agreed at"), default=timezone.now)

    class Meta:
        verbose_name = _("default order")
        verbose_name_plural = _("default orders")

    def __str__(self) -> str:
        return str(self.order)
