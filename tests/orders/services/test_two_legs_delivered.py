"""Goods that pass through the hub: what happens to them on the way there and after."""

import pytest

from orders import selectors, services
from orders.core.errors import DeliveredAboveOrdered
from orders.models import OrderLine, Shipment, ShipmentLine
from tests.factories.crossing import Crossing, close, make_crossing
from tests.factories.week import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def crossing() -> Crossing:
    """The first group ordered 3 cases of the first farm and 1 of the second."""
    crossing = make_crossing()
    close(crossing)
    return crossing


def outbound(crossing: Crossing) -> Shipment:
    return Shipment.objects.get(
        leg="outbound", drop_point=crossing.orders[0].drop_point
    )


def inbound(crossing: Crossing, farm: int) -> Shipment:
    producer = crossing.stocks[farm].offer.variant.product.producer
    return Shipment.objects.get(leg="inbound", producer=producer)


def quantities(crossing: Crossing) -> list[int | None]:
    lines = OrderLine.objects.filter(order=crossing.orders[0]).order_by("pk")
    return list(lines.values_list("delivered", flat=True))


def note(shipment: Shipment, units: dict[int, int]) -> None:
    services.record_delivery(
        shipment_id=shipment.pk, quantities=units, by=None, now=NOW
    )


def test_a_unit_that_rides_twice_is_delivered_once(crossing):
    note(inbound(crossing, 0), {})
    note(inbound(crossing, 1), {})
    before = quantities(crossing)

    note(outbound(crossing), {})

    assert (before, quantities(crossing)) == ([None, None], [3, 1])


def test_what_came_short_to_the_dock_leaves_it_short(crossing):
    line = ShipmentLine.objects.get(
        shipment=inbound(crossing, 0), source__line__order=crossing.orders[0]
    )
    note(inbound(crossing, 0), {line.pk: 2})

    note(outbound(crossing), {})

    assert quantities(crossing) == [2, 1]


def test_a_farm_that_brings_its_goods_itself_is_delivered_all_the_same(crossing):
    services.decide_shipment(
        shipment=inbound(crossing, 0), decision="own_transport", by=None, now=NOW
    )

    note(outbound(crossing), {})

    assert quantities(crossing) == [3, 1]


def test_what_was_cancelled_before_the_dock_never_leaves_it(crossing):
    services.decide_shipment(
        shipment=inbound(crossing, 0), decision="cancelled", by=None, now=NOW
    )

    note(outbound(crossing), {})

    crossing.stocks[0].refresh_from_db()
    assert (quantities(crossing), crossing.stocks[0].reserved) == ([0, 1], 0)


def test_more_than_nothing_of_cancelled_goods_is_refused(crossing):
    services.decide_shipment(
        shipment=inbound(crossing, 0), decision="cancelled", by=None, now=NOW
    )
    row = outbound(crossing)
    line = row.lines.get(inbound__shipment=inbound(crossing, 0))

    with pytest.raises(DeliveredAboveOrdered):
        note(row, {line.pk: 1})

    assert quantities(crossing) == [None, None]


def test_an_outbound_of_which_nothing_comes_is_cancelled_with_it(crossing):
    for farm in (0, 1):
        services.decide_shipment(
            shipment=inbound(crossing, farm), decision="cancelled", by=None, now=NOW
        )

    row = outbound(crossing)
    crossing.orders[0].refresh_from_db()
    assert (row.status, row.decision) == ("cancelled", "cancelled")
    assert crossing.orders[0].settled_at == NOW


def reserved(crossing: Crossing) -> list[int]:
    for stock in crossing.stocks:
        stock.refresh_from_db()
    return [stock.reserved for stock in crossing.stocks]


def cancel(crossing: Crossing, number: int) -> Shipment:
    row = Shipment.objects.get(
        leg="outbound", drop_point=crossing.orders[number].drop_point
    )
    return services.decide_shipment(
        shipment=row, decision="cancelled", by=None, now=NOW
    )


def test_goods_called_off_at_the_dock_that_still_come_to_it_are_not_for_sale(crossing):
    cancel(crossing, 0)

    assert inbound(crossing, 0).status == "ready"
    assert reserved(crossing) == [12, 8, 14, 10]


def test_an_inbound_of_which_nothing_goes_on_stays_at_its_farm(crossing):
    # only these groups ordered of the first farm
    for number in (0, 3, 4, 5, 8):
        cancel(crossing, number)
    before = (inbound(crossing, 0).status, reserved(crossing)[0])

    cancel(crossing, 9)

    row = inbound(crossing, 0)
    assert before == ("ready", 12)
    assert (row.status, row.decision, reserved(crossing)) == (
        "cancelled",
        "cancelled",
        [0, 8, 14, 10],
    )


def test_what_reached_the_dock_is_not_given_back_to_its_farm(crossing):
    note(inbound(crossing, 0), {})

    for number in (0, 3, 4, 5, 8, 9):
        cancel(crossing, number)

    assert (inbound(crossing, 0).status, reserved(crossing)[0]) == ("delivered", 12)


def test_undoing_the_last_outbound_lets_its_inbound_run_again(crossing):
    for number in (0, 3, 4, 5, 8):
        cancel(crossing, number)
    last = cancel(crossing, 9)

    services.undo_decision(shipment=last, by=None, now=NOW)

    assert (inbound(crossing, 0).status, reserved(crossing)) == (
        "ready",
        [12, 8, 14, 10],
    )


def test_goods_called_off_before_the_dock_are_on_no_paper(crossing):
    services.decide_shipment(
        shipment=inbound(crossing, 0), decision="cancelled", by=None, now=NOW
    )

    of_stop = selectors.paper_lines_of([outbound(crossing).pk])
    to_pack = selectors.lines_to_pack(crossing.cycle)

    assert [line.units for line in of_stop] == [1]
    assert sum(line.units for line in to_pack) == 8 + 14 + 10


def test_an_order_that_is_over_stays_so_when_its_goods_are_noted_at_the_dock(crossing):
    # A phone that was out of reach tells the first leg after the second was billed.
    note(outbound(crossing), {})
    services.bill_day(
        hub=crossing.hub, service_on=crossing.cycle.service_on, by=None, now=NOW
    )

    note(inbound(crossing, 0), {})

    crossing.orders[0].refresh_from_db()
    assert crossing.orders[0].settled_at == NOW
