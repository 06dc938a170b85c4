"""A job is taken by one run at a time, ends once, and is never lost."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hub.core.errors import JobLost
from hub.models import Job
from hub.services import jobs
from hub.services.jobs import Recovered

pytestmark = pytest.mark.django_db
NOW = timezone.now()
LATE = NOW + timedelta(seconds=61)
LIMIT_S = 60


def asked(key: str = "plan of the day") -> Job:
    return jobs.request_job(
        kind="routing.plan", key=key, payload={"day": 1}, organization=None, by=None
    )


def claimed(job: Job, claim: str, at=NOW) -> Job | None:
    return jobs.claim_job(job_id=job.pk, claim=claim, now=at, heartbeat_limit_s=LIMIT_S)


def swept(now) -> list[Recovered]:
    return jobs.sweep_jobs(now=now, heartbeat_limit_s=LIMIT_S)


def test_the_same_key_asks_for_one_job_only():
    first = asked()

    second = asked()

    assert (second.pk, Job.objects.count()) == (first.pk, 1)


def test_a_job_is_taken_by_one_run_only():
    job = asked()
    claimed(job, "one")

    taken_again = claimed(job, "two")

    assert taken_again is None


def test_a_run_that_stopped_beating_is_replaced():
    job = asked()
    claimed(job, "one")

    taken = claimed(job, "two", at=LATE)

    assert taken is not None
    assert (taken.claim, taken.num_attempts) == ("two", 2)


def test_a_replaced_run_may_write_nothing_more():
    job = asked()
    claimed(job, "one")
    claimed(job, "two", at=LATE)

    with pytest.raises(JobLost):
        jobs.finish_job(job_id=job.pk, claim="one", now=LATE, result={})

    job.refresh_from_db()
    assert (job.state, job.claim) == (Job.State.RUNNING, "two")


def test_a_finished_job_is_not_taken_again():
    job = asked()
    claimed(job, "one")
    jobs.finish_job(job_id=job.pk, claim="one", now=NOW, result={"plan": "x"})

    assert claimed(job, "two", at=LATE) is None


def test_the_sweeper_gives_back_a_job_that_stopped_beating():
    job = asked()
    claimed(job, "one")

    recovered = jobs.sweep_jobs(now=LATE, heartbeat_limit_s=LIMIT_S)

    job.refresh_from_db()
    assert recovered == [Recovered(kind="routing.plan", job_id=job.pk)]
    assert (job.state, job.claim) == (Job.State.QUEUED, "")


def test_the_sweeper_leaves_a_beating_job_alone():
    job = asked()
    claimed(job, "one")
    jobs.beat_job(job_id=job.pk, claim="one", now=LATE, progress={"cost": 1})

    assert jobs.sweep_jobs(now=LATE, heartbeat_limit_s=LIMIT_S) == []


def test_the_third_silent_run_fails_the_job_with_a_reason():
    job = asked()
    Job.objects.filter(pk=job.pk).update(num_attempts=2)
    claimed(job, "three")

    recovered = jobs.sweep_jobs(now=LATE, heartbeat_limit_s=LIMIT_S)

    job.refresh_from_db()
    assert recovered == []
    assert (job.state, job.reason) == (
        Job.State.FAILED,
        "The work stopped answering, 3 times in a row.",
    )


def test_a_stopped_job_keeps_what_it_has():
    job = asked()
    claimed(job, "one")
    jobs.stop_job(job_id=job.pk, now=NOW)

    asked_to_stop = jobs.beat_job(job_id=job.pk, claim="one", now=NOW)
    jobs.finish_job(job_id=job.pk, claim="one", now=NOW, result={"plan": "x"})

    job.refresh_from_db()
    assert (asked_to_stop, job.state, job.result) == (
        True,
        Job.State.STOPPED,
        {"plan": "x"},
    )


def test_a_waiting_job_stops_at_once():
    job = asked()

    jobs.stop_job(job_id=job.pk, now=NOW)

    job.refresh_from_db()
    assert job.state == Job.State.STOPPED


AN_HOUR_BACK = NOW - timedelta(hours=1)


def test_a_dead_run_is_found_soon_though_the_clock_went_back_an_hour():
    job = asked()
    claimed(job, "one")

    found_at_once = swept(AN_HOUR_BACK)
    found_in_time = swept(AN_HOUR_BACK + timedelta(seconds=61))

    assert (found_at_once, found_in_time) == ([], [Recovered("routing.plan", job.pk)])


def test_a_lost_message_is_sent_again_soon_though_the_clock_went_back_an_hour():
    job = asked()

    found_at_once = swept(AN_HOUR_BACK)
    found_in_time = swept(AN_HOUR_BACK + timedelta(seconds=61))

    assert (found_at_once, found_in_time) == ([], [Recovered("routing.plan", job.pk)])


def test_a_run_that_beats_on_after_the_clock_went_back_keeps_its_job():
    job = asked()
    claimed(job, "one")
    swept(AN_HOUR_BACK)
    jobs.beat_job(job_id=job.pk, claim="one", now=AN_HOUR_BACK + timedelta(seconds=30))

    assert swept(AN_HOUR_BACK + timedelta(seconds=61)) == []
