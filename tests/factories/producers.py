"""Small rows of the producers' floor, from product to availability."""

from datetime import date
from itertools import count

from hub.models import Organization, ProductFamily
from producers.models import (
    Availability,
    Offer,
    PooledOffer,
    Product,
    TemperatureClass,
    Variant,
)
from tests.factories.hub import MONDAY, make_family, make_farm, make_hub

_numbers = count(1)


def make_product(
    farm: Organization, name_fr: str = "", *, family: ProductFamily | None = None
) -> Product:
    """A product of `farm`."""
    return Product.objects.create(
        producer=farm,
        family=family or make_family("legumes"),
        name_fr=name_fr or f"Produit {next(_numbers)}",
    )


def make_variant(
    product: Product,
    *,
    unit: str = "case",
    label_fr: str = "",
    mass_g: int = 10_000,
    volume_ml: int = 20_000,
    temperature_class: str = TemperatureClass.CHILLED,
) -> Variant:
    """A packing of `product`: a chilled 10 kg case unless told otherwise."""
    return Variant.objects.create(
        product=product,
        unit=unit,
        label_fr=label_fr or f"caisse {next(_numbers)}",
        mass_g=mass_g,
        volume_ml=volume_ml,
        temperature_class=temperature_class,
    )


def make_offer(
    farm: Organization | None = None,
    *,
    hub: Organization | None = None,
    variant: Variant | None = None,
    pooled_offer: PooledOffer | None = None,
    price_cents: int = 2_400,
) -> Offer:
    """A variant offered to the farm's hub; farm, product and variant as needed."""
    if variant is None:
        farm = farm or make_farm(hub=hub)
        variant = make_variant(make_product(farm))
    hub = hub or variant.product.producer.hub
    assert hub is not None
    return Offer.objects.create(
        variant=variant,
        hub=hub,
        pooled_offer=pooled_offer,
        price_cents=price_cents,
    )


def make_pooled_offer(
    hub: Organization | None = None,
    name_fr: str = "",
    *,
    family: ProductFamily | None = None,
    price_cents: int = 2_400,
    mass_g: int = 10_000,
    volume_ml: int = 20_000,
    temperature_class: str = TemperatureClass.CHILLED,
) -> PooledOffer:
    """A line of the hub that several farms fill: a chilled 10 kg case."""
    return PooledOffer.objects.create(
        hub=hub or make_hub(),
        family=family or make_family("legumes"),
        name_fr=name_fr or f"Ligne commune {next(_numbers)}",
        price_cents=price_cents,
        mass_g=mass_g,
        volume_ml=volume_ml,
        temperature_class=temperature_class,
    )


def make_availability(
    offer: Offer | None = None,
    *,
    quantity: int = 50,
    week_on: date = MONDAY,
    price_cents: int | None = None,
    reserved: int = 0,
    lot: str = "",
) -> Availability:
    """What `offer` has in a week; promising more than it has stands as short."""
    offer = offer or make_offer()
    return Availability.objects.create(
        offer=offer,
        week_on=week_on,
        quantity=quantity,
        short_quantity=max(0, reserved - quantity),
        reserved=reserved,
        price_cents=offer.price_cents if price_cents is None else price_cents,
        lot=lot,
    )
