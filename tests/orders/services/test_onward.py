"""What leaves the hub's dock follows what comes to it, when that comes another day."""

from datetime import timedelta

import pytest

from hub.models import Notice
from orders import selectors, services
from orders.core.errors import DayNotLater, GoodsComeLater
from orders.models import Shipment
from tests.factories.crossing import Crossing, close, make_crossing
from tests.factories.hub import make_group_buyer
from tests.factories.week import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def crossing() -> Crossing:
    """Group 1 ordered 3 cases of farm 1 and 1 of farm 2, at 10 kg and 10 $ each."""
    crossing = make_crossing()
    close(crossing)
    return crossing


def inbound(crossing: Crossing, farm: int) -> Shipment:
    producer = crossing.stocks[farm].offer.variant.product.producer
    return Shipment.objects.get(leg="inbound", producer=producer)


def outbound(crossing: Crossing, group: int) -> Shipment:
    return Shipment.objects.get(
        leg="outbound", part_of=None, drop_point=crossing.orders[group].drop_point
    )


def move(crossing: Crossing, row: Shipment, days: int = 1) -> Shipment:
    return services.decide_shipment(
        shipment=row,
        decision="another_day",
        on=crossing.cycle.service_on + timedelta(days=days),
        by=None,
        now=NOW,
    )


def undo(row: Shipment) -> Shipment:
    return services.undo_decision(shipment=row, by=None, now=NOW)


def loads(crossing: Crossing, group: int) -> list[tuple[int, int, int, int]]:
    """What leaves for a group: (days after the cycle, cases, kilograms, dollars)."""
    rows = Shipment.objects.filter(
        leg="outbound", drop_point=crossing.orders[group].drop_point
    )
    return [
        (
            (row.service_on - crossing.cycle.service_on).days,
            sum(line.quantity for line in row.lines.all()),
            sum(amount.mass_g for amount in row.amounts.all()) // 1_000,
            row.goods_cents // 100,
        )
        for row in rows.order_by("service_on", "pk")
    ]


def test_what_comes_another_day_leaves_then_and_the_rest_as_planned(crossing):
    before = loads(crossing, 0)

    move(crossing, inbound(crossing, 0))

    assert before == [(0, 4, 40, 40)]
    assert loads(crossing, 0) == [(0, 1, 10, 10), (1, 3, 30, 30)]


def test_a_shipment_that_all_waits_is_moved_as_it_is(crossing):
    row = outbound(crossing, 0)

    for farm in (0, 1):
        move(crossing, inbound(crossing, farm))

    row.refresh_from_db()
    assert loads(crossing, 0) == [(1, 1, 10, 10), (1, 3, 30, 30)]
    assert (row.decision, row.first_service_on) == (
        "another_day",
        crossing.cycle.service_on,
    )


def test_what_leaves_later_already_is_left_alone(crossing):
    row = move(crossing, outbound(crossing, 0), 3)

    move(crossing, inbound(crossing, 0))

    assert loads(crossing, 0) == [(3, 4, 40, 40)]
    assert row.num_decisions == Shipment.objects.get(pk=row.pk).num_decisions


def test_what_is_moved_again_takes_its_part_along(crossing):
    move(crossing, inbound(crossing, 0))

    move(crossing, inbound(crossing, 0), 2)

    assert loads(crossing, 0) == [(0, 1, 10, 10), (2, 3, 30, 30)]


def test_the_day_undone_brings_back_what_followed(crossing):
    move(crossing, inbound(crossing, 0), 1)
    move(crossing, inbound(crossing, 0), 2)

    undo(inbound(crossing, 0))

    assert loads(crossing, 0) == [(0, 1, 10, 10), (0, 3, 30, 30)]
    decided = Shipment.objects.exclude(decision="").count()
    assert decided == 0


def test_goods_do_not_leave_the_dock_before_they_come_to_it(crossing):
    row = move(crossing, outbound(crossing, 0), 3)
    move(crossing, inbound(crossing, 0), 2)

    with pytest.raises(GoodsComeLater) as refused:
        undo(row)

    on = crossing.cycle.service_on
    row.refresh_from_db()
    farm = crossing.stocks[0].offer.variant.product.producer
    assert refused.value.data == {"farm": farm.name, "on": on + timedelta(days=2)}
    assert row.service_on == on + timedelta(days=3)


