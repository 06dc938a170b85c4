"""What leaves the hub's dock follows what comes to it, also to another day.

Goods that an inbound shipment brings leave in several outbound ones, together with
goods of other farms. When the inbound comes on another day, only what it brings waits:
the rest of each outbound leaves as planned. Call these inside the transaction of the
decision, with the inbound locked.
"""

from datetime import date, datetime
from typing import TYPE_CHECKING

from hub.core.trail import Kind
from orders import selectors
from orders.core.errors import GoodsComeLater
from orders.models import Shipment, ShipmentLine
from orders.services import trails
from orders.services.shipments import write_load
from orders.services.telling import take_back_decisions, tell_decision

if TYPE_CHECKING:
    from hub.models import Person

ANOTHER_DAY = Shipment.Decision.ANOTHER_DAY


def stamp(
    row: Shipment, decision: str, *, by: "Person | None", now: datetime, note: str
) -> None:
    """Write on a shipment what was decided of it, by whom, when and why.

    Letters on earlier decisions of it that have not left do not leave any more.
    """
    take_back_decisions(row)
    row.decision = decision
    row.decision_note = note
    row.decided_by = by
    row.decided_at = now
    row.num_decisions += 1
    row.save()
    trails.leave_shipment(
        Kind.SHIPMENT_DECIDED if decision else Kind.SHIPMENT_RESUMED,
        row,
        after={"decision": decision} if decision else {},
        why=note,
        by=by,
    )


def follow_inbound(inbound: Shipment, *, by: "Person | None", now: datetime) -> None:
    """Let what an inbound brings leave the dock on its new day, not before.

    An outbound that would leave earlier is moved whole when nothing else rides in it;
    else what the inbound brings becomes a shipment of its own on the new day. What
    already leaves that day or later, is delivered or called off, stays as it is.
    Buyers are told of what is moved.
    """
    waiting = Shipment.objects.select_for_update(of=("self",)).filter(
        pk__in=inbound.lines.values("outbound__shipment"),
        status=Shipment.Status.READY,
        service_on__lt=inbound.service_on,
    )
    for outbound in waiting.select_related("cycle__hub", "producer").order_by("pk"):
        coming = selectors.coming_lines().filter(shipment=outbound)
        moved = outbound
        if coming.exclude(inbound__shipment=inbound).exists():
            moved = _split(outbound, inbound)
        moved.first_service_on = moved.first_service_on or outbound.service_on
        moved.service_on = inbound.service_on
        stamp(moved, ANOTHER_DAY, by=by, now=now, note=inbound.decision_note)
        tell_decision(moved)


def _split(outbound: Shipment, inbound: Shipment) -> Shipment:
    """Take what an inbound brings out of an outbound, into a shipment of its own."""
    part = Shipment.objects.create(
        cycle=outbound.cycle,
        leg=outbound.leg,
        producer=outbound.producer,
        origin_id=outbound.origin_id,
        drop_point=outbound.drop_point,
        service_on=outbound.service_on,
        first_service_on=outbound.first_service_on,
        part_of=outbound.part_of or outbound,
    )
    mine = ShipmentLine.objects.filter(shipment=outbound, inbound__shipment=inbound)
    mine.update(shipment=part)
    write_load(outbound)
    write_load(part)
    return part


def bring_back(inbound: Shipment, *, came_on: date, now: datetime) -> None:
    """Undo what followed an inbound to `came_on`: it leaves on its first day again.

    A part that was split off stays a shipment of its own.
    """
    followed = Shipment.objects.select_for_update().filter(
        pk__in=inbound.lines.values("outbound__shipment"),
        status=Shipment.Status.READY,
        decision=ANOTHER_DAY,
        service_on=came_on,
        first_service_on=inbound.service_on,
    )
    for outbound in followed.order_by("pk"):
        outbound.service_on, outbound.first_service_on = inbound.service_on, None
        stamp(outbound, "", by=inbound.decided_by, now=now, note="")


def require_goods_by(outbound: Shipment, on: date) -> None:
    """Refuse that goods leave the dock on a day before they come to it.

    Raises GoodsComeLater.
    """
    later = Shipment.objects.filter(
        pk__in=outbound.lines.values("inbound__shipment"),
        status=Shipment.Status.READY,
        service_on__gt=on,
    )
    if last := later.order_by("-service_on").first():
        raise GoodsComeLater(farm=last.producer.name, on=last.service_on)
