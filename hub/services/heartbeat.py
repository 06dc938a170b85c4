"""A heart beating beside a long step that cannot pause to say that it lives.

It beats from a thread with a database connection of its own. It only says that the
process lives, so it never outlasts the time a task may take: a step that hangs is
swept like one that died.
"""

import contextlib
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.conf import settings
from django.db import DatabaseError, connections
from django.utils import timezone

from hub.core.errors import JobLost
from hub.models import Job
from hub.services import jobs

BEATS_PER_LIMIT = 4
"""Beats within the silence that a sweeper allows: one or two may fail."""


@dataclass(slots=True)
class Heart:
    """A heart beating for one claim of a job, until `stop`, a loss, or its limit."""

    job_id: int
    claim: str
    every_s: float
    at_most_s: float
    _is_over: threading.Event = field(default_factory=threading.Event)

    def beat_on(self) -> None:
        """Beat now and then, in the thread of the heart alone.

        A beat that the database refuses is missed; the next one is tried.
        """
        end_s = time.monotonic() + self.at_most_s
        try:
            while not self._is_over.wait(self.every_s) and time.monotonic() < end_s:
                with contextlib.suppress(DatabaseError):
                    jobs.beat_job(
                        job_id=self.job_id, claim=self.claim, now=timezone.now()
                    )
        except (JobLost, Job.DoesNotExist):
            return
        finally:
            connections.close_all()

    def stop(self) -> None:
        """End before the next beat."""
        self._is_over.set()


@contextlib.contextmanager
def beating(*, job: Job) -> Iterator[None]:
    """Keep a claimed job beating during the block.

    Ends by itself when another run takes the job, which the caller then learns from
    its own next beat. Leave the block before the transaction that ends the job: both
    would lock its row.
    """
    heart = Heart(
        job_id=job.pk,
        claim=job.claim,
        every_s=settings.JOB_HEARTBEAT_LIMIT_S / BEATS_PER_LIMIT,
        at_most_s=settings.TASK_TIME_LIMIT_S,
    )
    thread = threading.Thread(target=heart.beat_on, name=f"heart of {job.public_id}")
    thread.start()
    try:
        yield
    finally:
        heart.stop()
        thread.join()
