"""A long step whose process lives is not taken for a dead one; a hung one is."""

import threading
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from hub.models import Job
from hub.services import jobs
from hub.services.heartbeat import Heart, beating

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
LIMIT_S = 2


@pytest.fixture
def job(settings) -> Job:
    settings.JOB_HEARTBEAT_LIMIT_S = LIMIT_S
    asked = jobs.request_job(
        kind="tests.step", key="step", payload={}, organization=None, by=None
    )
    claimed = jobs.claim_job(
        job_id=asked.pk, claim="mine", now=timezone.now(), heartbeat_limit_s=LIMIT_S
    )
    assert claimed is not None
    return claimed


def swept_during_a_step() -> set[int]:
    """What the sweeper takes for dead during a step longer than it allows."""
    found: set[int] = set()
    end = time.monotonic() + 1.5 * LIMIT_S
    while time.monotonic() < end:
        time.sleep(0.1)
        swept = jobs.sweep_jobs(now=timezone.now(), heartbeat_limit_s=LIMIT_S)
        found |= {job.job_id for job in swept}
    return found


def hearts() -> list[str]:
    names = (thread.name for thread in threading.enumerate())
    return [name for name in names if name.startswith("heart of")]


def test_a_long_step_with_a_heart_is_not_swept(job):
    with beating(job=job):
        swept = swept_during_a_step()

    assert (swept, hearts()) == (set(), [])


def test_the_same_step_without_a_heart_is_swept(job):
    assert swept_during_a_step() == {job.pk}


def test_the_heart_of_a_lost_claim_stops_and_leaves_the_other_run_alone(job):
    with beating(job=job):
        later = timezone.now() + timedelta(hours=1)
        jobs.claim_job(job_id=job.pk, claim="other", now=later, heartbeat_limit_s=0)
        time.sleep(LIMIT_S)
        alive = hearts()

    job.refresh_from_db()
    assert (alive, job.claim, job.heartbeat_at) == ([], "other", later)


def test_a_step_that_hangs_is_swept_once_a_task_may_take_no_longer(job):
    heart = Heart(job_id=job.pk, claim="mine", every_s=0.1, at_most_s=0.3)

    heart.beat_on()
    swept = swept_during_a_step()

    assert swept == {job.pk}


def test_a_step_that_fails_stops_its_heart(job):
    with pytest.raises(ZeroDivisionError), beating(job=job):
        raise ZeroDivisionError

    assert hearts() == []
