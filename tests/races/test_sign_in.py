"""Guesses sent together are counted one by one; counters of attempts lose none."""

import time
from datetime import UTC, datetime

import pytest
from django.utils import timezone

from hub.models import SignInAlarm, SignInAttempt, SignInCode
from hub.services import sign_in_codes, sign_in_watch
from hub.services.sign_in_codes import Outcome, issue_code, try_code
from tests.races.crowd import all_at_once

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

HOUR = datetime(2026, 6, 15, 12, 34, tzinfo=UTC)
NUM = 12


def guess(ticket: str) -> Outcome:
    return try_code(ticket=ticket, code="BBBB-BBBB", now=timezone.now())


def test_of_twelve_guesses_sent_together_three_are_compared() -> None:
    ticket, _code = issue_code(address="lea@rang.example", now=timezone.now())

    answers = all_at_once([lambda: guess(ticket)] * NUM)

    assert answers.count(Outcome.WRONG) == 2
    assert SignInCode.objects.get().num_attempts == 3


def test_a_right_code_sent_together_opens_once() -> None:
    ticket, code = issue_code(address="lea@rang.example", now=timezone.now())

    answers = all_at_once(
        [lambda: try_code(ticket=ticket, code=code, now=timezone.now())] * NUM
    )

    assert answers.count(Outcome.RIGHT) == 1


def guess_as_a_session_would(ticket: str) -> Outcome:
    """The same without the lock: read, compare, write, as attempts in a session."""
    row = SignInCode.objects.get(ticket=ticket)
    time.sleep(0.02)
    if row.num_attempts >= sign_in_codes.MAX_ATTEMPTS:
        return Outcome.SPENT
    SignInCode.objects.filter(pk=row.pk).update(num_attempts=row.num_attempts + 1)
    return Outcome.WRONG


def test_without_the_lock_more_are_compared() -> None:
    ticket, _code = issue_code(address="lea@rang.example", now=timezone.now())

    answers = all_at_once([lambda: guess_as_a_session_would(ticket)] * NUM)

    assert answers.count(Outcome.WRONG) > sign_in_codes.MAX_ATTEMPTS


def fail(address: str) -> None:
    sign_in_watch.note_attempt(
        what="failed", address=address, network="203.0.113.0/24", now=HOUR
    )


def test_attempts_that_arrive_together_all_count_and_alarm_once() -> None:
    all_at_once([lambda: fail("lea@rang.example")] * NUM)
    all_at_once([lambda n=n: fail(f"{n}@rang.example") for n in range(NUM)])  # type: ignore[misc] # the number is bound now

    counted = SignInAttempt.objects.values_list("num_failed", flat=True)
    assert sorted(counted) == [*([1] * NUM), NUM]
    assert SignInAlarm.objects.count() == 1


def fail_as_a_cache_would(address: str) -> None:
    """The same as a throttle in a cache: read, add one, write."""
    digest = sign_in_codes.digest_of_address(address)
    row, _made = SignInAttempt.objects.get_or_create(
        hour_at=HOUR, network="203.0.113.0/24", address_digest=digest
    )
    time.sleep(0.02)
    SignInAttempt.objects.filter(pk=row.pk).update(num_failed=row.num_failed + 1)


def test_counted_by_reading_and_writing_some_are_lost() -> None:
    all_at_once([lambda: fail_as_a_cache_would("lea@rang.example")] * NUM)

    assert SignInAttempt.objects.get().num_failed < NUM
