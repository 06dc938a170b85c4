"""The lines of a basket, written by items."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db.models import Q

from orders import selectors
from orders.core.basket import QUANTITY_MAX
from orders.core.errors import ItemNotOffered, QuantityOutOfRange
from orders.models import Basket, BasketLine

if TYPE_CHECKING:
    from producers.core.catalogue import CatalogueRow


def write_quantities(basket: Basket, quantities: Mapping[str, int]) -> None:
    """Write how much of these items a locked basket wants; zero takes one out.

    Raises QuantityOutOfRange, ItemNotOffered.
    """
    rows = selectors.rows_of(basket.cycle, quantities.keys())
    listed = {row.public_id: row for row in rows}
    for public_id, quantity in quantities.items():
        if not 0 <= quantity <= QUANTITY_MAX:
            name = listed[public_id].title if public_id in listed else public_id
            raise QuantityOutOfRange(product=name, quantity=quantity)
    _write_unlisted(basket, quantities, listed)
    lines = []
    for public_id, quantity in quantities.items():
        if public_id in listed:
            line = new_line(basket, listed[public_id])
            line.quantity = quantity
            lines.append(line)
    _write_lines(basket, lines)


def _write_unlisted(
    basket: Basket, quantities: Mapping[str, int], listed: Mapping[str, object]
) -> None:
    """Write what is not offered any more: only what the basket already has."""
    gone = quantities.keys() - listed.keys()
    if not gone:
        return
    kept = {line.item_public_id: line for line in selectors.lines_in(basket)}
    for public_id in gone:
        if public_id not in kept:
            raise ItemNotOffered(item="")
        write_line(kept[public_id], quantities[public_id])


def _write_lines(basket: Basket, lines: list[BasketLine]) -> None:
    """Put lines into a locked basket, over those of the same items; zero takes out.

    What is there need not be read for it: the table knows an item of a basket once.
    """
    out = [line for line in lines if not line.quantity]
    if out:
        basket.lines.filter(
            Q(offer__in=[line.offer_id for line in out if line.offer_id])
            | Q(pooled_offer__in=[e.pooled_offer_id for e in out if e.pooled_offer_id])
        ).delete()
    for name in ("offer", "pooled_offer"):
        kind = [e for e in lines if e.quantity and getattr(e, f"{name}_id")]
        BasketLine.objects.bulk_create(
            kind,
            update_conflicts=True,
            update_fields=["quantity"],
            unique_fields=["basket", name],
        )


def new_line(basket: Basket, row: "CatalogueRow | None") -> BasketLine:
    """A line of an item as it is listed. Raises ItemNotOffered for None."""
    if row is None:
        raise ItemNotOffered(item="")
    return BasketLine(
        basket=basket, offer_id=row.offer_id, pooled_offer_id=row.pooled_offer_id
    )


def write_line(line: BasketLine, quantity: int) -> None:
    """Save a line, or take it out at zero."""
    if quantity:
        line.quantity = quantity
        line.save()
    elif line.pk is not None:
        line.delete()
