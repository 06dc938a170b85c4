"""Closing a cycle: goods shared out by the stated rule, once, however often asked.

The gate is shut first, in a transaction of its own; then the default orders of those
who forgot are placed, each in its own; then one transaction allocates, settles stock
and holds, and writes the shipments. A close cut in the middle leaves the
cycle "closing" and the next press finishes it.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from hub.core.periods import monday_of
from hub.core.trail import Kind
from hub.services import cycle_gate
from hub.services.trail import Fact, record
from orders import selectors
from orders.core.allocation import (
    RULE_CODE,
    Allocation,
    Claim,
    FarmSupply,
    Pair,
    allocate_pool,
)
from orders.core.shortage import MinimumOutcome
from orders.models import CycleClosing, LineSource, Order, OrderLine
from orders.services import default_orders, envelopes, minimums
from orders.services import lines as order_lines
from orders.services.shipments import write_shipments
from orders.services.telling import tell_farms_what_to_prepare
from pricing import services as pricing_services
from producers import selectors as producer_selectors
from producers import services as stock

if TYPE_CHECKING:
    from hub.models import Cycle, Person
    from producers.core.catalogue import Goods

TOTALS = (
    "farm_cents",
    "transport_cents",
    "fees_cents",
    "margin_cents",
    "draw_cents",
    "rounding_cents",
    "tps_cents",
    "tvq_cents",
    "buyer_cents",
)
ItemKey = tuple[int | None, int | None]
"""(offer id, pooled offer id) of a line; one of the two is empty."""


@dataclass(slots=True)
class Closing:
    """What a close works on: the lines by item, the goods behind them, the memory."""

    cycle: "Cycle"
    lines: dict[ItemKey, list[OrderLine]]
    goods: dict[int, "Goods"]
    members: dict[ItemKey, list[int]]
    reserved_here: Counter[int]
    missed: Mapping[tuple[int, int | None, int | None], int]
    supplied: Mapping[tuple[int, int], int]
    offered: Mapping[tuple[int, int], int]
    pickup_costs: Mapping[int, int]
    unmet: Mapping[int, MinimumOutcome] = field(default_factory=dict)
    pairs: frozenset[Pair] = frozenset()
    sources: list[LineSource] = field(default_factory=list)
    given: Counter[int] = field(default_factory=Counter)


def close_cycle(
    *,
    cycle_id: int,
    by: "Person | None",
    now: datetime,
    pickup_costs: Mapping[int, int] | None = None,
) -> CycleClosing:
    """Share the goods of a cycle out and make its shipments; the second call finds
    the first one's result.

    `pickup_costs` maps a farm's id to the cents its pick-up adds to the day's routes.
    Raises CycleNotOpen, FarmWithoutPlace (the cycle then stays "closing").
    """
    cycle = cycle_gate.shut_gate(cycle_id=cycle_id)
    default_orders.place_due(cycle=cycle, now=now)
    with transaction.atomic():
        closing, is_first = CycleClosing.objects.get_or_create(
            cycle_id=cycle_id,
            defaults={"rule": RULE_CODE, "closed_by": by, "closed_at": now},
        )
        if not is_first:
            return closing
        cycle_gate.require_shut(cycle_id=cycle_id)
        work = _gather(cycle, pickup_costs or {})
        closing.before = _found(work)
        unmet = selectors.unmet_minimums(cycle)
        work.unmet = {found.farm.pk: found.outcome for found in unmet}
        for key in sorted(work.lines, key=_item_order):
            _allocate(work, key)
        _settle_stock(work)
        _settle_orders(work, now)
        num_shipments = write_shipments(cycle=cycle)
        closing.summary = _summary(work, num_shipments)
        closing.minimums = [minimums.as_written(found) for found in unmet]
        closing.save(update_fields=["summary", "minimums", "before"])
        tell_farms_what_to_prepare(cycle)
        minimums.tell(cycle, unmet)
        fact = Fact(
            kind=Kind.CYCLE_CLOSED,
            subject=(cycle.public_id, cycle.name),
            concerns=[cycle.hub_id],
            rule="" if by else "closing_hour",
        )
        record(fact, by=by)
        cycle_gate.mark_closed(cycle_id=cycle_id, now=now)
    return closing


def _found(work: Closing) -> dict[str, dict[int, int]]:
    """What the close found reserved, for whoever opens the cycle again."""
    sources = {
        source.pk: source.reserved
        for of_item in work.lines.values()
        for line in of_item
        for source in line.sources.all()
    }
    elsewhere = {
        pk: goods.reserved - work.reserved_here[pk] for pk, goods in work.goods.items()
    }
    return {"sources": sources, "elsewhere": elsewhere}


def _item_order(key: ItemKey) -> tuple[bool, int]:
    offer_id, pooled_offer_id = key
    return (offer_id is None, offer_id or pooled_offer_id or 0)


def _gather(cycle: "Cycle", pickup_costs: Mapping[int, int]) -> Closing:
    _lock_orders(cycle)
    week_on = monday_of(cycle.service_on)
    lines: dict[ItemKey, list[OrderLine]] = defaultdict(list)
    placed = OrderLine.objects.filter(
        order__cycle=cycle, order__status=Order.Status.PLACED
    )
    for line in placed.select_related("order").prefetch_related("sources"):
        lines[(line.offer_id, line.pooled_offer_id)].append(line)
    reserved_here: Counter[int] = Counter()
    members: dict[ItemKey, set[int]] = defaultdict(set)
    for key, of_item in lines.items():
        for source in (source for line in of_item for source in line.sources.all()):
            reserved_here[source.availability_id] += source.reserved
            members[key].add(source.availability_id)
    pools = producer_selectors.availabilities_of_pools(
        [pool_id for _, pool_id in lines if pool_id is not None], week_on
    )
    for pool_id, rows in pools.items():
        members[(None, pool_id)] |= {goods.availability_id for goods in rows}
    ids = {pk for pks in members.values() for pk in pks}
    stock.lock_availabilities(ids)
    return Closing(
        cycle=cycle,
        lines=lines,
        goods=producer_selectors.goods_of(ids),
        members={key: sorted(pks) for key, pks in members.items()},
        reserved_here=reserved_here,
        missed=selectors.units_missed(hub_id=cycle.hub_id, before=cycle.service_on),
        supplied=selectors.units_supplied(hub_id=cycle.hub_id, before=cycle.service_on),
        offered=producer_selectors.units_offered(
            hub_id=cycle.hub_id,
            before=week_on,
            num_weeks=selectors.MEMORY_DAYS // 7,
        ),
        pickup_costs=pickup_costs,
    )


def _lock_orders(cycle: "Cycle") -> None:
    """Lock the orders before their goods, as every change of an order does.

    A change that met the shut gate may still hold its order while it waits for goods.
    """
    placed = Order.objects.filter(cycle=cycle, status=Order.Status.PLACED)
    list(placed.order_by("pk").select_for_update().values_list("pk", flat=True))


def _allocate(work: Closing, key: ItemKey) -> None:
    """Share one item out and write on its lines what they get, from whom, and why."""
    by_farm: dict[int, list[int]] = defaultdict(list)
    for pk in work.members[key]:
        by_farm[work.goods[pk].farm_id].append(pk)
    supply = {pk: _supply(work, pk) for pk in work.members[key]}
    allocation = allocate_pool(
        claims=[_claim(work, line) for line in work.lines[key]],
        farms=[
            _farm_supply(work, key, farm_id, sum(supply[pk] for pk in pks))
            for farm_id, pks in by_farm.items()
        ],
        preferred=work.pairs,
    )
    work.pairs |= allocation.pairs
    _write_shares(work, key, allocation)
    _write_parcels(work, key, allocation, by_farm, supply)


def _supply(work: Closing, pk: int) -> int:
    """What a farm's row can give this cycle: promises to other cycles stay apart.

    A farm whose lines its unmet minimum cancels gives nothing.
    """
    goods = work.goods[pk]
    if minimums.is_left_out(work.unmet.get(goods.farm_id)):
        return 0
    elsewhere = goods.reserved - work.reserved_here[pk]
    return max(0, goods.quantity - elsewhere)


def _claim(work: Closing, line: OrderLine) -> Claim:
    order = line.order
    placed_at = order.placed_at.isoformat() if order.placed_at else ""
    return Claim(
        line_id=line.pk,
        drop_point_id=order.drop_point_id,
        ordered=line.ordered,
        tie_key=f"{placed_at} {order.public_id}",
        memory=work.missed.get(
            (order.buyer_id, line.offer_id, line.pooled_offer_id), 0
        ),
    )


def _farm_supply(
    work: Closing, key: ItemKey, farm_id: int, available: int
) -> FarmSupply:
    pool_id = key[1] or 0
    name = next(g.farm_name for g in work.goods.values() if g.farm_id == farm_id)
    return FarmSupply(
        farm_id=farm_id,
        available=available,
        tie_key=name,
        offered_before=work.offered.get((pool_id, farm_id), 0),
        supplied_before=work.supplied.get((pool_id, farm_id), 0),
        pickup_cost_cents=work.pickup_costs.get(farm_id),
    )


def _write_shares(work: Closing, key: ItemKey, allocation: Allocation) -> None:
    shares = {share.line_id: share for share in allocation.lines}
    cancelled = minimums.own_line_reason(key, work.members[key], work.goods, work.unmet)
    for line in work.lines[key]:
        share = shares[line.pk]
        line.allocated = share.allocated
        reason = cancelled or share.reason
        line.reason_code, line.reason_data = reason.code, dict(reason.data)
        quoted = order_lines.requote(
            line, tier_code=line.order.tier_code, quantity=share.allocated
        )
        order_lines.write_totals(line, quoted)
    OrderLine.objects.bulk_update(
        work.lines[key],
        ["allocated", "reason_code", "reason_data", *TOTALS],
        batch_size=500,
    )


def _write_parcels(
    work: Closing,
    key: ItemKey,
    allocation: Allocation,
    by_farm: Mapping[int, list[int]],
    supply: dict[int, int],
) -> None:
    """Let each line's sources say what each farm gives; farms may have several rows."""
    reasons = {share.farm_id: share.reason for share in allocation.farms}
    reasons |= minimums.reasons_for(key, by_farm, work.unmet)
    given: Counter[tuple[int, int]] = Counter()
    for parcel in allocation.parcels:
        missing = parcel.quantity
        for pk in by_farm[parcel.farm_id]:
            units = min(supply[pk], missing)
            if units:
                given[(parcel.line_id, pk)] += units
                supply[pk] -= units
                missing -= units
    for line in work.lines[key]:
        rows = {source.availability_id: source for source in line.sources.all()}
        for pk in work.members[key]:
            units = given[(line.pk, pk)]
            source = rows.get(pk)
            if source is None and not units:
                continue
            source = source or LineSource(line=line, availability_id=pk)
            source.reserved = source.allocated = units
            reason = reasons[work.goods[pk].farm_id]
            source.reason_code, source.reason_data = reason.code, dict(reason.data)
            work.sources.append(source)
            work.given[pk] += units


