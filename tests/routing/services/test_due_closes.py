"""The clock asks for the close of cycles whose hour has passed, each once."""

from datetime import timedelta

import pytest

from hub.models import Cycle, Job
from routing import services
from tests.factories import hub as ground
from tests.factories.week import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def cycle() -> Cycle:
    return ground.make_cycle(
        ground.make_hub(),
        opens_at=NOW - timedelta(days=1),
        closes_at=NOW - timedelta(minutes=1),
    )


def test_a_cycle_past_its_hour_is_asked_to_close_once(cycle):
    first = services.request_due_closes(now=NOW)

    second = services.request_due_closes(now=NOW)

    assert [job.pk for job in first] == [job.pk for job in second]
    payload = Job.objects.get().payload
    assert (payload["cycle"], len(payload["close"])) == (cycle.pk, 12)


def test_a_cycle_before_its_hour_is_left_open(cycle):
    early = cycle.closes_at - timedelta(seconds=1)

    assert services.request_due_closes(now=early) == []


def test_a_close_cut_in_the_middle_is_asked_for_again(cycle):
    Cycle.objects.update(
        status=Cycle.Status.CLOSING, closes_at=NOW + timedelta(hours=1)
    )

    asked = services.request_due_closes(now=NOW)

    assert [job.payload["cycle"] for job in asked] == [cycle.pk]


def test_a_close_that_just_failed_waits_for_a_person(cycle):
    (job,) = services.request_due_closes(now=NOW)
    Job.objects.filter(pk=job.pk).update(state="failed", ended_at=NOW)

    soon = services.request_due_closes(now=NOW + timedelta(minutes=9))
    later = services.request_due_closes(now=NOW + timedelta(minutes=11))

    assert (soon, len(later)) == ([], 1)
