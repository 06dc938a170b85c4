"""Cycles, on their pages."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.test import Client

from hub.models import Cycle, Person
from tests.factories.hub import make_coordinator, make_cycle, make_hub
from tests.hub.views.conftest import Cast

pytestmark = pytest.mark.django_db
Enter = Callable[[Person], Client]

MEANWHILE = datetime(2026, 6, 14, 16, tzinfo=UTC)
TYPED = {
    "name": "Semaine 25",
    "opens_at": "2026-06-12T08:00",
    "closes_at": "2026-06-16T18:00",
    "service_on": "2026-06-18",
    "flow": "direct",
}


def page_of(cycle: Cycle) -> str:
    return f"/cycles/{cycle.public_id}/"


def make_draft(cast: Cast) -> Cycle:
    return make_cycle(
        cast.hub,
        status="draft",
        opens_at=datetime(2026, 6, 12, 12, tzinfo=UTC),
        closes_at=datetime(2026, 6, 16, 22, tzinfo=UTC),
        service_on=date(2026, 6, 18),
    )


def test_a_cycle_is_prepared_in_local_time(cast: Cast, enter: Enter) -> None:
    enter(cast.ana).post("/cycles/new/", TYPED)

    made = Cycle.objects.get()
    assert (made.status, made.opens_at, made.closes_at) == (
        "draft",
        datetime(2026, 6, 12, 12, tzinfo=UTC),
        datetime(2026, 6, 16, 22, tzinfo=UTC),
    )


def test_dates_out_of_order_are_refused(cast: Cast, enter: Enter) -> None:
    answer = enter(cast.ana).post(
        "/cycles/new/", {**TYPED, "closes_at": "2026-06-12T07:00"}
    )

    assert (answer.status_code, Cycle.objects.count()) == (422, 0)
    assert answer.context["form"].errors == {
        "__all__": [
            "A cycle opens, then closes, then is delivered on the same day or later."
        ]
    }


def test_the_last_cycle_is_copied_a_week_later(cast: Cast, enter: Enter) -> None:
    make_draft(cast)

    answer = enter(cast.ana).get("/cycles/new/?copy=last")

    assert b'value="2026-06-19T08:00"' in answer.content
    assert b'value="Delivery of Thursday, June 25, 2026"' in answer.content


def test_a_cycle_is_corrected(cast: Cast, enter: Enter) -> None:
    cycle = make_draft(cast)

    enter(cast.ana).post(page_of(cycle) + "edit/", TYPED)

    cycle.refresh_from_db()
    assert (cycle.name, cycle.revision) == ("Semaine 25", 1)


@time_machine.travel(MEANWHILE, tick=False)
def test_a_draft_is_opened_by_its_button(cast: Cast, enter: Enter) -> None:
    cycle = make_draft(cast)

    enter(cast.ana).post(page_of(cycle) + "open/")

    cycle.refresh_from_db()
    assert cycle.status == "open"


def test_a_draft_past_its_hours_says_why_it_stays_shut(
    cast: Cast, enter: Enter
) -> None:
    cycle = make_draft(cast)
    with time_machine.travel(datetime(2026, 6, 20, tzinfo=UTC), tick=False):
        answer = enter(cast.ana).post(page_of(cycle) + "open/", follow=True)

    cycle.refresh_from_db()
    said = [str(message) for message in answer.context["messages"]]
    assert (cycle.status, said) == (
        "draft",
        [f"The closing hour of “{cycle.name}” has passed. Choose a later one."],
    )


def test_a_draft_is_given_up(cast: Cast, enter: Enter) -> None:
    cycle = make_draft(cast)

    enter(cast.ana).post(page_of(cycle) + "cancel/")

    cycle.refresh_from_db()
    assert cycle.status == "cancelled"


@pytest.mark.parametrize("end", ["", "edit/"])
def test_a_farm_does_not_run_cycles(cast: Cast, enter: Enter, end: str) -> None:
    cycle = make_draft(cast)

    assert enter(cast.lea).get(page_of(cycle) + end).status_code == 404


@pytest.mark.parametrize("end", ["open/", "cancel/", "edit/"])
def test_another_hub_changes_nothing(cast: Cast, enter: Enter, end: str) -> None:
    cycle = make_draft(cast)
    stranger = make_coordinator(make_hub())

    answer = enter(stranger).post(page_of(cycle) + end, TYPED)

    cycle.refresh_from_db()
    assert (answer.status_code, cycle.status, cycle.revision) == (404, "draft", 0)
