"""Settled days through the API: what routes cost, who carries which part, and why."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Schema

from hub.api import Day, Door, Id, PublicId, caller_of
from hub.core.scopes import Scope
from routing import selectors, services
from routing.api.shapes import COORDINATION
from routing.models import CostShare, DaySettlement, RouteSettlement

if TYPE_CHECKING:
    from hub.models import Person
LATEST_DAYS, LATEST_PARTS = 60, 200
"""What one answer shows of the past."""


router = Door(tags=["settling"])
PAYERS = ("producer", "group_buyer", "institutional_buyer")
OWNERS = ("coordinator", "driver", *PAYERS)
CREDITED_HELP = "Transport collected in the prices of its goods."


class RoutePaidOut(Schema):
    """What one truck drove, and what whoever lent it is paid."""

    service_on: date = Field(alias="settlement.service_on")
    carrier_id: PublicId = Field(alias="carrier.public_id")
    carrier: str = Field(alias="carrier.name")
    vehicle: str = Field(alias="route.vehicle.name")
    cost_cents: int
    distance_m: int
    duration_s: int
    waiting_s: int


class HubPartOut(Schema):
    """One hub's part of the day. Always: `cost = shares + remainder`."""

    hub_id: PublicId = Field(alias="hub.public_id")
    hub: str = Field(alias="hub.name")
    cost_cents: int
    shares_cents: int
    remainder_cents: int = Field(description="What the hub itself carries.")
    credited_cents: int = Field(description=CREDITED_HELP)
    moved_cents: int = Field(description="Given back to members, less charged.")
    left_cents: int = Field(description="Left on the hub's transport account.")
    payer: str = Field(description="Who carries the cost: `buyer` or `farm`.")
    policy: str = Field(description="`fixed_order`, `per_unit` or `equal`.")
    difference: str = Field(description="`kept`, `returned` or `settled`.")


class ShareOut(Schema):
    """What one shipment pays of its route, never more than alone."""

    id: PublicId = Field(alias="public_id")
    shipment_id: PublicId = Field(alias="shipment.public_id")
    farm: str = Field(alias="shipment.producer.name")
    drop_point: str = Field(alias="shipment.drop_point.name")
    vehicle: str = Field(alias="route.route.vehicle.name")
    mass_g: int = Field(description="As delivered.")
    alone_cents: int = Field(description="The cheapest single truck for it alone.")
    share_cents: int
    credited_cents: int = Field(description=CREDITED_HELP)
    is_capped: bool


class SettlementOut(Schema):
    """A settled day. Always: the routes, and the hubs' parts, add up to the cost."""

    id: PublicId
    pool_id: PublicId
    service_on: date
    cost_cents: int
    settled_at: datetime
    routes: list[RoutePaidOut]
    hubs: list[HubPartOut]
    shares: list[ShareOut] = Field(description="Of the hubs that one coordinates.")


class PayerDayOut(Schema):
    """What one day of transport came to for one's organization."""

    service_on: date = Field(alias="hub.settlement.service_on")
    hub_id: PublicId = Field(alias="hub.hub.public_id")
    share_cents: int = Field(description="Its share of the routes.")
    credited_cents: int = Field(description=CREDITED_HELP)
    moved_cents: int = Field(
        description="Given back to it by the hub's rule; below zero, charged."
    )


class PartOut(Schema):
    """One's part of the share of one shipment."""

    share_id: PublicId = Field(alias="share.public_id")
    service_on: date = Field(alias="share.hub.settlement.service_on")
    farm: str = Field(alias="share.shipment.producer.name")
    drop_point: str = Field(alias="share.shipment.drop_point.name")
    mass_g: int
    share_cents: int
    credited_cents: int


class MySharesOut(Schema):
    """The latest settled days of one's organization, the last day first."""

    days: list[PayerDayOut]
    parts: list[PartOut]


@router.read(
    "/pools/{pool_id}/days/{service_on}/settlement",
    scope=Scope.STATEMENTS_READ,
    roles=COORDINATION,
    out=SettlementOut,
)
def settlement(request: HttpRequest, pool_id: Id, service_on: Day) -> dict[str, Any]:
    """What a settled day cost, and who carries it; 404 until it is settled."""
    person = caller_of(request).person
    pool = get_object_or_404(selectors.pools_seen_by(person), public_id=pool_id)
    settled = selectors.settlement_of(pool, service_on)
    if settled is None:
        raise Http404
    return _shown(settled, person)


@router.act(
    "/pools/{pool_id}/days/{service_on}/settle",
    scope=Scope.BILLING_WRITE,
    roles=COORDINATION,
    out=SettlementOut,
    counts=True,
)
def settle_day(request: HttpRequest, pool_id: Id, service_on: Day) -> SettlementOut:
    """Bill a day of every hub of the pool, pay its carriers, share what routes cost.

    Once for each pool and day: asked again, the same settlement comes back and no money
    moves. Refused, with nothing done, as `nothing_to_settle`, `day_not_dispatched`,
    `day_not_over` (goods neither delivered nor decided) or `orders_not_billed`: then
    `POST /billing/days/…/bill` bills the others and says why.
    """
    person = caller_of(request).person
    pool = get_object_or_404(selectors.pools_run_by(person), public_id=pool_id)
    settled = services.settle_day(
        pool=pool, service_on=service_on, by=person, now=timezone.now()
    )
    return SettlementOut.model_validate(_shown(settled, person))


@router.read(
    "/transport/shares",
    scope=Scope.STATEMENTS_READ,
    roles=PAYERS,
    out=MySharesOut,
)
def my_shares(request: HttpRequest) -> dict[str, Any]:
    """What one's own farm or group carries of the transport, day by day."""
    mine = caller_of(request).acting.organization
    return {
        "days": list(selectors.days_of_payer(mine)[:LATEST_DAYS]),
        "parts": list(selectors.parts_of(mine)[:LATEST_PARTS]),
    }


@router.read(
    "/transport/pay",
    scope=Scope.STATEMENTS_READ,
    roles=OWNERS,
    out=list[RoutePaidOut],
)
def my_pay(request: HttpRequest) -> list[RouteSettlement]:
    """What the trucks of one's own organization are paid for, the last day first."""
    paid = selectors.pay_of(caller_of(request).acting.organization)
    return list(paid[:LATEST_DAYS])


def _shown(settled: DaySettlement, person: "Person") -> dict[str, Any]:
    shares: list[CostShare] = list(selectors.shares_of(settled, person))
    return {
        "id": settled.public_id,
        "pool_id": settled.pool.public_id,
        "service_on": settled.service_on,
        "cost_cents": settled.cost_cents,
        "settled_at": settled.settled_at,
        "routes": list(selectors.routes_paid(settled)),
        "hubs": list(selectors.hub_parts(settled)),
        "shares": shares,
    }
