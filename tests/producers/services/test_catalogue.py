"""Products, packings, offers and pooled offers."""

from dataclasses import replace
from typing import Any

import pytest

from hub.core.errors import NameTaken
from producers import services
from producers.core.details import PoolDetails, ProductDetails, VariantDetails
from producers.core.errors import (
    NotAHub,
    OfferPromised,
    PackOutOfRange,
    PackPromised,
    PoolHasMembers,
    PoolMassMismatch,
    PoolOfAnotherHub,
    PoolTemperatureMismatch,
    PriceOutOfRange,
    UnknownUnit,
)
from producers.models import Availability, Offer, Product, Variant
from tests.factories.hub import MONDAY, make_family, make_farm, make_hub
from tests.factories.producers import (
    make_availability,
    make_offer,
    make_pooled_offer,
    make_product,
    make_variant,
)

pytestmark = pytest.mark.django_db

CASE = VariantDetails(
    unit="case",
    label_fr="caisse 10 kg",
    mass_g=10_000,
    volume_ml=20_000,
    temperature_class="chilled",
)


def pool_details(**changes: Any) -> PoolDetails:
    told: dict[str, Any] = {
        "family_id": make_family("legumes").pk,
        "name_fr": "Caisse de carottes",
        "price_cents": 2_000,
        "mass_g": 10_000,
        "volume_ml": 20_000,
        "temperature_class": "chilled",
    }
    return PoolDetails(**{**told, **changes})


def test_a_product_is_created_and_edited() -> None:
    farm = make_farm()
    details = ProductDetails(family_id=make_family().pk, name_fr="Carottes")

    product = services.create_product(producer=farm, details=details)
    services.edit_product(product=product, details=replace(details, name_en="Carrots"))

    product.refresh_from_db()
    assert (product.name_fr, product.name_en, product.is_active) == (
        "Carottes",
        "Carrots",
        True,
    )


def test_a_farm_has_one_product_of_a_name() -> None:
    product = make_product(make_farm(), "Carottes")
    details = ProductDetails(family_id=product.family_id, name_fr="Carottes")

    with pytest.raises(NameTaken):
        services.create_product(producer=product.producer, details=details)
    services.create_product(producer=make_farm(), details=details)

    assert Product.objects.count() == 2


def test_a_packing_with_a_price_is_offered_at_once() -> None:
    product = make_product(make_farm(hub=(hub := make_hub())))

    variant = services.add_variant(
        product=product, details=CASE, hub=hub, price_cents=2_450
    )

    offer = Offer.objects.get()
    assert (offer.variant, offer.hub, offer.price_cents) == (variant, hub, 2_450)


def test_a_packing_whose_price_is_refused_is_not_added() -> None:
    product = make_product(make_farm(hub=(hub := make_hub())))

    with pytest.raises(PriceOutOfRange):
        services.add_variant(product=product, details=CASE, hub=hub, price_cents=-5)

    assert (Variant.objects.count(), Offer.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"mass_g": 0}, PackOutOfRange),
        ({"volume_ml": 0}, PackOutOfRange),
        ({"mass_g": 1_000_001}, PackOutOfRange),
        ({"units_per_case": 0}, PackOutOfRange),
        ({"unit": "wheelbarrow"}, UnknownUnit),
        ({"temperature_class": "warm"}, ValueError),
    ],
)
def test_a_packing_weighs_fills_and_is_kept_somewhere(
    changes: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        replace(CASE, **changes)


def test_what_is_promised_keeps_its_packing() -> None:
    row = make_availability(reserved=1)
    variant = row.offer.variant

    with pytest.raises(PackPromised):
        services.edit_variant(
            variant=variant, details=replace(CASE, mass_g=9_000), today=MONDAY
        )
    services.edit_variant(
        variant=variant, details=replace(CASE, label_fr="autre nom"), today=MONDAY
    )

    variant.refresh_from_db()
    assert (variant.mass_g, variant.label_fr) == (10_000, "autre nom")


def test_a_packing_in_a_pool_keeps_fitting_it() -> None:
    pool = make_pooled_offer()
    offer = make_offer(hub=pool.hub, pooled_offer=pool)

    with pytest.raises(PoolMassMismatch):
        services.edit_variant(
            variant=offer.variant, details=replace(CASE, mass_g=9_000), today=MONDAY
        )

    offer.variant.refresh_from_db()
    assert offer.variant.mass_g == 10_000


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"mass_g": 9_999}, PoolMassMismatch),
        ({"temperature_class": "frozen"}, PoolTemperatureMismatch),
    ],
)
def test_only_a_packing_that_fits_joins_a_pool(
    changes: dict[str, Any], refusal: type[Exception]
) -> None:
    pool = make_pooled_offer()
    variant = make_variant(make_product(make_farm(hub=pool.hub)), **changes)

    with pytest.raises(refusal):
        services.create_offer(
            variant=variant, hub=pool.hub, price_cents=1, pooled_offer=pool
        )

    assert Offer.objects.count() == 0


