"""Shared trucks and the plans that drive them: pools, vehicles, routes, stops."""

from django.db import models
from django.utils import timezone
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

    class Meta:
        verbose_name = _("fleet pool")
        verbose_name_plural = _("fleet pools")
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class Vehicle(models.Model):
    """A truck lent to a pool: its home, its shift and what it costs to drive."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    pool = models.ForeignKey(
        "routing.FleetPool", on_delete=models.PROTECT, related_name="vehicles"
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
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("vehicle")
        verbose_name_plural = _("vehicles")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["pool", "name"], name="routing_vehicle_name_once"
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


class Plan(models.Model):
    """Which truck goes where on one day of one pool: a record, not a recipe.

    `problem`, `matrix` and `solution` are the frozen documents of
    `routing.core.formats` the plan was checked against; rows of routes and stops say
    the same for pages.
    """

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        PUBLISHED = "published", _("Published")
        REPLACED = "replaced", _("Replaced")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    pool = models.ForeignKey(
        "routing.FleetPool", on_delete=models.PROTECT, related_name="plans"
    )
    service_on = models.DateField(_("day"))
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.PROPOSED
    )
    job = models.OneToOneField(
        "hub.Job", on_delete=models.PROTECT, related_name="plan", null=True, blank=True
    )
    engine = models.CharField(max_length=60)
    seed = models.PositiveIntegerField(default=0)
    cost_cents = models.PositiveIntegerField()
    penalty_cents = models.PositiveIntegerField(default=0)
    distance_m = models.PositiveIntegerField()
    duration_s = models.PositiveIntegerField()
    problem = models.JSONField()
    matrix = models.JSONField()
    solution = models.JSONField()
    proposed_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        "hub.Person", on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        ordering = ["-service_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["pool", "service_on"],
                condition=models.Q(status="published"),
                name="routing_one_published_plan",
            )
        ]

    def __str__(self) -> str:
        return f"{self.pool} · {self.service_on}"


class PlanCycle(models.Model):
    """The revision of a cycle that a plan was built on."""

    plan = models.ForeignKey(
        "routing.Plan", on_delete=models.CASCADE, related_name="cycles"
    )
    cycle = models.ForeignKey(
        "hub.Cycle", on_delete=models.PROTECT, related_name="plan_cycles"
    )
    revision = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("planned cycle")
        verbose_name_plural = _("planned cycles")
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "cycle"], name="routing_plan_cycle_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.plan} · {self.cycle} r{self.revision}"


class Route(models.Model):
    """One truck's day in a plan; times are seconds from local midnight."""

    plan = models.ForeignKey(
        "routing.Plan", on_delete=models.CASCADE, related_name="routes"
    )
    vehicle = models.ForeignKey(
        "routing.Vehicle", on_delete=models.PROTECT, related_name="routes"
    )
    number = models.PositiveSmallIntegerField()
    start_s = models.PositiveIntegerField()
    end_s = models.PositiveIntegerField()
    distance_m = models.PositiveIntegerField()
    cost_cents = models.PositiveIntegerField()
    line = models.JSONField(default=list)

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


class Stop(models.Model):
    """One halt of a route, with what is loaded and unloaded there."""

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
    """A shipment loaded or unloaded at a stop."""

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


class UnservedShipment(models.Model):
    """A shipment the plan leaves out, with the reason a person can read."""

    plan = models.ForeignKey(
        "routing.Plan", on_delete=models.CASCADE, related_name="unserved"
    )
    shipment = models.ForeignKey(
        "orders.Shipment", on_delete=models.PROTECT, related_name="unserved_in"
    )
    reason_code = models.CharField(max_length=40)
    reason_data = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("unserved shipment")
        verbose_name_plural = _("unserved shipments")
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "shipment"], name="routing_unserved_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.plan} ∌ {self.shipment}"
