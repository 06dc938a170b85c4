"""Settled days as people may read them.

Who reads what: the coordination of a hub reads the cost of the day and every share of
its own hub; a farm or a buyer reads the shares it has a part of, and its own part
alone; who lends a truck reads what its routes are paid.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Prefetch, Q, QuerySet, Sum

from hub import selectors as hub_selectors
from orders import selectors as order_selectors
from routing.models import (
    CostShare,
    DaySettlement,
    FleetPool,
    HubSettlement,
    PayerSettlement,
    Plan,
    RouteSettlement,
    SettlementRule,
    SharePart,
)

if TYPE_CHECKING:
    from hub.core.errors import DomainError
    from hub.models import Organization, Person
    from orders.models import Order
    from orders.selectors import Correction

PAYER_ROLES = ("producer", "group_buyer", "institutional_buyer")


def settlement_of(pool: FleetPool, service_on: date) -> DaySettlement | None:
    """The settlement in force of a pool's day."""
    in_force = DaySettlement.objects.filter(withdrawn_at=None)
    return (
        in_force.filter(pool=pool, service_on=service_on)
        .select_related("pool", "settled_by")
        .first()
    )


def withdrawn_settlements(pool: FleetPool, service_on: date) -> QuerySet[DaySettlement]:
    """What a day was settled to before it was reopened, the latest first."""
    rows = pool.settlements.filter(service_on=service_on).exclude(withdrawn_at=None)
    return rows.select_related("withdrawn_by", "settled_by").order_by("-number")


def is_settled(pool: FleetPool, service_on: date) -> bool:
    """Whether a settlement of that day is in force."""
    rows = pool.settlements.filter(service_on=service_on, withdrawn_at=None)
    return rows.exists()


def last_settled(pool: FleetPool, service_on: date) -> DaySettlement | None:
    """What a day was settled to last, in force or withdrawn, with its plan."""
    rows = pool.settlements.filter(service_on=service_on).select_related("plan")
    return rows.order_by("-number").first()


def published_plan(pool: FleetPool, service_on: date) -> Plan | None:
    """The plan that everybody drives by on a day."""
    plans = pool.plans.filter(service_on=service_on, status=Plan.Status.PUBLISHED)
    return plans.defer("problem", "solution").first()


def num_waiting(plan: Plan) -> int:
    """Shipments of a plan that are neither delivered nor decided."""
    return order_selectors.undecided_shipments(
        shipment_ids=shipments_of(plan), on=plan.service_on
    ).count()


def bills_refused(plan: Plan) -> list[tuple[Order, DomainError]]:
    """The orders of a plan that could not be billed when somebody tried, and why."""
    on = plan.service_on
    waiting = order_selectors.orders_unbilled(shipment_ids=shipments_of(plan), on=on)
    refusals = order_selectors.refusals_of([order.pk for order in waiting], on=on)
    return [(row, refusals[row.pk]) for row in waiting if row.pk in refusals]


def shipments_of(plan: Plan) -> set[int]:
    """The shipments a plan carries and those it leaves behind."""
    carried = plan.routes.filter(stops__actions__isnull=False)
    ids = set(carried.values_list("stops__actions__shipment", flat=True))
    return ids | set(plan.unserved.values_list("shipment", flat=True))


