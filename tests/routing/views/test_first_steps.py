"""The first steps say where an example went, and call a draft as cycles do."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils.translation import override

from hub.models import Cycle, Organization, Person
from hub.services.families import plant_first_families
from tests.factories.hub import make_coordinator, make_hub

pytestmark = pytest.mark.django_db
Enter = Callable[[Person], Client]


@pytest.fixture
def hub() -> Organization:
    return make_hub("Pôle Est")


@pytest.mark.parametrize(
    ("step", "leads", "named"),
    [
        ("hub", "/places/", "Example – quai"),
        ("farms", "/organizations/", "Example – Ferme du Coteau"),
        ("buyers", "/organizations/", "Example – Cuisine du Quartier"),
        ("cycle", "/cycles/", "Example – Pôle Est"),
    ],
)
def test_an_example_is_found_where_its_step_says(
    hub: Organization, enter: Enter, step: str, leads: str, named: str
) -> None:
    plant_first_families()
    client = enter(make_coordinator(hub))
    before = client.get("/routing/first-steps/").content.decode()

    client.post(f"/routing/first-steps/{step}/sample/")
    after = client.get("/routing/first-steps/").content.decode()

    link = re.compile(r'href="([^"]+)">See it among')
    assert (link.findall(before), link.findall(after)) == ([], [leads])
    assert named in client.get(leads).content.decode()


def test_an_example_of_a_truck_is_found_among_the_trucks(
    hub: Organization, enter: Enter
) -> None:
    client = enter(make_coordinator(hub))

    client.post("/routing/first-steps/trucks/sample/")
    page = client.get("/routing/first-steps/").content.decode()

    assert re.findall(r'href="([^"]+)">See it among', page) == ["/routing/trucks/"]
    assert "Pôle Est" in client.get("/routing/trucks/").content.decode()


def test_a_draft_is_called_by_one_word(hub: Organization) -> None:
    client = Client(headers={"accept-language": "fr"})
    client.force_login(make_coordinator(hub))

    page = client.get("/routing/first-steps/").content.decode()

    with override("fr-ca"):
        word = str(Cycle.Status.DRAFT.label).lower()
    assert (word, "brouillon" in page, word in page) == ("ébauche", False, True)
