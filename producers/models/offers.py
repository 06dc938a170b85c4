"""What is offered to a hub: a farm's own line, or a line that several farms fill."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hub.core.ids import new_public_id
from producers.models.catalogue import Taxability, TemperatureClass


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


class FarmMinimum(models.Model):
    """What a farm must sell to a hub in one cycle for the trip to be worth it."""

    producer = models.ForeignKey(
        "hub.Organization", on_delete=models.CASCADE, related_name="minimums"
    )
    hub = models.ForeignKey(
        "hub.Organization", on_delete=models.CASCADE, related_name="+"
    )
    amount_cents = models.PositiveIntegerField(_("minimum per cycle (cents)"))

    class Meta:
        verbose_name = _("farm’s minimum")
        verbose_name_plural = _("farms’ minimums")
        constraints = [
            models.UniqueConstraint(
                fields=["producer", "hub"], name="producers_minimum_once"
            ),
            models.CheckConstraint(
                name="producers_minimum_asks_something",
                condition=models.Q(amount_cents__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.producer} → {self.hub}"