def hub_parts(settlement: DaySettlement) -> QuerySet[HubSettlement]:
    """What each hub pays of a day."""
    return settlement.hubs.select_related("hub").order_by("hub__name", "hub_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """What a hub's transport account has of a settled day, and what came since."""

    part: HubSettlement
    corrections: list[Correction]

    @property
    def changed_cents(self) -> int:
        """What corrections brought to the account; below zero, what they took."""
        return sum(each.transport_cents for each in self.corrections)

    @property
    def left_cents(self) -> int:
        """What the day leaves on the account by now."""
        return self.part.left_cents + self.changed_cents


def corrected_since(settlement: DaySettlement, person: Person) -> list[Since]:
    """The same for each hub that this person coordinates."""
    mine = hub_parts(settlement).filter(
        hub__in=hub_selectors.hubs_coordinated_by(person)
    )
    return [
        Since(
            part=part,
            corrections=order_selectors.corrections_since(
                hub_id=part.hub_id,
                on=settlement.service_on,
                number=part.last_number,
            ),
        )
        for part in mine
    ]


def routes_paid(settlement: DaySettlement) -> QuerySet[RouteSettlement]:
    """The routes of a day, with who lent the truck."""
    rows = settlement.routes.select_related("settlement", "route__vehicle", "carrier")
    return rows.order_by("pk")


def shares_of(settlement: DaySettlement, person: Person) -> QuerySet[CostShare]:
    """The shares of a day in the hubs this person coordinates, in driving order."""
    return _with_names(shares_seen_by(person)).filter(
        hub__settlement=settlement,
        hub__hub__in=hub_selectors.hubs_coordinated_by(person),
    )


def shares_seen_by(person: Person) -> QuerySet[CostShare]:
    """Shares of the hubs coordinated, and those the person's organizations carry."""
    mine = SharePart.objects.filter(organization__in=_paying(person)).values("share")
    return CostShare.objects.filter(
        Q(hub__hub__in=hub_selectors.hubs_coordinated_by(person)) | Q(pk__in=mine)
    )


def share_page(person: Person) -> QuerySet[CostShare]:
    """The same with the parts that this person may read."""
    parts = SharePart.objects.select_related("organization").filter(
        Q(organization__in=_paying(person))
        | Q(share__hub__hub__in=hub_selectors.hubs_coordinated_by(person))
    )
    return _with_names(shares_seen_by(person)).prefetch_related(
        Prefetch("parts", queryset=parts.order_by("-mass_g", "pk"), to_attr="readable")
    )


def parts_of(organization: Organization) -> QuerySet[SharePart]:
    """What one organization carries of every settled day, the last day first."""
    rows = SharePart.objects.filter(
        organization=organization, share__hub__settlement__withdrawn_at=None
    ).select_related(
        "share__hub__settlement",
        "share__shipment__producer",
        "share__shipment__drop_point",
        "share__route__route__vehicle",
    )
    return rows.order_by("-share__hub__settlement__service_on", "pk")


def days_of_payer(organization: Organization) -> QuerySet[PayerSettlement]:
    """What each settled day came to for one organization, the last day first."""
    rows = PayerSettlement.objects.filter(
        organization=organization, hub__settlement__withdrawn_at=None
    ).select_related("hub__hub", "hub__settlement")
    return rows.order_by("-hub__settlement__service_on", "pk")


def pay_of(carrier: Organization) -> QuerySet[RouteSettlement]:
    """What the trucks of an organization are paid for, the last day first."""
    rows = _paid_routes(carrier).select_related(
        "settlement__pool", "route__vehicle", "carrier"
    )
    return rows.order_by("-settlement__service_on", "pk")


def paid_cents_to(carrier: Organization) -> int:
    """What all these routes were paid together."""
    rows = _paid_routes(carrier)
    return int(rows.aggregate(cents=Sum("cost_cents", default=0))["cents"])


def _paid_routes(carrier: Organization) -> QuerySet[RouteSettlement]:
    return RouteSettlement.objects.filter(
        carrier=carrier, settlement__withdrawn_at=None
    )


def rules_of(hubs: Iterable[Organization]) -> dict[int, SettlementRule]:
    """The rule of each hub, its defaults when it has said nothing."""
    rows = list(hubs)
    said = {row.hub_id: row for row in SettlementRule.objects.filter(hub__in=rows)}
    return {hub.pk: said.get(hub.pk, SettlementRule(hub=hub)) for hub in rows}


def _paying(person: Person) -> QuerySet[Organization]:
    return hub_selectors.organizations_with_role(person, *PAYER_ROLES)


def _with_names(shares: QuerySet[CostShare]) -> QuerySet[CostShare]:
    return shares.select_related(
        "hub__hub",
        "hub__settlement__pool",
        "route__route__vehicle",
        "shipment__producer",
        "shipment__drop_point",
    ).order_by("route_id", "pk")
