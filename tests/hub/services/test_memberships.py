"""People are invited to a role, and leave it."""

import pytest

from hub.core.errors import LastCoordinator, RoleDoesNotFit
from hub.models import Membership, Person
from hub.services.memberships import end_membership, invite
from tests.factories.hub import (
    make_coordinator,
    make_farm,
    make_hub,
    make_person,
    make_producer,
)

pytestmark = pytest.mark.django_db


def test_a_role_given_twice_is_given_once() -> None:
    farm = make_farm()

    for _ in range(2):
        invite(organization=farm, email="Lea@rang.example", name="Léa", role="producer")

    assert [(one.role, one.person.email) for one in Membership.objects.all()] == [
        ("producer", "lea@rang.example")
    ]


def test_a_known_person_keeps_their_own_name() -> None:
    person = make_person("lea@rang.example", name="Léa Roy")

    invite(
        organization=make_farm(),
        email="lea@rang.example",
        name="Quelqu’un",
        role="producer",
    )

    assert Person.objects.get(pk=person.pk).name == "Léa Roy"


def test_nobody_coordinates_a_farm() -> None:
    farm = make_farm()

    with pytest.raises(RoleDoesNotFit):
        invite(
            organization=farm, email="lea@rang.example", name="Léa", role="coordinator"
        )

    assert (Membership.objects.count(), Person.objects.count()) == (0, 0)


def test_a_role_is_taken_away_and_the_person_stays() -> None:
    person = make_producer(make_farm())

    end_membership(membership=person.memberships.get())

    assert (Membership.objects.count(), Person.objects.count()) == (0, 1)


def test_the_last_coordinator_stays() -> None:
    hub = make_hub()
    last = make_coordinator(hub)

    with pytest.raises(LastCoordinator):
        end_membership(membership=last.memberships.get())

    assert hub.memberships.count() == 1


def test_one_of_two_coordinators_may_leave() -> None:
    hub = make_hub()
    first = make_coordinator(hub)
    make_coordinator(hub)

    end_membership(membership=first.memberships.get())

    assert hub.memberships.count() == 1
