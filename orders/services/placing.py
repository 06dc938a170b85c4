"""Confirming, changing and cancelling an order: stock and fund in one transaction.

Locks are taken in one order everywhere: the order, its availabilities by id, the
fund, the envelopes, the ledger's accounts, and the cycle's gate last.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.utils import timezone

from hub.core.errors import CycleClosed, PlaceWaitsForPin
from hub.core.happenings import Event
from hub.core.trail import Kind
from hub.services import cycle_gate
from orders import selectors
from orders.core.basket import Item, SourceStock, require_wants, spread
from orders.core.errors import (
    DropPointNotAllowed,
    NotAMember,
    OrderChangedMeanwhile,
    OrderEmpty,
    PriceChangedMeanwhile,
)
from orders.core.states import require_transition
from orders.models import LineSource, Order, OrderLine
from orders.services import envelopes, happening, requests, support, trails
from orders.services import lines as order_lines
from pricing import accounts as pricing_accounts
from pricing import selectors as pricing_selectors
from pricing import services as pricing_services
from producers import services as stock
from vouchers.core.eligibility import Owed

if TYPE_CHECKING:
    from hub.models import Cycle, Organization, Person, Place
    from vouchers.models import Envelope


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a buyer asks of an order: items by public id, tier, who and when.

    `expected_cents` is the total the person read before confirming, if there was one,
    and `expected_envelope_cents` the part of it that an envelope would pay. Without
    `envelope_cents` the envelope pays as much as it may. `kept_bps` is the part of the
    reduction that the fund offered and the person accepted. `at_close` is for orders
    that the close itself places, between the shut gate and the sharing out.
    """

    wants: Mapping[str, int]
    tier_code: str
    by: "Person"
    now: datetime
    po_number: str = ""
    note: str = ""
    drop_point: "Place | None" = None
    expected_cents: int | None = None
    envelope: "Envelope | None" = None
    envelope_cents: int | None = None
    expected_envelope_cents: int | None = None
    kept_bps: int | None = None
    at_close: bool = False


@transaction.atomic
def place_order(
    *,
    cycle: "Cycle",
    buyer: "Organization",
    drop_point: "Place",
    change: Change,
    key: str,
) -> Order:
    """Confirm an order: stock is reserved and the fund's worst case held, or nothing.

    The same `key` sent again returns the first order and reserves nothing more.
    Raises CycleClosed, NotAMember, DropPointNotAllowed, PlaceWaitsForPin, OrderEmpty,
    ItemNotOffered, QuantityOutOfRange, NotEnoughStock, TierNotOpen, FundTooLow,
    FundPaused, SmallerReduction, OfferOver, PriceUnderFloor, SupportCapReached,
    PriceChangedMeanwhile, EnvelopeEnded, EnvelopeNotBegun, EnvelopeTooLow,
    EnvelopeChanged, EnvelopeOfAnother.
    """
    content = requests.fingerprint(
        "place", cycle.pk, buyer.pk, drop_point.pk, *_asked(change)
    )
    if earlier := requests.begin(f"place:{key}", content):
        return earlier
    order = place_asked_once(
        cycle=cycle, buyer=buyer, drop_point=drop_point, change=change
    )
    requests.settle(f"place:{key}", order)
    return order


def place_asked_once(
    *, cycle: "Cycle", buyer: "Organization", drop_point: "Place", change: Change
) -> Order:
    """The same for who has locked the one thing that asks for it, and so needs no key.

    To be called in a transaction, which a refusal must undo whole. Raises what
    `place_order` does.
    """
    if not connection.in_atomic_block:
        raise ValueError("an order without a transaction could be placed by half")
    order = Order(
        cycle=cycle, buyer=buyer, drop_point=drop_point, tier_code=change.tier_code
    )
    watch = happening.watch_cycle(Event.ORDER_PLACED, cycle)
    _confirm(order, change, watch)
    return order


@transaction.atomic
def change_order(*, order: Order, change: Change, seen_version: int, key: str) -> Order:
    """Change a confirmed order: what it no longer needs goes back first.

    Lines kept at the same tier keep their agreed price. `seen_version` is the version
    the person was looking at. Raises OrderChangedMeanwhile and what `place_order` does.
    """
    content = requests.fingerprint("change", order.pk, seen_version, *_asked(change))
    if earlier := requests.begin(f"change:{key}", content):
        return earlier
    order = _lock(order)
    _require_not_closed(order)
    if order.version != seen_version:
        raise OrderChangedMeanwhile(by=str(order.changed_by or ""))
    order.drop_point = change.drop_point or order.drop_point
    watch = happening.watch_order(Event.ORDER_CHANGED, order)
    _confirm(order, change, watch)
    requests.settle(f"change:{key}", order)
    return order


