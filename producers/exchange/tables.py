"""What the tables of farms hold as files: weeks, catalogues, pooled offers."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from hub.exchange.table import Table, column

if TYPE_CHECKING:
    from producers.models import Offer, Product, Variant

FARM_WEEKS = Table(
    name="farm_weeks",
    title=_("Farms"),
    columns=(
        column(_("Farm"), "farm.name"),
        column(_("Has answered"), "has_answered", "yes"),
        column(_("Nothing this week"), "is_empty", "yes"),
        column(_("Rows"), "num_rows", "count"),
        column(_("Short"), "short_quantity", "count"),
        column(_("Expected"), "expected_cents", "cents"),
    ),
)
CATALOGUE = Table(
    name="catalogue",
    title=_("Products"),
    columns=(
        column(_("Product"), "product"),
        column(_("Family"), "product.family"),
        column(_("Description"), "product.description"),
        column(_("Product offered"), "product.is_active", "yes"),
        column(_("Packing"), "variant.label"),
        column(_("Temperature"), "variant.get_temperature_class_display"),
        column(_("Organic"), "variant.is_organic", "yes"),
        column(_("Seconds"), "variant.is_seconds", "yes"),
        column(_("Mass"), "variant.mass_g", "grams"),
        column(_("Volume"), "variant.volume_ml", "millilitres"),
        column(_("Packing offered"), "variant.is_active", "yes"),
    ),
)
OFFERS = Table(
    name="offers",
    title=_("Offers"),
    columns=(
        column(_("Product"), "product"),
        column(_("Packing"), "variant.label"),
        column(_("Hub"), "offer.hub"),
        column(_("Pooled offer"), "offer.pooled_offer"),
        column(_("Price"), "price_cents", "cents"),
        column(_("Offered"), "offer.is_active", "yes"),
    ),
)
AVAILABILITY = Table(
    name="availability",
    title=_("My week"),
    columns=(
        column(_("Product"), "name"),
        column(_("Packing"), "label"),
        column(_("Temperature"), "temperature_label"),
        column(_("Pooled offer"), "pool_name"),
        column(_("Last time"), "last_quantity", "count"),
        column(_("Quantity"), "quantity", "count"),
        column(_("Price"), "price_cents", "cents"),
        column(_("Lot"), "lot"),
        column(_("Promised"), "reserved", "count"),
        column(_("Total"), "total_cents", "cents"),
    ),
)
POOLED_OFFERS = Table(
    name="pooled_offers",
    title=_("Pooled offers"),
    columns=(
        column(_("Offer"), "pool"),
        column(_("Price"), "pool.price_cents", "cents"),
        column(_("Mass"), "pool.mass_g", "grams"),
        column(_("Volume"), "pool.volume_ml", "millilitres"),
        column(_("Temperature"), "pool.get_temperature_class_display"),
        column(_("Farms"), "farms"),
        column(_("On the lists"), "pool.is_active", "yes"),
    ),
)
TABLES = (FARM_WEEKS, CATALOGUE, OFFERS, AVAILABILITY, POOLED_OFFERS)


def packing_rows(
    products: Iterable["Product"],
) -> Iterator[dict[str, "Product | Variant | None"]]:
    """Every packing with its product; a product that has none stands alone."""
    for product in products:
        packings: list[Variant | None] = [*product.variants.all()]
        for variant in packings or [None]:
            yield {"product": product, "variant": variant}


def offer_rows(
    products: Iterable["Product"],
) -> Iterator[dict[str, "Product | Variant | Offer | int | None"]]:
    """Every offer of every packing; a pooled offer has the price of its pool."""
    for product in products:
        for variant in product.variants.all():
            for offer in variant.offers.all():
                priced = offer.pooled_offer or offer
                yield {
                    "product": product,
                    "variant": variant,
                    "offer": offer,
                    "price_cents": priced.price_cents,
                }
