"""From the open cycle to the confirmed order, on pages."""

import html
import re

import pytest
from django.test import Client

from orders.models import Basket, BasketLine, Order
from producers.models import Availability
from tests.factories import hub as ground
from tests.factories.week import Week, make_stock, order


def begin(client: Client, week: Week) -> Basket:
    client.post(f"/orders/cycle/{week.cycle.public_id}/open/")
    return Basket.objects.get(is_done=False)


def put(client: Client, basket: Basket, wants: dict[str, str], **fields: str):
    typed = {f"q-{item}": text for item, text in wants.items()}
    return client.post(f"/orders/basket/{basket.public_id}/list/", typed | fields)


def terms(basket: Basket, tier_code: str = "juste_prix") -> dict[str, str]:
    assert basket.drop_point is not None
    return {"tier_code": tier_code, "drop_point": basket.drop_point.public_id}


def hidden(page: str) -> dict[str, str]:
    found = re.findall(r'name="(seen|total|envelope)" value="([^"]*)"', page)
    return dict(found)


def confirm(client: Client, basket: Basket, **changes: str):
    address = f"/orders/basket/{basket.public_id}/confirm/"
    preview = client.get(address)
    fields = hidden(preview.content.decode()) | changes
    return client.post(address, fields)


def wants_of(basket: Basket) -> dict[str, int]:
    return {line.item_public_id: line.quantity for line in basket.lines.all()}


def test_the_open_cycle_is_shown_with_its_countdown(buyer, week):
    page = buyer.get("/orders/").content.decode()

    assert (week.cycle.name in page, "il reste 6\xa0h" in page) == (True, True)


def test_quantities_go_to_one_basket_on_the_server(buyer, week):
    carrots, beets = make_stock(week), make_stock(week)
    basket = begin(buyer, week)

    put(buyer, basket, {carrots.offer.public_id: "3"})
    put(buyer, basket, {beets.offer.public_id: "2,0"})

    assert wants_of(basket) == {carrots.offer.public_id: 3, beets.offer.public_id: 2}


def test_the_list_leads_straight_to_what_will_be_ordered(buyer, week):
    carrots = make_stock(week)
    basket = begin(buyer, week)

    answer = put(buyer, basket, {carrots.offer.public_id: "3"}, then="confirm")

    assert answer.headers["Location"] == f"/orders/basket/{basket.public_id}/confirm/"
    assert wants_of(basket) == {carrots.offer.public_id: 3}


def test_a_farm_that_joins_the_list_can_be_chosen_at_once(buyer, week):
    make_stock(week)
    basket = begin(buyer, week)
    address = f"/orders/basket/{basket.public_id}/list/"
    before = choices_of(buyer.get(address).content.decode(), "farm")
    other = ground.make_farm(hub=week.hub)

    make_stock(week, farm=other)

    after = choices_of(buyer.get(address).content.decode(), "farm")
    assert after == sorted([*before, html.escape(other.name)])


def test_the_form_above_the_list_keeps_what_was_asked(buyer, week):
    farm = make_stock(week).offer.variant.product.producer
    address = f"/orders/basket/{begin(buyer, week).public_id}/list/"
    buyer.get(address)

    page = buyer.get(address, {"farm": farm.pk}).content.decode()

    assert f'<option value="{farm.pk}" selected>' in page


def choices_of(page: str, name: str) -> list[str]:
    """The names one chooses among, without the choice of all."""
    (field,) = re.findall(rf'<select name="{name}".*?</select>', page, re.S)
    return sorted(re.findall(r'<option value="\d+"[^>]*>([^<]*)<', field))


def test_a_colleague_finds_the_same_basket(buyer, week):
    colleague = Client()
    colleague.force_login(ground.make_group_buyer(week.buyer))
    first = begin(buyer, week)

    second = begin(colleague, week)

    assert (second.pk, Basket.objects.count()) == (first.pk, 1)


def test_a_colleague_on_an_older_page_changes_only_what_was_typed(buyer, week):
    carrots, beets = make_stock(week), make_stock(week)
    basket = begin(buyer, week)
    put(buyer, basket, {carrots.offer.public_id: "3"})

    stale = {f"was-{carrots.offer.public_id}": ""}
    put(
        buyer,
        basket,
        {carrots.offer.public_id: "", beets.offer.public_id: "1"},
        **stale,
    )

    assert wants_of(basket) == {carrots.offer.public_id: 3, beets.offer.public_id: 1}


