"""A driven day settled by several people at once, on all pages at the same moment."""

import threading

import pytest
from django.db import transaction

from hub.ledger import statements
from hub.ledger.audit import audit
from orders import services as order_services
from orders.models import Invoice
from orders.services.locks import lock_orders
from routing.models import DaySettlement, FleetPool, RouteSettlement
from routing.services import settling
from tests.factories.day import make_day
from tests.factories.settled import (
    DrivenDay,
    bring_all,
    drive_out,
    make_driven_day,
    settle,
)
from tests.factories.week import make_week
from tests.races.crowd import all_at_once, wait_until_somebody_waits

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def driven() -> DrivenDay:
    driven = make_driven_day(wants={"a": (2, 0)})
    bring_all(driven)
    return driven


def settler(driven: DrivenDay):
    return lambda: settle(driven).pk


def test_a_day_settled_by_two_people_at_once_is_settled_once(driven) -> None:
    answers = all_at_once([settler(driven)] * 2)

    settlement = DaySettlement.objects.get()
    assert answers == [settlement.pk] * 2
    assert (Invoice.objects.count(), RouteSettlement.objects.count()) == (1, 1)
    paid = statements.balance_cents(f"carrier:{driven.carrier.public_id}")
    assert paid == settlement.cost_cents == driven.plan.cost_cents
    assert audit().is_clean


def test_without_the_lock_the_table_stops_the_second_one(driven, monkeypatch) -> None:
    """The control: both find no settlement, when nobody waits for the pool's row."""
    have_looked = threading.Barrier(2)

    def unlocked(*args, **kwargs):
        return _Pools()

    def looked(_pool, _service_on):
        have_looked.wait(60)
        return driven.plan

    monkeypatch.setattr(FleetPool.objects, "select_for_update", unlocked)
    monkeypatch.setattr(settling, "_driven_plan", looked)

    answers = all_at_once([settler(driven)] * 2)

    assert answers.count("stopped by the table") == 1
    assert DaySettlement.objects.count() == 1
    assert audit().is_clean


class _Pools:
    """What the query without its lock would have answered."""

    def get(self, pk: int) -> FleetPool:
        return FleetPool.objects.filter(pk=pk)[0]


@pytest.fixture
def crossed() -> tuple[DrivenDay, list[int]]:
    """A truck of two hubs, the second of which ordered first; its orders by id."""
    first, second = make_week(), make_week()
    later = make_day(wants={"b": (2, 0)}, week=second)
    days = [make_day(wants={"a": (2, 0)}, week=first), later]
    driven = drive_out(days)
    bring_all(driven)
    return driven, [later.orders["b"].pk, days[0].orders["a"].pk]


def settled_beside_a_driver(crossed: tuple[DrivenDay, list[int]]) -> list[object]:
    """Settle while somebody locks the orders of the truck one by one, as taps do."""
    driven, order_ids = crossed
    is_held = threading.Event()

    def tell() -> str:
        with transaction.atomic():
            lock_orders(order_ids[:1])
            is_held.set()
            wait_until_somebody_waits()
            lock_orders(order_ids[1:])
        return "told"

    def settle_beside() -> int:
        assert is_held.wait(60)
        return settle(driven).cost_cents

    return all_at_once([tell, settle_beside])


def test_orders_of_two_hubs_are_locked_as_a_driver_locks_them(crossed) -> None:
    driven, _ = crossed

    assert settled_beside_a_driver(crossed) == ["told", driven.plan.cost_cents]
    assert audit().is_clean


def test_hub_by_hub_the_two_wait_for_each_other(crossed, monkeypatch) -> None:
    """The control: the first hub's order is younger than the second hub's."""

    def hub_by_hub(*, hubs, beside, **asked) -> None:
        del beside
        for hub in sorted(hubs, key=lambda hub: hub.pk):
            order_services.bill_day(hub=hub, **asked)

    monkeypatch.setattr(order_services, "bill_hubs", hub_by_hub)

    answers = settled_beside_a_driver(crossed)

    assert answers.count("deadlock") == 1
    assert audit().is_clean
