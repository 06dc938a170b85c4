"""Members of a hub, on their pages."""

from collections.abc import Callable

import pytest
from django.test import Client

from hub.models import Invitation, Membership, Notice, Organization, Person
from tests.factories.crossing import make_dock
from tests.factories.hub import (
    make_coordinator,
    make_farm,
    make_hub,
    make_person,
    make_producer,
)
from tests.hub.views.conftest import Cast

pytestmark = pytest.mark.django_db
Enter = Callable[[Person], Client]
FACTS = {"name": "Les Jardins", "contact_email": "", "contact_phone": "450 555-0101"}


def page_of(organization: Organization) -> str:
    return f"/organizations/{organization.public_id}/"


def test_the_coordination_sees_every_member(cast: Cast, enter: Enter) -> None:
    make_farm("Ferme d’ailleurs")

    answer = enter(cast.ana).get("/organizations/")

    names = [member.name for member in answer.context["page"]]
    assert sorted(names) == ["Cuisine du Coin", "Ferme du Rang", "Pôle Nord"]


def test_the_list_of_members_asks_the_database_the_same_for_one_or_many(
    cast: Cast,
    enter: Enter,
    django_assert_max_num_queries: Callable[[int], object],
) -> None:
    for _ in range(8):
        make_producer(make_farm(hub=cast.hub))
    client = enter(cast.ana)

    with django_assert_max_num_queries(6):  # type: ignore[attr-defined] # a context
        answer = client.get("/organizations/")

    assert len(answer.context["page"]) == 11


def test_a_farm_does_not_see_the_members(cast: Cast, enter: Enter) -> None:
    assert enter(cast.lea).get("/organizations/").status_code == 404


def test_a_member_is_added(cast: Cast, enter: Enter) -> None:
    answer = enter(cast.ana).post("/organizations/new/", {**FACTS, "kind": "producer"})

    made = Organization.objects.get(name="Les Jardins")
    assert (made.hub, answer.headers["Location"]) == (cast.hub, page_of(made))


def test_a_name_taken_keeps_what_was_typed(cast: Cast, enter: Enter) -> None:
    typed = {**FACTS, "kind": "producer", "name": cast.farm.name}

    answer = enter(cast.ana).post("/organizations/new/", typed)

    assert answer.status_code == 422
    assert answer.context["form"]["contact_phone"].value() == "450 555-0101"
    assert answer.context["form"].errors == {
        "name": ["“Ferme du Rang” already exists here. Choose another name."]
    }


def test_a_farm_edits_itself(cast: Cast, enter: Enter) -> None:
    answer = enter(cast.lea).post(page_of(cast.farm), FACTS)

    cast.farm.refresh_from_db()
    assert (answer.status_code, cast.farm.name) == (302, "Les Jardins")


def test_a_farm_does_not_edit_a_neighbour(cast: Cast, enter: Enter) -> None:
    answer = enter(cast.lea).post(page_of(cast.group), FACTS)

    cast.group.refresh_from_db()
    assert (answer.status_code, cast.group.name) == (404, "Cuisine du Coin")


def test_a_driver_of_the_hub_does_not_edit_the_hub(cast: Cast, enter: Enter) -> None:
    driver = cast.lea
    Membership.objects.create(person=driver, organization=cast.hub, role="driver")

    answer = enter(driver).post(page_of(cast.hub), FACTS)

    cast.hub.refresh_from_db()
    assert (answer.status_code, cast.hub.name) == (404, "Pôle Nord")


NOE = {
    "email": "noe@rang.example",
    "name": "Noé",
    "role": "producer",
    "language": "fr-ca",
}


def test_someone_is_invited_by_mail(cast: Cast, enter: Enter) -> None:
    enter(cast.ana).post(page_of(cast.farm) + "invite/", NOE)

    invited = Invitation.objects.get()
    assert (invited.email, invited.role) == ("noe@rang.example", "producer")
    assert cast.farm.memberships.filter(person=invited.person).count() == 0
    assert Notice.objects.get().data["page"] == "http://testserver/invitations/"


def test_the_page_says_the_same_of_somebody_who_is_here(
    cast: Cast, enter: Enter
) -> None:
    make_person("noe@rang.example", name="Noé Gagnon-Roy", language="en")

    enter(cast.ana).post(page_of(cast.farm) + "invite/", NOE)

    page = enter(cast.ana).get(page_of(cast.farm)).content.decode()
    assert ("Gagnon-Roy" in page, "Noé" in page) == (False, True)
    assert "Gagnon-Roy" not in enter(cast.ana).get("/notices/").content.decode()


def test_a_farm_invites_nobody_by_itself(cast: Cast, enter: Enter) -> None:
    answer = enter(cast.lea).post(
        page_of(cast.farm) + "invite/",
        NOE,
    )

    assert (answer.status_code, cast.farm.memberships.count()) == (404, 1)


def test_a_role_unknown_to_this_kind_is_refused(cast: Cast, enter: Enter) -> None:
    answer = enter(cast.ana).post(
        page_of(cast.farm) + "invite/",
        NOE | {"role": "coordinator"},
    )

    assert (answer.status_code, cast.farm.memberships.count()) == (422, 1)


def test_a_role_is_taken_away(cast: Cast, enter: Enter) -> None:
    address = f"{page_of(cast.farm)}people/{cast.lea.public_id}/producer/end/"

    enter(cast.ana).post(address)

    assert cast.farm.memberships.count() == 0


def test_another_hub_takes_no_role_away(cast: Cast, enter: Enter) -> None:
    stranger = make_coordinator(make_hub())
    address = f"{page_of(cast.farm)}people/{cast.lea.public_id}/producer/end/"

    answer = enter(stranger).post(address)

    assert (answer.status_code, cast.farm.memberships.count()) == (404, 1)


def test_a_member_is_set_aside_and_taken_back(cast: Cast, enter: Enter) -> None:
    client = enter(cast.ana)
    seen = []
    for _ in range(2):
        client.post(page_of(cast.farm) + "pause/")
        cast.farm.refresh_from_db()
        seen.append(cast.farm.is_active)

    assert seen == [False, True]


def test_my_organization_leads_to_its_page(cast: Cast, enter: Enter) -> None:
    answer = enter(cast.lea).get("/organization/")

    assert answer.headers["Location"] == page_of(cast.farm)


def flow_page(cast: Cast, enter: Enter, flow: str) -> tuple[int, str]:
    facts = {**FACTS, "name": cast.hub.name, "default_flow": flow}
    answer = enter(cast.ana).post(page_of(cast.hub), facts)
    cast.hub.refresh_from_db()
    return answer.status_code, cast.hub.default_flow


def test_a_hub_says_which_way_its_goods_go_in_new_cycles(
    cast: Cast, enter: Enter
) -> None:
    make_dock(cast.hub)

    saved = flow_page(cast, enter, "cross_dock")

    form = enter(cast.ana).get("/cycles/new/").context["form"]
    assert (saved, form["flow"].value()) == ((302, "cross_dock"), "cross_dock")


def test_goods_go_through_no_hub_without_a_dock(cast: Cast, enter: Enter) -> None:
    assert flow_page(cast, enter, "cross_dock") == (422, "direct")
