"""What can be ordered in a cycle, and how much of it is left."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Literal, cast

from hub.core.periods import monday_of
from orders.core.basket import Item, SourceStock
from producers import selectors as producer_selectors

if TYPE_CHECKING:
    from hub.models import Cycle
    from producers.core.catalogue import CatalogueRow, ListedRow


def rows_of(cycle: Cycle, only: Collection[str] | None = None) -> list[CatalogueRow]:
    """The list of a cycle, by family and name; one query.

    `only` names the items wanted, when that is all the caller needs.
    """
    week_on = monday_of(cycle.service_on)
    return producer_selectors.offers_for(cycle.hub, week_on, only)


def listing_of(cycle: Cycle) -> list[ListedRow]:
    """The same rows, as far as one chooses among them; one query."""
    return producer_selectors.listing_for(cycle.hub, monday_of(cycle.service_on))


def items_of(cycle: Cycle, only: Collection[str] | None = None) -> dict[str, Item]:
    """What can be ordered in a cycle, by public id; two queries.

    `only` names the items wanted, when that is all the caller needs.
    """
    rows = rows_of(cycle, only)
    pools = producer_selectors.availabilities_of_pools(
        [row.pooled_offer_id for row in rows if row.pooled_offer_id is not None],
        monday_of(cycle.service_on),
    )
    return {
        row.public_id: item_of(
            row,
            tuple(
                SourceStock(goods.availability_id, goods.left)
                for goods in pools[row.pooled_offer_id]
            )
            if row.pooled_offer_id is not None
            else (SourceStock(cast(int, row.availability_id), row.left),),
        )
        for row in rows
    }


def item_of(row: CatalogueRow, sources: tuple[SourceStock, ...]) -> Item:
    """One row of the list as the ordering rules want it."""
    kind: Literal["offer", "pooled"] = "pooled" if row.is_pooled else "offer"
    return Item(
        kind=kind,
        pk=cast(int, row.offer_id or row.pooled_offer_id),
        public_id=row.public_id,
        name=row.name,
        unit_label=row.label,
        price_cents=row.price_cents,
        mass_g=row.mass_g,
        volume_ml=row.volume_ml,
        temperature_class=row.temperature_class,
        taxability=cast(Literal["zero_rated", "taxable"], row.taxability),
        family_id=row.family_id,
        sources=sources,
    )
