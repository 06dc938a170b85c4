"""One hub with a coordinator, a farm and a buyer; a client for each, in English."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.test import Client

from hub.models import Organization, Person
from tests.factories.hub import (
    make_buyer,
    make_coordinator,
    make_farm,
    make_group_buyer,
    make_hub,
    make_producer,
)


@dataclass(frozen=True)
class Cast:
    """Ana coordinates the hub, Lea speaks for the farm, Omar orders for the group."""

    hub: Organization
    farm: Organization
    group: Organization
    ana: Person
    lea: Person
    omar: Person


@pytest.fixture
def cast() -> Cast:
    hub = make_hub("Pôle Nord")
    farm = make_farm("Ferme du Rang", hub=hub)
    group = make_buyer("Cuisine du Coin", hub=hub)
    return Cast(
        hub=hub,
        farm=farm,
        group=group,
        ana=make_coordinator(hub),
        lea=make_producer(farm),
        omar=make_group_buyer(group),
    )


@pytest.fixture
def enter() -> Callable[[Person], Client]:
    """A client signed in as this person, reading English."""

    def entered(person: Person) -> Client:
        client = Client(headers={"accept-language": "en"})
        client.force_login(person, "django.contrib.auth.backends.ModelBackend")
        return client

    return entered
