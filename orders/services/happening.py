"""Events of the orders floor for programs, left in the transaction of what happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hub import selectors as hub_selectors
from hub.core.happenings import Event
from hub.services import happenings
from orders import selectors

if TYPE_CHECKING:
    from datetime import date

    from hub.models import Cycle, Organization
    from orders.models import Invoice, Order, Shipment


@dataclass(frozen=True, slots=True)
class Watch:
    """Who listens to what is done to an order, and its farms before it was done."""

    kind: Event
    told: frozenset[int]
    farms: frozenset[int] = frozenset()


def watch_cycle(kind: Event, cycle: Cycle) -> Watch:
    """Look, before an order is made, who listens."""
    return Watch(kind, hub_selectors.family_listening(kind, [cycle.hub_id]))


def watch_order(kind: Event, order: Order) -> Watch:
    """Look, before an order changes, who listens and whose goods it reserves."""
    told = hub_selectors.family_listening(kind, [order.cycle.hub_id])
    if not told:
        return Watch(kind, told)
    return Watch(kind, told, frozenset(selectors.farm_parts(order)))


def tell_order(watch: Watch, order: Order) -> None:
    """Tell hub and buyer of an order, and each farm of its own lines, now none too."""
    if not watch.told:
        return
    lines = list(selectors.lines_of(order))
    is_cancelled = watch.kind == Event.ORDER_CANCELLED
    whole = {
        **_order_facts(order),
        "buyer_id": order.buyer.public_id,
        "drop_point_id": order.drop_point.public_id,
        "total_cents": 0 if is_cancelled else sum(line.buyer_cents for line in lines),
        "lines": []
        if is_cancelled
        else [
            {"item_id": line.item_public_id, "quantity": line.ordered} for line in lines
        ],
    }
    parts = selectors.farm_parts(order)
    facts: dict[int, dict[str, Any]] = {
        farm_id: {
            **_order_facts(order),
            "buyer_id": None,
            "drop_point_id": None,
            "total_cents": None,
            "lines": parts.get(farm_id, []),
        }
        for farm_id in watch.farms | parts.keys()
    }
    facts |= {order.cycle.hub_id: whole, order.buyer_id: whole}
    _leave(watch.kind, watch.told, facts)


def _order_facts(order: Order) -> dict[str, Any]:
    return {
        "order_id": order.public_id,
        "cycle_id": order.cycle.public_id,
        "hub_id": order.cycle.hub.public_id,
        "service_on": order.cycle.service_on.isoformat(),
        "version": order.version,
    }


def tell_delivery(kind: Event, shipment: Shipment) -> None:
    """Tell the hub what arrived of a shipment; farms and buyers of their own lines.

    Of goods that came to the hub's dock buyers hear nothing: theirs come later.
    """
    told = hub_selectors.family_listening(kind, [shipment.cycle.hub_id])
    if not told:
        return
    parts = selectors.shipped_parts(shipment.pk)
    farms = {part.farm_id for part in parts} | {shipment.producer_id}
    is_inbound = shipment.leg == "inbound"
    buyers = set() if is_inbound else {part.buyer_id for part in parts}
    lines: dict[int, list[dict[str, Any]]] = {
        farm: [p.told(with_order=False) for p in parts if p.farm_id == farm]
        for farm in farms
    }
    lines |= {
        buyer: [p.told(with_order=True) for p in parts if p.buyer_id == buyer]
        for buyer in buyers
    }
    lines[shipment.cycle.hub_id] = [p.told(with_order=True) for p in parts]
    facts = {pk: _delivery_facts(kind, shipment, own) for pk, own in lines.items()}
    _leave(kind, told, facts)


def _delivery_facts(
    kind: Event, shipment: Shipment, lines: list[dict[str, Any]]
) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "shipment_id": shipment.public_id,
        "cycle_id": shipment.cycle.public_id,
        "hub_id": shipment.cycle.hub.public_id,
        "farm_id": shipment.producer.public_id,
        "drop_point_id": shipment.drop_point.public_id,
        "service_on": shipment.service_on.isoformat(),
    }
    if kind == Event.DELIVERY_RECORDED:
        at = shipment.delivered_at
        facts |= {
            "delivered_at": at.isoformat() if at else None,
            "shipped_lines": lines,
        }
    return facts


def tell_invoices(issued: Sequence[Invoice]) -> None:
    """Tell the seller, and each buyer of its own, what was numbered."""
    for invoice in issued:
        facts = {
            "invoice_id": invoice.public_id,
            "number": invoice.number,
            "is_credit": invoice.kind == "credit_note",
            "hub_id": invoice.hub.public_id,
            "buyer_id": invoice.buyer.public_id,
            "order_id": invoice.order.public_id,
            "service_on": invoice.service_on.isoformat(),
            "total_cents": invoice.buyer_cents,
            "envelope_cents": invoice.envelope_cents,
        }
        concerned = dict.fromkeys([invoice.hub_id, invoice.buyer_id], facts)
        happenings.leave(kind=Event.INVOICE_ISSUED, facts=concerned)


def tell_statements(
    hub: Organization, on: date, sold: Mapping[Organization, int]
) -> None:
    """Tell each farm, and the hub of each, what was sold for it on a day."""
    told = hub_selectors.family_listening(Event.STATEMENT_READY, [hub.pk])
    for farm, cents in sold.items() if told else ():
        facts = {
            "hub_id": hub.public_id,
            "farm_id": farm.public_id,
            "service_on": on.isoformat(),
            "total_cents": cents,
        }
        _leave(Event.STATEMENT_READY, told, {hub.pk: facts, farm.pk: facts})


def _leave(
    kind: Event, told: frozenset[int], facts: Mapping[int, dict[str, Any]]
) -> None:
    wanted = {pk: data for pk, data in facts.items() if pk in told}
    if wanted:
        happenings.leave(kind=kind, facts=wanted)
