"""What really arrived: quantities noted at the door, short ones shared out."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Sum

from hub.core.happenings import Event
from hub.core.trail import Kind
from orders import selectors
from orders.core.errors import (
    AlreadyBilled,
    DeliveredAboveOrdered,
    NotOfThisShipment,
    ShipmentNotCarried,
)
from orders.core.line_shares import Claim, share_shortage
from orders.models import Order, OrderLine, Shipment, ShipmentLine
from orders.services import trails
from orders.services.happening import tell_delivery
from orders.services.locks import lock_shipment

if TYPE_CHECKING:
    from hub.models import Person


@transaction.atomic
def record_delivery(
    *,
    shipment_id: int,
    quantities: Mapping[int, int],
    by: "Person | None",
    now: datetime,
    note: str = "",
) -> Shipment:
    """Note what arrived of a shipment; its stop is over.

    `quantities` maps the pk of a shipment line to the units that arrived; a line that
    is not named arrived whole, or as short as it came to the hub's dock, or as it is
    billed. They are set, not added: noted twice is noted once, and the last note
    counts until the invoice.
    Raises NotOfThisShipment, DeliveredAboveOrdered, ShipmentNotCarried, AlreadyBilled.
    """
    orders, shipment = lock_shipment(shipment_id)
    if shipment.status == Shipment.Status.CANCELLED:
        raise ShipmentNotCarried
    lines = list(selectors.goods_in(shipment_id))
    wanted = _wanted(lines, quantities)
    if shipment.status == Shipment.Status.DELIVERED and _is_noted(lines, wanted):
        return shipment
    # Only an invoice is in the way, and only of the goods that it bills: what billed
    # nothing may be noted anew, also beside what another order was billed for.
    if any(line.billed and line.delivered != wanted[line.pk] for line in lines):
        raise AlreadyBilled
    noted = [line for line in lines if not line.billed]
    for line in noted:
        line.delivered = wanted[line.pk]
        line.shortage_note = note if line.delivered < line.quantity else ""
    _reopen(noted)
    shipment.status = Shipment.Status.DELIVERED
    shipment.delivered_at = now
    shipment.delivered_by = by
    shipment.delivery_note = note
    shipment.save()
    _unsettle({line.source.line.order_id for line in noted})
    write_quantities(order.pk for order in orders)
    tell_delivery(Event.DELIVERY_RECORDED, shipment)
    return shipment


@transaction.atomic
def record_short_delivery(
    *,
    shipment_id: int,
    units: Mapping[int, int],
    by: "Person | None",
    now: datetime,
    note: str = "",
) -> Shipment:
    """Note totals of goods that came short; the allocation rule shares them out.

    `units` maps the id of an availability to what arrived of it, all buyers together;
    goods not named arrived whole. One unit each comes first, then proportion, with the
    buyers' memory of the last weeks. Raises what `record_delivery` does.
    """
    _, shipment = lock_shipment(shipment_id)
    lines = list(selectors.goods_in(shipment_id))
    known = {line.source.availability_id for line in lines}
    if not units.keys() <= known:
        raise NotOfThisShipment
    missed = selectors.units_missed(
        hub_id=shipment.cycle.hub_id, before=shipment.cycle.service_on
    )
    quantities: dict[int, int] = {}
    for availability_id, supply in units.items():
        members = [ln for ln in lines if ln.source.availability_id == availability_id]
        most = sum(line.quantity for line in members)
        if not 0 <= supply <= most:
            raise DeliveredAboveOrdered(
                product=_name(members[0]), units=supply, most=most
            )
        shares = share_shortage(supply, [_claim(line, missed) for line in members])
        quantities |= {share.line_id: share.allocated for share in shares}
    return record_delivery(
        shipment_id=shipment_id, quantities=quantities, by=by, now=now, note=note
    )


@transaction.atomic
def forget_delivery(*, shipment_id: int) -> Shipment:
    """Take back a delivery that was noted by mistake: the goods are to come again.

    Forgetting what was never noted changes nothing. Raises AlreadyBilled.
    """
    orders, shipment = lock_shipment(shipment_id)
    if shipment.status != Shipment.Status.DELIVERED:
        return shipment
    lines = list(selectors.goods_in(shipment_id))
    if any(line.billed for line in lines):
        raise AlreadyBilled
    trails.leave_shipment(Kind.DELIVERY_TAKEN_BACK, shipment)
    for line in lines:
        line.delivered = None
        line.shortage_note = ""
    _reopen(lines)
    shipment.status = Shipment.Status.READY
    shipment.delivered_at = shipment.delivered_by = None
    shipment.delivery_note = ""
    shipment.save()
    _unsettle({order.pk for order in orders})
    write_quantities(order.pk for order in orders)
    tell_delivery(Event.DELIVERY_FORGOTTEN, shipment)
    return shipment


def _unsettle(order_ids: Collection[int]) -> None:
    """Orders of which something waits for its bill again are not over any more.

    What comes to the hub's dock, or was called off on its way, is billed by no order.
    """
    waiting = selectors.coming_lines().filter(
        source__line__order__in=order_ids, billed__isnull=True
    )
    again = Order.objects.filter(pk__in=waiting.values("source__line__order"))
    again.update(settled_at=None)


def write_quantities(order_ids: Iterable[int]) -> None:
    """Let order lines say what was delivered and billed of them; orders are locked."""
    sums = {
        row["source__line"]: row
        for row in selectors.carried_lines()
        .filter(source__line__order__in=list(order_ids))
        .values("source__line")
        .annotate(came=Sum("delivered"), paid=Sum("billed"))
    }
    lines = list(OrderLine.objects.filter(pk__in=sums))
    for line in lines:
        line.delivered = sums[line.pk]["came"]
        line.billed = sums[line.pk]["paid"]
    OrderLine.objects.bulk_update(lines, ["delivered", "billed"], batch_size=500)


def _reopen(lines: list[ShipmentLine]) -> None:
    """Write what was noted; no invoice says anything of these lines any more."""
    for line in lines:
        line.billed = line.invoice = None
    fields = ["delivered", "billed", "invoice", "shortage_note"]
    ShipmentLine.objects.bulk_update(lines, fields)


def _wanted(
    lines: Iterable[ShipmentLine], quantities: Mapping[int, int]
) -> dict[int, int]:
    wanted = {line.pk: quantities.get(line.pk, _expected(line)) for line in lines}
    if not quantities.keys() <= wanted.keys():
        raise NotOfThisShipment
    for line in lines:
        most = 0 if _is_called_off(line) else line.quantity
        if not 0 <= wanted[line.pk] <= most:
            raise DeliveredAboveOrdered(
                product=_name(line), units=wanted[line.pk], most=most
            )
    return wanted


def _expected(line: ShipmentLine) -> int:
    """What a line brings when nobody says otherwise: what came to the dock, if noted.

    A driver may still note more: the count at the buyer's door is the better one. What
    an invoice bills stays as it came.
    """
    if line.billed:
        return line.delivered or 0
    if _is_called_off(line):
        return 0
    if line.inbound is None or line.inbound.delivered is None:
        return line.quantity
    return line.inbound.delivered


def _is_called_off(line: ShipmentLine) -> bool:
    brought = line.inbound
    return (
        brought is not None and brought.shipment.decision == Shipment.Decision.CANCELLED
    )


def _is_noted(lines: Iterable[ShipmentLine], wanted: Mapping[int, int]) -> bool:
    """Whether all this was written before; a line credited whole is open again."""
    return all(
        line.delivered == wanted[line.pk] and not (line.billed == 0 and line.delivered)
        for line in lines
    )


def _claim(
    line: ShipmentLine, missed: Mapping[tuple[int, int | None, int | None], int]
) -> Claim:
    ordered = line.source.line
    order = ordered.order
    return Claim(
        line_id=line.pk,
        drop_point_id=order.drop_point_id,
        ordered=line.quantity,
        tie_key=order.public_id,
        memory=missed.get(
            (order.buyer_id, ordered.offer_id, ordered.pooled_offer_id), 0
        ),
    )


def _name(line: ShipmentLine) -> str:
    return str(line.source.availability.offer)
