"""Opening a closed cycle again, before its trucks leave: the close is undone whole.

Locks: the close as it is written down, the orders by ascending id, their shipments,
the availabilities, the fund, the envelopes, the ledger's accounts, the gate last.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from hub.core.errors import CycleNotClosed, CycleOutOfOrder, CyclePast
from hub.core.periods import local_clock
from hub.core.trail import Kind
from hub.ledger import statements
from hub.services import cycle_gate, trail
from orders import selectors
from orders.core.errors import GoodsUnderWay, RequestReused
from orders.core.reopening import Restored
from orders.models import (
    CycleClosing,
    CycleReopening,
    LineSource,
    Order,
    OrderLine,
    Shipment,
    ShipmentLine,
)
from orders.services import envelopes, holds
from orders.services import lines as order_lines
from orders.services.closing import TOTALS
from orders.services.locks import lock_orders
from orders.services.telling import take_back_close, tell_reopened
from producers import services as stock

if TYPE_CHECKING:
    from hub.models import Cycle, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopening:
    """What a person asks: until when orders pass again, and why."""

    closes_at: datetime
    reason: str
    by: "Person | None"
    now: datetime


@transaction.atomic
def reopen_cycle(*, cycle: "Cycle", ask: Reopening, key: str) -> CycleReopening:
    """Undo the close of a cycle and let orders pass again until `ask.closes_at`.

    Orders, reservations, draws and parts of envelopes are what they were before the
    close, as far as nobody took them since; `summary` says what is missing. Default
    orders stay orders. Shipments are taken back, so that plans of before are old. Farms
    and buyers are told. The same `key` again gives the first answer. To be called
    behind the pools that carry the cycle (`routing.services.reopen_cycle`).
    Raises CycleNotClosed, CyclePast, CycleOutOfOrder, GoodsUnderWay, FundTooLow,
    RequestReused.
    """
    if earlier := _answered(cycle, ask, key):
        return earlier
    closing = _lock_closing(cycle)
    if earlier := _answered(cycle, ask, key):
        return earlier
    if closing is None:
        raise CycleNotClosed(cycle=cycle.name)
    _require_hours(cycle, closes_at=ask.closes_at, now=ask.now)
    orders = lock_orders(selectors.pks_of_orders(cycle, Order.Status.ALLOCATED))
    _take_shipments_back(cycle)
    farms = selectors.farms_of_cycle(cycle)
    take_back_close(selectors.name_of_close(cycle))
    lines = _lines_of(orders)
    lacking = _restore_goods(closing, lines)
    missing_cents = _restore_money(orders, lines, ask)
    Order.objects.filter(pk__in=[order.pk for order in orders]).update(
        status=Order.Status.PLACED, settled_at=None
    )
    found = CycleReopening.objects.create(
        cycle=cycle,
        key=key,
        reason=ask.reason,
        closed_before_at=closing.closed_at,
        closes_at=ask.closes_at,
        closing=_as_written(closing),
        summary={
            "orders": len(orders),
            "lacking_units": sum(lacking.values()),
            "missing_cents": missing_cents,
        },
        reopened_by=ask.by,
        reopened_at=ask.now,
    )
    closing.delete()
    buyers = [order.buyer for order in orders]
    trail.record(
        trail.Fact(
            kind=Kind.CYCLE_REOPENED,
            subject=(cycle.public_id, cycle.name),
            concerns={cycle.hub_id, *(one.pk for one in (*farms, *buyers))},
            before={"closes_at": cycle.closes_at.isoformat()},
            after={"closes_at": ask.closes_at.isoformat()},
            why=ask.reason,
        ),
        by=ask.by,
    )
    tell_reopened(found, farms=farms, buyers=buyers)
    cycle_gate.open_again(cycle_id=cycle.pk, closes_at=ask.closes_at)
    return found


def require_reopenable(*, cycle: "Cycle", closes_at: datetime, now: datetime) -> None:
    """Refuse a reopening for what can be seen before it is tried; locks nothing.

    Raises CycleNotClosed, CyclePast, CycleOutOfOrder, GoodsUnderWay.
    """
    if selectors.closing_of(cycle) is None:
        raise CycleNotClosed(cycle=cycle.name)
    _require_hours(cycle, closes_at=closes_at, now=now)
    if count := selectors.shipments_under_way(cycle):
        raise GoodsUnderWay(count=count)


def _answered(cycle: "Cycle", ask: Reopening, key: str) -> CycleReopening | None:
    """The answer to an earlier request with this key. Raises RequestReused."""
    earlier = CycleReopening.objects.filter(key=key).first()
    if earlier is not None and (
        earlier.cycle_id != cycle.pk
        or earlier.reason != ask.reason
        or earlier.closes_at != ask.closes_at
    ):
        raise RequestReused(key=key)
    return earlier


def _lock_closing(cycle: "Cycle") -> CycleClosing | None:
    """Hold the close: of two reopenings the second finds nothing more to undo."""
    closing = CycleClosing.objects.select_for_update(of=("self",))
    return closing.select_related("closed_by").filter(cycle=cycle).first()


def _require_hours(cycle: "Cycle", *, closes_at: datetime, now: datetime) -> None:
    if closes_at <= now:
        raise CyclePast(cycle=cycle.name)
    if local_clock(closes_at)[0] > cycle.service_on:
        raise CycleOutOfOrder


def _take_shipments_back(cycle: "Cycle") -> None:
    """Empty the shipments of the close. Raises GoodsUnderWay."""
    rows = Shipment.objects.select_for_update(of=("self",)).filter(cycle=cycle)
    standing = [
        row for row in rows.order_by("pk") if row.status != Shipment.Status.TAKEN_BACK
    ]
    begun = [
        row for row in standing if row.decision or row.status != Shipment.Status.READY
    ]
    if begun:
        raise GoodsUnderWay(count=len(begun))
    lines = ShipmentLine.objects.filter(shipment__in=standing)
    lines.exclude(inbound=None).delete()
    lines.delete()
    Shipment.objects.filter(pk__in=[row.pk for row in standing]).update(
        status=Shipment.Status.TAKEN_BACK
    )


def _lines_of(orders: Iterable[Order]) -> dict[int, list[OrderLine]]:
    """The lines of these orders, by order, with their sources."""
    found: dict[int, list[OrderLine]] = {order.pk: [] for order in orders}
    lines = OrderLine.objects.filter(order__in=list(found)).select_related("order")
    for line in lines.prefetch_related("sources").order_by("pk"):
        found[line.order_id].append(line)
    return found


def _restore_goods(
    closing: CycleClosing, lines: Mapping[int, list[OrderLine]]
) -> Mapping[int, int]:
    """Let lines and promises be as before the close; gives what lines lack of it."""
    every = [line for of_order in lines.values() for line in of_order]
    sources = [source for line in every for source in line.sources.all()]
    here: Counter[int] = Counter()
    for source in sources:
        here[source.availability_id] += source.reserved
    rows = stock.lock_availabilities({source.availability_id for source in sources})
    back = selectors.what_comes_back(
        closing, sources, {row.pk: (row.quantity, row.reserved) for row in rows}
    )
    wanted: Counter[int] = Counter()
    for (_line_id, availability_id), units in back.units.items():
        wanted[availability_id] += units
    stock.settle_promises(
        changes={row.pk: wanted[row.pk] - here[row.pk] for row in rows}
    )
    _write_sources(closing, sources, back)
    for line in every:
        line.allocated, line.reason_code, line.reason_data = None, "", {}
        quoted = order_lines.requote(
            line, tier_code=line.order.tier_code, quantity=line.ordered
        )
        order_lines.write_totals(line, quoted)
    OrderLine.objects.bulk_update(
        every, ["allocated", "reason_code", "reason_data", *TOTALS], batch_size=500
    )
    return back.lacking


def _write_sources(
    closing: CycleClosing, sources: list[LineSource], back: Restored
) -> None:
    """Rows that the close had brought in go, unless they stand in for what lacks."""
    before = closing.before.get("sources", {})
    kept: list[LineSource] = []
    gone: list[LineSource] = []
    for source in sources:
        source.reserved = back.units.get((source.line_id, source.availability_id), 0)
        source.allocated, source.reason_code, source.reason_data = None, "", {}
        is_of_order = source.reserved or str(source.pk) in before
        (kept if is_of_order else gone).append(source)
    LineSource.objects.filter(pk__in=[source.pk for source in gone]).delete()
    LineSource.objects.bulk_update(
        kept, ["reserved", "allocated", "reason_code", "reason_data"], batch_size=500
    )


def _restore_money(
    orders: list[Order], lines: Mapping[int, list[OrderLine]], ask: Reopening
) -> int:
    """Hold again what the close gave back, of the lots that had got it.

    Gives what envelopes no longer have for it, in cents. Raises FundTooLow.
    """
    on = timezone.localdate(ask.now)
    envelopes.lock_money(orders)
    missing_cents = 0
    for order in orders:
        if order.hold_key:
            holds.secure_draw(
                order,
                amount_cents=order_lines.worst_case_draw_cents(lines[order.pk]),
                on=on,
                own=statements.given_back_under(envelopes.shrink_key(order.hold_key)),
            )
        missing_cents += envelopes.hold_as_ordered(order, lines[order.pk], on=on)
    return missing_cents


def _as_written(closing: CycleClosing) -> dict[str, Any]:
    return {
        "rule": closing.rule,
        "summary": closing.summary,
        "minimums": closing.minimums,
        "closed_at": closing.closed_at.isoformat(),
        "closed_by": closing.closed_by.public_id if closing.closed_by else "",
    }
