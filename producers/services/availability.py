"""What a farm says it will have of one offer in one week.

A farm may correct a week until its orders are closed; afterwards the goods are shared
out and only the coordination changes what is carried. A week that is over, and a week
in which every cycle of the hub has closed, can only be read.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import ProtectedError

from hub import selectors as hub_selectors
from hub.core.periods import local_clock, monday_of
from hub.core.trail import Kind
from hub.services.trail import Fact, record
from producers.core.availability import post_quantity
from producers.core.errors import (
    AlreadyPromised,
    PriceIsAgreed,
    WeekClosed,
    WeekIsPast,
)
from producers.core.grid import require_figures, require_lot
from producers.models import Availability, EmptyWeek, Offer

if TYPE_CHECKING:
    from hub.models import Organization, Person


@transaction.atomic
def post_availability(
    *,
    offer: Offer,
    week_on: date,
    quantity: int,
    price_cents: int | None,
    lot: str,
    by: Person,
    now: datetime,
) -> Availability:
    """Write what a farm has of an offer in a week; writing it twice changes nothing.

    Promises are never lost: below them, the missing units stand in `short_quantity`
    of the row returned, for the page to warn about. Without a price, the offer's
    usual price holds; a pooled offer has one price for all.
    Raises QuantityTooLarge, PriceOutOfRange, PriceIsAgreed, LotTooLong, WeekIsPast
    and WeekClosed.
    """
    agreed_cents = agreed_price_cents(offer, price_cents)
    require_figures(quantity, agreed_cents)
    require_lot(lot.strip())
    # The lock comes before the look at the cycles: a close that holds the row is
    # waited for, and then seen.
    row, is_new = Availability.objects.select_for_update(of=("self",)).get_or_create(
        offer=offer,
        week_on=week_on,
        defaults={"quantity": 0, "price_cents": agreed_cents},
    )
    require_week_open(offer.hub, week_on, now)
    before = {} if is_new else _said(row)
    row.quantity = quantity
    row.short_quantity = post_quantity(quantity, row.reserved).short_quantity
    row.price_cents = agreed_cents
    row.lot = lot.strip()
    row.updated_at = now
    row.updated_by = by
    row.save()
    if quantity:
        _forget_empty_week(offer, week_on)
    _leave_trace(Kind.AVAILABILITY_POSTED, row, before, _said(row), by=by)
    return row


@transaction.atomic
def clear_availability(
    *, offer: Offer, week_on: date, now: datetime, by: Person | None = None
) -> None:
    """Take a row away, as if nothing had been said; clearing twice changes nothing.

    A row that an order once counted on stays with zero, so that its story remains.
    Raises AlreadyPromised while units are promised, WeekIsPast, WeekClosed.
    """
    row = (
        Availability.objects.select_for_update(of=("self",))
        .filter(offer=offer, week_on=week_on)
        .first()
    )
    if row is None:
        return
    require_week_open(offer.hub, week_on, now)
    if row.reserved:
        raise AlreadyPromised(product=str(offer), promised=row.reserved)
    row.offer = offer
    _leave_trace(Kind.AVAILABILITY_CLEARED, row, _said(row), {}, by=by)
    try:
        row.delete()
    except ProtectedError:
        Availability.objects.filter(pk=row.pk).update(quantity=0, updated_at=now)


def agreed_price_cents(offer: Offer, price_cents: int | None) -> int:
    """The price a row will carry: the farm's own, or the one agreed for the pool.

    Raises PriceIsAgreed when a farm writes another price than its pool's.
    """
    if offer.pooled_offer is None:
        return offer.price_cents if price_cents is None else price_cents
    if price_cents not in (None, offer.pooled_offer.price_cents):
        raise PriceIsAgreed(pool=str(offer.pooled_offer))
    return offer.pooled_offer.price_cents


def require_week_open(hub: Organization, week_on: date, now: datetime) -> None:
    """Raises WeekIsPast or WeekClosed when a farm may not change the week any more."""
    today, _seconds = local_clock(now)
    if week_on < monday_of(today):
        raise WeekIsPast(week=week_on.isoformat())
    if hub_selectors.is_week_closed(hub, week_on):
        raise WeekClosed(week=week_on.isoformat())


def _said(row: Availability) -> dict[str, Any]:
    """What a farm says of a week, as the trail keeps it."""
    return {
        "quantity": row.quantity,
        "price_cents": row.price_cents,
        "lot": row.lot,
        "short_quantity": row.short_quantity,
    }


def _leave_trace(
    kind: Kind,
    row: Availability,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    *,
    by: Person | None,
) -> None:
    if before == after:
        return
    offer, week = row.offer, {"week_on": row.week_on.isoformat()}
    fact = Fact(
        kind=kind,
        subject=(offer.public_id, str(offer)),
        concerns=[offer.variant.product.producer_id, offer.hub_id],
        before=before,
        after={**week, **after},
    )
    record(fact, by=by)


def _forget_empty_week(offer: Offer, week_on: date) -> None:
    EmptyWeek.objects.filter(
        producer=offer.variant.product.producer_id, hub=offer.hub_id, week_on=week_on
    ).delete()
