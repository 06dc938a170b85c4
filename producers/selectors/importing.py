"""What the house knows around a sheet of products."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from hub import selectors as hub_selectors
from hub.core.imports import Known
from hub.core.periods import monday_of
from producers.core.sheet import Shelves
from producers.models import Availability, Offer, Product, Variant

if TYPE_CHECKING:
    from hub.models import Organization


def shelves_of(hub: Organization, today: date) -> Shelves:
    """The farms of a hub, their products and packings, as their sheet writes them."""
    farms = hub_selectors.members_of(hub).filter(kind="producer", is_active=True)
    products = Product.objects.filter(producer__in=farms.order_by()).select_related(
        "producer", "family"
    )
    packings = list(
        Variant.objects.filter(product__in=products.order_by())
        .select_related("product__producer", "product__family")
        .order_by("pk")
    )
    offers = Offer.objects.filter(hub=hub, variant__in=packings)
    prices = dict(offers.values_list("variant_id", "price_cents"))
    pooled = set(
        offers.exclude(pooled_offer=None).values_list("variant__public_id", flat=True)
    )
    promised = Availability.objects.filter(
        offer__variant__in=packings, week_on__gte=monday_of(today), reserved__gt=0
    )
    return Shelves(
        farms=[farm.name for farm in farms],
        families={
            family.code: (family.name_fr, family.name_en)
            for family in hub_selectors.families()
        },
        products=[Known(row.public_id, product_facts(row)) for row in products],
        packings=[
            Known(row.public_id, variant_facts(row, prices.get(row.pk)))
            for row in packings
        ],
        promised=set(promised.values_list("offer__variant__public_id", flat=True)),
        pooled=pooled,
    )


def product_facts(row: Product) -> dict[str, Any]:
    """A product in the words of its sheet."""
    return {
        "farm": row.producer.name,
        "name_fr": row.name_fr,
        "name_en": row.name_en,
        "family": row.family.code,
        "taxability": row.taxability,
    }


def variant_facts(row: Variant, price_cents: int | None) -> dict[str, Any]:
    """A packing in the words of its sheet, with what its product says."""
    return product_facts(row.product) | {
        "label_fr": row.label_fr,
        "unit": row.unit,
        "units_per_case": row.units_per_case,
        "mass_g": row.mass_g,
        "volume_ml": row.volume_ml,
        "temperature_class": row.temperature_class,
        "is_organic": row.is_organic,
        "price_cents": price_cents,
    }
