"""The first page and the health page."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from hub import tasks
from hub.selectors.health import CLOCK_KEY

NOW = datetime(2026, 6, 16, 14, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def test_health_says_that_the_database_is_up_and_no_clock_ticked(
    client: Client,
) -> None:
    cache.delete(CLOCK_KEY)

    answer = client.get("/health")

    assert (answer.status_code, answer.json()) == (
        200,
        {
            "database": "up",
            "clock": "never",
            "clock_age_s": None,
            "language": "fr-ca",
        },
    )


@pytest.mark.parametrize(("age_s", "state"), [(90, "ticking"), (91, "late")])
def test_health_says_when_the_clock_or_every_worker_stands_still(
    age_s: int, state: str, client: Client
) -> None:
    with time_machine.travel(NOW, tick=False):
        tasks.tick()

    with time_machine.travel(NOW + timedelta(seconds=age_s), tick=False):
        answer = client.get("/health")

    found = {name: answer.json()[name] for name in ("clock", "clock_age_s")}
    assert (answer.status_code, found) == (200, {"clock": state, "clock_age_s": age_s})


def test_an_unknown_address_shows_our_own_page(client: Client) -> None:
    answer = client.get("/nothing-here/")

    assert answer.status_code == 404
    assert answer.templates[0].name == "hub/error.html"
