"""Trucks lent by the day, on their pages."""

from collections.abc import Callable

import pytest
import time_machine
from django.test import Client

from hub.models import Person
from routing.models import Vehicle, VehicleLoan
from tests.access.exports import files_of
from tests.factories.hub import make_carrier, make_driver, make_place
from tests.factories.routing import make_pool, make_vehicle
from tests.factories.week import NOW
from tests.routing.views.conftest import Cast
from tests.routing.views.test_days import words
from tests.routing.views.test_fleet import typed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tuesday")]
Enter = Callable[[Person], Client]


@pytest.fixture
def tuesday():
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def guest(cast: Cast) -> Vehicle:
    """A truck of another hub's pool, whose owner may lend it to Ana's."""
    return make_vehicle(make_pool(), name="Frigo du nord")


def asked(pool: object = "", **changes: object) -> dict[str, object]:
    """What the form of an offer sends: two Thursdays, the whole day."""
    return {
        "pool": "",
        "code": pool,
        "first_on": "2026-06-18",
        "last_on": "2026-06-25",
        "weekdays": ["3"],
        "shift_start": "21600",
        "shift_end": "61200",
        "fixed": "70",
        "per_km": "0,90",
        "per_hour": "25",
        **changes,
    }


def lend(client: Client, vehicle: Vehicle, **how: object):
    address = f"/routing/trucks/vehicles/{vehicle.public_id}/lend/"
    return client.post(address, asked(**how))


def decide(client: Client, decision: str):
    loans = list(VehicleLoan.objects.values_list("public_id", flat=True))
    return client.post(
        "/routing/trucks/lent/decide", {"loan": loans, "decision": decision}
    )


def standing() -> list[tuple[str, str, int]]:
    rows = VehicleLoan.objects.order_by("service_on")
    return [(f"{row.service_on}", row.status, row.fixed_cents) for row in rows]


def test_an_owner_offers_weekdays_and_the_pool_confirms(
    cast: Cast, enter: Enter, guest: Vehicle
):
    owner = enter(make_driver(guest.owner))

    lend(owner, guest, pool=cast.day.pool.public_id)
    offered = standing()
    page = words(enter(cast.ana).get("/routing/trucks/week/"))
    files = files_of(enter(cast.ana), "/routing/trucks/week/")
    decide(enter(cast.ana), "confirm")

    assert offered == [
        ("2026-06-18", "offered", 7_000),
        ("2026-06-25", "offered", 7_000),
    ]
    assert "$70.00 a day, $0.90 per km, $25.00 per hour" in page
    assert [row[3:9] for row in files["loans"]] == [
        [day, "6:00", "17:00", "70,00", "0,90", "25,00"]
        for day in ("2026-06-18", "2026-06-25")
    ]
    assert [status for _on, status, _cents in standing()] == ["confirmed"] * 2


def test_the_owner_cannot_confirm_in_the_name_of_the_pool(
    cast: Cast, enter: Enter, guest: Vehicle
):
    owner = enter(make_driver(guest.owner))
    lend(owner, guest, pool=cast.day.pool.public_id)

    decide(owner, "confirm")

    assert [status for _on, status, _cents in standing()] == ["offered"] * 2


@pytest.mark.parametrize("decision", ["confirm", "cancel"])
def test_days_of_others_are_not_decided_by_who_knows_their_ids(
    cast: Cast, enter: Enter, guest: Vehicle, decision: str
):
    lend(enter(make_driver(guest.owner)), guest, pool=cast.day.pool.public_id)

    decide(enter(cast.zoe), decision)

    assert [status for _on, status, _cents in standing()] == ["offered"] * 2


def test_the_owner_calls_days_off(cast: Cast, enter: Enter, guest: Vehicle):
    owner = enter(make_driver(guest.owner))
    lend(owner, guest, pool=cast.day.pool.public_id)

    decide(owner, "cancel")

    assert [status for _on, status, _cents in standing()] == ["cancelled"] * 2


