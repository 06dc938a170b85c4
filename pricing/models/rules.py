"""What a price is made of, each rule from a date on."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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