@transaction.atomic
def cancel_order(*, order: Order, key: str, by: "Person", now: datetime) -> Order:
    """Cancel an order while its cycle is open: stock and held money go back whole.

    Raises CycleClosed, TransitionRefused.
    """
    content = requests.fingerprint("cancel", order.pk)
    if earlier := requests.begin(f"cancel:{key}", content):
        return earlier
    order = _lock(order)
    _require_not_closed(order)
    require_transition(order.status, Order.Status.CANCELLED)
    watch = happening.watch_order(Event.ORDER_CANCELLED, order)
    held = _reserved_by(order)
    if held:
        stock.give_back(returns=held)
    LineSource.objects.filter(line__order=order).update(reserved=0)
    envelopes.lock_money([order])
    pricing_services.replace_draw(
        hub_id=order.cycle.hub_id,
        buyer=order.buyer.public_id,
        hold_key="",
        earlier_hold_key=order.hold_key,
        amount_cents=0,
        on=timezone.localdate(now),
    )
    order.hold_key = ""
    envelopes.give_back(order, on=timezone.localdate(now))
    order.status = Order.Status.CANCELLED
    _stamp(order, by=by, now=now)
    trails.leave(Kind.ORDER_CANCELLED, order, before=_said(order), by=by)
    happening.tell_order(watch, order)
    cycle_gate.pass_open_gate(cycle_id=order.cycle_id, now=now)
    requests.settle(f"cancel:{key}", order)
    return order


def _said(order: Order) -> dict[str, Any]:
    """What a confirmed order was before it changes."""
    return trails.said(order, selectors.lines_of(order))


def _asked(change: Change) -> list[object]:
    """What a request asks, for its fingerprint: who asks and when do not count."""
    return [
        change.tier_code,
        change.wants,
        change.po_number,
        change.note,
        change.drop_point and change.drop_point.pk,
        change.expected_cents,
        change.envelope and change.envelope.pk,
        change.envelope_cents,
        change.expected_envelope_cents,
        *([] if change.kept_bps is None else [change.kept_bps]),
    ]


def _lock(order: Order) -> Order:
    return (
        Order.objects.select_for_update(of=("self",))
        .select_related("cycle__hub", "buyer", "drop_point", "changed_by", "envelope")
        .get(pk=order.pk)
    )


def _require_not_closed(order: Order) -> None:
    """Raises CycleClosed, in words, before the order's own state is looked at."""
    if order.status == Order.Status.ALLOCATED:
        raise CycleClosed(cycle=order.cycle.name)


def _confirm(order: Order, change: Change, watch: happening.Watch) -> None:
    require_transition(order.status, Order.Status.PLACED)
    _require_member(order)
    before = _said(order) if order.status == Order.Status.PLACED else {}
    on = timezone.localdate(change.now)
    hub_id = order.cycle.hub_id
    terms = pricing_selectors.terms_for(hub_id=hub_id, buyer_id=order.buyer_id, on=on)
    terms.require_tier(change.tier_code)
    if not change.wants:
        raise OrderEmpty
    items = selectors.items_of(order.cycle, only=change.wants)
    require_wants(change.wants, items)
    agreed = _agreed_lines(order, change.tier_code)
    priced = order_lines.price(
        items=items,
        wants=change.wants,
        tier_code=change.tier_code,
        book=order_lines.book_at(terms.book(), change.kept_bps),
        agreed=agreed,
    )
    if change.kept_bps is not None:
        order_lines.require_no_more(priced, agreed)
    support.require_floor(priced, terms.limits(), agreed)
    _require_expected(priced, change.expected_cents)
    taken = _reserve(order, {want.item: want.quantity for want in priced})
    lines = [order_lines.line_of(order, want) for want in priced]
    envelopes.lock_money([order], change.envelope)
    support.require_cap(order, lines, terms.limits())
    _hold_draw(order, lines, change)
    owed = [Owed(want.item.family_id, want.quote.line.buyer_cents) for want in priced]
    envelopes.hold_part(order, change, owed)
    order.tier_code = change.tier_code
    order.status = Order.Status.PLACED
    order.placed_at = order.placed_at or change.now
    order.po_number = change.po_number
    order.note = change.note
    order.version += 1
    _stamp(order, by=change.by, now=change.now)
    _write_lines(order, lines, [taken[want.item.public_id] for want in priced])
    trails.leave(
        Kind.ORDER_CHANGED if before else Kind.ORDER_PLACED,
        order,
        before=before,
        after=trails.said(order, lines),
        by=change.by,
        rule="default_order" if change.at_close else "",
    )
    happening.tell_order(watch, order)
    if change.at_close:
        cycle_gate.pass_shut_gate(cycle_id=order.cycle_id)
    else:
        cycle_gate.pass_open_gate(cycle_id=order.cycle_id, now=change.now)


