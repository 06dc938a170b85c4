"""What a driven day cost, who carries which part of it, and why."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hub.core.ids import new_public_id
from hub.core.privacy import Personal


class SettlementRule(models.Model):
    """How a hub shares its part of the transport; without a row, the defaults.

    `difference` says what becomes of the transport collected in the prices beyond, or
    short of, a member's shares of the day.
    """

    class Payer(models.TextChoices):
        BUYER = "buyer", _("the buyer who receives the goods")
        FARM = "farm", _("the farm that ships the goods")

    class Policy(models.TextChoices):
        FIXED_ORDER = "fixed_order", _("what each shipment adds to the route")
        PER_UNIT = "per_unit", _("by kilogram delivered")
        EQUAL = "equal", _("equally between shipments")

    class Difference(models.TextChoices):
        KEPT = "kept", _("kept, or borne, by the hub")
        RETURNED = "returned", _("a surplus is given back, the hub bears a shortfall")
        SETTLED = "settled", _("a surplus is given back, a shortfall is charged")

    hub = models.OneToOneField(
        "hub.Organization", on_delete=models.PROTECT, related_name="settlement_rule"
    )
    payer = models.CharField(
        _("who carries the cost"),
        max_length=6,
        choices=Payer.choices,
        default=Payer.BUYER,
    )
    policy = models.CharField(
        _("shared by"),
        max_length=12,
        choices=Policy.choices,
        default=Policy.FIXED_ORDER,
    )
    difference = models.CharField(
        _("difference with the transport collected"),
        max_length=8,
        choices=Difference.choices,
        default=Difference.KEPT,
    )

    class Meta:
        verbose_name = _("settlement rule")
        verbose_name_plural = _("settlement rules")

    def __str__(self) -> str:
        return f"{self.hub} · {self.policy}"


class DaySettlement(models.Model):
    """A pool's day, settled; it stands on the plan that was driven.

    One is in force. A day that is reopened keeps the settlements of before, withdrawn,
    as history; `number` tells the first from those that followed.
    """

    PERSONAL_FIELDS: ClassVar = {
        "withdrawn_reason": Personal("Tell why a day was reopened.", 7 * 365),
    }

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    pool = models.ForeignKey(
        "routing.FleetPool", on_delete=models.PROTECT, related_name="settlements"
    )
    service_on = models.DateField(_("day"))
    number = models.PositiveSmallIntegerField(default=1)
    plan = models.ForeignKey(
        "routing.Plan", on_delete=models.PROTECT, related_name="settlements"
    )
    cost_cents = models.PositiveIntegerField()
    settled_by = models.ForeignKey(
        "hub.Person", on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    settled_at = models.DateTimeField()
    withdrawn_key = models.CharField(max_length=80, blank=True)
    withdrawn_reason = models.CharField(_("reason"), max_length=200, blank=True)
    withdrawn_by = models.ForeignKey(
        "hub.Person", on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("settlement of a day")
        verbose_name_plural = _("settlements of days")
        ordering = ["-service_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["pool", "service_on"],
                condition=Q(withdrawn_at=None),
                name="routing_day_settled_once",
            ),
            models.UniqueConstraint(
                fields=["pool", "service_on", "number"],
                name="routing_settlement_numbered_once",
            ),
            models.UniqueConstraint(
                fields=["withdrawn_key"],
                condition=~Q(withdrawn_key=""),
                name="routing_settlement_withdrawn_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pool} · {self.service_on}"


class RouteSettlement(models.Model):
    """What one truck drove and is paid for; `visits` are the stops it really made.

    With the plan's problem and the shares' facts they give the same cents again.
    """

    APPEND_ONLY: ClassVar = True

    settlement = models.ForeignKey(
        "routing.DaySettlement", on_delete=models.PROTECT, related_name="routes"
    )
    route = models.ForeignKey(
        "routing.Route", on_delete=models.PROTECT, related_name="settled"
    )
    carrier = models.ForeignKey(
        "hub.Organization", on_delete=models.PROTECT, related_name="routes_paid"
    )
    cost_cents = models.PositiveIntegerField()
    distance_m = models.PositiveIntegerField()
    duration_s = models.PositiveIntegerField()
    waiting_s = models.PositiveIntegerField(default=0)
    visits = models.JSONField()

    class Meta:
        verbose_name = _("settled route")
        verbose_name_plural = _("settled routes")
        ordering = ["settlement", "id"]

    def __str__(self) -> str:
        return f"{self.route}"


class HubSettlement(models.Model):
    """A hub's part of a day: what is shared, what stays with it, by which rule.

    Papers of that day numbered after `last_number` correct it: their transport comes to
    the hub's account, or leaves it, and no share changes.
    """

    settlement = models.ForeignKey(
        "routing.DaySettlement", on_delete=models.PROTECT, related_name="hubs"
    )
    hub = models.ForeignKey(
        "hub.Organization", on_delete=models.PROTECT, related_name="day_settlements"
    )
    cost_cents = models.PositiveIntegerField()
    shares_cents = models.PositiveIntegerField()
    remainder_cents = models.PositiveIntegerField()
    credited_cents = models.IntegerField()
    moved_cents = models.IntegerField(
        help_text=_("Given back to members, less what they were charged.")
    )
    payer = models.CharField(max_length=6, choices=SettlementRule.Payer.choices)
    policy = models.CharField(max_length=12, choices=SettlementRule.Policy.choices)
    difference = models.CharField(
        max_length=8, choices=SettlementRule.Difference.choices
    )
    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("settlement of a hub")
        verbose_name_plural = _("settlements of hubs")
        constraints = [
            models.UniqueConstraint(
                fields=["settlement", "hub"], name="routing_hub_settled_once"
            ),
            models.CheckConstraint(
                name="routing_shares_and_remainder_are_the_cost",
                condition=Q(cost_cents=F("shares_cents") + F("remainder_cents")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.settlement} · {self.hub}"

    @property
    def left_cents(self) -> int:
        """What the day leaves on the hub's transport account, or takes from it."""
        return self.credited_cents - self.cost_cents - self.moved_cents


