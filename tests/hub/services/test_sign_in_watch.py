"""Attempts are counted by the hour; a series of them is told once."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail

from hub.core.sign_in import Alarm
from hub.models import Person, SignInAttempt
from hub.services import sign_in_watch
from hub.services.sign_in_watch import forget_attempts, note_attempt
from tests.factories.hub import make_coordinator, make_hub, make_person

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 15, 12, 34, tzinfo=UTC)
HERE = "203.0.113.0/24"


def fail(num: int, *, network: str = HERE, now: datetime = NOW) -> list[Alarm]:
    address = f"personne-{num}@rang.example"
    return note_attempt(what="failed", address=address, network=network, now=now)


def test_ten_addresses_mistyped_from_one_network_tell_the_operators_once() -> None:
    Person.objects.create_superuser("exploitation@rang.example")
    make_coordinator(make_hub())

    raised = [fail(number) for number in range(12)]

    assert raised == [*([[]] * 9), [Alarm.FROM_ONE_NETWORK], [], []]
    assert [letter.to for letter in mail.outbox] == [["exploitation@rang.example"]]
    assert HERE in mail.outbox[0].body


def test_the_next_hour_tells_again() -> None:
    for number in range(10):
        fail(number)

    later = [fail(number, now=NOW + timedelta(hours=1)) for number in range(10)]

    assert later[-1] == [Alarm.FROM_ONE_NETWORK]


def test_without_operators_the_coordination_is_told() -> None:
    make_coordinator(make_hub(), person=make_person("ana@rang.example"))
    for number in range(10):
        fail(number)

    assert [letter.to for letter in mail.outbox] == [["ana@rang.example"]]


def test_one_person_who_mistypes_ten_times_is_no_alarm() -> None:
    assert [fail(1) for _ in range(10)] == [[]] * 10
    assert SignInAttempt.objects.get().num_failed == 10


def test_one_address_tried_from_six_networks_is_an_alarm() -> None:
    raised = [fail(1, network=f"203.0.{number}.0/24") for number in range(6)]

    assert raised == [*([[]] * 5), [Alarm.ON_ONE_ADDRESS]]


def test_the_counters_of_an_hour_do_not_grow_without_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sign_in_watch, "MAX_PAIRS", 3)

    for number in range(8):
        fail(number)

    rest = SignInAttempt.objects.get(network="*")
    assert (SignInAttempt.objects.count(), rest.num_failed) == (4, 5)


def test_counters_are_forgotten_after_two_days() -> None:
    fail(1)
    fail(1, now=NOW + timedelta(days=1))

    assert forget_attempts(now=NOW + timedelta(days=2, hours=1)) == 1
    assert SignInAttempt.objects.count() == 1
