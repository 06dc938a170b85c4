"""Payment terms of buyers and farms, dated; a change is a new row."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PaymentTerms(models.Model):
    """What a hub agreed with a member, or gives to all of a side, from a day on.

    Without a member they are the hub's default for its buyers, or for its farms. Of
    two rows for one day the later one counts.
    """

    APPEND_ONLY: ClassVar = True

    class Side(models.TextChoices):
        BUYER = "buyer", _("Buyers")
        FARM = "farm", _("Farms")

    class Rule(models.TextChoices):
        NET = "net", _("Days after the invoice")
        MONTH_END = "month_end", _("Days after the end of the month of the invoice")
        ON_DELIVERY = "on_delivery", _("On delivery")
        WHEN_PAID = "when_paid", _("When the buyer has paid (farms)")

    hub = models.ForeignKey(
        "hub.Organization", on_delete=models.PROTECT, related_name="payment_terms"
    )
    side = models.CharField(_("side"), max_length=6, choices=Side.choices)
    member = models.ForeignKey(
        "hub.Organization",
        on_delete=models.PROTECT,
        related_name="own_terms",
        null=True,
        blank=True,
    )
    rule = models.CharField(_("rule"), max_length=12, choices=Rule.choices)
    days = models.PositiveSmallIntegerField(_("days"), default=0)
    starts_on = models.DateField(_("from"))
    agreed_by = models.ForeignKey(
        "hub.Person", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    agreed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("payment terms")
        verbose_name_plural = _("payment terms")
        ordering = ["starts_on", "id"]
        indexes = [models.Index(fields=["hub", "starts_on"], name="orders_terms_hub")]
        constraints = [
            models.CheckConstraint(
                name="orders_terms_days",
                condition=Q(rule__in=["net", "month_end"], days__lte=180) | Q(days=0),
            ),
            models.CheckConstraint(
                name="orders_terms_of_side",
                condition=Q(side="farm") | ~Q(rule="when_paid"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_rule_display()} {self.days}"