@pytest.mark.parametrize("text", ["-1", "2,5", "abc", "100001", "1e3"])
def test_what_is_no_quantity_is_kept_beside_its_line(buyer, week, text):
    stock = make_stock(week)
    basket = begin(buyer, week)

    answer = put(buyer, basket, {stock.offer.public_id: text})

    page = answer.content.decode()
    assert (answer.status_code, f'value="{text}"' in page) == (422, True)
    assert BasketLine.objects.count() == 0


def test_an_unknown_product_is_refused_in_words(buyer, week):
    basket = begin(buyer, week)

    answer = put(buyer, basket, {"nulle-part": "2"})

    assert answer.status_code == 409
    assert "n’est pas dans la liste de ce cycle" in answer.content.decode()


def test_htmx_gets_the_bar_alone(buyer, week):
    stock = make_stock(week, price_cents=1_000)
    basket = begin(buyer, week)

    answer = buyer.post(
        f"/orders/basket/{basket.public_id}/list/",
        {f"q-{stock.offer.public_id}": "2"},
        headers={"HX-Request": "true"},
    )

    page = answer.content.decode()
    assert ("<html" in page, "25,00\xa0$" in page) == (False, True)


def test_the_confirmed_order_is_what_the_preview_said(buyer, week):
    stock = make_stock(week, price_cents=1_000)
    basket = begin(buyer, week)
    put(buyer, basket, {stock.offer.public_id: "3"})
    buyer.post(
        f"/orders/basket/{basket.public_id}/",
        terms(basket, "solidaire") | {"note": "Merci"},
    )
    shown = hidden(
        buyer.get(f"/orders/basket/{basket.public_id}/confirm/").content.decode()
    )

    answer = confirm(buyer, basket)

    placed = Order.objects.get()
    total = sum(placed.lines.values_list("buyer_cents", flat=True))
    assert answer.url == f"/orders/order/{placed.public_id}/"
    assert (total, placed.tier_code, placed.note) == (
        int(shown["total"]),
        "solidaire",
        "Merci",
    )


def test_pressing_twice_makes_one_order(buyer, week):
    stock = make_stock(week)
    basket = begin(buyer, week)
    put(buyer, basket, {stock.offer.public_id: "3"})
    fields = hidden(
        buyer.get(f"/orders/basket/{basket.public_id}/confirm/").content.decode()
    )
    address = f"/orders/basket/{basket.public_id}/confirm/"

    answers = [buyer.post(address, fields).url for _ in range(2)]

    stock.refresh_from_db()
    assert (answers[0], stock.reserved) == (answers[1], 3)


def test_above_stock_is_refused_beside_the_line_and_kept(buyer, week):
    stock = make_stock(week, quantity=5)
    basket = begin(buyer, week)
    put(buyer, basket, {stock.offer.public_id: "5"})
    fields = hidden(
        buyer.get(f"/orders/basket/{basket.public_id}/confirm/").content.decode()
    )
    Availability.objects.update(quantity=4)

    answer = buyer.post(f"/orders/basket/{basket.public_id}/confirm/", fields)

    page = answer.content.decode()
    stock.refresh_from_db()
    assert answer.status_code == 409
    assert ("il en reste 4, vous en demandez 5" in page, 'value="5"' in page) == (
        True,
        True,
    )
    assert (Order.objects.count(), stock.reserved) == (0, 0)


def test_a_fund_too_low_is_said_beside_the_tier(buyer, week):
    stock = make_stock(week, quantity=500, price_cents=1_000)
    basket = begin(buyer, week)
    put(buyer, basket, {stock.offer.public_id: "41"})
    buyer.post(f"/orders/basket/{basket.public_id}/", terms(basket, "solidaire"))

    answer = confirm(buyer, basket)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Le fonds de solidarité ne peut couvrir ce rabais" in page
    assert (Order.objects.count(), wants_of(basket)) == (
        0,
        {stock.offer.public_id: 41},
    )


def test_a_price_that_changed_meanwhile_is_not_charged(buyer, week):
    stock = make_stock(week, price_cents=1_000)
    basket = begin(buyer, week)
    put(buyer, basket, {stock.offer.public_id: "3"})

    answer = confirm(buyer, basket, total="3000")

    assert (answer.status_code, Order.objects.count()) == (409, 0)
    assert "Un prix a changé pendant votre lecture" in answer.content.decode()