def test_the_rest_may_follow_to_the_day_where_its_part_waits(crossing):
    move(crossing, inbound(crossing, 0))

    move(crossing, outbound(crossing, 0))

    assert loads(crossing, 0) == [(1, 1, 10, 10), (1, 3, 30, 30)]


def test_a_refused_day_moves_nothing(crossing):
    with pytest.raises(DayNotLater):
        move(crossing, inbound(crossing, 0), 0)

    assert loads(crossing, 0) == [(0, 4, 40, 40)]


def test_a_delivered_shipment_is_not_taken_apart(crossing):
    services.record_delivery(
        shipment_id=outbound(crossing, 0).pk, quantities={}, by=None, now=NOW
    )

    move(crossing, inbound(crossing, 0))

    assert loads(crossing, 0) == [(0, 4, 40, 40)]


def test_the_part_is_delivered_and_billed_on_its_day(crossing):
    move(crossing, inbound(crossing, 0))
    on = crossing.cycle.service_on
    for row in Shipment.objects.filter(
        leg="outbound", drop_point=crossing.orders[0].drop_point
    ):
        services.record_delivery(shipment_id=row.pk, quantities={}, by=None, now=NOW)

    days = [on, on + timedelta(days=1)]
    to_bill = [
        selectors.orders_to_bill(hub_ids=[crossing.hub.pk], on=day) for day in days
    ]

    assert to_bill == [[crossing.orders[0].pk]] * 2


def test_what_is_called_off_before_the_dock_weighs_no_more_behind_it(crossing):
    services.decide_shipment(
        shipment=inbound(crossing, 0), decision="cancelled", by=None, now=NOW
    )
    called_off = loads(crossing, 0)

    undo(inbound(crossing, 0))

    assert called_off == [(0, 4, 10, 10)]
    assert loads(crossing, 0) == [(0, 4, 40, 40)]


def test_buyers_are_told_once_of_what_is_moved_for_them(crossing):
    Notice.objects.all().delete()
    for bought in crossing.orders:
        make_group_buyer(bought.buyer)

    move(crossing, inbound(crossing, 0))
    move(crossing, inbound(crossing, 0))

    told = Notice.objects.filter(kind="shipment_decided")
    buyers = {order.buyer_id for order in crossing.orders}
    fed = {crossing.orders[n].buyer_id for n in (0, 3, 4, 5, 8, 9)}
    to_buyers = told.filter(organization__in=buyers)
    assert sorted(to_buyers.values_list("organization", flat=True)) == sorted(fed)


def test_the_page_of_a_decision_knows_where_the_goods_go_on(crossing):
    row = inbound(crossing, 0)
    before = [out.is_part for out in selectors.onward_of([row.pk])[row.pk]]

    move(crossing, row)

    # Groups 1, 4, 5, 6, 9 and 10 ordered of the first farm, all with other goods.
    after = selectors.onward_of([row.pk])[row.pk]
    on = crossing.cycle.service_on + timedelta(days=1)
    assert before == [False] * 6
    assert [(out.service_on, out.is_part) for out in after] == [(on, True)] * 6


def test_what_came_short_to_the_dock_is_known_by_what_leaves_it(crossing):
    row, leaving = inbound(crossing, 0), outbound(crossing, 0)
    line = row.lines.get(source__line__order=crossing.orders[0])
    services.record_delivery(
        shipment_id=row.pk, quantities={line.pk: 2}, by=None, now=NOW
    )

    fed = Shipment.objects.filter(leg="outbound").values_list("pk", flat=True)
    found = selectors.short_at_dock(list(fed))

    farm = crossing.stocks[0].offer.variant.product.producer
    assert {pk: [(s.units, s.farm) for s in short] for pk, short in found.items()} == {
        leaving.pk: [(1, farm.name)]
    }
