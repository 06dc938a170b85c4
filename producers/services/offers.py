"""Offers to a hub: a farm's own price, or a place in a pooled offer."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction

from hub.core.errors import NameTaken
from hub.core.periods import monday_of
from hub.core.trail import Kind
from hub.services.trail import Fact, record
from producers.core.details import PoolDetails
from producers.core.errors import (
    NotAHub,
    OfferPromised,
    PoolHasMembers,
    PoolMassMismatch,
    PoolOfAnotherHub,
    PoolTemperatureMismatch,
)
from producers.core.grid import require_figures
from producers.models import Availability, Offer, PooledOffer, Variant
from producers.services.stock import lock_availabilities

if TYPE_CHECKING:
    from hub.models import Organization

PACK_FIELDS = ("mass_g", "temperature_class")


@transaction.atomic
def create_offer(
    *,
    variant: Variant,
    hub: Organization,
    price_cents: int,
    pooled_offer: PooledOffer | None = None,
) -> Offer:
    """Offer a packing to a hub, alone or as part of one of its pooled offers.

    Raises NotAHub, PriceOutOfRange, NameTaken when it is offered there already, and
    what `require_fit` raises.
    """
    if hub.kind != "hub":
        raise NotAHub(name=hub.name)
    require_figures(0, price_cents)
    require_fit(variant, hub.pk, pooled_offer)
    offer = Offer(
        variant=variant, hub=hub, price_cents=price_cents, pooled_offer=pooled_offer
    )
    try:
        with transaction.atomic():
            offer.save()
    except IntegrityError as clash:
        raise NameTaken(name=str(variant)) from clash
    _leave_trace(Kind.OFFER_MADE, offer, {}, _said(offer))
    return offer


@transaction.atomic
def edit_offer(
    *,
    offer: Offer,
    price_cents: int,
    pooled_offer: PooledOffer | None,
    today: date,
) -> None:
    """Change the usual price of an offer, or move it in or out of a pooled offer.

    Weeks already posted keep their price. Raises PriceOutOfRange, OfferPromised, and
    what `require_fit` raises.
    """
    require_figures(0, price_cents)
    require_fit(offer.variant, offer.hub_id, pooled_offer)
    moves = offer.pooled_offer_id != (pooled_offer.pk if pooled_offer else None)
    coming = Availability.objects.select_for_update().filter(
        offer=offer, week_on__gte=monday_of(today)
    )
    if moves and any(row.reserved for row in coming.order_by("pk")):
        raise OfferPromised(offer=str(offer))
    if moves and pooled_offer is not None:
        coming.update(price_cents=pooled_offer.price_cents)
    before = _said(offer)
    offer.price_cents = price_cents
    offer.pooled_offer = pooled_offer
    offer.save()
    _leave_trace(Kind.OFFER_PRICED, offer, before, _said(offer))


@transaction.atomic
def create_pooled_offer(*, hub: Organization, details: PoolDetails) -> PooledOffer:
    """Open a line that several farms of a hub can fill. Raises NameTaken."""
    require_figures(0, details.price_cents)
    pool = PooledOffer(hub=hub, **asdict(details))
    _save_pool(pool)
    _leave_pool_trace(Kind.POOL_MADE, pool, {}, concerns=[hub.pk])
    return pool


@transaction.atomic
def edit_pooled_offer(
    *, pooled_offer: PooledOffer, details: PoolDetails, today: date
) -> None:
    """Correct a pooled offer; a new price holds for the weeks to come.

    Orders already confirmed keep theirs. Raises PriceOutOfRange, NameTaken, and
    PoolHasMembers for another mass or temperature while farms are in it.
    """
    require_figures(0, details.price_cents)
    written = asdict(details)
    moves = any(getattr(pooled_offer, name) != written[name] for name in PACK_FIELDS)
    if moves and pooled_offer.offers.exists():
        raise PoolHasMembers(pool=str(pooled_offer))
    before = _said_of_pool(pooled_offer)
    for field, figure in written.items():
        setattr(pooled_offer, field, figure)
    _save_pool(pooled_offer)
    farms = pooled_offer.offers.values_list("variant__product__producer", flat=True)
    concerns = [pooled_offer.hub_id, *farms]
    _leave_pool_trace(Kind.POOL_PRICED, pooled_offer, before, concerns=concerns)
    coming = Availability.objects.filter(
        offer__pooled_offer=pooled_offer, week_on__gte=monday_of(today)
    )
    # Locked in ascending id first, like every change of several rows.
    rows = lock_availabilities(list(coming.values_list("pk", flat=True)))
    coming.filter(pk__in=[row.pk for row in rows]).update(
        price_cents=details.price_cents
    )


@transaction.atomic
def set_pool_active(*, pooled_offer: PooledOffer, is_active: bool) -> None:
    """Withdraw a pooled offer from the lists, or offer it again; promises stand."""
    before = {"is_active": pooled_offer.is_active}
    pooled_offer.is_active = is_active
    pooled_offer.save(update_fields=["is_active"])
    fact = Fact(
        kind=Kind.OFFER_RESUMED if is_active else Kind.OFFER_WITHDRAWN,
        subject=(pooled_offer.public_id, str(pooled_offer)),
        concerns=[pooled_offer.hub_id],
        before=before,
        after={"is_active": is_active},
    )
    record(fact)


def require_fit(variant: Variant, hub_id: int, pool: PooledOffer | None) -> None:
    """Refuse a packing that its pooled offer cannot take.

    Raises PoolOfAnotherHub, PoolMassMismatch, PoolTemperatureMismatch.
    """
    if pool is None:
        return
    if pool.hub_id != hub_id:
        raise PoolOfAnotherHub(pool=str(pool))
    if pool.mass_g != variant.mass_g:
        raise PoolMassMismatch(
            pool=str(pool), pool_mass_g=pool.mass_g, mass_g=variant.mass_g
        )
    if pool.temperature_class != variant.temperature_class:
        raise PoolTemperatureMismatch(pool=str(pool))


def _said(offer: Offer) -> dict[str, Any]:
    """What is said of an offer, as the trail keeps it."""
    pool = offer.pooled_offer
    return {"price_cents": offer.price_cents, "pool": str(pool) if pool else None}


def _leave_trace(
    kind: Kind, offer: Offer, before: Mapping[str, Any], after: Mapping[str, Any]
) -> None:
    fact = Fact(
        kind=kind,
        subject=(offer.public_id, str(offer)),
        concerns=[offer.variant.product.producer_id, offer.hub_id],
        before=before,
        after=after,
    )
    record(fact)


def _said_of_pool(pool: PooledOffer) -> dict[str, Any]:
    return {"name": pool.name_fr, "price_cents": pool.price_cents}


def _leave_pool_trace(
    kind: Kind,
    pool: PooledOffer,
    before: Mapping[str, Any],
    *,
    concerns: Collection[int],
) -> None:
    fact = Fact(
        kind=kind,
        subject=(pool.public_id, str(pool)),
        concerns=concerns,
        before=before,
        after=_said_of_pool(pool),
    )
    record(fact)


def _save_pool(pool: PooledOffer) -> None:
    try:
        with transaction.atomic():
            pool.save()
    except IntegrityError as clash:
        raise NameTaken(name=pool.name_fr) from clash
