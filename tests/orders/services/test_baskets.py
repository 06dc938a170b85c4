"""A basket that a colleague has just confirmed takes nothing more."""

from datetime import timedelta

import pytest

from orders.core.errors import BasketChangedMeanwhile, ItemNotOffered
from orders.models import Basket, BasketLine, Order
from orders.services import baskets
from pricing.models import PriceTier
from tests.factories.hub import make_buyer, make_cycle, make_place
from tests.factories.sales import make_tier_order
from tests.factories.week import NOW, Week, make_stock, make_week, order

pytestmark = pytest.mark.django_db


@pytest.fixture
def week() -> Week:
    return make_week()


@pytest.fixture
def basket(week: Week) -> Basket:
    return baskets.open_basket(
        cycle=week.cycle, buyer=week.buyer, by=week.person, now=NOW
    )


def confirm_behind_ones_back(week: Week, item: str) -> None:
    """What a colleague's press does to the basket."""
    Basket.objects.update(is_done=True, order=order(week, {item: 1}))


def test_an_open_basket_takes_a_quantity(week: Week, basket: Basket) -> None:
    item = make_stock(week).offer.public_id

    baskets.fill_basket(basket=basket, quantities={item: 2}, by=week.person, now=NOW)

    assert list(BasketLine.objects.values_list("quantity", flat=True)) == [2]


def test_what_a_colleague_chose_meanwhile_stands(week: Week, basket: Basket) -> None:
    item = make_stock(week).offer.public_id
    baskets.fill_basket(
        basket=Basket.objects.get(),
        quantities={},
        terms=baskets.BasketTerms(tier_code="solidaire", drop_point=None),
        by=week.person,
        now=NOW + timedelta(seconds=1),
    )

    later = NOW + timedelta(seconds=2)
    filled = baskets.fill_basket(
        basket=basket, quantities={item: 2}, by=week.person, now=later
    )

    kept = Basket.objects.get()
    assert (filled.tier_code, filled.drop_point) == ("solidaire", None)
    assert (kept.tier_code, kept.drop_point, kept.changed_at) == (
        "solidaire",
        None,
        later,
    )


def test_a_refused_quantity_leaves_the_basket_as_it_was_read(
    week: Week, basket: Basket
) -> None:
    with pytest.raises(ItemNotOffered):
        baskets.fill_basket(
            basket=basket,
            quantities={"unknown": 2},
            by=week.person,
            now=NOW + timedelta(seconds=1),
        )

    assert (basket.changed_at, Basket.objects.get().changed_at) == (NOW, NOW)


def test_a_confirmed_basket_takes_no_quantity(week: Week, basket: Basket) -> None:
    item = make_stock(week).offer.public_id
    confirm_behind_ones_back(week, item)

    with pytest.raises(BasketChangedMeanwhile):
        baskets.fill_basket(
            basket=basket, quantities={item: 2}, by=week.person, now=NOW
        )

    assert BasketLine.objects.count() == 0


def test_an_open_basket_is_thrown_away(basket: Basket) -> None:
    baskets.empty_basket(basket=basket)

    assert Basket.objects.count() == 0


def test_a_confirmed_basket_is_not_thrown_away(week: Week, basket: Basket) -> None:
    confirm_behind_ones_back(week, make_stock(week).offer.public_id)

    baskets.empty_basket(basket=basket)

    assert Basket.objects.count() == 1


def begin(week: Week) -> Basket:
    return baskets.open_basket(
        cycle=week.cycle, buyer=week.buyer, by=week.person, now=NOW
    )


@pytest.fixture
def last_order(week: Week) -> Order:
    """What the same group ordered a week earlier, in support, at another door."""
    earlier = make_cycle(week.hub, service_on=week.cycle.service_on - timedelta(7))
    order_before = make_tier_order(week, tier_code="soutien")
    order_before.cycle = earlier
    order_before.drop_point = make_place(week.buyer, name="Zone de livraison")
    order_before.save()
    return order_before


def test_a_first_basket_begins_at_the_fair_price_and_ones_own_door(week: Week) -> None:
    basket = begin(week)

    assert (basket.tier_code, basket.drop_point) == ("juste_prix", week.drop_point)


def test_a_new_basket_begins_as_the_last_order_was(
    week: Week, last_order: Order
) -> None:
    basket = begin(week)

    assert (basket.tier_code, basket.drop_point) == ("soutien", last_order.drop_point)


def test_a_tier_and_a_door_that_closed_meanwhile_are_not_taken_again(
    week: Week, last_order: Order
) -> None:
    PriceTier.objects.filter(code="soutien").update(needs_agreement=True)
    Order.objects.update(drop_point=make_place(make_buyer(hub=week.hub)))

    basket = begin(week)

    assert (basket.tier_code, basket.drop_point) == ("juste_prix", week.drop_point)
