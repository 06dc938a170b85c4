"""What a hub's list holds in a week."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from producers import selectors
from producers.core.catalogue import ListedRow
from tests.factories.hub import MONDAY, make_farm, make_hub
from tests.factories.producers import (
    make_availability,
    make_offer,
    make_pooled_offer,
    make_product,
    make_variant,
)

pytestmark = pytest.mark.django_db


def test_a_farms_offer_comes_with_its_farm_and_what_is_left() -> None:
    farm = make_farm("Ferme du Rang", hub=make_hub())
    variant = make_variant(make_product(farm, "Carottes"), label_fr="caisse 10 kg")
    offer = make_offer(variant=variant)
    row = make_availability(offer, quantity=50, reserved=8, price_cents=2_150, lot="A1")

    [found] = selectors.offers_for(offer.hub, MONDAY)

    assert (found.availability_id, found.offer_id, found.pooled_offer_id) == (
        row.pk,
        offer.pk,
        None,
    )
    assert (found.title, found.farm_names) == (
        "Carottes, caisse 10 kg",
        ("Ferme du Rang",),
    )
    assert (found.price_cents, found.quantity, found.left) == (2_150, 50, 42)


def test_a_pooled_offer_sums_what_its_members_have_left() -> None:
    hub = make_hub()
    pool = make_pooled_offer(hub, "Caisse de carottes", price_cents=2_000)
    one = make_offer(make_farm("A", hub=hub), pooled_offer=pool)
    two = make_offer(make_farm("B", hub=hub), pooled_offer=pool)
    first = make_availability(one, quantity=10, reserved=12)
    second = make_availability(two, quantity=30, reserved=5)

    [found] = selectors.offers_for(hub, MONDAY)
    members = selectors.availabilities_of_pools([pool.pk], MONDAY)[pool.pk]

    assert (found.is_pooled, found.title, found.price_cents) == (
        True,
        "Caisse de carottes",
        2_000,
    )
    assert (found.farm_names, found.quantity, found.left) == (("A", "B"), 40, 25)
    assert [(member.availability_id, member.left) for member in members] == [
        (first.pk, 0),
        (second.pk, 25),
    ]


def test_another_week_another_hub_and_withdrawn_goods_are_not_listed() -> None:
    hub = make_hub()
    make_availability(make_offer(hub=hub), week_on=MONDAY + timedelta(days=7))
    make_availability(make_offer(hub=make_hub()))
    for level in ("offer", "variant", "product", "farm", "pool"):
        pool = make_pooled_offer(hub) if level == "pool" else None
        offer = make_offer(hub=hub, pooled_offer=pool)
        make_availability(offer)
        thing = {
            "offer": offer,
            "variant": offer.variant,
            "product": offer.variant.product,
            "farm": offer.variant.product.producer,
            "pool": pool,
        }[level]
        assert thing is not None
        thing.is_active = False
        thing.save()

    assert selectors.offers_for(hub, MONDAY) == []


def test_the_list_takes_one_query_however_long_it_is() -> None:
    hub = make_hub()
    pool = make_pooled_offer(hub)
    for _ in range(12):
        make_availability(make_offer(hub=hub))
        make_availability(make_offer(hub=hub, pooled_offer=pool))

    with CaptureQueriesContext(connection) as queries:
        rows = selectors.offers_for(hub, MONDAY)

    assert (len(rows), len(queries)) == (13, 1)


def test_goods_are_known_even_once_withdrawn() -> None:
    row = make_availability(lot="L7")
    row.offer.is_active = False
    row.offer.save()

    goods = selectors.goods_of([row.pk])

    assert (goods[row.pk].lot, goods[row.pk].farm_id) == (
        "L7",
        row.offer.variant.product.producer_id,
    )


@pytest.mark.parametrize(
    ("language", "named"), [("fr-ca", "Échalotes"), ("en", "Shallots")]
)
def test_what_one_searches_by_is_what_the_rows_say(language: str, named: str) -> None:
    hub = make_hub()
    shallots = make_product(make_farm(hub=hub), "Échalotes")
    shallots.name_en = "Shallots"
    shallots.save()
    pool = make_pooled_offer(hub, "Caisse de carottes")
    make_availability(make_offer(variant=make_variant(shallots)))
    make_availability(make_offer(hub=hub))
    for _ in range(2):
        make_availability(make_offer(hub=hub, pooled_offer=pool))

    with translation.override(language):
        rows = selectors.offers_for(hub, MONDAY)
        listing = selectors.listing_for(hub, MONDAY)
        one = selectors.offers_for(hub, MONDAY, only={pool.public_id})

    assert named in [row.name for row in rows]
    assert [tuple(listed) for listed in listing] == [
        tuple(getattr(row, name) for name in ListedRow._fields) for row in rows
    ]
    assert one == [row for row in rows if row.is_pooled]
