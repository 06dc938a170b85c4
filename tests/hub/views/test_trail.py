"""The journal: each organization reads what concerns it, in sentences, page by page."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from hub.core.trail import Kind
from hub.models import Invitation, Person
from hub.services.memberships import invite
from hub.services.trail import Fact, record_all
from tests.factories.hub import make_coordinator, make_farm, make_hub, make_producer
from tests.hub.views.conftest import Cast

pytestmark = pytest.mark.django_db
Enter = Callable[[Person], Client]


def read(client: Client, query: str = "") -> str:
    answer = client.get(f"/journal/?{query}", headers={"accept-language": "fr"})
    page = answer.content.decode().replace("\u00a0", " ")
    body = page[page.index("<main") :]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


def priced(cast: Cast, concerns: list[int], name: str = "Carottes") -> Fact:
    return Fact(
        kind=Kind.OFFER_PRICED,
        subject=("aaaabbbbcccc", name),
        concerns=concerns,
        before={"price_cents": 2_400},
        after={"price_cents": 2_500},
        why="gel de mai",
    )


def test_a_change_is_said_with_who_what_and_why(cast: Cast, enter: Enter) -> None:
    record_all([priced(cast, [cast.hub.pk])], by=cast.ana)

    page = read(enter(cast.ana))

    said = "L’offre « Carottes » a été modifiée. Prix 24,00 $ → 25,00 $"
    assert f"{said} Motif : gel de mai" in page
    assert page.index(cast.ana.name) < page.index(said)


def test_a_new_row_says_what_it_misses_and_only_then(cast: Cast, enter: Enter) -> None:
    whole, short = (
        Fact(
            kind=Kind.AVAILABILITY_POSTED,
            subject=("aaaabbbbcccc", name),
            concerns=[cast.hub.pk],
            after={"quantity": 23, "short_quantity": missing},
        )
        for name, missing in (("Ail", 0), ("Panais", 4))
    )
    record_all([whole, short], by=cast.ana)

    page = read(enter(cast.ana))

    assert page.count("Manque pour ce qui est promis") == 1
    assert "Manque pour ce qui est promis 4" in page


def test_a_farm_reads_what_concerns_it_alone(cast: Cast, enter: Enter) -> None:
    farm, other = make_farm(hub=cast.hub), make_farm(hub=cast.hub)
    facts = [
        priced(cast, [farm.pk, cast.hub.pk], "Ail"),
        priced(cast, [other.pk, cast.hub.pk], "Panais"),
    ]
    record_all(facts, by=cast.ana)

    mine = read(enter(make_producer(farm)))
    of_hub = read(enter(cast.ana))

    assert ("Ail" in mine, "Panais" in mine) == (True, False)
    assert ("Ail" in of_hub, "Panais" in of_hub) == (True, True)


def test_what_is_looked_for_is_all_that_is_shown(cast: Cast, enter: Enter) -> None:
    record_all([priced(cast, [cast.hub.pk])], by=cast.ana)
    client = enter(cast.ana)
    tomorrow = timezone.localdate() + timedelta(days=1)
    asked = {
        "topic=price": True,
        "topic=stock": False,
        f"person={cast.ana.public_id}": True,
        f"since={tomorrow}": False,
        f"until={tomorrow - timedelta(days=1)}": True,
        "before=1": False,
    }

    shown = {query: "Carottes" in read(client, query) for query in asked}

    assert shown == asked
    assert client.get("/journal/?topic=anything").status_code == 422


def test_a_role_given_at_the_site_says_by_whom_and_to_whom(
    cast: Cast, enter: Enter
) -> None:
    client = enter(cast.ana)
    client.post(
        f"/organizations/{cast.hub.public_id}/invite/",
        {
            "email": "lou@exemple.test",
            "name": "Lou",
            "role": "driver",
            "language": "fr-ca",
        },
    )
    invitation = Invitation.objects.get()
    enter(invitation.person).post(f"/invitations/{invitation.public_id}/accept/")

    page = read(client, "topic=role")

    said = f"Lou a reçu un rôle dans « {cast.hub.name} ». Rôle Chauffeur"
    assert said in page
    assert page.rindex(cast.ana.name, 0, page.index(said)) > 0


def choices(client: Client) -> list[str]:
    """Who may be looked for, as the list names them."""
    page = client.get("/journal/").content.decode()
    chosen = page[page.index('name="person"') :]
    found = re.findall(r">([^<>]+)</option>", chosen[: chosen.index("</select>")])
    return found[1:]


def test_people_of_one_name_are_told_apart_by_what_the_reader_may_see(
    cast: Cast, enter: Enter
) -> None:
    farm = make_farm("Ferme du Haut", hub=cast.hub)
    people = [
        cast.ana,
        make_coordinator(cast.hub),
        make_producer(farm),
        make_producer(make_farm("Ferme secrète", hub=make_hub())),
    ]
    for place, person in enumerate(people):
        person.name, person.email = "Ana Roy", f"ana{place}@exemple.test"
        person.save()
        record_all([priced(cast, [cast.hub.pk, farm.pk])], by=person)

    of_hub, of_farm = choices(enter(cast.ana)), choices(enter(people[2]))
    page = read(enter(cast.ana))

    assert of_hub == [
        "Ana Roy (ana0)",
        "Ana Roy (ana1)",
        "Ana Roy (Ferme du Haut)",
        "Ana Roy (4)",
    ]
    assert of_farm == [
        "Ana Roy (1)",
        "Ana Roy (2)",
        "Ana Roy (Producer)",
        "Ana Roy (4)",
    ]
    assert all(name in page for name in of_hub)


def test_a_name_of_one_s_own_stands_alone(cast: Cast, enter: Enter) -> None:
    record_all([priced(cast, [cast.hub.pk])], by=cast.ana)

    assert choices(enter(cast.ana)) == [cast.ana.name]


def test_pages_follow_each_other_at_a_constant_cost(
    cast: Cast, enter: Enter, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    names = [f"Lot {number:03}" for number in range(120)]
    record_all([priced(cast, [cast.hub.pk], name) for name in names], by=cast.ana)
    client = enter(cast.ana)

    seen, address = [], "/journal/"
    while address:
        with django_assert_max_num_queries(9):
            page = client.get(address).content.decode()
        seen += re.findall(r"Lot \d{3}", page)
        found = re.search(r'href="(\?before=[0-9a-f]+)"', page)
        address = f"/journal/{found[1]}" if found else ""

    assert seen == names[::-1]


def test_nobody_reads_for_an_organization_they_do_not_answer_for(
    cast: Cast, enter: Enter
) -> None:
    invite(organization=cast.hub, email="v@exemple.test", name="V", role="driver")
    driver = Person.objects.get(email="v@exemple.test")

    assert enter(driver).get("/journal/").status_code == 404
