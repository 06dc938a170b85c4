"""A basket that a colleague has just confirmed takes nothing more."""

import pytest

from orders.core.errors import BasketChangedMeanwhile
from orders.models import Basket, BasketLine
from orders.services import baskets
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
