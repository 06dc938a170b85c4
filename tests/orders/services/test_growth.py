"""What an order and a close ask of the database, counted at two sizes."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from orders import services
from orders.models import OrderLine
from tests.factories import hub as ground
from tests.factories import producers as farms
from tests.factories.week import NOW, Week, change, make_stock, make_week

pytestmark = pytest.mark.django_db


def fill(week: Week, num_items: int) -> list[str]:
    """A list of many items, every fifth filled by two farms."""
    items = []
    for number in range(num_items):
        pool = farms.make_pooled_offer(week.hub) if number % 5 == 0 else None
        for _ in range(2 if pool else 1):
            stock = make_stock(week, pooled_offer=pool)
        items.append((pool or stock.offer).public_id)
    return items


def place(week: Week, wants: dict[str, int]) -> int:
    """Order for a buyer of its own, at the lowest tier; gives the queries it took."""
    buyer = ground.make_buyer(hub=week.hub)
    door = ground.make_place(buyer)
    with CaptureQueriesContext(connection) as asked:
        services.place_order(
            cycle=week.cycle,
            buyer=buyer,
            drop_point=door,
            change=change(week, wants, tier_code="solidaire"),
            key=buyer.public_id,
        )
    return len(asked)


def queries_of_a_close(*, num_orders: int, num_items: int) -> int:
    """Close a week in which every order wants every item, all from one farm."""
    week = make_week(fund_cents=1_000_000)
    items = fill(week, num_items)
    for _ in range(num_orders):
        place(week, dict.fromkeys(items, 1))
    with CaptureQueriesContext(connection) as asked:
        services.close_cycle(cycle_id=week.cycle.pk, by=None, now=NOW)
    given = OrderLine.objects.filter(order__cycle=week.cycle, allocated=1)
    assert given.count() == num_orders * num_items
    return len(asked)


@pytest.mark.parametrize("num_items", [10, 200])
def test_an_order_takes_as_many_queries_in_a_list_of_any_length(num_items: int) -> None:
    week = make_week()
    items = fill(week, num_items)

    counted = place(week, dict.fromkeys(items[:4], 1))

    assert counted == 29


@pytest.mark.parametrize("num_lines", [2, 20])
def test_an_order_of_any_length_takes_as_many_queries(num_lines: int) -> None:
    week = make_week(fund_cents=1_000_000)
    items = fill(week, 20)

    counted = place(week, dict.fromkeys(items[:num_lines], 1))

    assert counted == 29


def test_a_close_asks_one_thing_more_for_each_item() -> None:
    few = queries_of_a_close(num_orders=1, num_items=2)
    many = queries_of_a_close(num_orders=1, num_items=12)

    assert (few, many) == (58, 58 + 10 * 1)


def test_a_close_asks_seven_things_more_for_each_order_with_its_own_door() -> None:
    few = queries_of_a_close(num_orders=2, num_items=2)
    many = queries_of_a_close(num_orders=12, num_items=2)

    # the fund, what it holds for the order; its shipment with amounts and lines
    assert (few, many) == (74, 74 + 10 * 7)
