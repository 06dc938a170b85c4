"""Filling a basket, changing it, and confirming it into an order.

A basket reserves nothing. Its row is locked for each change, so that two colleagues
who type at once both find their quantities in it.
"""

from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from hub.core.errors import PlaceWaitsForPin
from orders import selectors
from orders.core.errors import (
    BasketChangedMeanwhile,
    DropPointNotAllowed,
    NotAMember,
)
from orders.core.states import require_transition
from orders.models import Basket, BasketLine, Order
from orders.services import basket_lines
from orders.services.placing import Change, change_order, place_asked_once
from pricing import selectors as pricing_selectors
from pricing.core.tiers import FAIR_TIER
from vouchers import selectors as voucher_selectors
from vouchers.core.errors import EnvelopeOfAnother

if TYPE_CHECKING:
    from hub.models import Cycle, Organization, Person, Place
    from vouchers.models import Envelope


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What the person had on screen when confirming: the total, and what an envelope
    would pay of it."""

    changed_at: datetime
    total_cents: int
    envelope_cents: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class BasketTerms:
    """How and where a basket is wanted."""

    tier_code: str
    drop_point: "Place | None"
    po_number: str = ""
    note: str = ""
    envelope: "Envelope | None" = None
    envelope_cents: int | None = None


def open_basket(
    *, cycle: "Cycle", buyer: "Organization", by: "Person", now: datetime
) -> Basket:
    """Find the basket a buyer has begun in a cycle, or begin one.

    It starts with the tier and the drop point of the buyer's last order, where they
    are still open to it, and with the envelope that ends first. Raises NotAMember.
    """
    if buyer.hub_id != cycle.hub_id:
        raise NotAMember
    drop_point, last_tier = selectors.first_terms(buyer, cycle)
    basket = Basket(
        cycle=cycle,
        buyer=buyer,
        tier_code=_first_tier(cycle, buyer, last_tier, now),
        drop_point=drop_point,
        envelope=_first_envelope(buyer, now),
        changed_by=by,
        changed_at=now,
    )
    try:
        with _lone_write():
            basket.save(force_insert=True)
    except IntegrityError:
        # It was begun before, or by a colleague just now: there is one for both.
        return Basket.objects.get(cycle=cycle, buyer=buyer, order=None, is_done=False)
    return basket


def _lone_write() -> AbstractContextManager[object]:
    """A savepoint within a transaction; outside, one INSERT is its own transaction."""
    return transaction.atomic() if connection.in_atomic_block else nullcontext()


@transaction.atomic
def start_change(*, order: Order, by: "Person", now: datetime) -> Basket:
    """Put a confirmed order back into a basket, to be changed and confirmed again.

    The order stands as it is until then. Raises TransitionRefused.
    """
    require_transition(order.status, Order.Status.PLACED)
    basket, is_new = Basket.objects.get_or_create(
        order=order,
        is_done=False,
        defaults={
            "cycle_id": order.cycle_id,
            "buyer_id": order.buyer_id,
            "drop_point_id": order.drop_point_id,
            "tier_code": order.tier_code,
            "po_number": order.po_number,
            "note": order.note,
            "envelope_id": order.envelope_id,
            "envelope_cents": order.envelope_cents,
            "seen_version": order.version,
            "changed_by": by,
            "changed_at": now,
        },
    )
    if is_new:
        BasketLine.objects.bulk_create(
            BasketLine(
                basket=basket,
                offer_id=line.offer_id,
                pooled_offer_id=line.pooled_offer_id,
                quantity=line.ordered,
            )
            for line in order.lines.all()
        )
    return basket


@transaction.atomic
def fill_basket(
    *,
    basket: Basket,
    quantities: Mapping[str, int],
    terms: BasketTerms | None = None,
    by: "Person",
    now: datetime,
) -> Basket:
    """Write how much of these items is wanted, and on which terms; all or nothing.

    Zero takes an item out; items not named keep what they have. More than is left may
    be written: the basket says so beside the line. Raises ItemNotOffered,
    QuantityOutOfRange, TierUnknown, TierNotOpen, DropPointNotAllowed,
    EnvelopeOfAnother, and BasketChangedMeanwhile when a colleague has just confirmed
    it.
    """
    is_stamped = terms is None and _stamp_as_read(basket, by=by, now=now)
    basket = copy(basket) if is_stamped else _lock_open(basket)
    if quantities:
        basket_lines.write_quantities(basket, quantities)
    if terms is not None:
        _write_terms(basket, terms, now)
    basket.changed_by, basket.changed_at = by, now
    if not is_stamped:
        basket.save()
    return basket


def _stamp_as_read(basket: Basket, *, by: "Person", now: datetime) -> bool:
    """Lock and stamp a basket at once, if nobody changed it since it was read."""
    as_read = Basket.objects.filter(
        pk=basket.pk, is_done=False, changed_at=basket.changed_at
    )
    return as_read.update(changed_by=by, changed_at=now) == 1


def _write_terms(basket: Basket, terms: BasketTerms, now: datetime) -> None:
    hub_id = basket.cycle.hub_id
    pricing_selectors.require_tier(
        hub_id=hub_id,
        buyer_id=basket.buyer_id,
        tier_code=terms.tier_code,
        on=timezone.localdate(now),
    )
    place = terms.drop_point
    if place is not None and place.organization_id not in {basket.buyer_id, hub_id}:
        raise DropPointNotAllowed
    if place is not None and not place.is_pinned:
        raise PlaceWaitsForPin(place=place.name)
    if terms.envelope is not None and terms.envelope.group_id != basket.buyer_id:
        raise EnvelopeOfAnother
    basket.envelope = terms.envelope
    basket.envelope_cents = terms.envelope_cents if terms.envelope else None
    if basket.tier_code != terms.tier_code:
        basket.kept_bps = None
    basket.tier_code = terms.tier_code
    basket.drop_point = terms.drop_point
    basket.po_number = terms.po_number
    basket.note = terms.note


@transaction.atomic
def copy_last_order(*, basket: Basket, by: "Person", now: datetime) -> list[str]:
    """Add to the basket what the buyer ordered last; returns what is not offered now.

    What the basket already wants keeps its quantity. Raises BasketChangedMeanwhile.
    """
    basket = _lock_open(basket)
    last = selectors.last_order_of(basket.buyer, before=basket.cycle)
    if last is None:
        return []
    lines = list(selectors.lines_of(last))
    wanted = {line.item_public_id for line in lines}
    rows = selectors.rows_of(basket.cycle, wanted)
    listed = {row.public_id: row for row in rows}
    kept = {line.item_public_id for line in selectors.lines_in(basket)}
    missing = []
    for line in lines:
        row = listed.get(line.item_public_id)
        if row is None:
            missing.append(str(line.offer or line.pooled_offer))
        elif row.public_id not in kept:
            basket_lines.write_line(basket_lines.new_line(basket, row), line.ordered)
    _stamp(basket, by=by, now=now)
    return missing


@transaction.atomic
def empty_basket(*, basket: Basket) -> None:
    """Throw away what was not confirmed; a confirmed order behind it stands."""
    locked = Basket.objects.select_for_update().filter(pk=basket.pk, is_done=False)
    for row in locked:
        row.delete()


@transaction.atomic
def look_again(*, basket: Basket) -> Basket:
    """Let a change begin anew from the order as it stands; what was typed is kept."""
    basket = _lock(basket)
    if basket.order is not None:
        basket.seen_version = basket.order.version
        basket.save(update_fields=["seen_version"])
    return basket


@transaction.atomic
def take_offer(
    *, basket: Basket, kept_bps: int | None, by: "Person", now: datetime
) -> Basket:
    """Show a basket at the smaller reduction that the fund offers, or at none of it.

    Nothing is promised: the price shown is confirmed, or not, afterwards.
    Raises BasketChangedMeanwhile.
    """
    basket = _lock_open(basket)
    basket.kept_bps = kept_bps
    return _stamp(basket, by=by, now=now)


@transaction.atomic
def keep_fair_price(*, basket: Basket, by: "Person", now: datetime) -> Basket:
    """Leave the smaller reduction and order at the fair price instead.

    Raises TierUnknown, TierNotOpen, BasketChangedMeanwhile.
    """
    basket = _lock_open(basket)
    pricing_selectors.require_tier(
        hub_id=basket.cycle.hub_id,
        buyer_id=basket.buyer_id,
        tier_code=FAIR_TIER,
        on=timezone.localdate(now),
    )
    basket.tier_code, basket.kept_bps = FAIR_TIER, None
    return _stamp(basket, by=by, now=now)


@transaction.atomic
def confirm_basket(
    *, public_id: str, seen: Seen, by: "Person", now: datetime
) -> Order | None:
    """Make an order of a basket, or change the one it was opened from: once.

    The basket itself, locked, is the key of the request: pressed twice, by one person
    or by two, the second press waits and finds the first one's order. None when there
    is no such basket that the person may confirm. Raises BasketChangedMeanwhile, and
    what `place_order` and `change_order` raise.
    """
    basket = selectors.basket_editable_by(by, public_id, is_locked=True)
    if basket is None:
        return None
    if basket.is_done and basket.order is not None:
        return basket.order
    if basket.changed_at != seen.changed_at:
        # Of a row that was waited for, what stood beside it before is not true now.
        now_there = selectors.basket_editable_by(by, public_id)
        raise BasketChangedMeanwhile(by=str((now_there or basket).changed_by or ""))
    if basket.drop_point is None:
        raise DropPointNotAllowed
    change = Change(
        wants={
            line.item_public_id: line.quantity for line in selectors.lines_in(basket)
        },
        tier_code=basket.tier_code,
        by=by,
        now=now,
        po_number=basket.po_number,
        note=basket.note,
        drop_point=basket.drop_point,
        expected_cents=seen.total_cents,
        envelope=basket.envelope,
        envelope_cents=basket.envelope_cents,
        expected_envelope_cents=seen.envelope_cents,
        kept_bps=basket.kept_bps,
    )
    if basket.order is not None:
        order = change_order(
            order=basket.order,
            change=change,
            seen_version=basket.seen_version,
            key=basket.public_id,
        )
    else:
        order = place_asked_once(
            cycle=basket.cycle,
            buyer=basket.buyer,
            drop_point=basket.drop_point,
            change=change,
        )
    basket.order, basket.is_done = order, True
    basket.save(update_fields=["order", "is_done"])
    return order


def _lock_open(basket: Basket) -> Basket:
    """Lock a basket that nobody has confirmed yet."""
    locked = _lock(basket)
    if locked.is_done:
        raise BasketChangedMeanwhile(by=str(locked.changed_by or ""))
    return locked


def _lock(basket: Basket) -> Basket:
    """Lock the row and read it again; what it still names need not be read again."""
    locked = Basket.objects.select_for_update().get(pk=basket.pk)
    for name in ("cycle", "buyer", "drop_point", "changed_by"):
        is_same = getattr(locked, f"{name}_id") == getattr(basket, f"{name}_id")
        if is_same and name in basket._state.fields_cache:
            setattr(locked, name, getattr(basket, name))
    return locked


def _stamp(basket: Basket, *, by: "Person", now: datetime) -> Basket:
    basket.changed_by = by
    basket.changed_at = now
    basket.save()
    return basket


def _first_tier(
    cycle: "Cycle", buyer: "Organization", last_tier: str, now: datetime
) -> str:
    terms = pricing_selectors.terms_for(
        hub_id=cycle.hub_id, buyer_id=buyer.pk, on=timezone.localdate(now)
    )
    open_codes = [each.tier.code for each in terms.choices if each.is_open]
    if last_tier in open_codes:
        return last_tier
    return FAIR_TIER if FAIR_TIER in open_codes else next(iter(open_codes), "")


def _first_envelope(buyer: "Organization", now: datetime) -> "Envelope | None":
    choices = voucher_selectors.choices_for(
        group_id=buyer.pk, on=timezone.localdate(now)
    )
    return choices[0].envelope if choices else None
