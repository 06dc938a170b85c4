"""What a hub can sell in a week, for the orders' floor."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from producers.core.catalogue import CatalogueRow, Goods
from producers.models import Availability, PooledOffer

if TYPE_CHECKING:
    from hub.models import Organization


def offers_for(hub: Organization, week_on: date) -> list[CatalogueRow]:
    """Everything `hub` offers in a week, by family and name; one query.

    A pooled offer sums what its members have left. A row without anything left is
    listed too, so that a buyer sees what there was; an inactive product, variant or
    offer is not, nor a farm that left.
    """
    rows = list(
        _with_goods()
        .filter(
            offer__hub=hub,
            week_on=week_on,
            offer__is_active=True,
            offer__variant__is_active=True,
            offer__variant__product__is_active=True,
            offer__variant__product__producer__is_active=True,
        )
        .order_by("offer__variant__product__producer__name", "pk")
    )
    pools: dict[PooledOffer, list[Availability]] = {}
    found = []
    for row in rows:
        pool = row.offer.pooled_offer
        if pool is None:
            found.append(_plain_row(row))
        elif pool.is_active:
            pools.setdefault(pool, []).append(row)
    found += [_pooled_row(pool, members) for pool, members in pools.items()]
    return sorted(found, key=lambda row: (row.family_name, row.name, row.public_id))


def availabilities_of_pool(pooled_offer_id: int, week_on: date) -> list[Goods]:
    """What each farm has for a pooled offer in a week, in ascending id; one query."""
    return availabilities_of_pools([pooled_offer_id], week_on)[pooled_offer_id]


def availabilities_of_pools(
    pooled_offer_ids: Collection[int], week_on: date
) -> dict[int, list[Goods]]:
    """The same for several pooled offers, by pooled offer; one query, or none."""
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


def _plain_row(row: Availability) -> CatalogueRow:
    variant = row.offer.variant
    product = variant.product
    return CatalogueRow(
        offer_id=row.offer_id,
        pooled_offer_id=None,
        availability_id=row.pk,
        public_id=row.offer.public_id,
        name=str(product),
        label=variant.label,
        unit=variant.unit,
        farm_ids=(product.producer_id,),
        farm_names=(product.producer.name,),
        family_id=product.family_id,
        family_name=str(product.family),
        temperature_class=variant.temperature_class,
        mass_g=variant.mass_g,
        volume_ml=variant.volume_ml,
        taxability=product.taxability,
        is_organic=variant.is_organic,
        is_seconds=variant.is_seconds,
        price_cents=row.price_cents,
        quantity=row.quantity,
        reserved=row.reserved,
        left=row.left,
        lot=row.lot,
    )


def _pooled_row(pool: PooledOffer, members: Sequence[Availability]) -> CatalogueRow:
    variants = [member.offer.variant for member in members]
    farms = {
        variant.product.producer_id: variant.product.producer for variant in variants
    }
    return CatalogueRow(
        offer_id=None,
        pooled_offer_id=pool.pk,
        availability_id=None,
        public_id=pool.public_id,
        name=str(pool),
        label="",
        unit=variants[0].unit,
        farm_ids=tuple(farms),
        farm_names=tuple(farm.name for farm in farms.values()),
        family_id=pool.family_id,
        family_name=str(pool.family),
        temperature_class=pool.temperature_class,
        mass_g=pool.mass_g,
        volume_ml=pool.volume_ml,
        taxability=pool.taxability,
        is_organic=all(variant.is_organic for variant in variants),
        is_seconds=any(variant.is_seconds for variant in variants),
        price_cents=pool.price_cents,
        quantity=sum(member.quantity for member in members),
        reserved=sum(member.reserved for member in members),
        left=sum(member.left for member in members),
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
