"""The first pages: welcome, today, help, languages, switching."""

from collections.abc import Callable

import pytest
from django.test import Client

from hub.models import Person
from tests.factories.hub import make_farm, make_person, make_producer
from tests.hub.views.conftest import Cast

pytestmark = pytest.mark.django_db
Enter = Callable[[Person], Client]
HUB_PAGES = ("/today", "/cycles", "/organization", "/places")


def test_a_stranger_is_welcomed() -> None:
    answer = Client().get("/")

    assert answer.templates[0].name == "hub/welcome.html"


def test_a_stranger_is_asked_to_sign_in_and_comes_back() -> None:
    answer = Client().get("/today/")

    assert answer.headers["Location"] == "/accounts/login/?next=/today/"


def test_a_part_of_a_page_leads_the_whole_page_to_sign_in() -> None:
    """Else the sign-in form would stand where the part was."""
    answer = Client().get(
        "/producers/today/",
        headers={
            "HX-Request": "true",
            "HX-Current-URL": "http://testserver/today/?week=2026-11-23",
        },
    )

    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["HX-Redirect"] == (
        "/accounts/login/?next=/today/%3Fweek%3D2026-11-23"
    )


def test_somebody_without_a_role_is_told_what_to_do(enter: Enter) -> None:
    answer = enter(make_person()).get("/")

    assert answer.templates[0].name == "hub/no_role.html"


def test_the_coordination_sees_its_first_steps(cast: Cast, enter: Enter) -> None:
    answer = enter(cast.ana).get("/today/")

    assert answer.context["panels"][0] == "/routing/first-steps/panel/"


def test_the_menu_follows_the_role(cast: Cast, enter: Enter) -> None:
    def menu(person: Person) -> set[str]:
        links = enter(person).get("/today/").context["menu"]
        return {link.url for link in links if link.url.startswith(HUB_PAGES)}

    assert menu(cast.lea) == {"/today/", "/places/", "/organization/"}
    assert menu(cast.ana) == menu(cast.lea) | {"/cycles/", "/organizations/"}


def test_the_page_one_reads_is_marked_in_the_menu(cast: Cast, enter: Enter) -> None:
    answer = enter(cast.ana).get("/cycles/new/")

    assert [link.url for link in answer.context["menu"] if link.is_here] == ["/cycles/"]


@pytest.mark.parametrize(
    ("read", "marked"),
    [
        ("/routing/", "/routing/"),
        ("/routing/imports/", "/organizations/"),
        ("/routing/first-steps/", "/today/"),
    ],
)
def test_a_page_is_marked_where_one_came_from(
    cast: Cast, enter: Enter, read: str, marked: str
) -> None:
    answer = enter(cast.ana).get(read)

    assert [link.url for link in answer.context["menu"] if link.is_here] == [marked]


def test_one_acts_for_another_of_one_s_organizations(cast: Cast, enter: Enter) -> None:
    second = make_farm("Autre ferme")
    make_producer(second, person=cast.lea)
    client = enter(cast.lea)

    client.post("/switch/", {"organization": cast.farm.public_id})
    first = client.get("/today/").context["acting"].organization
    client.post("/switch/", {"organization": second.public_id})

    assert first == cast.farm
    assert client.get("/today/").context["acting"].organization == second


def test_one_cannot_act_for_an_organization_of_others(cast: Cast, enter: Enter) -> None:
    client = enter(cast.lea)

    client.post("/switch/", {"organization": cast.group.public_id})

    assert client.get("/today/").context["acting"].organization == cast.farm


def test_the_language_changes_and_the_page_stays(cast: Cast, enter: Enter) -> None:
    client = enter(cast.lea)

    answer = client.post("/language/", {"language": "en", "next": "/places/?a=1"})

    cast.lea.refresh_from_db()
    assert (answer.headers["Location"], cast.lea.language) == ("/places/?a=1", "en")


def test_an_unknown_language_changes_nothing(cast: Cast, enter: Enter) -> None:
    enter(cast.lea).post("/language/", {"language": "xx", "next": "/"})

    cast.lea.refresh_from_db()
    assert cast.lea.language == "fr-ca"


def test_the_language_switch_leads_to_no_other_site() -> None:
    answer = Client().post(
        "/language/", {"language": "en", "next": "https://elsewhere.example/"}
    )

    assert answer.headers["Location"] == "/"
