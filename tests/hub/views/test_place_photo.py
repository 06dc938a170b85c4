"""The photo of a door: sent with the place, seen with its sheet, removed by a tick."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hub.models import Person, Place
from tests.factories.hub import make_place
from tests.hub.exchange.test_photo import opened, photo, told_by_a_phone
from tests.hub.views.conftest import Cast
from tests.hub.views.test_places import TYPED

pytestmark = pytest.mark.django_db
Enter = Callable[[Person], Client]


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def files(folder) -> list[str]:
    return sorted(path.suffix for path in folder.rglob("*") if path.is_file())


def send(client: Client, place: Place, content: bytes = b"", **changes: str):
    typed: dict[str, object] = {**TYPED, **changes}
    if content:
        typed["photo"] = SimpleUploadedFile("../door.html", content)
    return client.post(f"/places/{place.public_id}/", typed)


def test_the_photo_is_kept_privately_and_given_back(cast: Cast, enter: Enter, folder):
    client, place = enter(cast.lea), make_place(cast.farm)

    send(client, place, told_by_a_phone())
    sheet = client.get(f"/places/{place.public_id}/sheet/").content.decode()
    answer = client.get(f"/places/{place.public_id}/photo/")

    [kept] = [path for path in folder.rglob("*") if path.is_file()]
    assert (kept.parent.name, kept.suffix, len(kept.stem)) == ("photos", ".jpg", 32)
    assert f'src="/places/{place.public_id}/photo/"' in sheet
    assert opened(b"".join(answer)).size == (20, 40)
    names = ("Content-Type", "Cache-Control", "X-Content-Type-Options")
    assert [answer[name] for name in names] == [
        "image/jpeg",
        "private, no-cache",
        "nosniff",
    ]


def test_a_browser_that_has_the_photo_is_told_so(cast: Cast, enter: Enter):
    client, place = enter(cast.lea), make_place(cast.farm)
    send(client, place, photo())
    address = f"/places/{place.public_id}/photo/"
    etag = client.get(address)["ETag"]

    again = client.get(address, headers={"If-None-Match": etag})

    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("content", "removed", "kept"),
    [
        (photo((60, 20)), "", [".jpg"]),
        (b"", "", [".jpg"]),
        (b"", "on", []),
        (photo((60, 20)), "on", [".jpg"]),
    ],
    ids=["replaced", "left", "removed", "replaced and ticked"],
)
def test_a_photo_is_replaced_left_or_removed(
    cast: Cast,
    enter: Enter,
    folder,
    django_capture_on_commit_callbacks,
    content: bytes,
    removed: str,
    kept: list[str],
):
    client, place = enter(cast.lea), make_place(cast.farm)
    send(client, place, photo())

    with django_capture_on_commit_callbacks(execute=True):
        send(client, place, content, remove_photo=removed)

    place.refresh_from_db()
    assert (files(folder), bool(place.photo)) == (kept, bool(kept))
    if kept:
        width = opened((folder / str(place.photo)).read_bytes()).width
        assert width == (60 if content else 40)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (
            b"<script>",
            "This file is not a photo that can be read. Choose a JPEG, PNG or WebP "
            "one.",
        ),
        (
            photo() + b"0" * 8 * 1024 * 1024,
            "This photo weighs more than 8 MB. Choose a smaller one, or let the phone "
            "send it reduced.",
        ),
    ],
)
def test_a_bad_file_is_named_and_the_rest_of_the_form_stays(
    cast: Cast, enter: Enter, folder, content: bytes, sentence: str
):
    place = make_place(cast.farm, name="Avant")

    answer = send(enter(cast.lea), place, content)

    place.refresh_from_db()
    assert answer.context["form"].errors == {"photo": [sentence]}
    assert (answer.status_code, place.name, files(folder)) == (422, "Avant", [])
    assert b'value="La grange"' in answer.content


def test_a_sound_photo_beside_a_mistake_is_asked_for_again(
    cast: Cast, enter: Enter, folder
):
    place = make_place(cast.farm)

    answer = send(enter(cast.lea), place, photo(), longitude="73.42")

    assert answer.context["form"].errors["photo"] == [
        "Choose the photo again once the rest is right."
    ]
    assert files(folder) == []


def test_nobody_else_sees_the_photo(cast: Cast, enter: Enter):
    place = make_place(cast.group)
    send(enter(cast.ana), place, photo(), kind="drop_point")
    address = f"/places/{place.public_id}/photo/"

    seen = [enter(who).get(address).status_code for who in (cast.ana, cast.lea)]

    assert [*seen, Client().get(address).status_code] == [200, 404, 302]


def test_a_place_without_a_photo_has_none_to_show(cast: Cast, enter: Enter):
    client, place = enter(cast.lea), make_place(cast.farm)

    sheet = client.get(f"/places/{place.public_id}/sheet/").content

    status = client.get(f"/places/{place.public_id}/photo/").status_code
    assert (status, b"<img" in sheet) == (404, False)