def _require_expected(
    priced: list[order_lines.PricedWant], expected_cents: int | None
) -> None:
    total_cents = sum(want.quote.line.buyer_cents for want in priced)
    if expected_cents is not None and total_cents != expected_cents:
        raise PriceChangedMeanwhile(expected_cents=expected_cents)


def _require_member(order: Order) -> None:
    hub_id = order.cycle.hub_id
    if order.buyer.hub_id != hub_id:
        raise NotAMember
    owner_ids = {order.buyer_id, hub_id}
    place = order.drop_point
    if place.organization_id not in owner_ids or not place.is_active:
        raise DropPointNotAllowed
    if place.kind not in {"drop_point", "hub"}:
        raise DropPointNotAllowed
    if not place.is_pinned:
        raise PlaceWaitsForPin(place=place.name)


def _agreed_lines(order: Order, tier_code: str) -> dict[str, OrderLine]:
    if order.status != Order.Status.PLACED or order.tier_code != tier_code:
        return {}
    return {line.item_public_id: line for line in selectors.lines_of(order)}


def _reserved_by(order: Order) -> dict[int, int]:
    held: Counter[int] = Counter()
    if order.pk is None:
        return {}
    for source in LineSource.objects.filter(line__order=order, reserved__gt=0):
        held[source.availability_id] += source.reserved
    return dict(held)


def _reserve(order: Order, wants: Mapping[Item, int]) -> dict[str, dict[int, int]]:
    """Give back what the order held and reserve what it wants now, under one lock."""
    held = _reserved_by(order)
    wanted_ids = {s.availability_id for item in wants for s in item.sources}
    locked = stock.lock_availabilities(wanted_ids | held.keys())
    if held:
        stock.give_back(returns=held)
        locked = stock.lock_availabilities(wanted_ids)
    rows = {row.pk: row for row in locked}
    taken: dict[str, dict[int, int]] = {}
    total: Counter[int] = Counter()
    for item, quantity in wants.items():
        sources = [
            SourceStock(pk, max(0, row.quantity - row.reserved))
            for source in item.sources
            if (row := rows.get(pk := source.availability_id))
        ]
        taken[item.public_id] = spread(quantity, sources)
        total.update(taken[item.public_id])
    stock.reserve_of(locked, wants=dict(total))
    return taken


def _write_lines(
    order: Order, lines: list[OrderLine], taken: list[dict[int, int]]
) -> None:
    if order.version > 1:
        order.lines.all().delete()
    OrderLine.objects.bulk_create(lines)
    LineSource.objects.bulk_create(
        LineSource(line=line, availability_id=availability_id, reserved=units)
        for line, sources in zip(lines, taken, strict=True)
        for availability_id, units in sources.items()
    )


def _hold_draw(order: Order, lines: list[OrderLine], change: Change) -> None:
    """Hold the fund's worst case; an order that draws nothing waits for no fund."""
    amount_cents = order_lines.worst_case_draw_cents(lines)
    if not amount_cents and not order.hold_key:
        return
    hold_key = ""
    if amount_cents:
        hold_key = pricing_accounts.draw_hold_key(
            hub=order.cycle.hub.public_id,
            order=order.public_id,
            version=order.version + 1,
        )
    pricing_services.replace_draw(
        hub_id=order.cycle.hub_id,
        buyer=order.buyer.public_id,
        hold_key=hold_key,
        earlier_hold_key=order.hold_key,
        amount_cents=amount_cents,
        on=timezone.localdate(change.now),
        own=(),
        bid=pricing_services.Bid(change.kept_bps, may_be_offered=True),
    )
    order.hold_key = hold_key


def _stamp(order: Order, *, by: "Person", now: datetime) -> None:
    order.changed_by = by
    order.changed_at = now
    order.save()
