"""A settled day says so wherever it is shown, until it is opened again."""

from collections.abc import Callable

import pytest
from django.test import Client

from hub.models import Person
from tests.access.exports import rows_of
from tests.factories.settled import (
    NOW,
    DrivenDay,
    bring_all,
    make_driven_day,
    settle,
)

pytestmark = pytest.mark.django_db
Enter = Callable[[Person], Client]


@pytest.fixture
def driven(time_machine) -> DrivenDay:
    """A day of two hubs, driven and delivered; the first one plans the trucks."""
    time_machine.move_to(NOW)
    driven = make_driven_day(num_hubs=2)
    bring_all(driven)
    return driven


def seen(client: Client, driven: DrivenDay) -> dict[str, bool]:
    """Where the page of the day leads, and what it calls the day and its plan."""
    at = f"{driven.pool.public_id}/{driven.service_on}/"
    page = client.get(f"/routing/days/{at}").content.decode()
    signs = {
        "settled": ">Settled day<",
        "see": ">See the settlement<",
        "road": ">What was done on the road<",
        "reopen": ">Reopen the day…<",
        "settle": ">Settle the day<",
        "plan": ">Plan the day<",
        "under way": ">Day under way<",
        "published": ">Published<",
    }
    return {name: sign in page for name, sign in signs.items()}


def test_a_day_that_is_driven_waits_to_be_settled(
    driven: DrivenDay, enter: Enter
) -> None:
    page = seen(enter(driven.day.coordinator), driven)

    assert [name for name, is_there in page.items() if is_there] == [
        "settle",
        "plan",
        "under way",
        "published",
    ]


def test_a_settled_day_leads_to_its_settlement_and_back(
    driven: DrivenDay, enter: Enter
) -> None:
    settle(driven)

    page = seen(enter(driven.day.coordinator), driven)

    assert [name for name, is_there in page.items() if is_there] == [
        "settled",
        "see",
        "road",
        "reopen",
    ]


def test_only_who_plans_the_trucks_is_offered_to_reopen(
    driven: DrivenDay, enter: Enter
) -> None:
    settle(driven)

    page = seen(enter(driven.others[0].coordinator), driven)

    assert [name for name, is_there in page.items() if is_there] == [
        "settled",
        "see",
        "road",
    ]


@pytest.mark.parametrize("address", ["/routing/", "/routing/plans/{plan}/"])
def test_a_settled_plan_is_called_so_in_lists_and_on_its_page(
    driven: DrivenDay, enter: Enter, address: str
) -> None:
    client = enter(driven.day.coordinator)
    address = address.format(plan=driven.plan.public_id)
    signs = ["badge--published", "badge--done"]

    before = [sign in client.get(address).content.decode() for sign in signs]
    settle(driven)
    after = [sign in client.get(address).content.decode() for sign in signs]

    assert (before, after) == ([True, False], [False, True])


def test_a_settled_day_is_no_longer_on_the_road(
    driven: DrivenDay, enter: Enter
) -> None:
    client = enter(driven.day.coordinator)
    road = f"/routing/days/{driven.pool.public_id}/{driven.service_on}/road/"

    before = road in client.get("/routing/today/").content.decode()
    settle(driven)
    after = road in client.get("/routing/today/").content.decode()

    assert (before, after) == (True, False)


@pytest.mark.parametrize(
    ("address", "table", "column"),
    [
        ("/routing/", "route_days", 3),
        ("/routing/days/{pool}/{on}/", "plans", 1),
        ("/routing/plans/{plan}/", "plans", 1),
    ],
)
def test_a_settled_plan_is_called_so_in_the_files_of_its_pages(
    driven: DrivenDay, enter: Enter, address: str, table: str, column: int
) -> None:
    client = enter(driven.day.coordinator)
    names = {
        "pool": driven.pool.public_id,
        "on": driven.service_on,
        "plan": driven.plan.public_id,
    }
    asked = f"{address.format(**names)}?table={table}&format=csv"
    french = {"accept-language": "fr-CA"}

    before = rows_of(client.get(asked, headers=french).content.decode())
    settle(driven)
    after = rows_of(client.get(asked, headers=french).content.decode())

    told = [[row[column] for row in rows] for rows in (before, after)]
    assert told == [["Publié"], ["Réglé"]]


def test_the_page_of_a_settled_plan_offers_nothing_that_is_refused(
    driven: DrivenDay, enter: Enter
) -> None:
    client = enter(driven.day.coordinator)
    plan = f"/routing/plans/{driven.plan.public_id}/"
    links = {
        "broke down": "/routing/plans/{plan}/breakdown/",
        "call back": "/routing/plans/{plan}/withdraw/",
        "settlement": "/routing/days/{pool}/{on}/settlement/",
    }
    names = {
        "pool": driven.pool.public_id,
        "on": driven.service_on,
        "plan": driven.plan.public_id,
    }

    def found() -> list[str]:
        page = client.get(plan).content.decode()
        return [name for name, to in links.items() if to.format(**names) in page]

    before = found()
    settle(driven)

    assert (before, found()) == (["broke down", "call back"], ["settlement"])
