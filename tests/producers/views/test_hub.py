"""What a coordination sees of its farms, and the panels of the page Today."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from producers.models import EmptyWeek
from tests.factories.hub import MONDAY, make_farm
from tests.factories.producers import make_availability, make_offer

pytestmark = pytest.mark.django_db


def shown(client, url):
    return client.get(url).content.decode()


def test_the_farms_page_tells_who_posted_who_has_nothing_and_who_is_silent(
    village, enter
):
    make_availability(
        make_offer(village.farm, hub=village.hub), quantity=10, price_cents=1_000
    )
    EmptyWeek.objects.create(
        producer=village.neighbour, hub=village.hub, week_on=MONDAY
    )
    make_farm("Ferme muette", hub=village.hub)

    page = shown(enter(village.ana), "/producers/farms/")

    counts = {
        text: page.count(text)
        for text in (">Posted<", ">Nothing this week<", ">No answer yet<", "$100.00")
    }
    assert counts == {
        ">Posted<": 1,
        ">Nothing this week<": 1,
        ">No answer yet<": 1,
        "$100.00": 2,
    }


def test_the_farms_page_is_the_coordinations_alone(village, enter):
    assert enter(village.lea).get("/producers/farms/").status_code == 404


def test_the_farms_page_asks_as_many_queries_for_twenty_farms_as_for_two(
    village, enter
):
    client, counts = enter(village.ana), []
    for num_more in (0, 18):
        for _ in range(num_more):
            farm = make_farm(hub=village.hub)
            make_availability(make_offer(farm, hub=village.hub))
        with CaptureQueriesContext(connection) as queries:
            client.get("/producers/farms/")
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_the_coordinations_panel_names_silent_farms_and_short_rows(village, enter):
    offer = make_offer(village.farm, hub=village.hub)
    make_availability(offer, quantity=10, reserved=12)

    panel = shown(enter(village.ana), "/producers/today/")

    assert f"{village.neighbour} has not answered yet" in panel
    assert f"{village.farm}, {offer}: 2 short of what is promised" in panel
    assert f"{village.farm} has not answered yet" not in panel


def test_the_panel_says_so_when_all_is_well(village, enter):
    for farm in (village.farm, village.neighbour):
        make_availability(make_offer(farm, hub=village.hub))

    panels = [
        shown(enter(person), "/producers/today/")
        for person in (village.ana, village.lea)
    ]

    assert [
        "Every farm has answered, and nothing is short." in panels[0],
        "Your week is posted, and nothing is short." in panels[1],
    ] == [True, True]


def test_a_farms_panel_speaks_of_that_farm_alone(village, enter):
    make_availability(
        make_offer(village.neighbour, hub=village.hub), quantity=1, reserved=5
    )

    panel = shown(enter(village.lea), "/producers/today/")

    assert "Your week is not posted yet" in panel
    assert village.neighbour.name not in panel


def test_a_buyers_panel_is_empty(village, enter):
    answer = enter(village.omar).get("/producers/today/")

    assert (answer.status_code, answer.content) == (200, b"")