def test_a_second_confirmation_is_told_in_words(
    cast: Cast, enter: Enter, guest: Vehicle
):
    owner = enter(make_driver(guest.owner))
    for pool in (cast.day.pool, make_pool(cast.day.week.hub)):
        lend(owner, guest, pool=pool.public_id, last_on="2026-06-18")

    answer = words(
        enter(cast.ana).post(
            "/routing/trucks/lent/decide",
            {
                "loan": list(VehicleLoan.objects.values_list("public_id", flat=True)),
                "decision": "confirm",
            },
            follow=True,
        )
    )

    assert "1 day is confirmed." in answer
    assert (
        "“Frigo du nord” is already taken on 2026-06-18 during these hours." in answer
    )
    assert sorted(status for _on, status, _cents in standing()) == [
        "confirmed",
        "offered",
    ]


def test_a_truck_lent_elsewhere_shows_neither_to_whom_nor_at_what_price(
    cast: Cast, enter: Enter
):
    vehicle, elsewhere = cast.day.vehicle, make_pool()
    VehicleLoan.objects.create(
        vehicle=vehicle,
        pool=elsewhere,
        service_on=NOW.date(),
        shift_start_s=21_600,
        shift_end_s=61_200,
        fixed_cents=7_000,
        status="confirmed",
    )
    other = make_vehicle(make_pool(cast.day.week.hub), owner=make_carrier())
    Vehicle.objects.filter(pk=vehicle.pk).update(owner=other.owner)

    page = words(enter(cast.ana).get("/routing/trucks/week/"))
    week = files_of(enter(cast.ana), "/routing/trucks/week/")["truck_week"]

    assert "Lent elsewhere" in page
    assert (elsewhere.name in page, "$70.00" in page) == (False, False)
    told = [row[4] for row in week if row[0] == vehicle.name and row[4]]
    assert told == ["Prêté ailleurs 6\xa0h\xa000 – 17\xa0h\xa000"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"pool": "nope"}, "No pool has the code “nope”."),
        ({"pool": ""}, "Choose a pool, or give the code of one."),
        ({"last_on": "2026-06-17"}, "No day to come is left between these dates."),
        ({"last_on": "2027-06-17"}, "One offer reaches over 92 days at most."),
        ({"shift_end": "21600"}, "The shift must end after it begins."),
        (
            {"first_on": "2026-06-11", "last_on": "2026-06-11"},
            "No day to come is left between these dates.",
        ),
    ],
)
def test_a_bad_offer_is_said_and_nothing_is_offered(
    cast: Cast, enter: Enter, guest: Vehicle, changes, sentence: str
):
    owner = enter(make_driver(guest.owner))

    answer = lend(owner, guest, **{"pool": cast.day.pool.public_id, **changes})

    assert (answer.status_code, standing()) == (422, [])
    assert sentence in words(answer)


def test_an_owner_keeps_a_truck(cast: Cast, enter: Enter):
    owner = enter(cast.dan)

    owner.post(
        f"/routing/trucks/vehicles/{cast.day.vehicle.public_id}/keep/",
        asked(last_on="2026-06-18"),
    )

    assert standing() == [("2026-06-18", "confirmed", 0)]
    assert "kept for oneself" in words(owner.get("/routing/trucks/lent/"))


def test_an_owner_adds_a_truck_that_is_in_no_pool(cast: Cast, enter: Enter):
    carrier = make_carrier(hub=cast.day.week.hub)
    home = make_place(carrier, kind="depot")

    enter(make_driver(carrier)).post(
        "/routing/trucks/lent/new/",
        typed(cast.day.vehicle, owner=carrier.public_id, home=home.public_id),
    )

    vehicle = Vehicle.objects.get(name="Frigo")
    assert (vehicle.owner, vehicle.pool) == (carrier, None)
