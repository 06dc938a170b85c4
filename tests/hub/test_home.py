"""The first page and the health page."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_health_says_that_the_database_is_up(client: Client) -> None:
    answer = client.get("/health")

    assert (answer.status_code, answer.json()["database"]) == (200, "up")


def test_an_unknown_address_shows_our_own_page(client: Client) -> None:
    answer = client.get("/nothing-here/")

    assert answer.status_code == 404
    assert answer.templates[0].name == "hub/error.html"
