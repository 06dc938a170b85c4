"""A planned day, the people around it, and a client for each, in English."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.test import Client

from hub.models import Person
from tests.factories.hub import make_coordinator, make_driver, make_hub
from tests.factories.routing import PlanDay, make_day


@dataclass(frozen=True)
class Cast:
    """Ana plans the trucks, Dan drives one of them, Zoe coordinates another hub."""

    day: PlanDay
    ana: Person
    dan: Person
    zoe: Person


@pytest.fixture
def cast() -> Cast:
    day = make_day()
    return Cast(
        day=day,
        ana=make_coordinator(day.week.hub),
        dan=make_driver(day.vehicle.owner),
        zoe=make_coordinator(make_hub()),
    )


@pytest.fixture
def enter() -> Callable[[Person], Client]:
    """A client signed in as this person, reading English."""

    def entered(person: Person) -> Client:
        client = Client(headers={"accept-language": "en"})
        client.force_login(person, "django.contrib.auth.backends.ModelBackend")
        return client

    return entered
