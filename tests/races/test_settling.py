"""A driven day settled by several people at once, on all pages at the same moment."""

import threading

import pytest

from hub.ledger import statements
from hub.ledger.audit import audit
from orders.models import Invoice
from routing.models import DaySettlement, FleetPool, RouteSettlement
from routing.services import settling
from tests.factories.settled import DrivenDay, bring_all, make_driven_day, settle
from tests.races.crowd import all_at_once

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
