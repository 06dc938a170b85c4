"""Places, on their pages."""

from collections.abc import Callable

import pytest
from django.test import Client

from hub.models import Person, Place
from tests.factories.hub import make_buyer, make_place
from tests.hub.views.conftest import Cast

pytestmark = pytest.mark.django_db
Enter = Callable[[Person], Client]

TYPED = {
    "kind": "farm",
    "name": "La grange",
    "address": "12, rang Nord",
    "latitude": "45.68",
    "longitude": "-73.42",
    "service_min": "15",
    "is_active": "on",
    "form-TOTAL_FORMS": "2",
    "form-INITIAL_FORMS": "0",
    "form-0-weekday": "",
    "form-0-starts": "08:00",
    "form-0-ends": "11:30",
    "form-1-weekday": "2",
    "form-1-starts": "",
    "form-1-ends": "",
}


def add(client: Client, owner_id: str, **changes: str) -> int:
    typed = {**TYPED, "organization": owner_id, **changes}
    return client.post("/places/new/", typed).status_code


def test_a_farm_adds_its_barn_with_its_hours(cast: Cast, enter: Enter) -> None:
    add(enter(cast.lea), cast.farm.public_id)

    place = Place.objects.get()
    windows = [(w.weekday, w.start_s, w.end_s) for w in place.windows.all()]
    assert (place.organization, place.service_duration_s) == (cast.farm, 900)
    assert windows == [(None, 28_800, 41_400)]


def test_a_farm_need_not_say_whose_barn_it_is(cast: Cast, enter: Enter) -> None:
    answer = enter(cast.lea).get("/places/new/")

    field = answer.context["form"]["organization"]
    assert (field.is_hidden, field.value()) == (True, cast.farm.public_id)


def test_a_french_comma_is_read(cast: Cast, enter: Enter) -> None:
    client = enter(cast.lea)
    client.cookies["django_language"] = "fr-ca"

    add(client, cast.farm.public_id, latitude="45,68", longitude="-73,42")

    assert Place.objects.get().latitude == 45.68


def test_a_farm_adds_no_place_to_a_neighbour(cast: Cast, enter: Enter) -> None:
    status = add(enter(cast.lea), cast.group.public_id)

    assert (status, Place.objects.count()) == (422, 0)


def test_the_coordination_adds_a_place_for_a_member(cast: Cast, enter: Enter) -> None:
    add(enter(cast.ana), cast.group.public_id, kind="drop_point")

    assert Place.objects.get().organization == cast.group


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        (
            {"longitude": "73.42"},
            "longitude",
            "Longitudes in Quebec are negative: write -73.42 instead of 73.42.",
        ),
        (
            {"latitude": "-73.42", "longitude": "45.68"},
            "latitude",
            "Latitude -73.42 and longitude 45.68 seem to be swapped. Exchange them.",
        ),
        (
            {"latitude": "43.65", "longitude": "-79.38"},
            "latitude",
            "This place (43.65, -79.38) is outside Quebec. Check the latitude "
            "or choose the address again.",
        ),
    ],
)
def test_a_wrong_coordinate_is_named(
    cast: Cast, enter: Enter, changes: dict[str, str], field: str, sentence: str
) -> None:
    answer = enter(cast.lea).post(
        "/places/new/", {**TYPED, "organization": cast.farm.public_id, **changes}
    )

    assert (answer.status_code, Place.objects.count()) == (422, 0)
    assert answer.context["form"].errors == {field: [sentence]}


@pytest.mark.parametrize(
    ("starts", "ends", "sentence"),
    [
        ("08:00", "", "Give both hours, or none."),
        ("12:00", "08:00", "Hours must end after they begin."),
    ],
)
def test_hours_that_nobody_can_meet_are_refused(
    cast: Cast, enter: Enter, starts: str, ends: str, sentence: str
) -> None:
    typed = {**TYPED, "organization": cast.farm.public_id}
    typed.update({"form-0-starts": starts, "form-0-ends": ends})

    answer = enter(cast.lea).post("/places/new/", typed)

    assert (answer.status_code, Place.objects.count()) == (422, 0)
    assert answer.context["windows"].errors[0] == {"__all__": [sentence]}


def test_a_place_is_corrected(cast: Cast, enter: Enter) -> None:
    place = make_place(cast.farm, name="Quai")

    enter(cast.lea).post(f"/places/{place.public_id}/", TYPED)

    place.refresh_from_db()
    assert (place.name, place.organization) == ("La grange", cast.farm)


def test_the_place_of_a_stranger_is_absent(cast: Cast, enter: Enter) -> None:
    place = make_place(make_buyer())

    answer = enter(cast.ana).post(f"/places/{place.public_id}/", TYPED)

    place.refresh_from_db()
    assert (answer.status_code, place.name == "La grange") == (404, False)


def test_the_form_shows_the_hours_already_known(cast: Cast, enter: Enter) -> None:
    place = make_place(cast.farm, window_s=(28_800, 41_400))

    answer = enter(cast.lea).get(f"/places/{place.public_id}/")

    assert b'value="08:00"' in answer.content
    assert b'value="11:30"' in answer.content


def test_a_farm_lists_its_own_places(cast: Cast, enter: Enter) -> None:
    barn = make_place(cast.farm)
    make_place(cast.group)

    answer = enter(cast.lea).get("/places/")

    assert list(answer.context["page"]) == [barn]


def test_a_hub_says_how_goods_pass_its_dock(cast: Cast, enter: Enter) -> None:
    place = make_place(cast.hub, kind="hub")
    typed = {
        **TYPED,
        "kind": "hub",
        "dock-num_docks": "3",
        "dock-transfer_min": "20",
        "dock-dwell_limit_min": "90",
    }

    enter(cast.ana).post(f"/places/{place.public_id}/", typed)

    place.refresh_from_db()
    assert (place.num_docks, place.transfer_duration_s, place.dwell_limit_s) == (
        3,
        1_200,
        5_400,
    )


def test_a_wait_shorter_than_the_recombining_is_refused(
    cast: Cast, enter: Enter
) -> None:
    place = make_place(cast.hub, kind="hub")
    typed = {
        **TYPED,
        "kind": "hub",
        "dock-num_docks": "3",
        "dock-transfer_min": "20",
        "dock-dwell_limit_min": "19",
    }

    answer = enter(cast.ana).post(f"/places/{place.public_id}/", typed)

    place.refresh_from_db()
    assert (answer.status_code, place.num_docks, place.name) == (422, 2, place.name)
    assert answer.context["dock"].errors == {
        "__all__": [
            "A dock takes at least one truck, and goods may wait at least as long as "
            "it takes to recombine them."
        ]
    }


def test_the_map_of_a_farm_shows_no_door_of_its_neighbours(cast: Cast, enter: Enter):
    mine = make_place(cast.farm, name="Cour")
    make_place(cast.farm, name="Hangar", point=(45.69, -73.41))
    make_place(cast.group, name="Porte du groupe")

    new = enter(cast.lea).get("/places/new/").context["ground"]["places"]
    known = enter(cast.lea).get(f"/places/{mine.public_id}/").context["ground"]

    assert [place["name"] for place in new] == ["Cour", "Hangar"]
    assert known["places"] == [{"name": "Hangar", "at": [45.69, -73.41]}]


def test_our_own_pages_alone_may_ask_where_one_stands(cast: Cast, enter: Enter):
    answer = enter(cast.lea).get("/places/new/")

    assert answer.headers["Permissions-Policy"] == (
        "geolocation=(self), microphone=(), camera=(self)"
    )
