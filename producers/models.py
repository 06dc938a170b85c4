"""What farms grow and what they will have: product, variant, offer, availability."""

from django.db import models
from django.utils import timezone
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


class PooledOffer(models.Model):
    """One line of a hub's list that several farms fill, at one agreed farm price."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    hub = models.ForeignKey(
        "hub.Organization", on_delete=models.PROTECT, related_name="pooled_offers"
    )
    family = models.ForeignKey(
        "hub.ProductFamily", on_delete=models.PROTECT, related_name="pooled_offers"
    )
    name_fr = models.CharField(_("name in French"), max_length=80)
    name_en = models.CharField(_("name in English"), max_length=80, blank=True)
    price_cents = models.PositiveIntegerField(_("farm price (cents)"))
    mass_g = models.PositiveIntegerField(_("mass (g)"))
    volume_ml = models.PositiveIntegerField(_("volume (mL)"))
    temperature_class = models.CharField(
        _("temperature"), max_length=8, choices=TemperatureClass.choices
    )
    taxability = models.CharField(
        _("taxes"),
        max_length=10,
        choices=Taxability.choices,
        default=Taxability.ZERO_RATED,
    )
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("pooled offer")
        verbose_name_plural = _("pooled offers")
        ordering = ["name_fr", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["hub", "name_fr"], name="producers_pooled_offer_name_once"
            ),
            models.CheckConstraint(
                name="producers_pooled_offer_weighs_something",
                condition=models.Q(mass_g__gt=0, volume_ml__gt=0),
            ),
        ]

    def __str__(self) -> str:
        if get_language() == "en" and self.name_en:
            return self.name_en
        return self.name_fr


class Offer(models.Model):
    """A variant offered to one hub, alone or as part of a pooled offer."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    variant = models.ForeignKey(
        "producers.Variant", on_delete=models.PROTECT, related_name="offers"
    )
    hub = models.ForeignKey(
        "hub.Organization", on_delete=models.PROTECT, related_name="offers"
    )
    pooled_offer = models.ForeignKey(
        "producers.PooledOffer",
        verbose_name=_("pooled offer"),
        on_delete=models.PROTECT,
        related_name="offers",
        null=True,
        blank=True,
    )
    price_cents = models.PositiveIntegerField(_("farm price (cents)"))
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        ordering = ["variant__product__name_fr", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["variant", "hub"], name="producers_offer_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.variant)


class Availability(models.Model):
    """What a farm will have of an offer in one week, and what of it is promised.

    `reserved` is written by the stock services alone. When a farm lowers its figure
    below what is promised, the missing part stands in `short_quantity` until the close
    shares it out: `reserved <= quantity + short_quantity` always holds.
    """

    offer = models.ForeignKey(
        "producers.Offer", on_delete=models.PROTECT, related_name="availabilities"
    )
    week_on = models.DateField(_("week of"))
    quantity = models.PositiveIntegerField(_("quantity"))
    short_quantity = models.PositiveIntegerField(_("short"), default=0)
    reserved = models.PositiveIntegerField(_("reserved"), default=0)
    price_cents = models.PositiveIntegerField(_("farm price (cents)"))
    lot = models.CharField(_("lot"), max_length=40, blank=True)
    updated_at = models.DateTimeField(_("updated at"), default=timezone.now)
    updated_by = models.ForeignKey(
        "hub.Person", on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )

    class Meta:
        verbose_name = _("availability")
        verbose_name_plural = _("availabilities")
        ordering = ["week_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["offer", "week_on"], name="producers_availability_once"
            ),
            models.CheckConstraint(
                name="producers_never_oversold",
                condition=models.Q(
                    reserved__lte=models.F("quantity") + models.F("short_quantity")
                ),
            ),
            models.CheckConstraint(
                name="producers_week_begins_on_monday",
                condition=models.Q(week_on__week_day=2),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offer} · {self.week_on}"
