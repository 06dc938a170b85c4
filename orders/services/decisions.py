"""Deciding what becomes of a shipment that no truck could serve, and undoing it.

Locks: the shipment's orders, the shipment, availabilities, the fund, the envelopes,
the ledger's accounts, and the cycle's gate last, as everywhere.
"""

from collections import Counter
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from hub.services import cycle_gate
from orders import selectors
from orders.core.errors import DayNotLater, DecisionNotPossible
from orders.models import LineSource, Order, Shipment, ShipmentLine
from orders.services import envelopes, holds, onward
from orders.services.locks import lock_orders_of, lock_shipment
from orders.services.onward import stamp
from orders.services.shipments import write_load
from orders.services.telling import tell_decision
from producers import services as stock

if TYPE_CHECKING:
    from hub.models import Person

Decision = Shipment.Decision


@transaction.atomic
def decide_shipment(
    *,
    shipment: Shipment,
    decision: str,
    on: date | None = None,
    by: "Person | None",
    now: datetime,
    note: str = "",
) -> Shipment:
    """Decide that a shipment waits for another day, goes by other means, or not at all.

    Another day keeps goods and held money, and is billed on its day; what an inbound
    brings to the hub's dock leaves from there on that day too. Own transport and
    cancelled bill nothing through us and give the held money back; cancelled gives
    the goods back too, but for those that the dock has or awaits. Of goods that come to
    the hub's dock first, own transport means that the farm brings them there: they go
    on, and are billed, as they would have. Decided twice the same way is decided once.
    The cycle's revision rises: plans made before are old. Raises DecisionNotPossible,
    DayNotLater.
    """
    wanted = Decision(decision)
    orders, row = _lock(shipment.pk)
    if _is_decided(row, wanted, on):
        return row
    if row.status != Shipment.Status.READY:
        raise DecisionNotPossible
    if wanted == Decision.ANOTHER_DAY:
        _move(row, on, today=timezone.localdate(now))
    else:
        row.status = Shipment.Status.CANCELLED
    stamp(row, wanted, by=by, now=now, note=note)
    if wanted == Decision.ANOTHER_DAY:
        onward.follow_inbound(row, by=by, now=now)
    if wanted == Decision.CANCELLED:
        _give_goods_back(row)
        _cancel_empty_outbound(row, by=by, now=now, note=note)
        _cancel_empty_inbounds(row, by=by, now=now, note=note)
    _settle_money(orders, row, now)
    tell_decision(row)
    cycle_gate.count_change(cycle_id=row.cycle_id)
    return row


@transaction.atomic
def undo_decision(
    *, shipment: Shipment, by: "Person | None", now: datetime
) -> Shipment:
    """Let a decided shipment wait to be carried again, on its first day.

    Goods and money that were given back are promised anew, or nothing changes. A first
    day that is past does not come back, nor one before the goods reach the dock.
    Raises DecisionNotPossible, GoodsComeLater, NotEnoughStock, FundTooLow, FundPaused.
    """
    orders, row = _lock(shipment.pk)
    on = timezone.localdate(now)
    if not row.decision or row.status == Shipment.Status.DELIVERED:
        raise DecisionNotPossible
    was, came_on = row.decision, None
    if row.first_service_on is not None and was == Decision.ANOTHER_DAY:
        if row.first_service_on < on:
            raise DecisionNotPossible
        _require_free_day(row, row.first_service_on)
        onward.require_goods_by(row, row.first_service_on)
        came_on = row.service_on
        row.service_on, row.first_service_on = row.first_service_on, None
    reopened = [row]
    if was == Decision.CANCELLED:
        reopened += _inbounds_of(row).filter(
            decision=was, decided_at=row.decided_at, decided_by=row.decided_by
        )
    for one in reopened:
        one.status = Shipment.Status.READY
        stamp(one, "", by=by, now=now, note="")
        if was == Decision.CANCELLED:
            _take_goods_again(one)
            _load_again(one)
    if came_on is not None:
        onward.bring_back(row, came_on=came_on, now=now)
    envelopes.lock_money(orders)
    for order in orders:
        needed_cents = holds.needed_draw_cents(order)
        holds.secure_draw(order, amount_cents=needed_cents, on=on)
        envelopes.secure_part(order, on=on)
    Order.objects.filter(pk__in=[order.pk for order in orders]).update(settled_at=None)
    cycle_gate.count_change(cycle_id=row.cycle_id)
    return row


def settle_if_over(order: Order, now: datetime) -> None:
    """Mark an order of which nothing is to come and nothing to bill any more."""
    is_over = not selectors.open_lines_of(order).exists()
    order.settled_at = (order.settled_at or now) if is_over else None
    order.save(update_fields=["settled_at"])


