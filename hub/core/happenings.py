"""Which events leave by webhook, to whom, and the facts that each must carry.

Facts are public ids, whole figures and days; names of people are not among them: a
program asks the API for more. Each organization concerned gets an event of its own
with what it may know: a fact that it may not is None. The tables of `docs/webhooks.md`
are written from here.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any


class Event(StrEnum):
    """What happened, as a webhook names it."""

    CYCLE_OPENED = "cycle.opened"
    CYCLE_CHANGED = "cycle.changed"
    CYCLE_CLOSED = "cycle.closed"
    CYCLE_REOPENED = "cycle.reopened"
    ORDER_PLACED = "order.placed"
    ORDER_CHANGED = "order.changed"
    ORDER_CANCELLED = "order.cancelled"
    PLAN_PUBLISHED = "plan.published"
    PLAN_DISPATCHED = "plan.dispatched"
    PLAN_WITHDRAWN = "plan.withdrawn"
    ROUTE_CHANGED = "route.changed"
    STOP_DONE = "stop.done"
    DELIVERY_RECORDED = "delivery.recorded"
    DELIVERY_FORGOTTEN = "delivery.forgotten"
    INVOICE_ISSUED = "invoice.issued"
    STATEMENT_READY = "statement.ready"
    DAY_SETTLED = "day.settled"
    ENVELOPE_CHANGED = "envelope.changed"
    WEBHOOK_TEST = "webhook.test"


EVERY = "*"
"""An endpoint that asks for this gets every kind, those to come too."""

_CYCLE = ("cycle_id", "hub_id", "name", "service_on", "opens_at", "closes_at")
_ORDER = (
    "order_id",
    "cycle_id",
    "hub_id",
    "service_on",
    "buyer_id",
    "drop_point_id",
    "version",
    "total_cents",
    "lines",
)
_DELIVERY = (
    "shipment_id",
    "cycle_id",
    "hub_id",
    "farm_id",
    "drop_point_id",
    "service_on",
)
FACTS: dict[Event, tuple[str, ...]] = {
    Event.CYCLE_OPENED: _CYCLE,
    Event.CYCLE_CHANGED: _CYCLE,
    Event.CYCLE_CLOSED: _CYCLE,
    Event.CYCLE_REOPENED: _CYCLE,
    Event.ORDER_PLACED: _ORDER,
    Event.ORDER_CHANGED: _ORDER,
    Event.ORDER_CANCELLED: _ORDER,
    Event.PLAN_PUBLISHED: ("plan_id", "pool_id", "service_on", "num_routes"),
    Event.PLAN_DISPATCHED: ("plan_id", "pool_id", "service_on", "stops"),
    Event.PLAN_WITHDRAWN: ("plan_id", "pool_id", "service_on", "stops"),
    Event.ROUTE_CHANGED: ("plan_id", "pool_id", "service_on", "stops"),
    Event.STOP_DONE: (
        "plan_id",
        "pool_id",
        "route_number",
        "stop_id",
        "place_id",
        "service_on",
        "status",
        "done_at",
    ),
    Event.DELIVERY_RECORDED: (*_DELIVERY, "delivered_at", "shipped_lines"),
    Event.DELIVERY_FORGOTTEN: _DELIVERY,
    Event.INVOICE_ISSUED: (
        "invoice_id",
        "number",
        "is_credit",
        "hub_id",
        "buyer_id",
        "order_id",
        "service_on",
        "total_cents",
        "envelope_cents",
    ),
    Event.STATEMENT_READY: ("hub_id", "farm_id", "service_on", "total_cents"),
    Event.DAY_SETTLED: ("pool_id", "plan_id", "service_on", "cost_cents"),
    Event.ENVELOPE_CHANGED: (
        "envelope_id",
        "programme_id",
        "group_id",
        "change",
        "amount_cents",
        "on",
    ),
    Event.WEBHOOK_TEST: ("endpoint_id",),
}
"""The facts of each kind, in the order they are explained."""

WHEN: dict[Event, tuple[str, str]] = {
    Event.CYCLE_OPENED: ("Buyers may order from now on", "hub, its members"),
    Event.CYCLE_CHANGED: ("Dates of an open cycle moved", "hub, its members"),
    Event.CYCLE_CLOSED: ("Goods were shared out", "hub, its members"),
    Event.CYCLE_REOPENED: (
        "A closed cycle takes orders again; what the close gave is undone",
        "hub, its members",
    ),
    Event.ORDER_PLACED: ("An order was confirmed", "hub, buyer, farms of its lines"),
    Event.ORDER_CHANGED: (
        "A confirmed order was changed",
        "hub, buyer, farms of its lines before and after",
    ),
    Event.ORDER_CANCELLED: ("An order was cancelled", "hub, buyer, farms of its lines"),
    Event.PLAN_PUBLISHED: ("A plan became the one of its day", "hubs of the pool"),
    Event.PLAN_DISPATCHED: (
        "The trucks leave",
        "hubs of the pool (every stop), farms and buyers (their own stops)",
    ),
    Event.PLAN_WITHDRAWN: (
        "A published plan is a proposal again: no truck makes these stops",
        "hubs of the pool; once the trucks had been sent, farms and buyers too",
    ),
    Event.ROUTE_CHANGED: (
        "A breakdown moved stops under way",
        "hubs of the pool, farms and buyers of the stops that moved",
    ),
    Event.STOP_DONE: (
        "What stands of a stop changed: goods loaded or unloaded, a problem",
        "hubs of the pool, whoever owns the place",
    ),
    Event.DELIVERY_RECORDED: (
        "What arrived was noted, or noted anew",
        "hub, farm, buyers (their own lines)",
    ),
    Event.DELIVERY_FORGOTTEN: ("A delivery was taken back", "hub, farm, buyers"),
    Event.INVOICE_ISSUED: ("An invoice or a credit note was numbered", "hub, buyer"),
    Event.STATEMENT_READY: ("What was sold for a farm was billed", "hub, farm"),
    Event.DAY_SETTLED: ("The routes of a day were paid and shared", "hubs of the pool"),
    Event.ENVELOPE_CHANGED: (
        "Money was granted, added, taken back or spent",
        "programme, group",
    ),
    Event.WEBHOOK_TEST: ("Somebody asked for a test", "the endpoint itself"),
}
"""When each kind is left, and the organizations that it is left for."""

MEANING = {
    "amount_cents": "Cents granted, added, taken back or spent",
    "buyer_id": "The organization that ordered; null for farms",
    "change": "`granted`, `added`, `withdrawn` or `spent`",
    "closes_at": "When orders stop",
    "cost_cents": "What the routes cost in all",
    "cycle_id": "The cycle",
    "delivered_at": "When the goods came",
    "done_at": "When the goods were handled; null before, or for a problem alone",
    "drop_point_id": "The place where goods are brought; null for farms' orders",
    "endpoint_id": "The endpoint that is tested",
    "envelope_cents": "What an envelope pays of it",
    "envelope_id": "The envelope",
    "farm_id": "The farm; of a shipment, whoever hands the goods over",
    "group_id": "The community group that the envelope is for",
    "hub_id": "The hub",
    "invoice_id": "The invoice or credit note",
    "is_credit": "Whether it is a credit note",
    "lines": "What is ordered: `item_id`, `quantity`; farms see their own part",
    "name": "The name of the cycle",
    "num_routes": "How many trucks drive",
    "number": "The number on the paper",
    "on": "The day that it counts for",
    "opens_at": "When orders begin",
    "order_id": "The order",
    "place_id": "Where the stop is",
    "plan_id": "The plan",
    "pool_id": "The pool of trucks",
    "programme_id": "The voucher programme",
    "route_number": "The number of the route in its plan",
    "service_on": "The day of delivery",
    "shipment_id": "The shipment: one farm, one drop point, one day",
    "shipped_lines": "`order_id`, `item_id`, `shipped`, `delivered`; of buyers, their "
    "own; `order_id` is null for farms",
    "status": "`waiting`, `arrived`, `done`, `left` (done and left) or `missed`",
    "stop_id": "The stop",
    "stops": "`place_id`, `vehicle_id`, `from_s`, `to_s` (seconds from midnight)",
    "total_cents": "What the buyer pays, or what was sold for the farm; null in the "
    "orders that farms hear of; negative for a credit note",
    "version": "Counts the changes of the order",
}
"""What each fact says."""


def require_facts(kind: Event, data: Mapping[str, Any]) -> None:
    """Stop a caller that leaves an event without its facts, or with others."""
    assert frozenset(data) == frozenset(FACTS[kind]), (kind, sorted(data))
