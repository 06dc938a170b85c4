"""Orders by a program: what is sent twice, what is read back to be sent again."""

from collections.abc import Iterator

import pytest
import time_machine

from orders.models import Order
from tests.factories.programs import let_in
from tests.factories.vouchers import make_envelope
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

    assert (answer.status_code, answer.json()["error"]) == (
        409,
        {
            "code": "item_named_twice",
            "message": f"{item} stands on two lines. Write it once, with its whole "
            "quantity.",
            "fields": [],
        },
    )
    stock.refresh_from_db()
    assert (Order.objects.count(), stock.reserved) == (0, 0)


def test_an_order_tells_all_that_a_change_of_it_sends_again(week: Week) -> None:
    """Two cases of 10,00 $ of the farm are 25,00 $; the envelope is to pay 20,00 $."""
    stock = make_stock(week)
    envelope = make_envelope(week.buyer, amount_cents=10_000)
    line = {"item_id": stock.offer.public_id, "quantity": 2}
    asked = {
        "tier": "juste_prix",
        "lines": [line],
        "envelope_id": envelope.public_id,
        "envelope_cents": 2_000,
    }
    where = {
        "cycle_id": week.cycle.public_id,
        "drop_point_id": week.drop_point.public_id,
    }
    buyer = let_in(week.buyer)

    placed = buyer.does("/orders", {**asked, **where})
    address = f"/orders/{placed['id']}"
    kept = buyer.does(f"{address}/change", {**asked, "version": 1})
    given_up = buyer.does(
        f"{address}/change", {"tier": "juste_prix", "lines": [line], "version": 2}
    )

    money = ("total_cents", "envelope_id", "envelope_cents", "envelope_part_cents")
    assert [[each[name] for name in money] for each in (placed, kept, given_up)] == [
        [2_500, envelope.public_id, 2_000, 2_000],
        [2_500, envelope.public_id, 2_000, 2_000],
        [2_500, None, None, 0],
    ]
    assert buyer.reads(address) == given_up
