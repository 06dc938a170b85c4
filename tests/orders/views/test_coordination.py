"""A cycle for its coordination: totals, the close and what it gave."""

import pytest
from django.test import Client

from orders.models import Basket, Order
from orders.services import close_cycle
from tests.factories import hub as ground
from tests.factories.week import NOW, Week, make_stock, order


@pytest.fixture
def coordinator(week: Week) -> Client:
    client = Client()
    client.force_login(ground.make_coordinator(week.hub))
    return client


def address(week: Week, end: str = "") -> str:
    return f"/orders/cycle/{week.cycle.public_id}/{end}"


def test_totals_are_read_by_tier(coordinator, week):
    stock = make_stock(week, price_cents=1_000)
    order(week, {stock.offer.public_id: 4}, tier_code="solidaire")
    order(week, {stock.offer.public_id: 2}, tier_code="soutien", key="other")

    page = coordinator.get(address(week)).content.decode()

    # 4 × 10.00 paid and 4 × 2.50 drawn; 2 × 14.38 paid and 2 × 1.88 given
    for amount in ("40,00\xa0$", "10,00\xa0$", "28,76\xa0$", "3,76\xa0$"):
        assert amount in page


def test_shares_say_who_gets_what_from_whom_and_why(coordinator, week):
    stock = make_stock(week, quantity=20)
    order(week, {stock.offer.public_id: 20})
    stock.refresh_from_db()
    stock.quantity, stock.short_quantity = 15, 5
    stock.save()
    close_cycle(cycle_id=week.cycle.pk, by=None, now=NOW)

    page = coordinator.get(address(week, "shares/")).content.decode()

    assert "15 sur 20" in page
    assert f"{week.farm.name}\xa0: 15" in page


def test_the_coordination_opens_a_basket_for_a_member(coordinator, week):
    coordinator.post(address(week, "open/"), {"buyer": week.buyer.public_id})

    assert Basket.objects.get().buyer == week.buyer


@pytest.mark.parametrize("end", ["", "shares/"])
def test_another_hub_sees_nothing(week, end):
    client = Client()
    client.force_login(ground.make_coordinator(ground.make_hub()))

    assert client.get(address(week, end)).status_code == 404


def test_many_orders_take_no_more_queries(
    coordinator, week, django_assert_max_num_queries
):
    stock = make_stock(week, quantity=500)
    for number in range(60):
        order(week, {stock.offer.public_id: 1}, key=f"order {number}")

    with django_assert_max_num_queries(20):
        page = coordinator.get(address(week)).content.decode()

    assert (page.count("/orders/order/"), Order.objects.count()) == (60, 60)


def test_what_tiers_repay_follows_what_is_typed(coordinator, week):
    stock = make_stock(week, price_cents=1_000)
    order(week, {stock.offer.public_id: 4}, tier_code="solidaire")
    order(week, {stock.offer.public_id: 4}, tier_code="soutien", key="other")
    close_cycle(cycle_id=week.cycle.pk, by=None, now=NOW)

    kept = coordinator.get("/orders/break-even/").content.decode()
    typed = coordinator.get("/orders/break-even/?solidaire=85,00").content.decode()

    # equal values: 15 % given for 20 % drawn is three quarters; for 15 %, all of it
    assert "couvrent 75\xa0%" in kept
    assert "couvrent 100\xa0%" in typed
