"""Pools and trucks on their pages, and what drivers see."""

from collections.abc import Callable

import pytest
import time_machine
from django.test import Client

from hub.models import Person
from routing import services
from routing.models import FleetPool, Vehicle
from tests.factories.hub import make_driver
from tests.factories.routing import make_plan, make_vehicle
from tests.factories.week import NOW
from tests.routing.views.conftest import Cast
from tests.routing.views.test_days import words

pytestmark = pytest.mark.django_db
Enter = Callable[[Person], Client]


def truck_page(vehicle: Vehicle) -> str:
    return f"/routing/trucks/vehicles/{vehicle.public_id}/"


def typed(vehicle: Vehicle, **changes: object) -> dict[str, object]:
    """What the form of a truck sends."""
    return {
        "name": "Frigo",
        "plate": "L12 345",
        "owner": vehicle.owner.public_id,
        "home": vehicle.home.public_id,
        "shift_start": "05:30",
        "shift_end": "15:00",
        "fixed": "60",
        "per_km": "1,15",
        "per_hour": "32.50",
        "is_active": "on",
        "frozen_kg": "200",
        "frozen_l": "900",
        **changes,
    }


def facts_of(vehicle: Vehicle) -> tuple[object, ...]:
    vehicle.refresh_from_db()
    holds = vehicle.compartments.values_list(
        "temperature_class", "capacity_kg", "capacity_l"
    )
    return (
        vehicle.name,
        vehicle.shift_start_s,
        vehicle.shift_end_s,
        vehicle.fixed_cents,
        vehicle.per_km_cents,
        vehicle.per_hour_cents,
        list(holds),
    )


FACTS = ("Frigo", 19_800, 54_000, 6_000, 115, 3_250, [("frozen", 200, 900)])


def test_a_coordinator_corrects_a_truck_with_a_decimal_comma(cast: Cast, enter: Enter):
    vehicle = cast.day.vehicle

    answer = enter(cast.ana).post(truck_page(vehicle), typed(vehicle))

    assert (answer.status_code, facts_of(vehicle)) == (302, FACTS)


def test_a_driver_corrects_the_truck_of_the_lender(cast: Cast, enter: Enter):
    vehicle = cast.day.vehicle

    answer = enter(cast.dan).post(truck_page(vehicle), typed(vehicle))

    assert (answer.headers["Location"], facts_of(vehicle)) == ("/routing/mine/", FACTS)


def test_a_driver_cannot_give_the_truck_to_another_lender(cast: Cast, enter: Enter):
    vehicle = cast.day.vehicle
    other = make_vehicle(cast.day.pool)

    answer = enter(cast.dan).post(
        truck_page(vehicle), typed(vehicle, owner=other.owner.public_id)
    )

    vehicle.refresh_from_db()
    assert (answer.status_code, vehicle.owner == other.owner) == (422, False)


def test_a_truck_of_somebody_else_does_not_exist(cast: Cast, enter: Enter):
    vehicle = cast.day.vehicle
    stranger = make_driver(make_vehicle().owner)

    asked = [enter(person).get(truck_page(vehicle)) for person in (cast.zoe, stranger)]

    assert [answer.status_code for answer in asked] == [404, 404]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"frozen_kg": "", "frozen_l": ""}, "has no compartment"),
        ({"frozen_l": ""}, "Give both kilograms and litres, or neither."),
        ({"frozen_kg": "-5"}, "greater than or equal to 0"),
        ({"shift_end": "05:00"}, "The shift must end after it begins."),
        ({"per_km": "1.234,5x"}, "is not an amount"),
        ({"per_km": "-1"}, "Write an amount between 0 and 10,000."),
    ],
)
def test_a_bad_figure_is_said_and_nothing_changes(
    cast: Cast, enter: Enter, changes: dict[str, str], sentence: str
):
    vehicle = cast.day.vehicle
    before = facts_of(vehicle)

    answer = enter(cast.ana).post(truck_page(vehicle), typed(vehicle, **changes))

    assert (answer.status_code, facts_of(vehicle)) == (422, before)
    assert sentence in words(answer)


def test_a_truck_is_added_once_under_one_name(cast: Cast, enter: Enter):
    client, vehicle = enter(cast.ana), cast.day.vehicle
    address = f"/routing/trucks/pools/{cast.day.pool.public_id}/new/"

    first = client.post(address, typed(vehicle))
    second = client.post(address, typed(vehicle))

    assert (first.status_code, second.status_code) == (302, 422)
    assert "Another truck of this pool is called “Frigo”." in words(second)
    assert cast.day.pool.vehicles.count() == 2


def test_a_hub_opens_a_pool_of_its_own(cast: Cast, enter: Enter):
    enter(cast.zoe).post(
        "/routing/trucks/pools/new/", {"name": "Nord", "frozen_ride": "1 h"}
    )

    pool = FleetPool.objects.get(name="Nord")
    hub = cast.zoe.memberships.get().organization
    assert (pool.coordinator, list(pool.hubs.all())) == (hub, [hub])
    assert (pool.max_onboard_frozen_s, pool.max_onboard_chilled_s) == (3_600, None)