def _is_decided(row: Shipment, wanted: str, on: date | None) -> bool:
    is_same_day = wanted != Decision.ANOTHER_DAY or row.service_on == on
    is_open = row.status != Shipment.Status.DELIVERED
    return is_open and row.decision == wanted and is_same_day


def _lock(shipment_id: int) -> tuple[list[Order], Shipment]:
    """Lock a shipment, and first all orders of what brings its goods to the dock."""
    brought = ShipmentLine.objects.filter(outbound__shipment=shipment_id)
    shipment_ids = brought.values_list("shipment", flat=True)
    lock_orders_of({shipment_id, *shipment_ids})
    return lock_shipment(shipment_id)


def _move(row: Shipment, on: date | None, *, today: date) -> None:
    latest = max(row.service_on, today)
    if on is None or on <= latest:
        raise DayNotLater(service_on=latest.isoformat())
    _require_free_day(row, on)
    row.first_service_on = row.first_service_on or row.service_on
    row.service_on = on


def _require_free_day(row: Shipment, on: date) -> None:
    """The same goods ride once on a day: a twin there means somebody was faster.

    A part that was split off waits beside the rest of its goods.
    """
    if row.part_of_id is not None:
        return
    twins = Shipment.objects.exclude(status=Shipment.Status.TAKEN_BACK).filter(
        part_of=None,
        cycle=row.cycle_id,
        producer=row.producer_id,
        origin=row.origin_id,
        drop_point=row.drop_point_id,
        service_on=on,
    )
    if twins.exclude(pk=row.pk).exists():
        raise DecisionNotPossible


def _sources(row: Shipment) -> list[LineSource]:
    """The goods that leave their farm with this shipment; from the dock, none do."""
    first_legs = row.lines.filter(inbound=None)
    return list(LineSource.objects.filter(shipment_lines__in=first_legs).order_by("pk"))


def _give_goods_back(row: Shipment) -> None:
    sources = [source for source in _sources(row) if source.reserved]
    returns: Counter[int] = Counter()
    for source in sources:
        returns[source.availability_id] += source.reserved
        source.reserved = 0
    if returns:
        stock.give_back(returns=dict(returns))
    LineSource.objects.bulk_update(sources, ["reserved"])


def _take_goods_again(row: Shipment) -> None:
    sources = _sources(row)
    wants: Counter[int] = Counter()
    for source in sources:
        source.reserved = source.allocated or 0
        wants[source.availability_id] += source.reserved
    if wants:
        stock.reserve(wants=dict(wants))
    LineSource.objects.bulk_update(sources, ["reserved"])


def _cancel_empty_outbound(
    row: Shipment, *, by: "Person | None", now: datetime, note: str
) -> None:
    """Nothing leaves the dock of which nothing comes to it; the rest weighs less."""
    for outbound in _fed_by(row):
        if selectors.coming_lines().filter(shipment=outbound).exists():
            write_load(outbound)
            continue
        outbound.status = Shipment.Status.CANCELLED
        stamp(outbound, Decision.CANCELLED, by=by, now=now, note=note)


def _fed_by(row: Shipment) -> QuerySet[Shipment]:
    """What leaves the dock with goods of an inbound, still to carry, locked."""
    fed = row.lines.values("outbound__shipment")
    waiting = Shipment.objects.select_for_update().filter(status=Shipment.Status.READY)
    return waiting.filter(pk__in=fed).order_by("pk")


def _load_again(row: Shipment) -> None:
    """What an inbound brings after all weighs again in what leaves the dock."""
    for outbound in _fed_by(row):
        write_load(outbound)


def _inbounds_of(row: Shipment) -> QuerySet[Shipment]:
    """What brings the goods of an outbound to the dock, locked; its orders are."""
    brought = row.lines.values("inbound__shipment")
    return Shipment.objects.select_for_update().filter(pk__in=brought).order_by("pk")


def _cancel_empty_inbounds(
    row: Shipment, *, by: "Person | None", now: datetime, note: str
) -> None:
    """Nothing goes to the dock that is all called off there: its farm keeps it."""
    for inbound in _inbounds_of(row).filter(status=Shipment.Status.READY):
        onward = inbound.lines.exclude(outbound__shipment__decision=Decision.CANCELLED)
        if not onward.exists():
            inbound.status = Shipment.Status.CANCELLED
            stamp(inbound, Decision.CANCELLED, by=by, now=now, note=note)
            _give_goods_back(inbound)


def _settle_money(orders: list[Order], row: Shipment, now: datetime) -> None:
    occasion = f"{row.public_id}.{row.num_decisions}"
    on = timezone.localdate(now)
    envelopes.lock_money(orders)
    for order in orders:
        if row.status == Shipment.Status.CANCELLED:
            holds.free_surplus(order, occasion=occasion, on=on)
            envelopes.free_surplus(order, occasion=occasion, on=on)
        settle_if_over(order, now)
