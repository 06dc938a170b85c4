"""Orders by a program: what is sent twice, what is read back to be sent again."""

from collections.abc import Iterator

import pytest
import time_machine

from orders.models import Order
from tests.factories.programs import let_in
from tests.factories.week import NOW, Week, make_stock, make_week

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def week() -> Week:
    return make_week()


def test_an_item_named_twice_is_refused_and_nothing_is_reserved(week: Week) -> None:
    stock = make_stock(week)
    item = stock.offer.public_id
    asked = {
        "cycle_id": week.cycle.public_id,
        "drop_point_id": week.drop_point.public_id,
        "tier": "juste_prix",
        "lines": [{"item_id": item, "quantity": 2}, {"item_id": item, "quantity": 3}],
    }

    answer = let_in(week.buyer).tries("/orders", asked)

    assert (answer.status_code, answer.json()["error"]["fields"]) == (
        422,
        [
            {
                "field": "body.lines",
                "message": f"{item} is named twice. Write it once, with its whole "
                "quantity.",
            }
        ],
    )
    stock.refresh_from_db()
    assert (Order.objects.count(), stock.reserved) == (0, 0)
