"""Tables of prices: tiers, agreements, margins, transport, taxes, solidarity funds."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from hub.core.ids import new_public_id


class PriceTier(models.Model):
    """A level of price of one hub; 10 000 basis points are the full price."""

    class Code(models.TextChoices):
        SOLIDAIRE = "solidaire", _("Solidarity")
        JUSTE_PRIX = "juste_prix", _("Fair price")
        SOUTIEN = "soutien", _("Support")

    hub = models.ForeignKey(
        "hub.Organization", on_delete=models.PROTECT, related_name="price_tiers"
    )
    code = models.CharField(_("tier"), max_length=12, choices=Code.choices)
    multiplier_bps = models.PositiveIntegerField(_("multiplier (basis points)"))
    needs_agreement = models.BooleanField(
        _("by agreement only"),
        default=False,
        help_text=_("Otherwise buyers choose it themselves, without proof."),
    )

    class Meta:
        verbose_name = _("price tier")
        verbose_name_plural = _("price tiers")
        ordering = ["multiplier_bps", "id"]
        constraints = [
            models.UniqueConstraint(fields=["hub", "code"], name="pricing_tier_once"),
            models.CheckConstraint(
                name="pricing_multiplier_sane",
                condition=models.Q(multiplier_bps__gt=0, multiplier_bps__lte=20_000),
            ),
        ]

    def __str__(self) -> str:
        return self.get_code_display()


class TierAgreement(models.Model):
    """A tier granted to one buyer organization by its hub, between two dates."""

    tier = models.ForeignKey(
        "pricing.PriceTier", on_delete=models.PROTECT, related_name="agreements"
    )
    buyer = models.ForeignKey(
        "hub.Organization", on_delete=models.PROTECT, related_name="tier_agreements"
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("tier agreement")
        verbose_name_plural = _("tier agreements")
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="pricing_agreement_in_order",
                condition=models.Q(ends_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.buyer} · {self.tier}"


class MarginRule(models.Model):
    """The hub's margin from a date on, with the basis it is counted on."""

    class Basis(models.TextChoices):
        MARKUP_ON_COST = "markup_on_cost", _("markup on the farm's price")
        COMMISSION_ON_PRICE = "commission_on_price", _("commission on the sale price")

    hub = models.ForeignKey(
        "hub.Organization", on_delete=models.PROTECT, related_name="margin_rules"
    )
    basis = models.CharField(_("basis"), max_length=20, choices=Basis.choices)
    rate_bps = models.PositiveIntegerField(_("rate (basis points)"))
    starts_on = models.DateField(_("from"))

    class Meta:
        verbose_name = _("margin rule")
        verbose_name_plural = _("margin rules")
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["hub", "starts_on"], name="pricing_margin_once_a_day"
            ),
            models.CheckConstraint(
                name="pricing_margin_sane", condition=models.Q(rate_bps__lt=10_000)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_basis_display()} {self.rate_bps}"


class TransportRule(models.Model):
    """The agreed transport part T from a date on, by temperature class."""

    hub = models.ForeignKey(
        "hub.Organization", on_delete=models.PROTECT, related_name="transport_rules"
    )
    temperature_class = models.CharField(_("temperature"), max_length=8)
    cents_per_kg = models.PositiveIntegerField(_("cents per kilogram"))
    starts_on = models.DateField(_("from"))

    class Meta:
        verbose_name = _("transport rule")
        verbose_name_plural = _("transport rules")
        ordering = ["temperature_class", "-starts_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["hub", "temperature_class", "starts_on"],
                name="pricing_transport_once_a_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.temperature_class} {self.cents_per_kg}"


class TaxRate(models.Model):
    """One sales tax from a date on, in parts per million of the price."""

    code = models.CharField(_("tax"), max_length=8)
    rate_ppm = models.PositiveIntegerField(_("rate (parts per million)"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("tax rate")
        verbose_name_plural = _("tax rates")
        ordering = ["code", "-starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "starts_on"], name="pricing_tax_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.rate_ppm}"


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
