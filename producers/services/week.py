"""A farm's whole week: a cell at a time, the whole form, last week again, nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from hub.core.errors import DomainError
from hub.core.trail import Kind
from hub.services.trail import Fact, record
from producers import selectors
from producers.core.errors import SomethingPosted, WeekRefused
from producers.core.grid import Cell
from producers.models import Availability, EmptyWeek, GridPage, Offer
from producers.services.availability import (
    clear_availability,
    post_availability,
    require_week_open,
)
from producers.services.stock import lock_availabilities

if TYPE_CHECKING:
    from hub.models import Organization, Person

PAGE_LIFE = timedelta(days=2)
"""How long a phone may still send changes of a page again."""


@transaction.atomic
def save_cell(
    *,
    offer: Offer,
    week_on: date,
    cell: Cell,
    page_key: str,
    change: int,
    by: Person,
    now: datetime,
) -> Availability | None:
    """Save one row as it stands on an opened page; the row, or None for a blank.

    Changes of a page are numbered: one that comes again, or late, has no effect and
    gives the row as it is. Raises what posting and clearing raise.
    """
    page, is_new = GridPage.objects.select_for_update().get_or_create(
        person=by, key=page_key, defaults={"changed_at": now}
    )
    if change > page.last_change:
        page.last_change = change
        page.changed_at = now
        page.save(update_fields=["last_change", "changed_at"])
        _write(offer, week_on, cell, by=by, now=now)
    if is_new:
        GridPage.objects.filter(person=by, changed_at__lt=now - PAGE_LIFE).delete()
    return Availability.objects.filter(offer=offer, week_on=week_on).first()


@transaction.atomic
def post_week(
    *,
    week_on: date,
    cells: Sequence[tuple[Offer, Cell]],
    by: Person,
    now: datetime,
) -> int:
    """Save a whole form: every row or none; the number of rows that changed.

    Raises WeekRefused with the refusal of each wrong row, by id of its offer.
    """
    standing = _rows_of([offer for offer, _cell in cells], week_on)
    changed = [
        (offer, cell)
        for offer, cell in cells
        if _says_something_new(standing.get(offer.pk), offer, cell)
    ]
    refusals: dict[int, DomainError] = {}
    for offer, cell in changed:
        try:
            _write(offer, week_on, cell, by=by, now=now)
        except DomainError as refusal:
            refusals[offer.pk] = refusal
    if refusals:
        raise WeekRefused(rows=refusals)
    return len(changed)


@transaction.atomic
def copy_last_week(
    *,
    producer: Organization,
    hub: Organization,
    week_on: date,
    by: Person,
    now: datetime,
) -> int:
    """Fill this week's blank rows with the last week posted; how many were filled.

    Figures already written stay. Lots are not copied: a lot is of one week.
    Raises WeekIsPast, WeekClosed.
    """
    require_week_open(hub, week_on, now)
    rows = selectors.grid_rows(producer, hub, week_on)
    offers = selectors.offers_by_id([row.offer_id for row in rows])
    blanks = [row for row in rows if row.quantity is None]
    fills = [row for row in blanks if row.last_quantity is not None]
    for row in fills:
        offer = offers[row.offer_id]
        price_cents = None if offer.pooled_offer_id else row.last_price_cents
        cell = Cell(quantity=row.last_quantity, price_cents=price_cents)
        _write(offer, week_on, cell, by=by, now=now)
    return len(fills)


@transaction.atomic
def nothing_this_week(
    *,
    producer: Organization,
    hub: Organization,
    week_on: date,
    by: Person,
    now: datetime,
) -> None:
    """Record that a farm has nothing this week; saying it twice changes nothing.

    Raises SomethingPosted beside a figure above zero, WeekIsPast, WeekClosed.
    """
    require_week_open(hub, week_on, now)
    rows = selectors.grid_rows(producer, hub, week_on)
    if any(row.quantity or row.reserved for row in rows):
        raise SomethingPosted
    _row, is_new = EmptyWeek.objects.get_or_create(
        producer=producer,
        hub=hub,
        week_on=week_on,
        defaults={"said_at": now, "said_by": by},
    )
    if is_new:
        fact = Fact(
            kind=Kind.WEEK_EMPTY,
            subject=(producer.public_id, producer.name),
            concerns=[producer.pk, hub.pk],
            after={"week_on": week_on.isoformat()},
        )
        record(fact, by=by)


def _write(
    offer: Offer, week_on: date, cell: Cell, *, by: Person, now: datetime
) -> None:
    if cell.quantity is None:
        clear_availability(offer=offer, week_on=week_on, now=now, by=by)
        return
    post_availability(
        offer=offer,
        week_on=week_on,
        quantity=cell.quantity,
        price_cents=cell.price_cents,
        lot=cell.lot,
        by=by,
        now=now,
    )


def _rows_of(offers: Sequence[Offer], week_on: date) -> dict[int, Availability]:
    """Lock the rows of the week together, in ascending id, by offer."""
    ids = Availability.objects.filter(offer__in=offers, week_on=week_on)
    rows = lock_availabilities(list(ids.values_list("pk", flat=True)))
    return {row.offer_id: row for row in rows}


def _says_something_new(row: Availability | None, offer: Offer, cell: Cell) -> bool:
    if row is None:
        return cell.quantity is not None
    usual_cents = offer.price_cents if cell.price_cents is None else cell.price_cents
    price_cents = row.price_cents if offer.pooled_offer_id else usual_cents
    written = (cell.quantity, price_cents, cell.lot.strip())
    return written != (row.quantity, row.price_cents, row.lot)
