"""Goods that pass through the hub: one load from each farm, one to each drop point."""

from collections import Counter

import pytest
from django.db import IntegrityError, transaction

from hub.core.errors import HubWithoutDock
from hub.models import Cycle
from orders.models import LineSource, Shipment, ShipmentLine
from tests.factories.crossing import Crossing, close, make_crossing
from tests.factories.week import make_stock, make_week, order

pytestmark = pytest.mark.django_db


@pytest.fixture
def crossing() -> Crossing:
    return make_crossing()


def ways_of(cycle: Cycle, leg: str) -> list[tuple[int, int, int]]:
    found = Shipment.objects.filter(cycle=cycle, leg=leg).order_by("pk")
    return list(found.values_list("producer_id", "origin_id", "drop_point_id"))


def masses_kg(leg: str) -> dict[int, int]:
    """Kilograms by farm gate (inbound) or by door (outbound)."""
    masses: Counter[int] = Counter()
    for shipment in Shipment.objects.filter(leg=leg).prefetch_related("amounts"):
        end = shipment.origin_id if leg == "inbound" else shipment.drop_point_id
        masses[end] += sum(a.mass_g for a in shipment.amounts.all()) // 1_000
    return dict(masses)


def test_ten_orders_of_four_farms_ride_in_four_loads_and_ten(crossing):
    close(crossing)

    dock, doors = crossing.dock.pk, [o.drop_point_id for o in crossing.orders]
    farms = [stock.offer.variant.product.producer for stock in crossing.stocks]
    assert sorted(ways_of(crossing.cycle, "inbound")) == sorted(
        (farm.pk, farm.places.get().pk, dock) for farm in farms
    )
    assert sorted(ways_of(crossing.cycle, "outbound")) == sorted(
        (crossing.hub.pk, dock, door) for door in doors
    )
    assert ways_of(crossing.cycle, "direct") == []


def test_both_legs_weigh_what_was_ordered(crossing):
    close(crossing)

    gates = [
        stock.offer.variant.product.producer.places.get().pk
        for stock in crossing.stocks
    ]
    doors = [o.drop_point_id for o in crossing.orders]
    # Cases of 10 kg: 2 x (3 + 2 + 1) = 12 of the first farm, and so on.
    assert masses_kg("inbound") == dict(zip(gates, [120, 80, 140, 100], strict=True))
    assert masses_kg("outbound") == dict(
        zip(doors, [40, 40, 50, 50, 40, 40, 40, 50, 50, 40], strict=True)
    )


def test_each_outbound_line_knows_the_line_that_brings_its_goods(crossing):
    close(crossing)

    outbound = ShipmentLine.objects.filter(shipment__leg="outbound")
    known = [
        (line.inbound.source_id, line.inbound.quantity)
        for line in outbound.select_related("inbound").order_by("source_id")
        if line.inbound
    ]
    given = LineSource.objects.filter(allocated__gt=0).order_by("pk")
    assert known == list(given.values_list("pk", "allocated"))


def test_goods_leave_their_farm_once_even_by_hand(crossing):
    close(crossing)
    line = ShipmentLine.objects.filter(shipment__leg="inbound")[0]

    with pytest.raises(IntegrityError), transaction.atomic():
        ShipmentLine.objects.create(
            shipment=line.shipment, source=line.source, quantity=line.quantity
        )

    assert ShipmentLine.objects.filter(source=line.source).count() == 2


def test_a_hub_whose_dock_is_gone_closes_nothing(crossing):
    crossing.dock.is_active = False
    crossing.dock.save()

    with pytest.raises(HubWithoutDock):
        close(crossing)

    crossing.cycle.refresh_from_db()
    assert (crossing.cycle.status, Shipment.objects.count()) == ("closing", 0)


def test_the_straight_way_is_one_load_for_each_farm_and_door():
    week = make_week()
    stock = make_stock(week)
    order(week, {stock.offer.public_id: 2})

    close(Crossing(week=week, dock=week.drop_point, stocks=[stock]))

    shipment = Shipment.objects.get()
    assert (shipment.leg, shipment.producer, shipment.drop_point) == (
        "direct",
        week.farm,
        week.drop_point,
    )
