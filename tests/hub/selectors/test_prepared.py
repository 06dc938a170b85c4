"""A prepared query answers as the queryset it was made of."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hub.models import Membership, Organization
from hub.selectors import Blank, Prepared, one_of
from tests.factories import hub as ground

pytestmark = pytest.mark.django_db


def test_the_same_query_is_asked_with_other_values() -> None:
    hub = ground.make_hub()
    farm, group = ground.make_farm(hub=hub), ground.make_buyer(hub=hub)
    members = Organization.objects.filter(hub=Blank("hub"), kind=Blank("kind"))
    names = Prepared(members.values_list("pk", "name"))

    found = [
        names.rows(hub=hub.pk, kind=kind)
        for kind in ("producer", "buyer_group", "carrier")
    ]

    assert found == [[(farm.pk, farm.name)], [(group.pk, group.name)], []]


@pytest.mark.parametrize("num_asked", [0, 1, 2])
def test_a_blank_may_be_a_list_of_any_length(num_asked: int) -> None:
    keys = [ground.make_hub().pk for _ in range(3)]
    asked = Prepared(
        Organization.objects.filter(one_of("pk", "keys"))
        .order_by("pk")
        .values_list("pk")
    )

    found = asked.rows(keys=keys[:num_asked])

    assert found == [(key,) for key in keys[:num_asked]]


def test_models_come_with_those_they_name(django_assert_num_queries) -> None:
    hub = ground.make_hub()
    person = ground.make_coordinator(hub)
    roles = Prepared(
        Membership.objects.filter(person=Blank("person")).select_related(
            "person", "organization__hub"
        )
    )

    with django_assert_num_queries(1):
        [role] = roles.models(person=person.pk)
        said = (role.role, role.person.email, role.organization.name)

    assert said == ("coordinator", person.email, hub.name)
    assert (role.organization.hub, role == Membership.objects.get()) == (None, True)


def test_a_plan_that_is_kept_answers_as_before_and_shows_in_the_log() -> None:
    hubs = [ground.make_hub() for _ in range(3)]
    names = Prepared(Organization.objects.filter(pk=Blank("pk")).values_list("name"))

    with CaptureQueriesContext(connection) as asked:
        found = [names.rows(pk=hub.pk) for hub in hubs * 7]
        kept = _plans_of("hub_organization")

    said = {query["sql"] for query in asked.captured_queries[:21]}
    assert found == [[(hub.name,)] for hub in hubs] * 7
    assert (kept, len(said), len(asked)) == (1, 1, 22)


def _plans_of(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s",
            [f'SELECT "{table}"."name"%'],
        )
        return int(cursor.fetchone()[0])