def test_a_pool_of_another_hub_cannot_be_joined() -> None:
    hub = make_hub()
    variant = make_variant(make_product(make_farm(hub=hub)))

    with pytest.raises(PoolOfAnotherHub):
        services.create_offer(
            variant=variant, hub=hub, price_cents=1, pooled_offer=make_pooled_offer()
        )


def test_a_packing_is_offered_once_to_a_hub_and_to_hubs_alone() -> None:
    offer = make_offer()

    with pytest.raises(NameTaken):
        services.create_offer(variant=offer.variant, hub=offer.hub, price_cents=1)
    with pytest.raises(NotAHub):
        services.create_offer(variant=offer.variant, hub=make_farm(), price_cents=1)

    assert Offer.objects.count() == 1


def test_an_offer_joins_a_pool_with_its_coming_weeks_and_leaves_unpromised() -> None:
    pool = make_pooled_offer(price_cents=2_000)
    offer = make_offer(hub=pool.hub)
    row = make_availability(offer, price_cents=2_400)

    services.edit_offer(offer=offer, price_cents=2_400, pooled_offer=pool, today=MONDAY)
    row.refresh_from_db()
    joined_at_cents = row.price_cents
    services.reserve(wants={row.pk: 1})

    with pytest.raises(OfferPromised):
        services.edit_offer(
            offer=offer, price_cents=2_400, pooled_offer=None, today=MONDAY
        )
    offer.refresh_from_db()
    assert (joined_at_cents, offer.pooled_offer) == (2_000, pool)


def test_a_new_price_of_a_pool_holds_for_the_weeks_to_come() -> None:
    pool = services.create_pooled_offer(hub=make_hub(), details=pool_details())
    offer = make_offer(hub=pool.hub, pooled_offer=pool)
    for day in (1, 15):
        make_availability(offer, week_on=MONDAY.replace(day=day), price_cents=2_000)

    services.edit_pooled_offer(
        pooled_offer=pool, details=pool_details(price_cents=2_200), today=MONDAY
    )

    prices = Availability.objects.order_by("week_on").values_list("price_cents")
    assert list(prices) == [(2_000,), (2_200,)]


def test_a_pool_with_members_keeps_its_mass() -> None:
    pool = make_pooled_offer()
    make_offer(hub=pool.hub, pooled_offer=pool)

    with pytest.raises(PoolHasMembers):
        services.edit_pooled_offer(
            pooled_offer=pool, details=pool_details(mass_g=5_000), today=MONDAY
        )

    pool.refresh_from_db()
    assert pool.mass_g == 10_000


def test_a_withdrawn_offer_can_be_made_again() -> None:
    offer = make_offer()

    services.set_active(thing=offer, is_active=False)
    offer.refresh_from_db()
    withdrawn = offer.is_active
    services.set_active(thing=offer, is_active=True)

    offer.refresh_from_db()
    assert (withdrawn, offer.is_active) == (False, True)
