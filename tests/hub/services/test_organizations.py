"""A hub welcomes members; each member keeps its own facts right."""

import pytest

from hub.core.errors import NameTaken
from hub.models import Organization
from hub.services.organizations import create_organization, update_organization
from tests.factories.hub import make_farm, make_hub

pytestmark = pytest.mark.django_db


def test_a_member_belongs_to_the_hub_that_welcomed_it() -> None:
    hub = make_hub()

    farm = create_organization(hub=hub, kind="producer", name=" Ferme du Rang ")

    kept = Organization.objects.get(pk=farm.pk)
    assert (kept.hub, kept.kind, kept.name) == (hub, "producer", "Ferme du Rang")


def test_a_name_is_taken_once_in_a_hub() -> None:
    farm = make_farm("Ferme du Rang")
    assert farm.hub is not None

    with pytest.raises(NameTaken):
        create_organization(hub=farm.hub, kind="producer", name="Ferme du Rang")

    assert Organization.objects.filter(name="Ferme du Rang").count() == 1


def test_another_hub_may_use_the_same_name() -> None:
    make_farm("Ferme du Rang")

    twin = create_organization(hub=make_hub(), kind="producer", name="Ferme du Rang")

    assert Organization.objects.filter(name=twin.name).count() == 2


def test_facts_are_corrected() -> None:
    farm = make_farm()

    update_organization(
        organization=farm,
        name="Les Jardins",
        contact_email="Allo@Jardins.Example",
        contact_phone="450 555-0101",
        is_active=False,
    )

    farm.refresh_from_db()
    assert (farm.name, farm.contact_email, farm.is_active) == (
        "Les Jardins",
        "allo@jardins.example",
        False,
    )


def test_a_hub_is_never_set_aside() -> None:
    hub = make_hub("Pôle")

    update_organization(
        organization=hub,
        name="Pôle",
        contact_email="",
        contact_phone="",
        is_active=False,
    )

    hub.refresh_from_db()
    assert hub.is_active is True
