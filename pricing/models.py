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
    first_multiplier_bps = models.PositiveIntegerField(
        _("first multiplier (basis points)"), db_column="multiplier_bps"
    )
    """What holds until the day of the first `TierMultiplier`."""
    multiplier_bps: int
    """What holds on the day asked for; only the selectors of terms know it."""
    needs_agreement = models.BooleanField(
        _("by agreement only"),
        default=False,
        help_text=_("Otherwise buyers choose it themselves, without proof."),
    )

    class Meta:
        verbose_name = _("price tier")
        verbose_name_plural = _("price tiers")
        ordering = ["first_multiplier_bps", "id"]
        constraints = [
            models.UniqueConstraint(fields=["hub", "code"], name="pricing_tier_once"),
            models.CheckConstraint(
                name="pricing_multiplier_sane",
                condition=models.Q(
                    first_multiplier_bps__gt=0, first_multiplier_bps__lte=20_000
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.get_code_display()


class TierMultiplier(models.Model):
    """What a tier multiplies the full price by from a day on."""

    tier = models.ForeignKey(
        "pricing.PriceTier", on_delete=models.PROTECT, related_name="multipliers"
    )
    multiplier_bps = models.PositiveIntegerField(_("multiplier (basis points)"))
    starts_on = models.DateField(_("from"))

    class Meta:
        verbose_name = _("multiplier of a tier")
        verbose_name_plural = _("multipliers of tiers")
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tier", "starts_on"], name="pricing_multiplier_once_a_day"
            ),
            models.CheckConstraint(
                name="pricing_dated_multiplier_sane",
                condition=models.Q(multiplier_bps__gt=0, multiplier_bps__lte=20_000),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tier} {self.multiplier_bps}"


class SupportLimit(models.Model):
    """How low a price may go, and how much of the fund one buyer may use in a month.

    For one buyer, or for all of the hub's who have none of their own. An empty figure
    is no limit of that kind. `grant` lets the prices under the floor pass while that
    money may pay for the buyer.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    hub = models.ForeignKey(
        "hub.Organization", on_delete=models.PROTECT, related_name="support_limits"
    )
    buyer = models.ForeignKey(
        "hub.Organization",
        on_delete=models.PROTECT,
        related_name="own_support_limits",
        null=True,
        blank=True,
    )
    floor_bps = models.PositiveIntegerField(
        _("lowest price, of the farm's price (basis points)"), null=True, blank=True
    )
    cap_cents = models.PositiveBigIntegerField(
        _("most support a month"), null=True, blank=True
    )
    grant = models.ForeignKey(
        "pricing.FundLot",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("limit of support")
        verbose_name_plural = _("limits of support")
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["hub", "buyer", "starts_on"],
                name="pricing_limit_once_a_day",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="pricing_limit_sane",
                condition=models.Q(floor_bps__isnull=True)
                | models.Q(floor_bps__lte=20_000),
            ),
            models.CheckConstraint(
                name="pricing_limit_in_order",
                condition=models.Q(ends_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.buyer or self.hub} {self.starts_on}"


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
    is_taxed = models.BooleanField(
        _("bears the sales taxes"),
        default=False,
        db_default=False,
        help_text=_("Also when the goods that travel are zero-rated."),
    )
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


class FeeRule(models.Model):
    """What the hub asks for one leg of the way from a day on; its parts add up."""

    class Leg(models.TextChoices):
        INBOUND = "inbound", _("from the farm to the hub")
        DOCK = "dock", _("at the dock of the hub")
        OUTBOUND = "outbound", _("from the hub to the drop point")

    hub = models.ForeignKey(
        "hub.Organization", on_delete=models.PROTECT, related_name="fee_rules"
    )
    leg = models.CharField(_("leg"), max_length=8, choices=Leg.choices)
    cents_per_unit = models.PositiveIntegerField(_("cents per unit"), default=0)
    cents_per_kg = models.PositiveIntegerField(_("cents per kilogram"), default=0)
    share_bps = models.PositiveIntegerField(
        _("of the farm's price (basis points)"), default=0
    )
    is_taxed = models.BooleanField(
        _("bears the sales taxes"),
        default=False,
        help_text=_("Also when the goods that travel are zero-rated."),
    )
    starts_on = models.DateField(_("from"))

    class Meta:
        verbose_name = _("fee of a leg")
        verbose_name_plural = _("fees of legs")
        ordering = ["leg", "-starts_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["hub", "leg", "starts_on"], name="pricing_fee_once_a_day"
            ),
            models.CheckConstraint(
                name="pricing_fee_sane", condition=models.Q(share_bps__lte=10_000)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_leg_display()} {self.starts_on}"


class TaxRate(models.Model):
    """One sales tax on one class of goods from a date on, in parts per million."""

    class GoodsClass(models.TextChoices):
        ZERO_RATED = "zero_rated", _("Zero-rated (basic grocery)")
        TAXABLE = "taxable", _("Taxable")
        SERVICE = "service", _("Transport and fees that bear taxes")

    code = models.CharField(_("tax"), max_length=8)
    goods_class = models.CharField(
        _("class"),
        max_length=10,
        choices=GoodsClass.choices,
        default=GoodsClass.TAXABLE,
        db_default=GoodsClass.TAXABLE,
    )
    rate_ppm = models.PositiveIntegerField(_("rate (parts per million)"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("tax rate")
        verbose_name_plural = _("tax rates")
        ordering = ["code", "-starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "goods_class", "starts_on"],
                name="pricing_tax_once_a_day",
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
