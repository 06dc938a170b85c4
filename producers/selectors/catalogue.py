"""What a hub can sell in a week, for the orders' floor."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import QuerySet

from producers.core.availability import quantity_left
from producers.core.catalogue import CatalogueRow, Goods
from producers.models import Availability
from producers.selectors.listing import farms_behind
from producers.selectors.sold import sold_in

if TYPE_CHECKING:
    from hub.models import Organization


class _Read(NamedTuple):
    """One availability with what stands behind it, as the query gives it."""

    availability_id: int
    quantity: int
    reserved: int
    price_cents: int
    lot: str
    offer_id: int
    offer: str
    name: str
    label: str
    unit: str
    farm_id: int
    farm_name: str
    family_id: int
    family_name: str
    temperature_class: str
    mass_g: int
    volume_ml: int
    taxability: str
    is_organic: bool
    is_seconds: bool
    pool_id: int | None
    pool: str
    pool_name: str
    pool_family_id: int
    pool_family_name: str
    pool_temperature_class: str
    pool_mass_g: int
    pool_volume_ml: int
    pool_taxability: str
    pool_price_cents: int
    pool_is_active: bool


def offers_for(
    hub: Organization, week_on: date, only: Collection[str] | None = None
) -> list[CatalogueRow]:
    """Everything `hub` offers in a week, by family and name; one query.

    `only` names the items wanted by their public ids, when that is all the caller
    needs; a second query then looks for those that are no farm's own. A pooled offer
    sums what its members have left. A row without anything left is listed too, so that
    a buyer sees what there was; an inactive product, variant or offer is not, nor a
    farm that left.
    """
    if only is None:
        return _rows(sold_in(hub, week_on, _Read._fields, is_by_farm=True))
    rows: list[tuple[Any, ...]] = []
    if only:
        rows += sold_in(hub, week_on, _Read._fields, "own", items=only)
    if len(rows) < len(only):
        # Asked for in one query, one or the other, all the rows of the week are read.
        rows += sold_in(
            hub, week_on, _Read._fields, "pooled", items=only, is_by_farm=True
        )
    return _rows(rows)


def _rows(read: Iterable[tuple[Any, ...]]) -> list[CatalogueRow]:
    found: list[CatalogueRow] = []
    pools: dict[int, list[_Read]] = {}
    for row in map(_Read._make, read):
        if row.pool_id is None:
            found.append(_plain_row(row))
        elif row.pool_is_active:
            pools.setdefault(row.pool_id, []).append(row)
    found += [_pooled_row(members) for members in pools.values()]
    return sorted(found, key=lambda row: (row.family_name, row.name, row.public_id))


def availabilities_of_pools(
    pooled_offer_ids: Collection[int], week_on: date
) -> dict[int, list[Goods]]:
    """What each farm has for pooled offers in a week, by pooled offer.

    Farms stand in ascending id of their row; one query, or none.
    """
    found: dict[int, list[Goods]] = {pk: [] for pk in pooled_offer_ids}
    if not found:
        return found
    rows = _with_goods().filter(
        offer__pooled_offer__in=pooled_offer_ids,
        week_on=week_on,
        offer__is_active=True,
        offer__variant__is_active=True,
        offer__variant__product__is_active=True,
        offer__variant__product__producer__is_active=True,
    )
    for row in rows.order_by("pk"):
        found[row.offer.pooled_offer_id or 0].append(_goods(row))
    return found


def goods_of(availability_ids: Collection[int]) -> dict[int, Goods]:
    """What stands behind availabilities, active or not any more; one query."""
    rows: Iterable[Availability] = _with_goods().filter(pk__in=availability_ids)
    return {row.pk: _goods(row) for row in rows}


def _with_goods() -> QuerySet[Availability]:
    return Availability.objects.select_related(
        "offer__variant__product__producer",
        "offer__variant__product__family",
        "offer__pooled_offer__family",
    )


def _plain_row(row: _Read) -> CatalogueRow:
    return CatalogueRow(
        offer_id=row.offer_id,
        pooled_offer_id=None,
        availability_id=row.availability_id,
        public_id=row.offer,
        name=row.name,
        label=row.label,
        unit=row.unit,
        farm_ids=(row.farm_id,),
        farm_names=(row.farm_name,),
        family_id=row.family_id,
        family_name=row.family_name,
        temperature_class=row.temperature_class,
        mass_g=row.mass_g,
        volume_ml=row.volume_ml,
        taxability=row.taxability,
        is_organic=row.is_organic,
        is_seconds=row.is_seconds,
        price_cents=row.price_cents,
        quantity=row.quantity,
        reserved=row.reserved,
        left=quantity_left(row.quantity, row.reserved),
        lot=row.lot,
    )


def _pooled_row(members: Sequence[_Read]) -> CatalogueRow:
    pool = members[0]
    farms = farms_behind(members)
    return CatalogueRow(
        offer_id=None,
        pooled_offer_id=pool.pool_id,
        availability_id=None,
        public_id=pool.pool,
        name=pool.pool_name,
        label="",
        unit=pool.unit,
        farm_ids=tuple(farms),
        farm_names=tuple(farms.values()),
        family_id=pool.pool_family_id,
        family_name=pool.pool_family_name,
        temperature_class=pool.pool_temperature_class,
        mass_g=pool.pool_mass_g,
        volume_ml=pool.pool_volume_ml,
        taxability=pool.pool_taxability,
        is_organic=all(member.is_organic for member in members),
        is_seconds=any(member.is_seconds for member in members),
        price_cents=pool.pool_price_cents,
        quantity=sum(member.quantity for member in members),
        reserved=sum(member.reserved for member in members),
        left=sum(quantity_left(each.quantity, each.reserved) for each in members),
        lot="",
    )


def _goods(row: Availability) -> Goods:
    variant = row.offer.variant
    product = variant.product
    return Goods(
        availability_id=row.pk,
        offer_id=row.offer_id,
        pooled_offer_id=row.offer.pooled_offer_id,
        farm_id=product.producer_id,
        farm_name=product.producer.name,
        name=str(product),
        label=variant.label,
        unit=variant.unit,
        temperature_class=variant.temperature_class,
        mass_g=variant.mass_g,
        volume_ml=variant.volume_ml,
        price_cents=row.price_cents,
        lot=row.lot,
        quantity=row.quantity,
        reserved=row.reserved,
        left=row.left,
    )
