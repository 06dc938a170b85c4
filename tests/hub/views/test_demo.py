"""One-click sign-in exists in the demo only, for fictional people only."""

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from hub.models import Person
from tests.factories.hub import make_farm, make_person, make_producer

pytestmark = pytest.mark.django_db


def make_fictional() -> Person:
    return make_producer(make_farm(), person=make_person("lea@demo.charroi.example"))


def come_in(person: Person) -> tuple[int, bool]:
    client = Client()
    answer = client.post("/demo/sign-in/", {"person": person.public_id})
    return answer.status_code, "_auth_user_id" in client.session


def test_a_fictional_person_comes_in_with_one_click(settings: Settings) -> None:
    settings.DEMO = True

    assert come_in(make_fictional()) == (302, True)


def test_nobody_comes_in_so_elsewhere_than_in_the_demo(settings: Settings) -> None:
    settings.DEMO = False

    assert come_in(make_fictional()) == (404, False)


def test_a_real_person_never_comes_in_so(settings: Settings) -> None:
    settings.DEMO = True

    assert come_in(make_producer(make_farm())) == (404, False)


def test_one_comes_in_for_the_organization_one_clicked(settings: Settings) -> None:
    settings.DEMO = True
    person = make_fictional()
    second = make_farm("Zone 2")
    make_producer(second, person=person)
    client = Client()

    client.post(
        "/demo/sign-in/",
        {"person": person.public_id, "organization": second.public_id},
    )

    assert client.get("/today/").context["acting"].organization == second


def test_the_welcome_page_lists_fictional_people_in_the_demo(
    settings: Settings,
) -> None:
    settings.DEMO = True
    person = make_fictional()
    make_producer(make_farm())

    roles = Client().get("/").context["demo_roles"]

    assert [role.person for role in roles] == [person]
