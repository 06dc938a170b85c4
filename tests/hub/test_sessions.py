"""A session is read with the person of its device, and believed before the device."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hub.models import Device, Person
from hub.services.devices import remember_device
from tests.factories import hub as ground

pytestmark = pytest.mark.django_db
PAGE = "/orders/"


def signed_in(client: Client, person: Person, *, device_of: Person) -> str:
    client.force_login(person)
    key = client.cookies["sessionid"].value
    remember_device(
        person=device_of,
        session_key=key,
        user_agent="",
        address="203.0.113.7",
        now=timezone.now(),
    )
    return key


def who(client: Client) -> tuple[Person | None, list[str]]:
    request: Any = client.get(PAGE).wsgi_request
    person = request.user if request.user.is_authenticated else None
    acting = request.acting.now
    return person, [] if acting is None else [acting.organization.name]


def test_session_person_and_roles_take_one_query(client: Client) -> None:
    group = ground.make_buyer("La table ronde")
    person = ground.make_group_buyer(group)
    signed_in(client, person, device_of=person)

    with CaptureQueriesContext(connection) as asked:
        request: Any = client.get("/no-such-page/").wsgi_request
        told = (request.user, request.acting.organization)

    assert (told, len(asked)) == ((person, group), 1)


def test_the_device_of_another_lets_nobody_be_another(client: Client) -> None:
    person = ground.make_group_buyer(ground.make_buyer("La table ronde"))
    other = ground.make_group_buyer(ground.make_buyer("La table carrée"))
    signed_in(client, person, device_of=other)

    assert who(client) == (person, ["La table ronde"])


@pytest.mark.parametrize("has_role", [True, False])
def test_a_device_whose_person_has_no_role_still_has_its_session(
    client: Client, has_role: bool
) -> None:
    person = ground.make_person("seule@rang.example")
    if has_role:
        ground.make_group_buyer(ground.make_buyer("La table ronde"), person=person)
    signed_in(client, person, device_of=person)

    assert who(client) == (person, ["La table ronde"] if has_role else [])


@pytest.mark.parametrize("end", ["deleted", "too old", "signed out everywhere"])
def test_an_ended_session_is_nobody_though_its_device_is_known(
    client: Client, end: str
) -> None:
    person = ground.make_group_buyer(ground.make_buyer())
    key = signed_in(client, person, device_of=person)
    session = Session.objects.filter(session_key=key)
    if end == "deleted":
        session.delete()
    elif end == "too old":
        session.update(expire_date=timezone.now() - timedelta(seconds=1))
    else:
        Person.objects.filter(pk=person.pk).update(num_sign_outs=1)

    assert (who(client), Device.objects.count()) == ((None, []), 1)


def test_who_was_shut_out_is_nobody_at_the_next_request(client: Client) -> None:
    person = ground.make_group_buyer(ground.make_buyer())
    signed_in(client, person, device_of=person)
    Person.objects.filter(pk=person.pk).update(is_active=False)

    assert who(client) == (None, [])


def test_a_role_that_ended_is_gone_at_the_next_request(client: Client) -> None:
    person = ground.make_group_buyer(ground.make_buyer("La table ronde"))
    signed_in(client, person, device_of=person)
    person.memberships.all().delete()

    assert who(client) == (person, [])
