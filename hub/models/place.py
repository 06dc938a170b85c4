"""Places where goods are loaded or unloaded, with the hours they receive."""

from secrets import token_hex
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from hub.core.ids import new_public_id
from hub.core.privacy import Personal


def photo_path(_place: models.Model, _name: str) -> str:
    """Where a photo is kept: a name nobody can guess."""
    return f"photos/{token_hex(16)}.jpg"


class Place(models.Model):
    """A farm gate, a hub's dock or a drop point; latitude and longitude in degrees.

    One without coordinates waits for its pin: no truck is sent there until then.

    The dock of a hub takes `num_docks` trucks at once; goods that pass through it are
    recombined within `transfer_duration_s` and leave within `dwell_limit_s`.
    """

    class Kind(models.TextChoices):
        FARM = "farm", _("Farm")
        HUB = "hub", _("Hub")
        DROP_POINT = "drop_point", _("Drop point")
        DEPOT = "depot", _("Truck depot")

    PERSONAL_FIELDS: ClassVar = {
        "address": Personal("Bring the goods to the door.", None),
        "contact_name": Personal("Ask for the right person on arrival.", None),
        "contact_phone": Personal("Call on the day of delivery.", None),
        "access_note": Personal("Find the door, and whom to ring for.", None),
        "access_code": Personal(
            "Open the door to the driver who brings the goods, until the day is over.",
            None,
        ),
        "photo": Personal(
            "Recognize the door on arrival, until it is removed or replaced.", None
        ),
    }

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    organization = models.ForeignKey(
        "hub.Organization",
        verbose_name=_("organization"),
        on_delete=models.PROTECT,
        related_name="places",
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=120)
    address = models.CharField(_("address"), max_length=200, blank=True)
    latitude = models.FloatField(
        _("latitude"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.FloatField(
        _("longitude"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    service_duration_s = models.PositiveIntegerField(
        _("time at the door (seconds)"), default=600
    )
    contact_name = models.CharField(_("contact"), max_length=120, blank=True)
    contact_phone = models.CharField(_("phone"), max_length=30, blank=True)
    access_note = models.CharField(_("access"), max_length=300, blank=True)
    access_code = models.CharField(_("private code"), max_length=40, blank=True)
    has_dock = models.BooleanField(_("loading dock"), default=False)
    needs_tailgate = models.BooleanField(_("tailgate needed"), default=False)
    has_cold_storage = models.BooleanField(_("cold storage"), default=False)
    max_height_cm = models.PositiveIntegerField(
        _("height limit (cm)"), null=True, blank=True
    )
    photo = models.FileField(_("photo of the door"), upload_to=photo_path, blank=True)
    num_docks = models.PositiveSmallIntegerField(_("trucks at once"), default=2)
    dwell_limit_s = models.PositiveIntegerField(
        _("longest wait of goods (seconds)"), default=4 * 3_600
    )
    transfer_duration_s = models.PositiveIntegerField(
        _("time to recombine (seconds)"), default=15 * 60
    )
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "name"], name="hub_place_name_once"
            ),
            models.CheckConstraint(
                name="hub_place_pin_whole",
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(latitude__isnull=False, longitude__isnull=False),
            ),
            models.CheckConstraint(
                name="hub_place_dock_can_work",
                condition=models.Q(num_docks__gte=1)
                & models.Q(transfer_duration_s__lte=models.F("dwell_limit_s")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_pinned(self) -> bool:
        """Whether trucks know where it stands."""
        return self.latitude is not None


class PlaceWindow(models.Model):
    """Hours within which a truck may begin to load or unload, on one weekday or all.

    Seconds from local midnight; `weekday` counts from Monday 0, empty means every day.
    """

    place = models.ForeignKey(
        "hub.Place", on_delete=models.CASCADE, related_name="windows"
    )
    weekday = models.PositiveSmallIntegerField(_("weekday"), null=True, blank=True)
    start_s = models.PositiveIntegerField(_("from"))
    end_s = models.PositiveIntegerField(_("until"))

    class Meta:
        verbose_name = _("window")
        verbose_name_plural = _("windows")
        ordering = ["start_s", "id"]
        constraints = [
            models.CheckConstraint(
                name="hub_window_in_order",
                condition=models.Q(start_s__lt=models.F("end_s"), end_s__lte=86_400),
            ),
            models.CheckConstraint(
                name="hub_window_weekday",
                condition=models.Q(weekday__isnull=True) | models.Q(weekday__lte=6),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place}: {self.start_s}–{self.end_s}"