def _settle_stock(work: Closing) -> None:
    """Reservations follow what was allocated; the rows are locked already."""
    known = [source for source in work.sources if source.pk is not None]
    LineSource.objects.bulk_create(s for s in work.sources if s.pk is None)
    LineSource.objects.bulk_update(
        known,
        ["reserved", "allocated", "reason_code", "reason_data"],
        batch_size=500,
    )
    changes = {
        pk: work.given[pk] - work.reserved_here[pk]
        for pks in work.members.values()
        for pk in pks
    }
    less = {pk: -units for pk, units in changes.items() if units < 0}
    more = {pk: units for pk, units in changes.items() if units > 0}
    if less:
        stock.give_back(returns=less)
    if more:
        stock.reserve(wants=more)


def _settle_orders(work: Closing, now: datetime) -> None:
    """Orders are allocated; held money that shortages freed goes back where it was."""
    lines: dict[int, list[OrderLine]] = defaultdict(list)
    for line in (line for of_item in work.lines.values() for line in of_item):
        lines[line.order_id].append(line)
    on = timezone.localdate(now)
    placed = Order.objects.filter(cycle=work.cycle, status=Order.Status.PLACED)
    holding = placed.exclude(hold_key="", envelope_hold_key="")
    orders = list(holding.select_related("cycle", "envelope").order_by("pk"))
    envelopes.lock_money(orders)
    for order in orders:
        if order.hold_key:
            pricing_services.shrink_draw(
                hub_id=work.cycle.hub_id,
                hold_key=order.hold_key,
                to_cents=order_lines.worst_case_draw_cents(lines[order.pk]),
                on=on,
            )
        envelopes.shrink_at_close(order, lines[order.pk], on=on)
    placed.update(status=Order.Status.ALLOCATED)


def _summary(work: Closing, num_shipments: int) -> dict[str, int]:
    lines = [line for of_item in work.lines.values() for line in of_item]
    return {
        "orders": len({line.order_id for line in lines}),
        "lines": len(lines),
        "short_lines": sum((line.allocated or 0) < line.ordered for line in lines),
        "units": sum(line.allocated or 0 for line in lines),
        "shipments": num_shipments,
    }