def test_a_basket_that_a_colleague_changed_is_shown_again(buyer, week):
    stock = make_stock(week)
    basket = begin(buyer, week)
    put(buyer, basket, {stock.offer.public_id: "3"})

    answer = confirm(buyer, basket, seen="2026-06-01T00:00:00+00:00")

    assert (answer.status_code, Order.objects.count()) == (409, 0)
    assert f"modifié entre-temps par {week.person}" in answer.content.decode()


@pytest.mark.parametrize("text", ["", "hier", "2026-13-45"])
def test_a_forged_moment_is_an_old_one(buyer, week, text):
    stock = make_stock(week)
    basket = begin(buyer, week)
    put(buyer, basket, {stock.offer.public_id: "3"})

    assert confirm(buyer, basket, seen=text, total="x").status_code == 409


def test_a_product_taken_away_is_told_in_the_basket(buyer, week):
    stock = make_stock(week)
    basket = begin(buyer, week)
    put(buyer, basket, {stock.offer.public_id: "3"})
    Availability.objects.all().delete()

    page = buyer.get(f"/orders/basket/{basket.public_id}/").content.decode()

    assert "n’est pas dans la liste de ce cycle" in page
    assert confirm(buyer, basket).status_code == 409


def test_a_closed_cycle_says_so_and_keeps_the_basket(buyer, week):
    stock = make_stock(week)
    basket = begin(buyer, week)
    put(buyer, basket, {stock.offer.public_id: "3"})
    week.cycle.status = "closing"
    week.cycle.save()

    answer = confirm(buyer, basket)

    assert (answer.status_code, Order.objects.count()) == (409, 0)
    assert "ne prend plus de commandes" in answer.content.decode()


def test_one_product_is_taken_out_without_script(buyer, week):
    carrots, beets = make_stock(week), make_stock(week)
    basket = begin(buyer, week)
    put(buyer, basket, {carrots.offer.public_id: "3", beets.offer.public_id: "1"})

    buyer.post(
        f"/orders/basket/{basket.public_id}/",
        terms(basket) | {"remove": beets.offer.public_id},
    )

    assert wants_of(basket) == {carrots.offer.public_id: 3}


@pytest.mark.parametrize("tier_code", ["gratuit", "", "x" * 40])
def test_a_tier_that_does_not_exist_is_refused(buyer, week, tier_code):
    stock = make_stock(week)
    basket = begin(buyer, week)
    put(buyer, basket, {stock.offer.public_id: "3"})

    answer = buyer.post(f"/orders/basket/{basket.public_id}/", terms(basket, tier_code))

    basket.refresh_from_db()
    assert (answer.status_code, basket.tier_code) == (422, "juste_prix")


def test_a_door_of_somebody_else_is_refused(buyer, week):
    stock = make_stock(week)
    basket = begin(buyer, week)
    put(buyer, basket, {stock.offer.public_id: "3"})
    door = ground.make_place(ground.make_buyer(hub=week.hub))

    answer = buyer.post(
        f"/orders/basket/{basket.public_id}/",
        terms(basket) | {"drop_point": door.public_id},
    )

    basket.refresh_from_db()
    assert (answer.status_code, basket.drop_point) == (422, week.drop_point)


def test_the_last_order_is_copied_and_what_is_gone_is_named(buyer, week):
    carrots, beets = make_stock(week), make_stock(week)
    order(week, {carrots.offer.public_id: 3, beets.offer.public_id: 2})
    week.cycle = ground.make_cycle(
        week.hub, opens_at=week.cycle.opens_at, closes_at=week.cycle.closes_at
    )
    beets.offer.is_active = False
    beets.offer.save()
    basket = begin(buyer, week)

    answer = buyer.post(f"/orders/basket/{basket.public_id}/copy-last/", follow=True)

    assert wants_of(basket) == {carrots.offer.public_id: 3}
    assert f"Pas offert cette fois-ci\xa0: {beets.offer}" in answer.content.decode()


def test_a_basket_of_another_buyer_is_not_there(week):
    basket = begin_for(week)
    stranger = Client()
    stranger.force_login(ground.make_group_buyer(ground.make_buyer(hub=week.hub)))

    addresses = ["", "list/", "confirm/"]

    answers = [
        stranger.get(f"/orders/basket/{basket.public_id}/{end}").status_code
        for end in addresses
    ]
    assert answers == [404, 404, 404]


def begin_for(week: Week) -> Basket:
    client = Client()
    client.force_login(week.person)
    return begin(client, week)
