"""A person's own page."""

from collections.abc import Callable

import pytest
from django.test import Client

from hub.models import Person
from tests.factories.hub import make_person
from tests.hub.views.conftest import Cast

pytestmark = pytest.mark.django_db
Enter = Callable[[Person], Client]


def test_people_correct_their_own_name(cast: Cast, enter: Enter) -> None:
    enter(cast.lea).post("/me/", {"name": "Léa Roy", "phone": "450 555-0199"})

    cast.lea.refresh_from_db()
    assert (cast.lea.name, cast.lea.phone) == ("Léa Roy", "450 555-0199")


def test_a_name_is_not_left_empty(cast: Cast, enter: Enter) -> None:
    answer = enter(cast.lea).post("/me/", {"name": " ", "phone": "1"})

    cast.lea.refresh_from_db()
    assert (answer.status_code, cast.lea.phone) == (422, "")


def test_somebody_without_a_role_has_a_page_too(enter: Enter) -> None:
    assert enter(make_person()).get("/me/").status_code == 200


def test_a_stranger_is_asked_to_sign_in() -> None:
    answer = Client().get("/me/")

    assert answer.headers["Location"] == "/accounts/login/?next=/me/"
