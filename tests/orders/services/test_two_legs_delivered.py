"""Goods that pass through the hub: what happens to them on the way there and after."""

import pytest

from orders import services
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
