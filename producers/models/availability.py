"""What farms say they will have in a week, and what of it is promised."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from producers.core.availability import quantity_left


class Availability(models.Model):
    """What a farm will have of an offer in one week, and what of it is promised.

    `reserved` is written by the stock services alone. When a farm lowers its figure
    below what is promised, the missing part stands in `short_quantity` until the close
    shares it out. Always: `short_quantity` is what `reserved` exceeds `quantity` by,
    and zero when nothing is missing.
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
                name="producers_short_is_what_lacks",
                condition=models.Q(short_quantity=0)
                | models.Q(reserved=models.F("quantity") + models.F("short_quantity")),
            ),
            models.CheckConstraint(
                name="producers_week_begins_on_monday",
                condition=models.Q(week_on__week_day=2),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offer} · {self.week_on}"

    @property
    def left(self) -> int:
        """What may still be ordered."""
        return quantity_left(self.quantity, self.reserved)


class EmptyWeek(models.Model):
    """A farm's answer that it has nothing for a hub in a week.

    It tells a farm that has nothing from a farm that has not answered yet.
    """

    producer = models.ForeignKey(
        "hub.Organization", on_delete=models.PROTECT, related_name="empty_weeks"
    )
    hub = models.ForeignKey(
        "hub.Organization", on_delete=models.PROTECT, related_name="+"
    )
    week_on = models.DateField(_("week of"))
    said_at = models.DateTimeField(_("said at"), default=timezone.now)
    said_by = models.ForeignKey(
        "hub.Person", on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )

    class Meta:
        verbose_name = _("week without goods")
        verbose_name_plural = _("weeks without goods")
        constraints = [
            models.UniqueConstraint(
                fields=["producer", "hub", "week_on"], name="producers_empty_week_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.producer} · {self.week_on}"


class GridPage(models.Model):
    """One opened page of the weekly grid, and the last change that it sent.

    A phone that loses its connection sends a change again: a number that is not above
    `last_change` has had its effect already and has none a second time.
    """

    key = models.CharField(max_length=36)
    person = models.ForeignKey(
        "hub.Person", on_delete=models.CASCADE, related_name="grid_pages"
    )
    last_change = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("grid page")
        verbose_name_plural = _("grid pages")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "key"], name="producers_grid_page_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} · {self.last_change}"