@pytest.mark.parametrize(
    ("typed_ride", "seconds"),
    [
        ("2 h 30", 9_000),
        ("2\u00a0h\u00a030\u00a0min", 9_000),
        ("2H", 7_200),
        ("1:05", 3_900),
        ("90 min", 5_400),
        ("24 h", 86_400),
        ("", None),
    ],
)
def test_the_longest_ride_of_a_class_is_typed_as_people_say_it(
    cast: Cast, enter: Enter, typed_ride: str, seconds: int | None
):
    pool = cast.day.pool
    FleetPool.objects.filter(pk=pool.pk).update(max_onboard_chilled_s=60)

    enter(cast.ana).post(
        f"/routing/trucks/pools/{pool.public_id}/",
        {"name": "Bassin", "frozen_ride": "45 min", "chilled_ride": typed_ride},
    )

    pool.refresh_from_db()
    limits = (
        pool.max_onboard_frozen_s,
        pool.max_onboard_chilled_s,
        pool.max_onboard_ambient_s,
    )
    assert limits == (2_700, seconds, None)


@pytest.mark.parametrize(
    ("typed_ride", "sentence"),
    [
        ("2", "Write hours and minutes, such as 2 h 30."),
        ("2 h 75", "Write hours and minutes, such as 2 h 30."),
        ("0 h 00", "Write between one minute and 24 hours."),
        ("24 h 01", "Write between one minute and 24 hours."),
    ],
)
def test_a_ride_that_is_no_duration_is_refused(
    cast: Cast, enter: Enter, typed_ride: str, sentence: str
):
    answer = enter(cast.ana).post(
        f"/routing/trucks/pools/{cast.day.pool.public_id}/",
        {"name": "Bassin", "ambient_ride": typed_ride},
    )

    assert (answer.status_code, sentence in words(answer)) == (422, True)


def test_the_form_shows_the_rides_it_keeps_and_keeps_the_rides_it_shows(
    cast: Cast, enter: Enter
):
    pool, client = cast.day.pool, enter(cast.ana)
    FleetPool.objects.filter(pk=pool.pk).update(max_onboard_frozen_s=12_300)
    address = f"/routing/trucks/pools/{pool.public_id}/"

    form = client.get(address).context["form"]
    shown = {name: form[name].value() or "" for name in form.fields if name != "hubs"}
    client.post(address, shown)

    pool.refresh_from_db()
    assert shown["frozen_ride"] == "3\u00a0h\u00a025\u00a0min"
    assert pool.max_onboard_frozen_s == 12_300


def test_a_hub_joins_with_the_code_and_leaves(cast: Cast, enter: Enter):
    client, pool = enter(cast.zoe), cast.day.pool
    hub = cast.zoe.memberships.get().organization

    client.post("/routing/trucks/pools/join/", {"code": f" {pool.public_id} "})
    joined = hub in pool.hubs.all()
    client.post(f"/routing/trucks/pools/{pool.public_id}/leave")

    assert (joined, hub in pool.hubs.all()) == (True, False)


def test_an_unknown_code_opens_nothing(cast: Cast, enter: Enter):
    answer = enter(cast.zoe).post("/routing/trucks/pools/join/", {"code": "nope"})

    assert answer.status_code == 422
    assert "No pool has the code “nope”." in words(answer)


def test_the_hub_that_plans_takes_another_away_but_never_itself(
    cast: Cast, enter: Enter
):
    pool, hub = cast.day.pool, cast.day.week.hub
    services.join_pool(hub=cast.zoe.memberships.get().organization, code=pool.public_id)

    enter(cast.ana).post(
        f"/routing/trucks/pools/{pool.public_id}/", {"name": "Renommé"}
    )
    enter(cast.ana).post(f"/routing/trucks/pools/{pool.public_id}/leave")

    pool.refresh_from_db()
    assert (pool.name, list(pool.hubs.all())) == ("Renommé", [hub])


@time_machine.travel(NOW)
def test_drivers_see_published_routes_and_never_proposals(cast: Cast, enter: Enter):
    plan = make_plan(cast.day)
    client = enter(cast.dan)
    address = f"/routing/mine/{plan.public_id}/1/"
    before = (client.get(address).status_code, words(client.get("/routing/mine/")))

    services.publish_plan(plan=plan, by=None, now=NOW)
    after = (client.get(address).status_code, words(client.get("/routing/mine/")))

    assert (before[0], after[0]) == (404, 200)
    assert ("No route yet." in before[1], address in after[1]) == (True, True)


def test_another_driver_does_not_see_the_route(cast: Cast, enter: Enter):
    plan = make_plan(cast.day)
    services.publish_plan(plan=plan, by=None, now=NOW)
    stranger = make_driver(make_vehicle().owner)

    answer = enter(stranger).get(f"/routing/mine/{plan.public_id}/1/")

    assert answer.status_code == 404
