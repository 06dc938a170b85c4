"""What the ground floor says on the page of the day."""

from datetime import UTC, date, datetime, timedelta

import pytest

from hub import indicators
from hub.models import Cycle, Place
from tests.factories.hub import (
    make_buyer,
    make_coordinator,
    make_cycle,
    make_farm,
    make_hub,
    make_place,
    make_producer,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 15, 16, tzinfo=UTC)
NEXT_WEEK = date(2026, 6, 25)


def cycle(status: str, opens_h: int, closes_h: int) -> Cycle:
    """A cycle of a new hub; hours counted from NOW."""
    return make_cycle(
        make_hub(),
        status=status,
        opens_at=NOW + timedelta(hours=opens_h),
        closes_at=NOW + timedelta(hours=closes_h),
        service_on=NEXT_WEEK,
    )


def test_a_hub_without_cycles_misses_next_week() -> None:
    facts = indicators.cycle_facts(make_hub(), NOW)

    assert (facts.is_next_week_missing, facts.open) == (True, [])


def test_an_open_cycle_far_from_its_close_is_all_well() -> None:
    calm = cycle("open", -24, 48)

    facts = indicators.cycle_facts(calm.hub, NOW)

    assert (facts.open, facts.is_all_well) == ([calm], True)


def test_the_last_day_is_told() -> None:
    ending = cycle("open", -24, 23)

    assert indicators.cycle_facts(ending.hub, NOW).closing_soon == [ending]


def test_a_draft_past_its_hour_is_late_to_open() -> None:
    late = cycle("draft", -1, 48)

    assert indicators.cycle_facts(late.hub, NOW).late_to_open == [late]


@pytest.mark.parametrize("status", ["open", "closing"])
def test_a_cycle_past_its_end_is_late_to_close(status: str) -> None:
    late = cycle(status, -48, -1)

    assert indicators.cycle_facts(late.hub, NOW).late_to_close == [late]


def test_the_cycles_of_another_hub_say_nothing_here() -> None:
    cycle("open", -24, 23)

    assert indicators.cycle_facts(make_hub(), NOW).closing_soon == []


def test_a_new_hub_has_everything_to_do() -> None:
    missing = indicators.first_steps_missing(make_hub())

    assert [(one.step, one.is_advice) for one in missing] == [
        ("hub", False),
        ("hub", True),
        ("farms", False),
        ("buyers", False),
        ("cycle", False),
    ]


def test_each_step_done_is_seen() -> None:
    hub = make_hub()
    make_coordinator(hub)
    make_place(hub, kind=Place.Kind.HUB)
    farm = make_farm(hub=hub)
    make_producer(farm)
    make_place(farm, kind=Place.Kind.FARM)
    make_place(make_buyer(hub=hub))
    make_cycle(hub, status="open")

    assert indicators.first_steps_missing(hub) == []


@pytest.mark.parametrize(
    ("owner", "kind", "step"),
    [
        ("hub", "hub", "hub"),
        ("farm", "farm", "farms"),
        ("buyer", "drop_point", "buyers"),
    ],
)
def test_a_place_that_waits_for_its_pin_is_to_be_put_on_the_map_not_made_again(
    owner: str, kind: str, step: str
) -> None:
    hub = make_hub()
    owners = {"hub": hub, "farm": make_farm(hub=hub), "buyer": make_buyer(hub=hub)}
    place = make_place(owners[owner], kind=kind, name="Ici")
    Place.objects.filter(pk=place.pk).update(latitude=None, longitude=None)

    told = [
        (one.url_name, dict(one.data))
        for one in indicators.first_steps_missing(hub)
        if one.step == step and not one.is_advice
    ]

    assert told == [("hub:places", {"names": "Ici"})]


def test_what_stands_on_a_sample_alone_is_still_missing() -> None:
    hub = make_hub()
    dock = make_place(hub, kind=Place.Kind.HUB)

    missing = indicators.first_steps_missing(hub, beside={dock.public_id})

    assert [one.step for one in missing if not one.is_advice] == [
        "hub",
        "farms",
        "buyers",
        "cycle",
    ]
