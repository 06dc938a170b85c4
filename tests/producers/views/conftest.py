"""A farm and its neighbour in one hub; clients that read English on a set Wednesday."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from hub.models import Organization, Person
from tests.factories.hub import (
    make_coordinator,
    make_farm,
    make_group_buyer,
    make_hub,
    make_organization,
    make_producer,
)

WEDNESDAY = datetime(2026, 6, 10, 15, tzinfo=UTC)


@dataclass(frozen=True)
class Village:
    """Lea speaks for the farm, Noe for its neighbour, Ana coordinates the hub."""

    hub: Organization
    farm: Organization
    neighbour: Organization
    ana: Person
    lea: Person
    noe: Person
    omar: Person


@pytest.fixture(autouse=True)
def _on_the_wednesday_before() -> Iterator[None]:
    with time_machine.travel(WEDNESDAY, tick=False):
        yield


@pytest.fixture
def village() -> Village:
    hub = make_hub("Pôle Nord")
    farm = make_farm("Ferme du Rang", hub=hub)
    neighbour = make_farm("Ferme d’à côté", hub=hub)
    group = make_organization("buyer_group", "Cuisine du Coin", hub=hub)
    return Village(
        hub=hub,
        farm=farm,
        neighbour=neighbour,
        ana=make_coordinator(hub),
        lea=make_producer(farm),
        noe=make_producer(neighbour),
        omar=make_group_buyer(group),
    )


@pytest.fixture
def enter() -> Callable[[Person], Client]:
    """A client signed in as this person, reading English unless told otherwise."""

    def entered(person: Person, language: str = "en") -> Client:
        client = Client(headers={"accept-language": language})
        client.force_login(person, "django.contrib.auth.backends.ModelBackend")
        return client

    return entered