class CostShare(models.Model):
    """What one shipment pays of the route that carried it, with its computation."""

    APPEND_ONLY: ClassVar = True

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    route = models.ForeignKey(
        "routing.RouteSettlement", on_delete=models.PROTECT, related_name="shares"
    )
    hub = models.ForeignKey(
        "routing.HubSettlement", on_delete=models.PROTECT, related_name="shares"
    )
    shipment = models.ForeignKey(
        "orders.Shipment", on_delete=models.PROTECT, related_name="cost_shares"
    )
    mass_g = models.PositiveIntegerField()
    alone_cents = models.PositiveIntegerField()
    share_cents = models.PositiveIntegerField()
    waived_cents = models.PositiveIntegerField(default=0)
    credited_cents = models.IntegerField(default=0)
    is_capped = models.BooleanField(default=False)
    computation = models.JSONField()

    class Meta:
        verbose_name = _("cost share")
        verbose_name_plural = _("cost shares")
        ordering = ["route", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["route", "shipment"], name="routing_share_once"
            ),
            models.CheckConstraint(
                name="routing_share_within_alone",
                condition=Q(share_cents__lte=F("alone_cents")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shipment} {self.share_cents}"

    @property
    def difference_cents(self) -> int:
        """What was collected beyond the share; negative, what is missing."""
        return self.credited_cents - self.share_cents


class SharePart(models.Model):
    """The part of a share that one organization carries."""

    APPEND_ONLY: ClassVar = True

    share = models.ForeignKey(
        "routing.CostShare", on_delete=models.PROTECT, related_name="parts"
    )
    organization = models.ForeignKey(
        "hub.Organization", on_delete=models.PROTECT, related_name="share_parts"
    )
    mass_g = models.PositiveIntegerField()
    share_cents = models.PositiveIntegerField()
    credited_cents = models.IntegerField(default=0)

    class Meta:
        verbose_name = _("part of a share")
        verbose_name_plural = _("parts of shares")
        constraints = [
            models.UniqueConstraint(
                fields=["share", "organization"], name="routing_share_part_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organization} {self.share_cents}"


class PayerSettlement(models.Model):
    """What a day settles with one organization; `moved_cents` is given back to it."""

    APPEND_ONLY: ClassVar = True

    hub = models.ForeignKey(
        "routing.HubSettlement", on_delete=models.PROTECT, related_name="payers"
    )
    organization = models.ForeignKey(
        "hub.Organization", on_delete=models.PROTECT, related_name="transport_settled"
    )
    share_cents = models.PositiveIntegerField()
    credited_cents = models.IntegerField()
    moved_cents = models.IntegerField()

    class Meta:
        verbose_name = _("settlement of a member")
        verbose_name_plural = _("settlements of members")
        constraints = [
            models.UniqueConstraint(
                fields=["hub", "organization"], name="routing_payer_settled_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.hub} · {self.organization}"
