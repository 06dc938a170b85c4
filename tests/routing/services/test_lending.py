"""A truck lent by the day: whose it is, at what price, and never twice."""

from datetime import timedelta

import pytest

from routing import bridge, services
from routing.core.errors import (
    AlreadyLent,
    LoanCancelled,
    NoDayToLend,
    PoolHasTruck,
    TruckNotFree,
    TruckOnTheRoad,
)
from routing.models import LoanHour, Vehicle, VehicleLoan
from routing.services import LoanTerms
from tests.factories.routing import make_day, make_plan, make_pool, make_vehicle
from tests.factories.week import NOW

pytestmark = pytest.mark.django_db

HOUR = 3_600
MORNING = LoanTerms(
    shift_start_s=6 * HOUR,
    shift_end_s=12 * HOUR,
    fixed_cents=7_000,
    per_km_cents=90,
    per_hour_cents=2_500,
)
AFTERNOON = LoanTerms(shift_start_s=12 * HOUR, shift_end_s=18 * HOUR)


def offer(vehicle, pool, *, terms=MORNING, on=None) -> VehicleLoan:
    [loan] = services.offer_vehicle(
        vehicle=vehicle,
        pool=pool,
        days=[on or NOW.date()],
        terms=terms,
        by=None,
        now=NOW,
    )
    return loan


def confirm(loan: VehicleLoan) -> VehicleLoan:
    return services.confirm_loan(loan=loan, by=None, now=NOW)


def lent(vehicle, pool, **how) -> VehicleLoan:
    return confirm(offer(vehicle, pool, **how))


def keep(vehicle, on):
    return services.keep_vehicle(
        vehicle=vehicle, days=[on], terms=MORNING, by=None, now=NOW
    )


def trucks_of(day) -> list[tuple[str, int, int, int, int, int]]:
    """Name, hours and tariff of the trucks that the planner is given."""
    problem = bridge.problem_for(pool=day.pool, service_on=day.service_on).problem
    return [
        (
            truck.name,
            truck.shift_start_s // HOUR,
            truck.shift_end_s // HOUR,
            truck.fixed_cents,
            truck.per_km_cents,
            truck.per_hour_cents,
        )
        for truck in problem.vehicles
    ]


def test_a_confirmed_loan_brings_the_truck_at_its_own_hours_and_price():
    day = make_day(name="A")
    guest = make_vehicle(make_pool(), name="B")

    lent(guest, day.pool, on=day.service_on)

    assert trucks_of(day) == [
        ("A", 6, 17, 5_000, 100, 3_000),
        ("B", 6, 12, 7_000, 90, 2_500),
    ]


def test_an_offer_alone_brings_no_truck():
    day = make_day(name="A")

    offer(make_vehicle(make_pool(), name="B"), day.pool, on=day.service_on)

    assert trucks_of(day) == [("A", 6, 17, 5_000, 100, 3_000)]


def test_a_truck_lent_elsewhere_is_not_in_its_pool_that_day():
    day = make_day(name="A")
    spare = make_vehicle(day.pool, name="B")

    lent(day.vehicle, make_pool(), on=day.service_on)

    assert [name for name, *_ in trucks_of(day)] == [spare.name]


def test_a_truck_lent_outside_its_shift_stays_in_its_pool():
    day = make_day(name="A")
    evening = LoanTerms(shift_start_s=17 * HOUR, shift_end_s=22 * HOUR)

    lent(day.vehicle, make_pool(), terms=evening, on=day.service_on)

    assert [name for name, *_ in trucks_of(day)] == ["A"]


def test_a_truck_kept_by_its_owner_is_not_in_its_pool_that_day():
    day = make_day(name="A")
    make_vehicle(day.pool, name="B")

    keep(day.vehicle, day.service_on)

    assert [name for name, *_ in trucks_of(day)] == ["B"]


def test_the_same_hours_are_confirmed_once():
    vehicle = make_vehicle()
    first, second = offer(vehicle, make_pool()), offer(vehicle, make_pool())
    confirm(first)

    with pytest.raises(AlreadyLent):
        confirm(second)

    second.refresh_from_db()
    assert (second.status, LoanHour.objects.count()) == ("offered", 6)


def test_the_morning_and_the_afternoon_go_to_two_pools():
    vehicle = make_vehicle()

    lent(vehicle, make_pool())
    lent(vehicle, make_pool(), terms=AFTERNOON)

    assert sorted(LoanHour.objects.values_list("hour", flat=True)) == [*range(6, 18)]


def test_hours_called_off_can_be_lent_again():
    vehicle = make_vehicle()
    first, second = offer(vehicle, make_pool()), offer(vehicle, make_pool())
    confirm(first)

    services.cancel_loan(loan=first, by=None, now=NOW)
    confirm(second)

    assert set(LoanHour.objects.values_list("loan_id", flat=True)) == {second.pk}


def test_confirming_and_calling_off_twice_are_once():
    loan = offer(make_vehicle(), make_pool())

    confirm(loan)
    again = confirm(loan)
    for _ in range(2):
        services.cancel_loan(loan=loan, by=None, now=NOW)

    assert (again.status, LoanHour.objects.count()) == ("confirmed", 0)


def test_what_was_called_off_cannot_be_confirmed():
    loan = offer(make_vehicle(), make_pool())
    services.cancel_loan(loan=loan, by=None, now=NOW)

    with pytest.raises(LoanCancelled):
        confirm(loan)


def test_the_same_offer_twice_is_one_and_past_days_are_left_out():
    vehicle, pool = make_vehicle(), make_pool()
    days = [NOW.date() + timedelta(days=number) for number in (-1, 0, 1)]

    for _ in range(2):
        services.offer_vehicle(
            vehicle=vehicle, pool=pool, days=days, terms=MORNING, by=None, now=NOW
        )

    offered = VehicleLoan.objects.values_list("service_on", flat=True)
    assert list(offered) == days[1:]


def test_days_that_are_all_past_are_refused():
    with pytest.raises(NoDayToLend):
        offer(make_vehicle(), make_pool(), on=NOW.date() - timedelta(days=1))


def test_a_pool_is_not_offered_its_own_truck():
    vehicle = make_vehicle()

    with pytest.raises(PoolHasTruck):
        offer(vehicle, vehicle.pool)

    assert VehicleLoan.objects.count() == 0


def test_a_truck_on_a_published_route_cannot_be_lent_or_kept():
    day = make_day()
    plan = make_plan(day)
    services.publish_plan(plan=plan, by=None, now=NOW)
    loan = offer(day.vehicle, make_pool(), on=day.service_on)

    with pytest.raises(TruckOnTheRoad):
        confirm(loan)
    with pytest.raises(TruckOnTheRoad):
        keep(day.vehicle, day.service_on)

    assert LoanHour.objects.count() == 0


def test_a_plan_whose_truck_was_lent_meanwhile_is_not_published():
    day = make_day()
    plan = make_plan(day)
    lent(day.vehicle, make_pool(), on=day.service_on)

    with pytest.raises(TruckNotFree):
        services.publish_plan(plan=plan, by=None, now=NOW)

    plan.refresh_from_db()
    assert plan.status == "proposed"


def test_a_lent_truck_that_drives_cannot_be_called_off():
    day = make_day()
    Vehicle.objects.update(is_active=False)
    guest = make_vehicle(make_pool())
    loan = lent(guest, day.pool, on=day.service_on)
    services.publish_plan(plan=make_plan(day), by=None, now=NOW)

    with pytest.raises(TruckOnTheRoad):
        services.cancel_loan(loan=loan, by=None, now=NOW)

    loan.refresh_from_db()
    assert loan.status == "confirmed"
