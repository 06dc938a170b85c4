"""Long work, kept true in job rows whatever becomes of queues, workers and machines.

A job is asked for (`request_job`), taken by one run at a time (`claim_job`), tells that
it lives (`beat_job`), and ends once (`finish_job`, `fail_job`). A run that lost its
claim may write nothing more: what it computed is thrown away, so no effect is doubled.
`sweep_jobs` finds the jobs whose message or run was lost and gives them back.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from hub.core.errors import N_, JobLost
from hub.models import Job, Organization, Person

STOPPED_BEATING = N_("The work stopped answering, %(attempts)s times in a row.")
ENDED = (Job.State.DONE, Job.State.FAILED, Job.State.STOPPED)


@dataclass(frozen=True, slots=True)
class Recovered:
    """A job to hand to a worker again: `kind` is the name of its task."""

    kind: str
    job_id: int


@transaction.atomic
def request_job(
    *,
    kind: str,
    key: str,
    payload: Mapping[str, Any],
    organization: Organization | None,
    by: Person | None,
) -> Job:
    """Ask for a work, once per `key`: a second click finds the first job.

    `kind` is the name of the task that does it. The caller sends the task when the
    transaction commits; if that message is lost, the sweeper sends it again.
    """
    job, _created = Job.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind,
            "payload": dict(payload),
            "organization": organization,
            "requested_by": by,
        },
    )
    return job


@transaction.atomic
def claim_job(
    *, job_id: int, claim: str, now: datetime, heartbeat_limit_s: int
) -> Job | None:
    """Take a job for the run named `claim`; None when there is nothing to do.

    A message may be delivered twice, or long after its job ended: only a waiting job,
    or one whose run stopped beating, is taken.
    """
    job = Job.objects.select_for_update().filter(pk=job_id).first()
    if job is None or job.state in ENDED:
        return None
    if job.state == Job.State.RUNNING and _beats(job, now, heartbeat_limit_s):
        return None
    if job.num_attempts >= job.max_attempts:
        _end(job, Job.State.FAILED, now=now, reason=_gave_up(job))
        return None
    job.state = Job.State.RUNNING
    job.claim = claim
    job.num_attempts += 1
    job.started_at = job.started_at or now
    job.heartbeat_at = now
    job.save()
    return job


@transaction.atomic
def beat_job(
    *, job_id: int, claim: str, now: datetime, progress: Mapping[str, Any] | None = None
) -> bool:
    """Say that the run lives, with how far it is; True when it is asked to stop.

    Raises JobLost when another run holds the job or it has ended.
    """
    job = _held(job_id, claim)
    job.heartbeat_at = now
    if progress is not None:
        job.progress = dict(progress)
    job.save(update_fields=["heartbeat_at", "progress"])
    return job.stop_requested


@transaction.atomic
def finish_job(
    *, job_id: int, claim: str, now: datetime, result: Mapping[str, Any]
) -> Job:
    """End a job well. Call it in the transaction that writes the job's effect:
    either both stand or neither. Raises JobLost."""
    job = _held(job_id, claim)
    state = Job.State.STOPPED if job.stop_requested else Job.State.DONE
    job.result = dict(result)
    _end(job, state, now=now, reason="")
    return job


@transaction.atomic
def fail_job(*, job_id: int, claim: str, now: datetime, reason: str) -> Job:
    """End a job with a reason a person can read. Raises JobLost."""
    job = _held(job_id, claim)
    _end(job, Job.State.FAILED, now=now, reason=reason)
    return job


@transaction.atomic
def stop_job(*, job_id: int, now: datetime) -> Job:
    """Ask a job to stop and keep what it has; a waiting one ends at once."""
    job = Job.objects.select_for_update().get(pk=job_id)
    if job.state in ENDED:
        return job
    job.stop_requested = True
    if job.state == Job.State.QUEUED:
        _end(job, Job.State.STOPPED, now=now, reason="")
        return job
    job.save(update_fields=["stop_requested"])
    return job


@transaction.atomic
def drop_job(*, job_id: int, now: datetime) -> Job:
    """End a job at once: its run meets JobLost and throws away what it has."""
    job = Job.objects.select_for_update().get(pk=job_id)
    if job.state not in ENDED:
        job.stop_requested = True
        _end(job, Job.State.STOPPED, now=now, reason="")
    return job


@transaction.atomic
def sweep_jobs(*, now: datetime, heartbeat_limit_s: int) -> list[Recovered]:
    """Find the jobs nobody works on: give them back, or fail them with a reason.

    Waiting longer than the limit means the message was lost; running without a beat
    means the run died. Returns the jobs to send again.
    """
    _set_back(now)
    limit = now - timedelta(seconds=heartbeat_limit_s)
    recovered = []
    lost = Job.objects.select_for_update(skip_locked=True)
    for job in lost.filter(state=Job.State.QUEUED, queued_at__lt=limit):
        job.queued_at = now
        job.save(update_fields=["queued_at"])
        recovered.append(Recovered(kind=job.kind, job_id=job.pk))
    for job in lost.filter(state=Job.State.RUNNING, heartbeat_at__lt=limit):
        if job.num_attempts >= job.max_attempts:
            _end(job, Job.State.FAILED, now=now, reason=_gave_up(job))
            continue
        job.state = Job.State.QUEUED
        job.claim = ""
        job.queued_at = now
        job.save(update_fields=["state", "claim", "queued_at"])
        recovered.append(Recovered(kind=job.kind, job_id=job.pk))
    return recovered


def _set_back(now: datetime) -> None:
    """After the server's clock went back, count every wait and silence from `now`.

    What lies ahead of the clock would seem alive for an hour. A run that lives beats
    again within the limit.
    """
    ahead = Job.objects.select_for_update(skip_locked=True)
    for job in ahead.filter(state=Job.State.QUEUED, queued_at__gt=now):
        job.queued_at = now
        job.save(update_fields=["queued_at"])
    for job in ahead.filter(state=Job.State.RUNNING, heartbeat_at__gt=now):
        job.heartbeat_at = now
        job.save(update_fields=["heartbeat_at"])


def _held(job_id: int, claim: str) -> Job:
    job = Job.objects.select_for_update().get(pk=job_id)
    if job.state != Job.State.RUNNING or job.claim != claim:
        raise JobLost(job=job.public_id)
    return job


def _beats(job: Job, now: datetime, heartbeat_limit_s: int) -> bool:
    return (
        job.heartbeat_at is not None
        and (now - job.heartbeat_at).total_seconds() < heartbeat_limit_s
    )


def _gave_up(job: Job) -> str:
    return STOPPED_BEATING % {"attempts": job.num_attempts}


def _end(job: Job, state: str, *, now: datetime, reason: str) -> None:
    job.state = state
    job.claim = ""
    job.ended_at = now
    job.reason = reason
    job.save()
