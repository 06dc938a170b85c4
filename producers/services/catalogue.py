"""A farm's products and packings: created, edited, withdrawn and offered again."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from hub.core.errors import NameTaken
from hub.core.periods import monday_of
from hub.core.trail import Kind
from hub.services.trail import Fact, record
from producers.core.details import ProductDetails, VariantDetails
from producers.core.errors import PackPromised
from producers.models import Availability, Offer, Product, Variant
from producers.services.offers import create_offer, require_fit

if TYPE_CHECKING:
    from hub.models import Organization

PROMISED_FIELDS = ("unit", "mass_g", "volume_ml", "temperature_class")


@transaction.atomic
def create_product(*, producer: Organization, details: ProductDetails) -> Product:
    """Add a product to a farm's catalogue.

    Raises NameTaken when the farm has one of that French name.
    """
    product = Product(producer=producer, **asdict(details))
    _save_named(product, details.name_fr)
    return product


@transaction.atomic
def edit_product(*, product: Product, details: ProductDetails) -> None:
    """Correct how a product is described. Raises NameTaken."""
    for field, written in asdict(details).items():
        setattr(product, field, written)
    _save_named(product, details.name_fr)


@transaction.atomic
def add_variant(
    *,
    product: Product,
    details: VariantDetails,
    hub: Organization | None = None,
    price_cents: int | None = None,
) -> Variant:
    """Add a packing, offered to `hub` at once when a price is given.

    Raises NameTaken, PriceOutOfRange, NotAHub.
    """
    variant = Variant(product=product, **asdict(details))
    _save_named(variant, details.label_fr)
    if hub is not None and price_cents is not None:
        create_offer(variant=variant, hub=hub, price_cents=price_cents)
    return variant


@transaction.atomic
def edit_variant(*, variant: Variant, details: VariantDetails, today: date) -> None:
    """Correct a packing; what it weighs and how it is kept only while unpromised.

    Raises NameTaken, PackPromised, PoolMassMismatch, PoolTemperatureMismatch.
    """
    written = asdict(details)
    changed = {
        name for name in PROMISED_FIELDS if getattr(variant, name) != written[name]
    }
    if changed and _is_promised(variant, today):
        raise PackPromised(variant=str(variant))
    for field, figure in written.items():
        setattr(variant, field, figure)
    for offer in variant.offers.exclude(pooled_offer=None).select_related(
        "pooled_offer"
    ):
        require_fit(variant, offer.hub_id, offer.pooled_offer)
    _save_named(variant, details.label_fr)


@transaction.atomic
def set_active(*, thing: Product | Variant | Offer, is_active: bool) -> None:
    """Withdraw something from the lists, or offer it again; promises stand."""
    before = {"is_active": thing.is_active}
    thing.is_active = is_active
    thing.save(update_fields=["is_active"])
    fact = Fact(
        kind=Kind.OFFER_RESUMED if is_active else Kind.OFFER_WITHDRAWN,
        subject=(thing.public_id, str(thing)),
        concerns=_concerned(thing),
        before=before,
        after={"is_active": is_active},
    )
    record(fact)


def _concerned(thing: Product | Variant | Offer) -> list[int]:
    """The farm, and the hub of an offer."""
    if isinstance(thing, Offer):
        return [thing.variant.product.producer_id, thing.hub_id]
    product = thing.product if isinstance(thing, Variant) else thing
    return [product.producer_id]


def _is_promised(variant: Variant, today: date) -> bool:
    return Availability.objects.filter(
        offer__variant=variant, week_on__gte=monday_of(today), reserved__gt=0
    ).exists()


def _save_named(row: Product | Variant, name: str) -> None:
    """Save a row whose only uniqueness is its name."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as clash:
        raise NameTaken(name=name) from clash
