"""What programs are told of orders: hub and buyer all of it, a farm its own lines."""

from datetime import timedelta

import pytest

from hub.core.errors import CycleClosed
from hub.models import Place, WebhookEvent
from orders import services
from orders.models import Order
from tests.factories import hub as ground
from tests.factories.day import deliver, make_day, shipment_of
from tests.factories.webhooks import kinds_told, make_endpoint, told
from tests.factories.week import NOW, change, make_stock, make_week, order

pytestmark = pytest.mark.django_db


@pytest.fixture
def week():
    """A week whose hub, buyer and farm listen, and so do another buyer and farm."""
    week = make_week()
    other = ground.make_farm(hub=week.hub)
    ground.make_place(other, kind=Place.Kind.FARM, point=ground.FARM_POINT)
    for listener in (week.hub, week.buyer, week.farm, other):
        make_endpoint(listener)
    make_endpoint(ground.make_buyer(hub=week.hub))
    make_endpoint(ground.make_hub())
    return week


def other_farm(week):
    return week.hub.members.filter(kind="producer").exclude(pk=week.farm.pk).get()


def facts(week, placed, **own):
    return {
        "order_id": placed.public_id,
        "cycle_id": week.cycle.public_id,
        "hub_id": week.hub.public_id,
        "service_on": week.cycle.service_on.isoformat(),
        "version": placed.version,
        **own,
    }


def for_farm(week, placed, lines):
    unknown = dict.fromkeys(("buyer_id", "drop_point_id", "total_cents"))
    return facts(week, placed, lines=lines, **unknown)


def test_an_order_goes_to_its_hub_its_buyer_and_to_farms_by_their_own_lines(week):
    stock, others = make_stock(week), make_stock(week, farm=other_farm(week))

    placed = order(week, {stock.offer.public_id: 3, others.offer.public_id: 1})

    lines = [
        {"item_id": stock.offer.public_id, "quantity": 3},
        {"item_id": others.offer.public_id, "quantity": 1},
    ]
    whole = facts(
        week,
        placed,
        buyer_id=week.buyer.public_id,
        drop_point_id=week.drop_point.public_id,
        # 12.50 each: 10.00 × 1.15 + 10 kg × 0.10
        total_cents=4 * 1_250,
        lines=lines,
    )
    assert told(week.hub) == told(week.buyer) == [("order.placed", whole)]
    assert told(week.farm) == [("order.placed", for_farm(week, placed, lines[:1]))]
    assert told(other_farm(week)) == [
        ("order.placed", for_farm(week, placed, lines[1:]))
    ]
    assert WebhookEvent.objects.count() == 4


def test_a_farm_whose_lines_an_order_drops_hears_of_it(week):
    stock, others = make_stock(week), make_stock(week, farm=other_farm(week))
    placed = order(week, {stock.offer.public_id: 3})

    changed = services.change_order(
        order=placed,
        change=change(week, {others.offer.public_id: 2}),
        seen_version=placed.version,
        key="k-change",
    )

    lines = [{"item_id": others.offer.public_id, "quantity": 2}]
    assert told(week.farm)[1:] == [("order.changed", for_farm(week, changed, []))]
    assert told(other_farm(week)) == [("order.changed", for_farm(week, changed, lines))]
    assert kinds_told(week.buyer) == ["order.placed", "order.changed"]


def test_a_cancelled_order_has_no_line_left(week):
    stock = make_stock(week)
    placed = order(week, {stock.offer.public_id: 3})

    services.cancel_order(order=placed, key="k-cancel", by=week.person, now=NOW)

    placed.refresh_from_db()
    kind, data = told(week.hub)[-1]
    assert (kind, data["lines"], data["total_cents"]) == ("order.cancelled", [], 0)
    assert told(week.farm)[1:] == [("order.cancelled", for_farm(week, placed, []))]


def test_an_order_undone_at_the_gate_leaves_no_event(week):
    stock = make_stock(week)
    late = change(week, {stock.offer.public_id: 3})
    week.cycle.closes_at = NOW - timedelta(hours=1)
    week.cycle.save()

    with pytest.raises(CycleClosed):
        services.place_order(
            cycle=week.cycle,
            buyer=week.buyer,
            drop_point=week.drop_point,
            change=late,
            key="k-late",
        )

    assert (Order.objects.count(), WebhookEvent.objects.count()) == (0, 0)


def test_an_order_sent_twice_is_told_once(week):
    stock = make_stock(week)
    order(week, {stock.offer.public_id: 3}, key="twice")

    order(week, {stock.offer.public_id: 3}, key="twice")

    assert kinds_told(week.hub) == ["order.placed"]


def test_a_delivery_goes_to_each_by_its_own_lines():
    day = make_day(wants={"a": (4, 0), "b": (2, 3)})
    buyer = day.orders["b"].buyer
    for listener in (day.hub, day.orders["a"].buyer, buyer, *day.farms):
        make_endpoint(listener)

    shipment = deliver(day, "b", 1, 2)

    order_id, item = day.orders["b"].public_id, day.rows[1].offer.public_id
    line = {"order_id": order_id, "item_id": item, "shipped": 3, "delivered": 2}
    base = {
        "shipment_id": shipment.public_id,
        "cycle_id": day.week.cycle.public_id,
        "hub_id": day.hub.public_id,
        "farm_id": day.farms[1].public_id,
        "drop_point_id": shipment.drop_point.public_id,
        "service_on": shipment.service_on.isoformat(),
        "delivered_at": NOW.isoformat(),
    }
    whole = ("delivery.recorded", {**base, "shipped_lines": [line]})
    assert told(day.hub) == told(buyer) == [whole]
    assert told(day.farms[1]) == [
        ("delivery.recorded", {**base, "shipped_lines": [{**line, "order_id": None}]})
    ]
    assert (told(day.farms[0]), told(day.orders["a"].buyer)) == ([], [])


def test_a_delivery_noted_twice_is_told_once_and_taken_back_is_told():
    day = make_day(wants={"a": (4, 0)})
    make_endpoint(day.hub)
    deliver(day, "a")
    deliver(day, "a")

    services.forget_delivery(shipment_id=shipment_of(day, "a").pk)

    assert kinds_told(day.hub) == ["delivery.recorded", "delivery.forgotten"]
