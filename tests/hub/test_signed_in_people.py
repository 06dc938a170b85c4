"""Who is signed in is read with their roles, and only while they may come in."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hub import selectors
from hub.accounts_adapter.people import SignedInPeople
from tests.factories import hub as ground

pytestmark = pytest.mark.django_db


def test_a_person_comes_with_their_roles_in_one_query() -> None:
    person = ground.make_producer(ground.make_farm())

    with CaptureQueriesContext(connection) as asked:
        found = SignedInPeople().get_user(person.pk)
        acting = selectors.acting_for(found, None)

    assert acting == selectors.acting_for(person, None)
    assert (found, len(asked)) == (person, 1)


def test_a_person_without_a_role_is_found_all_the_same() -> None:
    person = ground.make_person("seule@rang.example")

    found = SignedInPeople().get_user(person.pk)

    assert (found, selectors.acting_for(found, None)) == (person, None)


@pytest.mark.parametrize("has_role", [True, False])
def test_who_was_shut_out_is_nobody(has_role: bool) -> None:
    person = ground.make_person("partie@rang.example")
    if has_role:
        ground.make_producer(ground.make_farm(), person=person)
    person.is_active = False
    person.save(update_fields=["is_active"])

    assert SignedInPeople().get_user(person.pk) is None
