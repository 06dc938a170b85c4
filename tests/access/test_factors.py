"""Who moves money shows a second factor first: every form, every operation."""

import json

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import resolve, reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from hub.middleware import SecondFactor
from hub.models import Person
from hub.services.api_keys import issue_key
from tests.access.addresses import routes
from tests.access.api_table import BODIES
from tests.access.api_table import TABLE as API
from tests.access.differences import written
from tests.access.factors import FREE, LASTS, MOVES_MONEY
from tests.access.lines import lines
from tests.access.world import World

ROUTES = {route.name: route for route in routes()}
FORMS = {
    line.route: line.row
    for line in lines()
    if line.verb == "POST" and set(line.cells) - {"-", "s"}
}
OPERATIONS = {line.route: line.row for line in lines(API) if line.verb == "POST"}


@pytest.fixture(autouse=True)
def _at_once(settings: Settings) -> None:
    settings.SECOND_FACTOR_GRACE_DAYS = 0


def test_every_form_and_operation_says_whether_it_counts() -> None:
    decided = [*MOVES_MONEY, *LASTS, *FREE]

    assert sorted(decided) == sorted({*FORMS, *OPERATIONS})


@pytest.fixture
def guard() -> SecondFactor:
    return SecondFactor(lambda _request: HttpResponse())


def stopped(guard: SecondFactor, world: World, person: Person | None) -> set[str]:
    """The forms at which this person, without a factor, is led away."""
    found = set()
    for name, row in FORMS.items():
        route = ROUTES[name]
        address = route.address(row, next(iter(route.mixtures(world))))
        request: HttpRequest = RequestFactory().post(address)
        request.user = person or AnonymousUser()
        request.session = SessionStore()
        request.resolver_match = resolve(address)
        if guard.process_view(request, None, (), {}) is not None:
            found.add(name)
    return found


@pytest.mark.parametrize("role", ["programme", "distributor", "operator", "other_hub"])
def test_who_moves_money_is_stopped_where_it_counts(
    role: str, world: World, guard: SecondFactor
) -> None:
    counts = {name for name in MOVES_MONEY | LASTS if not name.startswith("api:")}

    assert stopped(guard, world, world.askers[role]) == counts


@pytest.mark.parametrize("role", ["farm_a", "group", "driver", "funder", "stranger"])
def test_others_are_stopped_only_where_a_way_stays_open(
    role: str, world: World, guard: SecondFactor
) -> None:
    assert stopped(guard, world, world.askers[role]) == LASTS


def test_a_stranger_is_left_to_the_door(world: World, guard: SecondFactor) -> None:
    assert stopped(guard, world, None) == set()


def test_an_operation_that_counts_is_refused_without_a_factor(world: World) -> None:
    person = world.askers["programme"]
    assert person
    client = Client()
    client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    envelope = world.home.rows["envelope"]

    refused = set()
    for name, row in OPERATIONS.items():
        route = ROUTES[name]
        answer = client.post(
            route.address(row, next(iter(route.mixtures(world)))),
            json.dumps(written(BODIES.get(name, {}), world, world.home)),
            content_type="application/json",
            headers={"idempotency-key": f"factor-{name}"},
        )
        if answer.status_code == 403:
            refused.add((name, answer.json()["error"]["code"]))
    envelope.refresh_from_db()

    assert refused == {
        (name, "second_factor_missing")
        for name in MOVES_MONEY
        if name.startswith("api:")
    }


def test_a_program_is_asked_for_no_factor(world: World) -> None:
    _row, key = issue_key(
        organization=world.home.rows["programme"],
        name="Essai",
        scopes=["envelopes:write"],
        days=1,
        by=world.home.people["programme"],
        now=timezone.now(),
    )
    envelope = world.home.rows["envelope"]

    answer = Client().post(
        reverse("api:top_up", args=[envelope.public_id]),
        json.dumps({"amount_cents": 100}),
        content_type="application/json",
        headers={"authorization": f"Bearer {key}", "idempotency-key": "factor-key-1"},
    )

    assert answer.status_code == 200
