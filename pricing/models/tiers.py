"""Levels of price: multipliers with their days, limits, agreements."""

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
