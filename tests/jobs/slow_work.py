"""A Celery worker whose one task is slow enough to be killed in the middle.

Its effect is one farm per finished job, which nothing but the job row keeps single.
"""

import os
import time
import uuid

import django

import config.celery

django.setup()

from django.db import transaction  # noqa: E402 - tables need the applications loaded
from django.utils import timezone  # noqa: E402

from hub.core.errors import JobLost  # noqa: E402
from hub.models import Organization  # noqa: E402
from hub.services import jobs  # noqa: E402

app = config.celery.app
HEARTBEAT_LIMIT_S = int(os.environ.get("JOB_HEARTBEAT_LIMIT_S", "3"))


@app.task(name="tests.slow_work")
def slow_work(job_id: int) -> None:
    """Beat every tenth of a second for the asked time, then add one farm."""
    claim = uuid.uuid4().hex
    job = jobs.claim_job(
        job_id=job_id,
        claim=claim,
        now=timezone.now(),
        heartbeat_limit_s=HEARTBEAT_LIMIT_S,
    )
    if job is None:
        return
    try:
        for step in range(int(job.payload["tenths"])):
            time.sleep(0.1)
            jobs.beat_job(
                job_id=job_id,
                claim=claim,
                now=timezone.now(),
                progress={"step": step, "pid": os.getpid()},
            )
        with transaction.atomic():
            jobs.finish_job(
                job_id=job_id, claim=claim, now=timezone.now(), result={"ok": True}
            )
            Organization.objects.create(kind="producer", name=f"farm of {job.key}")
    except JobLost:
        return
