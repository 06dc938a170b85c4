"""What arrives is noted once, never above what was sold, and short goods are shared."""

import pytest

from orders import services
from orders.core.errors import (
    AlreadyBilled,
    DeliveredAboveOrdered,
    NotOfThisShipment,
    ShipmentNotCarried,
)
from orders.models import Invoice, OrderLine, Shipment, ShipmentLine
from tests.factories.day import NOW, deliver, make_day, shipment_of
from tests.factories.week import make_stock, make_week, order

pytestmark = pytest.mark.django_db


def test_a_short_delivery_is_written_on_the_line_of_the_order():
    day = make_day(wants={"a": (5, 2)})

    deliver(day, "a", 0, units=3)

    lines = list(OrderLine.objects.order_by("pk").values_list("ordered", "delivered"))
    assert lines == [(5, 3), (2, None)]
    assert shipment_of(day, "a").status == Shipment.Status.DELIVERED


def test_a_line_that_is_not_named_arrived_whole():
    day = make_day(wants={"a": (5, 0)})

    services.record_delivery(
        shipment_id=shipment_of(day, "a").pk, quantities={}, by=None, now=NOW
    )

    assert OrderLine.objects.get().delivered == 5


def test_a_delivery_noted_again_replaces_what_was_noted():
    day = make_day(wants={"a": (5, 0)})
    deliver(day, "a", units=3)

    deliver(day, "a", units=4)

    assert OrderLine.objects.get().delivered == 4


def test_more_than_was_sold_is_refused_and_nothing_is_noted():
    day = make_day(wants={"a": (5, 0)})

    with pytest.raises(DeliveredAboveOrdered) as refusal:
        deliver(day, "a", units=6)

    assert (refusal.value.data["units"], refusal.value.data["most"]) == (6, 5)
    assert ShipmentLine.objects.get().delivered is None
    assert shipment_of(day, "a").status == Shipment.Status.READY


def test_goods_of_another_shipment_are_refused():
    day = make_day(wants={"a": (5, 0), "b": (1, 0)})
    other = ShipmentLine.objects.get(shipment=shipment_of(day, "b"))

    with pytest.raises(NotOfThisShipment):
        services.record_delivery(
            shipment_id=shipment_of(day, "a").pk,
            quantities={other.pk: 1},
            by=None,
            now=NOW,
        )

    assert ShipmentLine.objects.filter(delivered__isnull=False).count() == 0


def test_a_cancelled_shipment_is_not_delivered():
    day = make_day(wants={"a": (5, 0)})
    services.decide_shipment(
        shipment=shipment_of(day, "a"), decision="cancelled", by=None, now=NOW
    )

    with pytest.raises(ShipmentNotCarried):
        deliver(day, "a")

    assert OrderLine.objects.get().delivered is None


def test_a_short_total_is_shared_by_the_rule_of_the_close():
    week = make_week()
    row = make_stock(week)
    for key, units in (("one", 6), ("two", 2)):
        order(week, {row.offer.public_id: units}, key=key)
    services.close_cycle(cycle_id=week.cycle.pk, by=None, now=NOW)
    shipment = Shipment.objects.get()

    services.record_short_delivery(
        shipment_id=shipment.pk, units={row.pk: 4}, by=None, now=NOW, note="caisse"
    )

    # one each, then 6 and 2 in proportion: 3 and 1
    came = list(OrderLine.objects.order_by("pk").values_list("delivered", flat=True))
    assert came == [3, 1]


def test_a_short_total_above_what_was_sold_is_refused():
    week = make_week()
    row = make_stock(week)
    order(week, {row.offer.public_id: 6})
    services.close_cycle(cycle_id=week.cycle.pk, by=None, now=NOW)

    with pytest.raises(DeliveredAboveOrdered):
        services.record_short_delivery(
            shipment_id=Shipment.objects.get().pk, units={row.pk: 7}, by=None, now=NOW
        )

    assert OrderLine.objects.get().delivered is None


def shared_door(short: int = 6) -> tuple[Shipment, list[ShipmentLine]]:
    """Two orders for one door, settled: six cases or fewer of the first, none of the
    second."""
    week = make_week()
    row = make_stock(week)
    for key, units in (("one", 6), ("two", 2)):
        order(week, {row.offer.public_id: units}, key=key)
    services.close_cycle(cycle_id=week.cycle.pk, by=None, now=NOW)
    shipment = Shipment.objects.get()
    lines = list(shipment.lines.order_by("pk"))
    note(shipment, {lines[0].pk: short, lines[1].pk: 0})
    bill(shipment)
    return shipment, lines


def note(shipment: Shipment, quantities: dict[int, int]) -> None:
    services.record_delivery(
        shipment_id=shipment.pk, quantities=quantities, by=None, now=NOW
    )


def bill(shipment: Shipment) -> list[Invoice]:
    return services.bill_day(
        hub=shipment.cycle.hub, service_on=shipment.service_on, by=None, now=NOW
    )


def test_goods_that_came_after_all_are_billed_beside_those_of_another_order():
    shipment, _ = shared_door()
    note(shipment, {})

    found = bill(shipment)

    assert [invoice.buyer_cents for invoice in found] == [6 * 1_250, 2 * 1_250]


def test_what_another_order_was_billed_is_not_noted_anew():
    shipment, lines = shared_door()

    with pytest.raises(AlreadyBilled):
        note(shipment, {lines[0].pk: 5})

    noted = list(OrderLine.objects.order_by("pk").values_list("delivered", flat=True))
    assert noted == [6, 0]


def test_what_is_billed_short_stays_so_when_only_the_rest_is_noted():
    shipment, lines = shared_door(short=4)
    note(shipment, {lines[1].pk: 1})

    noted = list(OrderLine.objects.order_by("pk").values_list("delivered", flat=True))
    assert noted == [4, 1]


def test_goods_that_came_after_all_leave_the_invoice_that_brought_nothing_of_them():
    week = make_week()
    rows = [make_stock(week), make_stock(week)]
    order(week, {row.offer.public_id: 2 for row in rows})
    services.close_cycle(cycle_id=week.cycle.pk, by=None, now=NOW)
    shipment = Shipment.objects.get()
    first, second = shipment.lines.order_by("pk")
    note(shipment, {second.pk: 0})
    (invoice,) = bill(shipment)
    note(shipment, {})

    services.correct_invoice(
        invoice=invoice,
        quantities={first.source.line_id: 1},
        reason="gel",
        by=None,
        now=NOW,
        key="k2",
    )

    second.refresh_from_db()
    assert (second.delivered, second.billed, second.invoice) == (2, None, None)
