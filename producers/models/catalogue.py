"""What a farm grows, and how it packs it: product and variant."""

from typing import Any

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hub.core.ids import new_public_id


class TemperatureClass(models.TextChoices):
    """The three compartments goods can ride in."""

    FROZEN = "frozen", _("Frozen")
    CHILLED = "chilled", _("Chilled")
    AMBIENT = "ambient", _("Ambient")


class Taxability(models.TextChoices):
    """How TPS and TVQ treat a product."""

    ZERO_RATED = "zero_rated", _("Zero-rated (basic grocery)")
    TAXABLE = "taxable", _("Taxable")


class Product(models.Model):
    """Something a farm grows or makes; one catalogue for all hubs."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    producer = models.ForeignKey(
        "hub.Organization",
        verbose_name=_("farm"),
        on_delete=models.PROTECT,
        related_name="products",
    )
    family = models.ForeignKey(
        "hub.ProductFamily",
        verbose_name=_("family"),
        on_delete=models.PROTECT,
        related_name="products",
    )
    name_fr = models.CharField(_("name in French"), max_length=80)
    name_en = models.CharField(_("name in English"), max_length=80, blank=True)
    description = models.CharField(_("description"), max_length=300, blank=True)
    taxability = models.CharField(
        _("taxes"),
        max_length=10,
        choices=Taxability.choices,
        default=Taxability.ZERO_RATED,
    )
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        ordering = ["name_fr", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["producer", "name_fr"], name="producers_product_name_once"
            )
        ]

    def __str__(self) -> str:
        if get_language() == "en" and self.name_en:
            return self.name_en
        return self.name_fr


class Variant(models.Model):
    """One way a product is packed and sold; mass and volume are of one selling unit."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    product = models.ForeignKey(
        "producers.Product", on_delete=models.PROTECT, related_name="variants"
    )
    unit = models.CharField(_("unit"), max_length=12)
    label_fr = models.CharField(_("packing in French"), max_length=60)
    label_en = models.CharField(_("packing in English"), max_length=60, blank=True)
    units_per_case = models.PositiveIntegerField(_("pieces in a unit"), default=1)
    mass_g = models.PositiveIntegerField(_("mass (g)"))
    volume_ml = models.PositiveIntegerField(_("volume (mL)"))
    temperature_class = models.CharField(
        _("temperature"), max_length=8, choices=TemperatureClass.choices
    )
    is_organic = models.BooleanField(_("organic"), default=False)
    is_seconds = models.BooleanField(_("seconds"), default=False)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("variant")
        verbose_name_plural = _("variants")
        ordering = ["product__name_fr", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "label_fr"], name="producers_variant_label_once"
            ),
            models.CheckConstraint(
                name="producers_variant_weighs_something",
                condition=models.Q(mass_g__gt=0, volume_ml__gt=0, units_per_case__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product}, {self.label}"

    @property
    def label(self) -> str:
        """The packing in the reader's language."""
        if get_language() == "en" and self.label_en:
            return self.label_en
        return self.label_fr

    @property
    def offered_to(self) -> list[Any]:
        """The hubs with an offer of it; no query once offers are fetched."""
        return [offer.hub for offer in self.offers.all()]
