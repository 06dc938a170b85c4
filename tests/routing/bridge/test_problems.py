"""Rows into the planner's problem, by the stated rules."""

from datetime import date

import pytest

from hub.models import PlaceWindow
from orders.models import ShipmentAmount
from routing import bridge
from routing.bridge.problems import handling_duration_s, windows_on
from routing.core.problem import Amount, Window
from tests.factories.hub import make_farm, make_place
from tests.factories.routing import PlanDay, make_day, make_vehicle

pytestmark = pytest.mark.django_db

THURSDAY, FRIDAY = date(2026, 6, 18), date(2026, 6, 19)


@pytest.fixture
def day() -> PlanDay:
    return make_day(cases=4)


def problem_of(day: PlanDay):
    return bridge.problem_for(pool=day.pool, service_on=day.service_on).problem


def test_a_shipment_carries_its_amounts_its_handling_and_its_penalty(day):
    [shipment] = problem_of(day).shipments

    # four cases of 10 kg and 20 L at 10 $: 40 s at each end; 40 $ of goods and 250 $
    assert (
        shipment.amounts,
        shipment.load_duration_s,
        shipment.unload_duration_s,
        shipment.penalty_cents,
    ) == ((Amount("chilled", 40_000, 80_000),), 40, 40, 4_000 + 25_000)


def test_a_truck_carries_its_room_in_grams_and_millilitres(day):
    [vehicle] = problem_of(day).vehicles

    held = [
        (c.temperature_class, c.capacity_g, c.capacity_ml) for c in vehicle.compartments
    ]
    assert held == [("chilled", 1_000_000, 4_000_000)]


def test_a_started_kilogram_is_handled_whole():
    amounts = [Amount("chilled", 1_200, 0), Amount("frozen", 900, 0)]

    assert handling_duration_s(amounts) == 3  # 2.1 kg


@pytest.mark.parametrize(
    ("on", "windows"),
    [
        (THURSDAY, (Window(28_800, 36_000), Window(46_800, 50_400))),
        (FRIDAY, (Window(25_200, 61_200),)),
    ],
)
def test_the_hours_of_a_weekday_stand_instead_of_those_of_every_day(on, windows):
    place = make_place(make_farm(), window_s=(25_200, 61_200))
    for start_s, end_s in [(46_800, 50_400), (28_800, 36_000)]:
        PlaceWindow.objects.create(place=place, weekday=3, start_s=start_s, end_s=end_s)

    assert windows_on(place, on) == windows


def test_a_place_without_hours_is_open_all_day():
    assert windows_on(make_place(make_farm(), window_s=None), THURSDAY) == ()


def test_goods_delivered_where_they_are_loaded_need_no_truck(day):
    shipment = day.shipment
    second = type(shipment).objects.create(
        cycle=shipment.cycle,
        producer=shipment.producer,
        origin=shipment.origin,
        drop_point=shipment.origin,
        service_on=shipment.service_on,
    )
    ShipmentAmount.objects.create(
        shipment=second, temperature_class="chilled", mass_g=1_000, volume_ml=1_000
    )

    assert [row.id for row in problem_of(day).shipments] == [shipment.public_id]


def test_goods_ride_only_on_trucks_that_fit_at_both_doors(day):
    tall, low = day.vehicle, make_vehicle(day.pool, height_cm=250)
    type(tall).objects.filter(pk=tall.pk).update(height_cm=380)
    day.week.drop_point.max_height_cm = 300
    day.week.drop_point.save()

    [shipment] = problem_of(day).shipments

    assert shipment.only_vehicle_ids == (low.public_id,)


def test_when_no_truck_fits_none_is_named(day):
    day.week.drop_point.needs_tailgate = True
    day.week.drop_point.save()

    [shipment] = problem_of(day).shipments

    assert shipment.only_vehicle_ids == ()
