"""The routes of a plan, stop by stop: copies of what was decided, not of the world."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from hub.core.ids import new_public_id


class Route(models.Model):
    """One truck's day in a plan; times are seconds from local midnight.

    `capacities` holds [grams, millilitres] per temperature class as planned. `legs`
    holds the lines to draw, home to home: {"is_estimate": …, "points": [[lat, lon]…]}.
    `edit_version` is that of its plan when the route last changed under way. A route
    whose stops were all given to others keeps its row, so that its driver is told.
    """

    plan = models.ForeignKey(
        "routing.Plan", on_delete=models.CASCADE, related_name="routes"
    )
    vehicle = models.ForeignKey(
        "routing.Vehicle", on_delete=models.PROTECT, related_name="routes"
    )
    home = models.ForeignKey(
        "hub.Place", on_delete=models.PROTECT, related_name="routes_from"
    )
    driver = models.ForeignKey(
        "hub.Person",
        verbose_name=_("driven by"),
        on_delete=models.SET_NULL,
        related_name="routes_driven",
        null=True,
        blank=True,
    )
    number = models.PositiveSmallIntegerField()
    start_s = models.PositiveIntegerField()
    end_s = models.PositiveIntegerField()
    distance_m = models.PositiveIntegerField()
    cost_cents = models.PositiveIntegerField()
    return_distance_m = models.PositiveIntegerField()
    return_is_estimate = models.BooleanField(default=False)
    capacities = models.JSONField(default=dict)
    legs = models.JSONField(default=list)
    edit_version = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("route")
        verbose_name_plural = _("routes")
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "vehicle"], name="routing_route_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.plan} · {self.vehicle}"


class PlannedStops(models.Manager["Stop"]):
    """Every stop but those taken out of a route that nobody had told of."""

    def get_queryset(self) -> models.QuerySet[Stop]:
        return super().get_queryset().filter(sequence__lt=Stop.UNTOLD_FROM)


class Stop(models.Model):
    """One halt of a route, with what is loaded and unloaded there.

    `load_after` holds [grams, millilitres] on board per class when the truck leaves.
    A stop that a breakdown took out has nothing to do any more and is numbered from
    `CUT_FROM`; one nobody had told of from `UNTOLD_FROM`. Only `all_rows` finds the
    latter, for a phone that was out of reach.
    """

    CUT_FROM: ClassVar = 1_000
    UNTOLD_FROM: ClassVar = 10_000

    objects = PlannedStops()
    all_rows = models.Manager["Stop"]()

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    route = models.ForeignKey(
        "routing.Route", on_delete=models.CASCADE, related_name="stops"
    )
    place = models.ForeignKey(
        "hub.Place", on_delete=models.PROTECT, related_name="stops"
    )
    sequence = models.PositiveSmallIntegerField()
    arrival_s = models.PositiveIntegerField()
    service_start_s = models.PositiveIntegerField()
    departure_s = models.PositiveIntegerField()
    leg_distance_m = models.PositiveIntegerField()
    leg_is_estimate = models.BooleanField(default=False)
    load_after = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("stop")
        verbose_name_plural = _("stops")
        ordering = ["route", "sequence"]
        constraints = [
            models.UniqueConstraint(
                fields=["route", "sequence"], name="routing_stop_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.sequence} · {self.place}"


class StopAction(models.Model):
    """A shipment loaded or unloaded at a stop, with its amounts as planned.

    `amounts` holds [grams, millilitres] per temperature class.
    """

    class Kind(models.TextChoices):
        LOAD = "load", _("Load")
        UNLOAD = "unload", _("Unload")

    stop = models.ForeignKey(
        "routing.Stop", on_delete=models.CASCADE, related_name="actions"
    )
    shipment = models.ForeignKey(
        "orders.Shipment", on_delete=models.PROTECT, related_name="stop_actions"
    )
    kind = models.CharField(max_length=6, choices=Kind.choices)
    amounts = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("stop action")
        verbose_name_plural = _("stop actions")
        constraints = [
            models.UniqueConstraint(
                fields=["stop", "shipment", "kind"], name="routing_action_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.shipment}"
