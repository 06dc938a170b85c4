"""A confirmed order on its pages: read, changed, cancelled, by the right people."""

import pytest
from django.test import Client

from hub.ledger import statements
from orders import services
from orders.models import Basket, Order
from pricing import selectors as pricing_selectors
from tests.factories import hub as ground
from tests.factories.week import NOW, Week, change, make_stock, order
from tests.orders.views.test_basket import confirm, hidden, wants_of


def start_change(client: Client, placed: Order) -> Basket:
    client.post(f"/orders/order/{placed.public_id}/change/")
    return Basket.objects.get(order=placed, is_done=False)


def write(client: Client, basket: Basket, item: str, text: str) -> None:
    assert basket.drop_point is not None
    client.post(
        f"/orders/basket/{basket.public_id}/",
        {
            f"q-{item}": text,
            "tier_code": basket.tier_code,
            "drop_point": basket.drop_point.public_id,
        },
    )


def test_a_change_is_made_in_a_basket_and_confirmed(buyer, week):
    stock = make_stock(week, quantity=5)
    placed = order(week, {stock.offer.public_id: 4})
    basket = start_change(buyer, placed)
    write(buyer, basket, stock.offer.public_id, "5")

    confirm(buyer, basket)

    stock.refresh_from_db()
    assert (placed.lines.get().ordered, stock.reserved) == (5, 5)


def test_a_change_that_met_another_keeps_what_was_typed(buyer, week):
    stock = make_stock(week)
    item = stock.offer.public_id
    placed = order(week, {item: 4})
    basket = start_change(buyer, placed)
    write(buyer, basket, item, "7")
    fields = hidden(
        buyer.get(f"/orders/basket/{basket.public_id}/confirm/").content.decode()
    )
    services.change_order(
        order=placed, change=change(week, {item: 2}), seen_version=1, key="colleague"
    )

    answer = buyer.post(f"/orders/basket/{basket.public_id}/confirm/", fields)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert (placed.lines.get().ordered, wants_of(basket)) == (2, {item: 7})
    assert ("modifiée entre-temps par" in page, "confirmé\xa0: 2" in page) == (
        True,
        True,
    )


def test_after_looking_again_the_change_passes(buyer, week):
    stock = make_stock(week)
    item = stock.offer.public_id
    placed = order(week, {item: 4})
    basket = start_change(buyer, placed)
    write(buyer, basket, item, "7")
    services.change_order(
        order=placed, change=change(week, {item: 2}), seen_version=1, key="colleague"
    )
    confirm(buyer, basket)

    confirm(buyer, basket)

    assert placed.lines.get().ordered == 7


def test_dropping_a_change_leaves_the_order(buyer, week):
    stock = make_stock(week)
    placed = order(week, {stock.offer.public_id: 4})
    basket = start_change(buyer, placed)

    buyer.post(f"/orders/basket/{basket.public_id}/empty/")

    assert (Basket.objects.count(), placed.lines.get().ordered) == (0, 4)


def test_a_cancellation_says_what_follows_and_gives_everything_back(buyer, week):
    stock = make_stock(week, price_cents=1_000)
    placed = order(week, {stock.offer.public_id: 4}, tier_code="solidaire")
    address = f"/orders/order/{placed.public_id}/cancel/"
    page = buyer.get(address).content.decode()

    buyer.post(address)

    stock.refresh_from_db()
    placed.refresh_from_db()
    free = statements.balance_cents(pricing_selectors.account_code(week.lot))
    assert "10,00\xa0$ retournent au fonds de solidarité" in page
    assert (stock.reserved, placed.status, free) == (0, "cancelled", 10_000)


def test_after_the_close_the_reason_of_each_line_is_read(buyer, week):
    stock = make_stock(week, quantity=20)
    placed = order(week, {stock.offer.public_id: 20})
    stock.refresh_from_db()
    stock.quantity, stock.short_quantity = 15, 5
    stock.save()
    services.close_cycle(cycle_id=week.cycle.pk, by=None, now=NOW)

    page = buyer.get(f"/orders/order/{placed.public_id}/").content.decode()

    assert "15 sur 20" in page


def test_a_closed_order_cannot_be_changed(buyer, week):
    stock = make_stock(week)
    placed = order(week, {stock.offer.public_id: 4})
    services.close_cycle(cycle_id=week.cycle.pk, by=None, now=NOW)

    answer = buyer.post(f"/orders/order/{placed.public_id}/change/", follow=True)

    assert "ne peut plus être modifiée ainsi" in answer.content.decode()
    assert Basket.objects.count() == 0


@pytest.mark.parametrize("end", ["", "cancel/"])
def test_an_order_of_another_buyer_is_not_there(week, end):
    stock = make_stock(week)
    placed = order(week, {stock.offer.public_id: 4})
    stranger = Client()
    stranger.force_login(ground.make_group_buyer(ground.make_buyer(hub=week.hub)))

    answer = stranger.get(f"/orders/order/{placed.public_id}/{end}")

    assert answer.status_code == 404


def test_the_coordination_orders_for_a_member_and_is_named(week: Week):
    stock = make_stock(week)
    placed = order(week, {stock.offer.public_id: 4})
    coordinator = ground.make_coordinator(week.hub)
    client = Client()
    client.force_login(coordinator)
    basket = start_change(client, placed)
    write(client, basket, stock.offer.public_id, "6")

    confirm(client, basket)

    placed.refresh_from_db()
    assert (placed.lines.get().ordered, placed.changed_by) == (6, coordinator)


def test_the_list_of_orders_asks_as_much_for_five_as_for_sixty(
    buyer, week, django_assert_max_num_queries
):
    stock = make_stock(week, quantity=500)
    for number in range(60):
        order(week, {stock.offer.public_id: 1}, key=f"order {number}")

    with django_assert_max_num_queries(8):
        page = buyer.get("/orders/mine/").content.decode()

    assert page.count("/orders/order/") == 25


def test_a_group_tells_how_many_households_its_order_feeds(buyer, week):
    placed = order(week, {make_stock(week).offer.public_id: 4})
    address = f"/orders/order/{placed.public_id}/households/"

    buyer.post(address, {"num_households": "14"})

    placed.refresh_from_db()
    page = buyer.get(f"/orders/order/{placed.public_id}/").content.decode()
    assert placed.num_households == 14
    assert page.count('name="num_households"') == page.count('value="14"') == 1


def test_a_number_of_households_that_is_none_is_refused_in_words(buyer, week):
    placed = order(week, {make_stock(week).offer.public_id: 4})

    page = buyer.post(
        f"/orders/order/{placed.public_id}/households/",
        {"num_households": "une dizaine"},
        follow=True,
    )

    placed.refresh_from_db()
    assert page.content.decode().count("une dizaine") == 1
    assert placed.num_households is None
