"""A hub whose prices are set, read in English on the Tuesday of the week."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
import time_machine
from django.test import Client

from hub.models import Organization, Person
from pricing.models import FundLot
from tests.factories.hub import (
    make_buyer,
    make_coordinator,
    make_group_buyer,
    make_hub,
)
from tests.factories.week import NOW, make_pricing


@dataclass(frozen=True)
class Priced:
    """Ana coordinates the hub, Omar orders for the group; the fund holds 100 $."""

    hub: Organization
    group: Organization
    lot: FundLot
    ana: Person
    omar: Person


@pytest.fixture(autouse=True)
def _on_tuesday() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def priced(db: None) -> Priced:
    hub = make_hub("Pôle Nord")
    group = make_buyer("Cuisine du Coin", hub=hub)
    return Priced(
        hub=hub,
        group=group,
        lot=make_pricing(hub),
        ana=make_coordinator(hub),
        omar=make_group_buyer(group),
    )


@pytest.fixture
def enter() -> Callable[..., Client]:
    """A client signed in as this person, reading English unless told otherwise."""

    def entered(person: Person, language: str = "en") -> Client:
        client = Client(headers={"accept-language": language})
        client.force_login(person, "django.contrib.auth.backends.ModelBackend")
        return client

    return entered
