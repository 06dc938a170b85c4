"""The page of results: what a board and a funder read of a period."""

from datetime import UTC, date, datetime

import pytest

from hub.core.indicators import Fact
from hub.core.results import Compared
from hub.services import indicators
from tests.factories.hub import (
    make_coordinator,
    make_hub,
    make_member,
    make_organization,
)

pytestmark = pytest.mark.django_db
ON = date(2026, 6, 18)
NOW = datetime(2026, 6, 19, 12, tzinfo=UTC)
PERIOD = {"since": "2026-06-01", "until": "2026-06-30"}


def leave(hub, **figures):
    """One fact per measure; a tuple is (value, detail, people)."""
    facts = []
    for measure, figure in figures.items():
        value, detail, people = (
            figure if isinstance(figure, tuple) else (figure, "", None)
        )
        facts.append(
            Fact(
                key=f"{hub.pk}:{measure}",
                on=ON,
                measure=measure,
                value=value,
                detail=detail,
                num_people=people,
            )
        )
    indicators.record(hub=hub, facts=facts, now=NOW)


def test_the_board_reads_what_was_saved_and_paid(client):
    hub = make_hub()
    leave(
        hub,
        farm_paid=123_400,
        distance_driven=80_000,
        distance_alone=200_000,
        stops_timed=8,
        stops_on_time=6,
    )
    client.force_login(make_coordinator(hub))

    page = client.get("/results/", PERIOD)

    shown = page.content.decode().replace("\u00a0", " ")
    assert page.context["compared"]["distance"] == Compared(
        driven=80_000, alone=200_000
    )
    assert page.context["on_time_bps"] == 7_500
    assert shown.count("1 234,00 $") == 1


def test_a_funder_never_reads_a_group_of_four_apart(client):
    hub = make_hub()
    leave(hub, envelope_paid=(4_200, "Coupons du quartier", 4))
    funder = make_organization("funder", hub=hub)
    client.force_login(make_member(funder, "funder"))

    page = client.get("/results/", PERIOD)

    shown = page.content.decode().replace("\u00a0", " ")
    assert shown.count("Coupons du quartier") == 0
    assert shown.count("42,00 $") == 0


def test_a_period_that_ends_before_it_begins_is_refused_in_words(client):
    client.force_login(make_coordinator(make_hub()))

    page = client.get("/results/", {"since": "2026-06-30", "until": "2026-06-01"})

    assert page.status_code == 422
    assert page.context["form"].non_field_errors() == [
        "La période finit avant de commencer."
    ]


def test_solidarity_is_shown_by_source_with_its_sum_and_its_moment(client):
    hub = make_hub()
    facts = [
        Fact(key=f"{n}", on=ON, measure=measure, detail=detail, value=value)
        for n, (measure, detail, value) in enumerate(
            [
                ("fund_drawn", "Fondation", 600),
                ("fund_drawn", "Contributions", 900),
                ("envelope_paid", "Coupons du quartier", 5_000),
            ]
        )
    ]
    indicators.record(hub=hub, facts=facts, now=NOW)
    client.force_login(make_coordinator(hub))

    page = client.get("/results/", PERIOD)

    assert (page.context["drawn_cents"], page.context["solidarity_cents"]) == (
        1_500,
        6_500,
    )
    assert page.context["taken_at"] == NOW
    shown = page.content.decode().replace("\u00a0", " ")
    assert shown.count("65,00 $") == 1


def test_households_are_counted_and_a_group_under_five_is_not_shown_apart(client):
    hub = make_hub()
    facts = [
        Fact(key=name, on=ON, measure="households", detail=name, value=n, num_people=n)
        for name, n in [("Cuisine", 12), ("Marché", 3)]
    ]
    indicators.record(hub=hub, facts=facts, now=NOW)
    client.force_login(make_coordinator(hub))

    page = client.get("/results/", PERIOD)

    shown = page.content.decode()
    assert page.context["num_households"] == 15
    assert [row.num_people for row in page.context["households"]] == [15]
    assert (shown.count("Marché"), shown.count("Cuisine")) == (0, 0)


def test_fewer_than_five_households_in_all_are_no_number(client):
    hub = make_hub()
    leave(hub, households=(3, "Marché", 3))
    client.force_login(make_coordinator(hub))

    page = client.get("/results/", PERIOD)

    shown = page.content.decode()
    assert page.context["num_households"] is None
    assert shown.count("moins de 5</dd>") == 1


def test_no_sum_gives_away_what_is_hidden(client):
    hub = make_hub()
    leave(hub, envelope_paid=(4_200, "Coupons", 4), fund_drawn=(600, "Dons", None))
    client.force_login(make_coordinator(hub))

    page = client.get("/results/", PERIOD)

    shown = page.content.decode().replace("\u00a0", " ")
    assert page.context["solidarity_cents"] is None
    assert (shown.count("48,00 $"), shown.count("42,00 $")) == (0, 0)
