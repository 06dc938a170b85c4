"""Background work of the ground floor: sweeping jobs, opening cycles on time."""

import structlog
from celery import current_app, shared_task
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from hub.services import (
    books,
    clock,
    cycles,
    devices,
    jobs,
    notices,
    sign_in_codes,
    sign_in_watch,
    trail_keeping,
    webhook_sending,
    webhooks,
)

log = structlog.get_logger("jobs")


@shared_task(name="hub.tick", ignore_result=True)
def tick() -> None:
    """Say that the clock, the queue and a worker all live; read by `/health`."""
    clock.say_it_ticks(now=timezone.now())


@shared_task(name="hub.sweep_jobs", ignore_result=True)
def sweep_jobs() -> int:
    """Give lost jobs back to a worker; safe to run twice at once."""
    recovered = jobs.sweep_jobs(
        now=timezone.now(), heartbeat_limit_s=settings.JOB_HEARTBEAT_LIMIT_S
    )
    for job in recovered:
        log.warning("job_recovered", kind=job.kind, job=job.job_id)
        current_app.send_task(job.kind, args=[job.job_id])
    return len(recovered)


@shared_task(name="hub.open_due_cycles", ignore_result=True)
def open_due_cycles() -> int:
    """Open the cycles whose hour has come; safe to run twice."""
    return cycles.open_due_cycles(now=timezone.now())


@shared_task(name="hub.send_notices", ignore_result=True)
def send_notices() -> int:
    """Send the notices that wait; safe to run twice at once."""
    return notices.send_waiting(now=timezone.now())


@shared_task(name="hub.forget_sign_ins", ignore_result=True)
def forget_sign_ins() -> int:
    """Drop codes, counters, devices and sessions that are over; safe to run twice."""
    now = timezone.now()
    call_command("clearsessions")
    return (
        sign_in_codes.forget_codes(now=now)
        + sign_in_watch.forget_attempts(now=now)
        + devices.forget_devices(now=now)
    )


@shared_task(name="hub.send_webhooks", ignore_result=True)
def send_webhooks() -> int:
    """Send the webhooks that are due; safe to run twice at once."""
    return webhook_sending.send_due()


@shared_task(name="hub.forget_webhooks", ignore_result=True)
def forget_webhooks() -> int:
    """Forget the webhooks of more than a month ago."""
    return webhooks.forget_old(now=timezone.now())


@shared_task(name="hub.forget_traces", ignore_result=True)
def forget_traces() -> int:
    """Forget the traces of more than seven years ago; safe to run twice."""
    return trail_keeping.forget_old_traces()


@shared_task(name="hub.prove_books", ignore_result=True)
def prove_books() -> None:
    """Prove the books of the day before, once a night; safe to run twice at once."""
    books.prove_yesterday(
        now=timezone.now(), month_closes_on=settings.LEDGER_MONTH_CLOSES_ON
    )
