"""Settling a pool's day: what was delivered is billed, what was driven is shared.

Locks: the pool, its published plan, then those of `bill_hubs`: the orders of all hubs,
the funds, the ledger's accounts, the sellers, each by ascending id.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, cast

from django.db import transaction

from hub.core.trail import Kind
from hub.services.trail import Fact, record
from orders import selectors as order_selectors
from orders import services as order_services
from routing import bridge, selectors
from routing.bridge import RouteDriven
from routing.core.errors import (
    DayNotDispatched,
    DayNotOver,
    NothingToSettle,
    OrdersNotBilled,
)
from routing.core.shares import (
    DrivenRoute,
    Goods,
    Policy,
    RouteShares,
    borne_by,
    driven_route,
    share_route,
)
from routing.core.visits import World
from routing.models import DaySettlement, FleetPool, Plan, SettlementRule
from routing.services import settling_facts, settling_money, settling_rows
from routing.services.happening import tell_settled

if TYPE_CHECKING:
    from hub.models import Organization, Person
    from orders.models import Shipment
    from orders.selectors import DeliveredShipment


@dataclass(frozen=True, slots=True)
class SharedRoute:
    """A route as driven, as a game, and as shared."""

    driven: RouteDriven
    game: DrivenRoute
    shared: RouteShares


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What a day comes to: its routes shared, what came, and the hubs' rules."""

    world: World
    routes: list[SharedRoute]
    came: Mapping[int, DeliveredShipment]
    rules: Mapping[int, SettlementRule]


def settle_day(
    *, pool: FleetPool, service_on: date, by: Person | None, now: datetime
) -> DaySettlement:
    """Bill a day, then pay its carriers and share what the routes really driven cost.

    Two transactions: what can be billed stays billed when one order cannot, and the
    day is then not settled before all of them are; inside a transaction of the caller,
    as for a program, all or nothing. Once per pool and day: asked again,
    by anyone, the same settlement comes back and no money moves. Always: shares +
    remainders of the hubs = cost of the routes.
    Raises NothingToSettle, DayNotDispatched, DayNotOver, OrdersNotBilled.
    """
    _bill(pool, service_on, by, now)
    return _share(pool, service_on, by, now)


@transaction.atomic
def _bill(pool: FleetPool, service_on: date, by: Person | None, now: datetime) -> None:
    """Bill what can be billed of all hubs of a day that is over."""
    pool = FleetPool.objects.select_for_update().get(pk=pool.pk)
    if selectors.settlement_of(pool, service_on) is None:
        plan = _driven_plan(pool, service_on)
        order_services.bill_hubs(
            hubs=pool.hubs.all(),
            service_on=service_on,
            by=by,
            now=now,
            # A caller's transaction may hold the sellers when the day is shared.
            beside=selectors.shipments_of(plan),
        )


@transaction.atomic
def _share(
    pool: FleetPool, service_on: date, by: Person | None, now: datetime
) -> DaySettlement:
    """Share a billed day and post it; its bills cannot be corrected meanwhile."""
    pool = FleetPool.objects.select_for_update().get(pk=pool.pk)
    earlier = selectors.settlement_of(pool, service_on)
    if earlier is not None:
        return earlier
    plan = _driven_plan(pool, service_on)
    shipment_ids = selectors.shipments_of(plan)
    order_services.lock_orders_of(shipment_ids)
    _require_billed(shipment_ids, service_on)
    found = counted(pool, plan)
    settlement = DaySettlement.objects.create(
        pool=pool,
        service_on=service_on,
        number=selectors.withdrawn_settlements(pool, service_on).count() + 1,
        plan=plan,
        cost_cents=sum(route.shared.cost_cents for route in found.routes),
        settled_by=by,
        settled_at=now,
    )
    settling_rows.write(settlement, found.routes, found.came, found.rules)
    settling_money.post(settlement, found.routes)
    settling_facts.leave(settlement, world=found.world, routes=found.routes, now=now)
    fact = Fact(
        kind=Kind.DAY_SETTLED,
        subject=(settlement.public_id, pool.name),
        concerns=list(found.rules),
        after={
            "service_on": service_on.isoformat(),
            "total_cents": settlement.cost_cents,
        },
    )
    record(fact, by=by)
    tell_settled(settlement)
    return settlement


