"""A farm's catalogue and the pooled offers, through their doors."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from producers import selectors
from producers.models import Offer, PooledOffer, Product, Variant
from tests.factories.hub import make_family
from tests.factories.producers import (
    make_offer,
    make_pooled_offer,
    make_product,
    make_variant,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def packing():
    return {
        "label_fr": "caisse 10 kg",
        "unit": "case",
        "units_per_case": "1",
        "mass_g": "10,5",
        "volume_ml": "20",
        "temperature_class": "chilled",
        "price": "24,50",
    }


def pool_data(**changes):
    told = {
        "name_fr": "Caisse de carottes",
        "family": make_family("legumes").pk,
        "price_cents": "20",
        "mass_g": "10",
        "volume_ml": "20",
        "temperature_class": "chilled",
        "taxability": "zero_rated",
    }
    return {**told, **changes}


def test_a_product_is_added_then_packed_and_offered_at_once(village, enter, packing):
    client = enter(village.lea)
    told = {
        "name_fr": "Carottes",
        "family": make_family("legumes").pk,
        "taxability": "zero_rated",
    }

    added = client.post(f"/producers/products/{village.farm.public_id}/new/", told)
    packed = client.post(added.url, packing)

    offer = Offer.objects.get()
    assert packed.url == f"/producers/products/{village.farm.public_id}/"
    assert (offer.hub, offer.price_cents) == (village.hub, 2_450)
    assert (offer.variant.mass_g, offer.variant.volume_ml) == (10_500, 20_000)


def test_a_second_product_of_the_same_name_is_refused_with_its_words(village, enter):
    product = make_product(village.farm, "Carottes")
    told = {
        "name_fr": "Carottes",
        "family": product.family_id,
        "taxability": "zero_rated",
    }

    answer = enter(village.lea).post(
        f"/producers/products/{village.farm.public_id}/new/", told
    )

    assert (answer.status_code, Product.objects.count()) == (422, 1)
    assert "“Carottes” already exists" in answer.content.decode()


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"mass_g": "-4"}, "Write a number like 10 or 0.75"),
        ({"mass_g": "1,2345"}, "Write a number like 10 or 0.75"),
        ({"mass_g": "0"}, "One unit weighs from 1 g"),
        ({"volume_ml": "9999999"}, "One unit weighs from 1 g"),
        ({"price": "vingt"}, "“vingt” is not an amount"),
        ({"price": "-2"}, "A price lies between 0 and 10000 dollars"),
        ({"unit": "wagon"}, "Select a valid choice"),
        ({"temperature_class": "warm"}, "Select a valid choice"),
    ],
)
def test_a_packing_that_cannot_be_right_is_refused_and_nothing_is_added(
    village, enter, packing, changes, told
):
    product = make_product(village.farm)

    answer = enter(village.lea).post(
        f"/producers/product/{product.public_id}/packing/", packing | changes
    )

    assert (answer.status_code, told in answer.content.decode()) == (422, True)
    assert (Variant.objects.count(), Offer.objects.count()) == (0, 0)


def test_a_packing_is_shown_as_it_was_typed_and_corrected(village, enter, packing):
    offer = make_offer(village.farm, hub=village.hub)
    url = f"/producers/packing/{offer.variant.public_id}/"
    client = enter(village.lea, "fr-ca")

    page = client.get(url).content.decode()
    client.post(url, packing)

    offer.variant.refresh_from_db()
    assert ('value="10"' in page, offer.variant.mass_g) == (True, 10_500)


def test_an_offer_joins_a_pool_that_fits(village, enter):
    offer = make_offer(village.farm, hub=village.hub)
    pool = make_pooled_offer(village.hub)
    heavier = make_pooled_offer(village.hub, mass_g=12_000)
    client = enter(village.lea)
    url = f"/producers/offer/{offer.public_id}/"

    refused = client.post(url, {"price": "20", "pooled_offer": heavier.pk})
    client.post(url, {"price": "20", "pooled_offer": pool.pk})

    offer.refresh_from_db()
    assert (refused.status_code, offer.pooled_offer) == (422, pool)


def test_a_packing_is_offered_to_the_hub_by_its_own_page(village, enter):
    variant = make_variant(make_product(village.farm))

    enter(village.lea).post(
        f"/producers/packing/{variant.public_id}/offer/{village.hub.public_id}/",
        {"price": "12,50"},
    )

    assert Offer.objects.get().price_cents == 1_250


@pytest.mark.parametrize("kind", ["product", "packing", "offer"])
def test_goods_are_withdrawn_and_offered_again(village, enter, kind):
    offer = make_offer(village.farm, hub=village.hub)
    thing: Any = {
        "product": offer.variant.product,
        "packing": offer.variant,
        "offer": offer,
    }[kind]
    client, url = enter(village.lea), f"/producers/{kind}/{thing.public_id}/active/"

    states = []
    for wanted in ("no", "yes"):
        client.post(url, {"active": wanted})
        thing.refresh_from_db()
        states.append(thing.is_active)

    assert states == [False, True]


@pytest.mark.parametrize("kind", ["product", "packing", "offer"])
@pytest.mark.parametrize("part", ["", "active/"])
def test_goods_of_another_farm_do_not_exist(village, enter, kind, part):
    offer = make_offer(village.farm, hub=village.hub)
    thing: Any = {
        "product": offer.variant.product,
        "packing": offer.variant,
        "offer": offer,
    }[kind]

    answer = enter(village.noe).post(
        f"/producers/{kind}/{thing.public_id}/{part}", {"active": "no"}
    )

    thing.refresh_from_db()
    assert (answer.status_code, thing.is_active) == (404, True)


def test_the_catalogue_of_another_farm_does_not_exist(village, enter):
    client = enter(village.noe)
    url = f"/producers/products/{village.farm.public_id}/"

    assert [client.get(url).status_code, client.get(url + "new/").status_code] == [
        404,
        404,
    ]


def test_the_catalogue_asks_as_many_queries_for_thirty_products_as_for_three(
    village, enter
):
    client, counts = enter(village.lea), []
    for num_more in (3, 27):
        for _ in range(num_more):
            make_offer(village.farm, hub=village.hub)
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/producers/products/{village.farm.public_id}/")
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_a_coordinator_opens_corrects_and_withdraws_a_pooled_offer(village, enter):
    client = enter(village.ana)

    client.post("/producers/pooled/new/", pool_data())
    pool = PooledOffer.objects.get()
    client.post(f"/producers/pooled/{pool.public_id}/", pool_data(price_cents="21,50"))
    client.post(f"/producers/pooled/{pool.public_id}/active/", {"active": "no"})

    pool.refresh_from_db()
    assert (pool.hub, pool.price_cents, pool.is_active) == (village.hub, 2_150, False)


def test_pooled_offers_are_the_coordinations_alone(village, enter):
    pool = make_pooled_offer(village.hub)
    client = enter(village.lea)

    answers = [
        client.get("/producers/pooled/").status_code,
        client.get(f"/producers/pooled/{pool.public_id}/").status_code,
        client.post("/producers/pooled/new/", pool_data()).status_code,
    ]

    assert (answers, PooledOffer.objects.count()) == ([404, 404, 404], 1)


def test_a_pooled_offer_of_another_hub_does_not_exist(village, enter):
    pool = make_pooled_offer()

    answer = enter(village.ana).get(f"/producers/pooled/{pool.public_id}/")

    assert answer.status_code == 404


def test_a_farm_sets_its_minimum_and_takes_it_back(village, enter):
    client = enter(village.lea)
    address = f"/producers/products/{village.farm.public_id}/minimum/"

    client.post(address, {"amount": "75,50"})
    asked_cents = selectors.minimum_of(village.farm, village.hub)
    client.post(address, {"amount": ""})

    assert asked_cents == 7_550
    assert selectors.minimum_of(village.farm, village.hub) == 0


@pytest.mark.parametrize("amount", ["-5", "beaucoup"])
def test_a_minimum_that_is_no_amount_is_refused_in_words(village, enter, amount):
    answer = enter(village.lea).post(
        f"/producers/products/{village.farm.public_id}/minimum/", {"amount": amount}
    )

    assert answer.status_code == 422
    assert selectors.minimum_of(village.farm, village.hub) == 0
