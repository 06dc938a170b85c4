"""Rows a person may edit: those of their farms and of the hubs they coordinate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Prefetch, Q, QuerySet

from hub import selectors as hub_selectors
from producers.models import Availability, Offer, PooledOffer, Product, Variant

if TYPE_CHECKING:
    from hub.models import Organization, Person


def farms_editable_by(person: Person) -> QuerySet[Organization]:
    """Farms the person speaks for, and farms of the hubs they coordinate."""
    speaks = Q(memberships__person=person, memberships__role="producer")
    coordinates = Q(hub__in=hub_selectors.hubs_coordinated_by(person))
    return (
        hub_selectors.organizations_seen_by(person)
        .filter(speaks | coordinates, kind="producer", is_active=True)
        .select_related("hub")
        .distinct()
    )


def products_editable_by(person: Person) -> QuerySet[Product]:
    """Products of those farms."""
    return Product.objects.filter(
        producer__in=farms_editable_by(person)
    ).select_related("producer__hub", "family")


def variants_editable_by(person: Person) -> QuerySet[Variant]:
    """Packings of those farms."""
    return Variant.objects.filter(
        product__producer__in=farms_editable_by(person)
    ).select_related("product__producer__hub")


def offers_editable_by(person: Person) -> QuerySet[Offer]:
    """Offers of those farms, to whichever hub they are made."""
    return Offer.objects.filter(
        variant__product__producer__in=farms_editable_by(person)
    ).select_related("variant__product__producer__hub", "hub", "pooled_offer")


def availabilities_editable_by(person: Person) -> QuerySet[Availability]:
    """What those farms said they will have, of every week."""
    return Availability.objects.filter(
        offer__in=offers_editable_by(person).order_by()
    ).select_related("offer")


def pooled_offers_editable_by(person: Person) -> QuerySet[PooledOffer]:
    """Pooled offers of the hubs the person coordinates."""
    return PooledOffer.objects.filter(
        hub__in=hub_selectors.hubs_coordinated_by(person)
    ).select_related("hub", "family")


def catalogue_of(farm: Organization) -> QuerySet[Product]:
    """A farm's products with their packings and offers; three queries."""
    offers = Offer.objects.select_related("hub", "pooled_offer")
    variants = Variant.objects.prefetch_related(Prefetch("offers", queryset=offers))
    return (
        Product.objects.filter(producer=farm)
        .select_related("family")
        .prefetch_related(Prefetch("variants", queryset=variants))
        .order_by("-is_active", "name_fr", "pk")
    )


def hubs_open_to(person: Person) -> QuerySet[Organization]:
    """Hubs that the farms of a person can offer to."""
    joined = hub_selectors.hubs_joined_by(person)
    return joined.filter(is_active=True).order_by("name")


def pools_open_to(variant: Variant, hub: Organization) -> QuerySet[PooledOffer]:
    """Pooled offers of a hub that a packing fits, by mass and temperature."""
    return PooledOffer.objects.filter(
        hub=hub,
        is_active=True,
        mass_g=variant.mass_g,
        temperature_class=variant.temperature_class,
    )


def pools_with_members(hub: Organization) -> QuerySet[PooledOffer]:
    """Pooled offers of a hub with the farms in them; two queries."""
    members = Offer.objects.select_related("variant__product__producer")
    return (
        PooledOffer.objects.filter(hub=hub)
        .select_related("family")
        .prefetch_related(Prefetch("offers", queryset=members.filter(is_active=True)))
        .order_by("-is_active", "name_fr", "pk")
    )
