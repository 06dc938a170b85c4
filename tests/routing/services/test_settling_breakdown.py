"""A day that went on after a breakdown is settled as it was really driven."""

import pytest
from django.db.models import Sum

from hub.ledger.audit import audit
from hub.models import IndicatorFact
from orders.models import Shipment
from routing import services
from routing.core import formats
from routing.core.rounds import rounds_alone
from routing.core.visits import World
from routing.models import CostShare, DaySettlement, RouteSettlement, StopAction
from tests.factories.road import Road, make_road

pytestmark = pytest.mark.django_db


@pytest.fixture
def road() -> Road:
    return make_road()


def drive_on(road: Road) -> None:
    """Truck 2 drives everything that is left, in the order of the plan."""
    for stop in range(road.route(1).stops.count()):
        road.tap(1, stop)


def broken(road: Road, *, num_done: int = 3) -> None:
    for stop in range(num_done):
        road.tap(0, stop)
    road.approve(road.proposed())
    road.plan.refresh_from_db()


def settle(road: Road) -> DaySettlement:
    return services.settle_day(
        pool=road.plan.pool,
        service_on=road.plan.service_on,
        by=None,
        now=road.at("18:00"),
    )


def test_both_trucks_are_paid_for_what_they_drove(road):
    broken(road)
    drive_on(road)

    settlement = settle(road)

    paid = RouteSettlement.objects.order_by("pk")
    first, second = road.route(0), road.route(1)
    assert [(row.cost_cents, row.distance_m) for row in paid] == [
        (first.cost_cents, first.distance_m),
        (second.cost_cents, second.distance_m),
    ]
    assert settlement.cost_cents == road.plan.cost_cents
    part = settlement.hubs.get()
    shares = CostShare.objects.aggregate(cents=Sum("share_cents"))["cents"]
    assert shares + part.remainder_cents == settlement.cost_cents
    assert audit().is_clean


def test_goods_that_changed_trucks_pay_for_both_and_are_credited_once(road):
    broken(road)
    drive_on(road)

    settle(road)

    shipments = list(Shipment.objects.order_by("pk"))
    assert {row.status for row in shipments} == {"delivered"}
    trucks = [CostShare.objects.filter(shipment=row).count() for row in shipments]
    # doors 0 and 1 by truck 1, doors 2 to 6 by both, door 7 by truck 2
    assert sorted(trucks) == [1, 1, 1, 2, 2, 2, 2, 2]
    for row in shipments:
        shares = CostShare.objects.filter(shipment=row)
        # two cases, 1 $ of transport each
        assert sum(share.credited_cents for share in shares) == 200
        (alone,) = {share.alone_cents for share in shares}
        assert sum(share.share_cents for share in shares) <= alone


def test_the_baseline_is_the_one_of_a_day_without_a_breakdown(road):
    whole = World(*formats.read_problem(road.plan.problem))
    broken(road)
    drive_on(road)

    settle(road)

    came = StopAction.objects.filter(stop__route__plan=road.plan, kind="unload")
    by_delivery = came.order_by("stop__route__number", "stop__sequence", "pk")
    names = by_delivery.values_list("shipment__public_id", flat=True)
    (alone,) = rounds_alone(whole, list(names))
    facts = dict(IndicatorFact.objects.values_list("measure", "value"))
    assert facts["distance_alone"] == alone.distance_m
    assert facts["transport_alone"] == alone.cost_cents
    assert facts["shipments_delivered"] == 8
