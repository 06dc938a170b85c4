"""The solidarity fund and its money lots."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from hub.core.ids import new_public_id


class SolidarityFund(models.Model):
    """A hub's fund; its money stands in the ledger, in one account per money lot.

    `told_guard` is the state that its coordination was told last. With the rule
    SMALLER, `kept_bps` of a reduction is still promised under the stop level.
    """

    class Guard(models.TextChoices):
        OK = "ok", _("lasts")
        WARN = "warn", _("under the warning")
        STOP = "stop", _("stopped")

    class StopRule(models.TextChoices):
        REFUSE = "refuse", _("no new order at a low tier")
        SMALLER = "smaller", _("a smaller reduction is offered")

    hub = models.OneToOneField(
        "hub.Organization", on_delete=models.PROTECT, related_name="solidarity_fund"
    )
    warn_weeks = models.PositiveSmallIntegerField(_("warn under (weeks)"), default=8)
    stop_weeks = models.PositiveSmallIntegerField(_("stop under (weeks)"), default=2)
    stop_rule = models.CharField(
        _("under the stop"),
        max_length=8,
        choices=StopRule.choices,
        default=StopRule.REFUSE,
    )
    kept_bps = models.PositiveIntegerField(
        _("part of the reduction still given (basis points)"), default=5_000
    )
    is_public = models.BooleanField(_("has a public page"), default=False)
    told_guard = models.CharField(max_length=4, choices=Guard.choices, default=Guard.OK)

    class Meta:
        verbose_name = _("solidarity fund")
        verbose_name_plural = _("solidarity funds")
        constraints = [
            models.CheckConstraint(
                name="pricing_fund_rule_known",
                condition=models.Q(stop_rule__in=["refuse", "smaller"])
                & models.Q(told_guard__in=["ok", "warn", "stop"]),
            ),
            models.CheckConstraint(
                name="pricing_fund_keeps_a_part",
                condition=models.Q(kept_bps__gt=0, kept_bps__lt=10_000),
            ),
            models.CheckConstraint(
                name="pricing_fund_stops_after_it_warns",
                condition=models.Q(stop_weeks__lte=models.F("warn_weeks")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.hub)


class FundLot(models.Model):
    """Money of a fund with its own source, purpose, end date and eligible groups.

    No eligible group means that the lot may pay for any buyer of the hub.
    """

    class Kind(models.TextChoices):
        GRANT = "grant", _("Grant from a funder")
        DONATION = "donation", _("Donation")
        CONTRIBUTION = "contribution", _("Pay-it-forward contributions")
        PROGRAMME = "programme", _("Programme money")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    fund = models.ForeignKey(
        "pricing.SolidarityFund", on_delete=models.PROTECT, related_name="lots"
    )
    source = models.CharField(_("source"), max_length=120)
    kind = models.CharField(
        _("kind of source"), max_length=12, choices=Kind.choices, default=Kind.DONATION
    )
    purpose = models.CharField(_("purpose"), max_length=300, blank=True)
    ends_on = models.DateField(_("to be spent by"), null=True, blank=True)
    eligible_groups = models.ManyToManyField(
        "hub.Organization",
        verbose_name=_("eligible groups"),
        related_name="fund_lots",
        blank=True,
    )
    is_general = models.BooleanField(
        default=False, help_text=_("Contributions of the support tier come here.")
    )

    class Meta:
        verbose_name = _("money lot")
        verbose_name_plural = _("money lots")
        ordering = ["ends_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["fund"],
                condition=models.Q(is_general=True),
                name="pricing_one_general_lot",
            ),
            models.CheckConstraint(
                name="pricing_lot_kind_known",
                condition=models.Q(
                    kind__in=["grant", "donation", "contribution", "programme"]
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.source
