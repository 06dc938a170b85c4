"""Shared trucks: the pools they are lent to, what they hold and what they cost."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from hub.core.ids import new_public_id


class FleetPool(models.Model):
    """Trucks shared by several hubs; one plan a day carries the goods of all."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    name = models.CharField(_("name"), max_length=80)
    coordinator = models.ForeignKey(
        "hub.Organization",
        verbose_name=_("planned by"),
        on_delete=models.PROTECT,
        related_name="fleet_pools_planned",
    )
    hubs = models.ManyToManyField(
        "hub.Organization", verbose_name=_("hubs"), related_name="fleet_pools"
    )
    max_onboard_frozen_s = models.PositiveIntegerField(
        _("longest ride of frozen goods"), null=True, blank=True
    )
    max_onboard_chilled_s = models.PositiveIntegerField(
        _("longest ride of chilled goods"), null=True, blank=True
    )
    max_onboard_ambient_s = models.PositiveIntegerField(
        _("longest ride of ambient goods"), null=True, blank=True
    )

    class Meta:
        verbose_name = _("fleet pool")
        verbose_name_plural = _("fleet pools")
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class Vehicle(models.Model):
    """A truck: its home, its shift and what it costs to drive.

    One that is in a pool is there every day, unless it is lent elsewhere or kept by
    its owner; one without a pool rides on the days for which it is lent.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    pool = models.ForeignKey(
        "routing.FleetPool",
        verbose_name=_("pool"),
        on_delete=models.PROTECT,
        related_name="vehicles",
        null=True,
        blank=True,
    )
    owner = models.ForeignKey(
        "hub.Organization",
        verbose_name=_("lent by"),
        on_delete=models.PROTECT,
        related_name="vehicles",
    )
    name = models.CharField(_("name"), max_length=60)
    plate = models.CharField(_("plate"), max_length=12, blank=True)
    home = models.ForeignKey(
        "hub.Place",
        verbose_name=_("home"),
        on_delete=models.PROTECT,
        related_name="vehicles",
    )
    shift_start_s = models.PositiveIntegerField(_("shift from"), default=6 * 3600)
    shift_end_s = models.PositiveIntegerField(_("shift until"), default=17 * 3600)
    fixed_cents = models.PositiveIntegerField(_("cost per day (cents)"), default=0)
    per_km_cents = models.PositiveIntegerField(_("cost per km (cents)"), default=0)
    per_hour_cents = models.PositiveIntegerField(_("cost per hour (cents)"), default=0)
    height_cm = models.PositiveIntegerField(_("height (cm)"), null=True, blank=True)
    has_tailgate = models.BooleanField(_("tailgate"), default=False)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("vehicle")
        verbose_name_plural = _("vehicles")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["pool", "name"], name="routing_vehicle_name_once"
            ),
            models.UniqueConstraint(
                fields=["owner", "name"],
                condition=models.Q(pool__isnull=True),
                name="routing_vehicle_own_name_once",
            ),
            models.CheckConstraint(
                name="routing_shift_in_order",
                condition=models.Q(
                    shift_start_s__lt=models.F("shift_end_s"), shift_end_s__lte=86_400
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Compartment(models.Model):
    """The part of a truck kept at one temperature."""

    class TemperatureClass(models.TextChoices):
        FROZEN = "frozen", _("Frozen")
        CHILLED = "chilled", _("Chilled")
        AMBIENT = "ambient", _("Ambient")

    vehicle = models.ForeignKey(
        "routing.Vehicle", on_delete=models.CASCADE, related_name="compartments"
    )
    temperature_class = models.CharField(
        _("temperature"), max_length=8, choices=TemperatureClass.choices
    )
    capacity_kg = models.PositiveIntegerField(_("capacity (kg)"))
    capacity_l = models.PositiveIntegerField(_("capacity (L)"))

    class Meta:
        verbose_name = _("compartment")
        verbose_name_plural = _("compartments")
        ordering = ["vehicle", "temperature_class"]
        constraints = [
            models.UniqueConstraint(
                fields=["vehicle", "temperature_class"], name="routing_compartment_once"
            ),
            models.CheckConstraint(
                name="routing_compartment_holds_something",
                condition=models.Q(capacity_kg__gt=0, capacity_l__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.vehicle} {self.temperature_class}"
