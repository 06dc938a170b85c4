"""A truck that carried nobody's goods is paid for what it drove, and only for that."""

import pytest

from hub.ledger import statements
from hub.ledger.audit import audit
from hub.models import IndicatorFact
from orders import services as order_services
from routing.models import CostShare, RouteSettlement, Stop, StopAction, StopRecord
from tests.factories.settled import NOW, DrivenDay, make_driven_day, settle

pytestmark = pytest.mark.django_db


def make_cancelled_day(*, num_hubs: int = 1) -> DrivenDay:
    """A truck was sent out; then everything it was to carry was cancelled."""
    driven = make_driven_day(wants={"a": (4, 0)}, num_hubs=num_hubs)
    for shipment in driven.shipments:
        order_services.decide_shipment(
            shipment=shipment, decision="cancelled", by=None, now=NOW
        )
    return driven


def go_to(stop: Stop) -> None:
    """The driver's page says that the truck was there."""
    StopRecord.objects.create(stop=stop, status="arrived", arrived_at=NOW)


def first_stop() -> Stop:
    return Stop.objects.order_by("sequence").first() or pytest.fail("no stop")


def paid(driven: DrivenDay) -> int:
    return statements.balance_cents(f"carrier:{driven.carrier.public_id}")


def test_a_truck_of_which_nobody_told_anything_did_not_leave():
    driven = make_cancelled_day()

    settlement = settle(driven)

    assert (settlement.cost_cents, paid(driven)) == (0, 0)
    assert not RouteSettlement.objects.exists()
    assert not settlement.hubs.exists()


def test_a_truck_that_went_for_cancelled_goods_is_paid_and_the_hub_bears_it():
    driven = make_cancelled_day()
    go_to(first_stop())

    settlement = settle(driven)

    row, part = RouteSettlement.objects.get(), settlement.hubs.get()
    # the truck of the day is 50 $, and there is a way to the farm and back
    assert row.cost_cents > 5_000
    assert paid(driven) == row.cost_cents == part.remainder_cents
    assert (part.shares_cents, CostShare.objects.get().share_cents) == (0, 0)
    assert audit().is_clean


def test_a_truck_whose_plan_was_emptied_is_paid_for_the_way_it_made():
    driven = make_cancelled_day(num_hubs=2)
    stop = first_stop()
    go_to(stop)
    StopAction.objects.all().delete()
    Stop.objects.filter(pk=stop.pk).update(sequence=Stop.CUT_FROM)

    settlement = settle(driven)

    row = RouteSettlement.objects.get()
    parts = [part.remainder_cents for part in settlement.hubs.order_by("hub_id")]
    half = row.cost_cents // 2
    assert paid(driven) == row.cost_cents == sum(parts)
    assert parts == [row.cost_cents - half, half]
    assert not CostShare.objects.exists()
    metres = IndicatorFact.objects.filter(measure="distance_driven")
    assert sum(fact.value for fact in metres) == row.distance_m > 0
    assert audit().is_clean


def test_an_emptied_truck_is_borne_by_the_hubs_whose_goods_it_was_sent_for():
    driven = make_cancelled_day(num_hubs=2)
    stop = first_stop()
    go_to(stop)
    theirs = driven.others[0].hub
    StopAction.objects.exclude(shipment__cycle__hub=theirs).delete()
    stop.actions.all().delete()
    Stop.objects.filter(pk=stop.pk).update(sequence=Stop.CUT_FROM)

    settlement = settle(driven)

    part = settlement.hubs.get()
    assert (part.hub, part.remainder_cents) == (theirs, paid(driven))
