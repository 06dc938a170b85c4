"""A default order beside several presses of the close, at once."""

import itertools
from datetime import timedelta
from functools import partial

import pytest

from hub.services import cycle_gate
from orders import selectors, services
from orders.models import DefaultOrder, Order
from orders.services import default_orders
from orders.services.placing import place_order
from tests.factories import hub as ground
from tests.factories.week import NOW, make_stock, make_week, order
from tests.races.crowd import all_at_once

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def cycle():
    """A cycle in which the week's buyer forgets to order what it agreed to."""
    week = make_week()
    stock = make_stock(week)
    placed = order(week, {stock.offer.public_id: 4})
    services.agree_to_default(order=placed, by=week.person, now=NOW)
    services.close_cycle(cycle_id=week.cycle.pk, by=None, now=NOW)
    return ground.make_cycle(
        week.hub,
        service_on=week.cycle.service_on,
        opens_at=NOW - timedelta(days=1),
        closes_at=NOW + timedelta(hours=6),
    )


def closer(cycle):
    return lambda: bool(services.close_cycle(cycle_id=cycle.pk, by=None, now=NOW))


def test_a_close_pressed_many_times_at_once_places_a_default_once(cycle):
    answers = all_at_once([closer(cycle)] * 6)

    assert answers == [True] * 6
    assert Order.objects.filter(cycle=cycle).count() == 1


def test_without_looking_again_under_lock_every_press_orders(
    cycle, monkeypatch: pytest.MonkeyPatch
):
    """The negative control: it is the second look, and the key, that keep it at one."""
    numbers = itertools.count()

    def place_under_a_new_key(*, key: str, **asked):
        return place_order(key=f"{key}:{next(numbers)}", **asked)

    everybody = DefaultOrder.objects.order_by("pk")
    monkeypatch.setattr(default_orders, "place_order", place_under_a_new_key)
    monkeypatch.setattr(selectors, "defaults_due", lambda _cycle: everybody.all())

    shut = cycle_gate.shut_gate(cycle_id=cycle.pk)
    place = partial(default_orders.place_due, cycle=shut, now=NOW)
    all_at_once([place] * 2)

    assert Order.objects.filter(cycle=cycle).count() == 2
