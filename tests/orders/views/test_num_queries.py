"""What pages ask of the database does not grow with what they show."""

from typing import Any

import pytest
from django.contrib.auth import get_user
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hub.services import devices
from orders.models import Basket, Order
from tests.factories import hub as ground
from tests.factories import producers as farms
from tests.factories.week import Week, make_stock
from tests.orders.views.test_basket import begin, hidden


def fill(week: Week, num_items: int) -> None:
    """A list of many items, one in ten of them filled by two farms."""
    for number in range(num_items):
        if number % 10:
            make_stock(week)
            continue
        pool = farms.make_pooled_offer(week.hub)
        for _ in range(2):
            make_stock(week, pooled_offer=pool)


def remember(client: Client) -> None:
    """Leave what a sign-in leaves beside its session: the device of the person."""
    devices.remember_device(
        person=get_user(client),  # type: ignore[arg-type] # it has a session, as a request has
        session_key=client.cookies["sessionid"].value,
        user_agent="",
        address="203.0.113.7",
        now=timezone.now(),
    )


@pytest.mark.parametrize("num_items", [10, 300])
def test_a_list_of_any_length_takes_seven_queries(
    buyer: Client,
    week: Week,
    num_items: int,
    django_assert_num_queries: Any,
) -> None:
    fill(week, num_items)
    remember(buyer)
    basket = begin(buyer, week)
    address = f"/orders/basket/{basket.public_id}/list/"

    with django_assert_num_queries(7):
        page = buyer.get(address).content.decode()

    assert page.count('class="offer"') == min(num_items, 50)


def test_a_whole_order_takes_few_queries(buyer: Client, week: Week) -> None:
    items = [make_stock(week).offer.public_id for _ in range(8)]
    wants = {f"q-{item}": "2" for item in items}
    remember(buyer)

    with CaptureQueriesContext(connection) as asked:
        basket = begin(buyer, week)
        address = f"/orders/basket/{basket.public_id}/"
        buyer.post(f"{address}list/", wants)
        fields = hidden(buyer.get(f"{address}confirm/").content.decode())
        before = len(asked)
        buyer.post(f"{address}confirm/", fields)
        confirmed, whole = len(asked) - before, len(asked)

    assert (Order.objects.count(), Basket.objects.get().is_done) == (1, True)
    assert (confirmed, whole) == (17, 38)


def test_a_hub_with_many_buyers_shows_one_buyer_its_own(
    buyer: Client, week: Week
) -> None:
    for _ in range(3):
        ground.make_buyer("Voisin secret", hub=ground.make_hub())

    page = buyer.get("/orders/").content.decode()

    assert "Voisin secret" not in page
