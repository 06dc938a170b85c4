"""How the orders of a day stand when its coordinator bills it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from hub.core.errors import DomainError, refusal_of
from orders.models import (
    BillRefusal,
    Invoice,
    Order,
    Seller,
    Shipment,
    ShipmentLine,
)
from orders.selectors.deliveries import carried_lines

if TYPE_CHECKING:
    from hub.models import Organization


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderToSettle:
    """How one order stands on a day: what came, what is missing, what is billed.

    `refusal` says why it could not be billed when somebody tried.
    """

    order: Order
    num_delivered: int
    missing: tuple[Shipment, ...]
    is_billed: bool
    invoice: Invoice | None
    refusal: DomainError | None

    @property
    def awaited_farms(self) -> tuple[str, ...]:
        """The farms whose goods are still on the road."""
        return tuple(shipment.producer.name for shipment in self.missing)

    @property
    def is_ready(self) -> bool:
        """Whether it can be billed now."""
        return not self.missing and not self.is_billed


def orders_of_day(*, hub: Organization, on: date) -> list[OrderToSettle]:
    """Every order with goods on a day, as its settling needs it; three queries."""
    lines = (
        carried_lines()
        .filter(source__line__order__cycle__hub=hub, shipment__service_on=on)
        .exclude(shipment__status=Shipment.Status.CANCELLED)
        .select_related(
            "shipment__producer",
            "shipment__drop_point",
            "source__line__order__buyer",
            "source__line__order__drop_point",
            "invoice",
        )
        .order_by("source__line__order__buyer__name", "pk")
    )
    by_order: dict[int, list[ShipmentLine]] = defaultdict(list)
    for line in lines:
        by_order[line.source.line.order_id].append(line)
    refusals = refusals_of(by_order, on=on)
    return [
        _to_settle(members, refusals.get(order_id))
        for order_id, members in by_order.items()
    ]


def refusals_of(order_ids: Iterable[int], *, on: date) -> dict[int, DomainError]:
    """Why some of these orders could not be billed for a day, by order."""
    rows = BillRefusal.objects.filter(order__in=list(order_ids), service_on=on)
    return {row.order_id: refusal_of(row.code, row.data) for row in rows}


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """The papers that changed one bill of a day, and the transport they add to it."""

    papers: tuple[Invoice, ...]
    transport_cents: int

    @property
    def effective_on(self) -> date:
        """Its day in the books."""
        return self.papers[0].effective_on

    @property
    def buyer(self) -> Organization:
        """Whose bill it is."""
        return self.papers[0].buyer


def corrections_since(*, hub_id: int, on: date, number: int) -> list[Correction]:
    """What was billed and taken back of a day after the paper of a number, in order.

    A credit note and the invoice in its place are one correction; an invoice of what
    came after all stands by itself.
    """
    papers = Invoice.objects.filter(hub=hub_id, service_on=on, number__gt=number)
    by_bill: dict[int, list[Invoice]] = defaultdict(list)
    for paper in papers.select_related("buyer", "corrects").order_by("number"):
        by_bill[paper.corrects_id or paper.pk].append(paper)
    return [
        Correction(
            papers=tuple(members),
            transport_cents=sum(paper.transport_cents for paper in members),
        )
        for members in by_bill.values()
    ]


def last_number(*, hub_id: int) -> int:
    """The number of the last paper of a hub; zero before the first one."""
    row = Seller.objects.filter(hub=hub_id).first()
    return row.last_number if row else 0


def _to_settle(lines: list[ShipmentLine], refusal: DomainError | None) -> OrderToSettle:
    missing = {
        line.shipment_id: line.shipment
        for line in lines
        if line.shipment.status == Shipment.Status.READY
    }
    is_billed = all(line.billed is not None for line in lines)
    return OrderToSettle(
        order=lines[0].source.line.order,
        num_delivered=len({line.shipment_id for line in lines} - missing.keys()),
        missing=tuple(missing.values()),
        is_billed=is_billed,
        invoice=next((line.invoice for line in lines if line.invoice), None),
        refusal=None if is_billed else refusal,
    )
