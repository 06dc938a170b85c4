"""A buyer signed in on the Tuesday when the cycle is open."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from hub.models import Person
from tests.factories.week import NOW, Week, make_week


@pytest.fixture(autouse=True)
def _on_tuesday() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def week(db: None) -> Week:
    return make_week()


@pytest.fixture
def buyer(week: Week) -> Client:
    return signed_in(week.person)


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client