def counted(pool: FleetPool, plan: Plan) -> Counted:
    """Count what a driven day comes to, from what is billed now; nothing is written."""
    hubs = {hub.pk: hub for hub in pool.hubs.order_by("pk")}
    world, driven = bridge.world_of(plan), bridge.driven_routes(plan)
    on_board = {row.pk for route in driven for row in route.shipments.values()}
    came = {
        found.pk: found
        for found in order_selectors.delivered_shipments(
            hub_ids=hubs, on=plan.service_on
        )
        if found.pk in on_board
    }
    rules = selectors.rules_of(hubs.values())
    routes = _share_routes(world, driven, came, rules)
    return Counted(world=world, routes=routes, came=came, rules=rules)


@transaction.atomic
def set_settlement_rule(
    *, hub: Organization, payer: str, policy: str, difference: str
) -> SettlementRule:
    """Say how a hub shares its transport from the next settlement on."""
    standing = SettlementRule.objects.select_for_update(of=("self",)).filter(hub=hub)
    before = standing.values("payer", "policy", "difference").first()
    after = {"payer": payer, "policy": policy, "difference": difference}
    rule, _made = SettlementRule.objects.update_or_create(hub=hub, defaults=after)
    fact = Fact(
        kind=Kind.SETTLEMENT_RULE_SET,
        subject=(hub.public_id, hub.name),
        concerns=[hub.pk],
        before=before or {},
        after=after,
    )
    record(fact)
    return rule


def _driven_plan(pool: FleetPool, service_on: date) -> Plan:
    plan = (
        Plan.objects.select_for_update(no_key=True)
        .filter(pool=pool, service_on=service_on, status=Plan.Status.PUBLISHED)
        .first()
    )
    if plan is None:
        raise NothingToSettle(pool=pool.name)
    if plan.dispatched_at is None:
        raise DayNotDispatched
    if count := selectors.num_waiting(plan):
        raise DayNotOver(count=count)
    return plan


def _require_billed(shipment_ids: Iterable[int], service_on: date) -> None:
    """No transport is credited before it is collected."""
    orders = order_selectors.orders_unbilled(shipment_ids=shipment_ids, on=service_on)
    if orders:
        names = sorted({order.buyer.name for order in orders})
        raise OrdersNotBilled(count=len(orders), buyers=", ".join(names))


def _share_routes(
    world: World,
    driven: Sequence[RouteDriven],
    came: Mapping[int, DeliveredShipment],
    rules: Mapping[int, SettlementRule],
) -> list[SharedRoute]:
    """Share each route in the order of the plan; a cap holds for the whole day."""
    policies = {str(pk): cast(Policy, rule.policy) for pk, rule in rules.items()}
    charged: Counter[int] = Counter()
    shared = []
    for route in driven:
        goods = {
            public_id: _goods(shipment, came.get(shipment.pk), charged[shipment.pk])
            for public_id, shipment in route.shipments.items()
        }
        game = driven_route(world, route.drive, goods)
        if game is None:
            continue
        if not game.carried:
            found = borne_by(game, _sent_for(route, rules))
            shared.append(SharedRoute(route, game, found))
            continue
        found = share_route(game, policies)
        for share in found.shares:
            charged[route.shipments[share.carried.shipment_id].pk] += share.cents
        shared.append(SharedRoute(route, game, found))
    return shared


def _sent_for(route: RouteDriven, hubs: Iterable[int]) -> dict[str, int]:
    """How many shipments each hub had for a truck; one for each when none has any."""
    sent = {
        action.shipment
        for stop in route.route.stops.all()
        for action in stop.actions.all()
    }
    numbers = Counter(str(shipment.cycle.hub_id) for shipment in sent)
    return dict(numbers) or dict.fromkeys(map(str, hubs), 1)


def _goods(
    shipment: Shipment, found: DeliveredShipment | None, charged_cents: int
) -> Goods:
    """A stop that was made for nothing leaves its shipment without anything to pay."""
    return Goods(
        hub=str(shipment.cycle.hub_id),
        mass_g=found.mass_g if found else 0,
        is_delivered=found is not None and bool(found.mass_g or found.volume_ml),
        charged_cents=charged_cents,
    )
