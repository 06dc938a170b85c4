"""Celery: the same tasks over files, Redis or RabbitMQ.

A task is acknowledged when it ends and handed out again when its worker dies; the
files of the filesystem transport cannot do that, so the truth is the job row and its
sweeper (`hub.services.jobs`), never the queue. Results are kept nowhere.
"""

import os
from datetime import datetime
from typing import Any

from celery import Celery, bootsteps
from celery.beat import Scheduler

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from django.conf import settings  # after the settings are named
from django.core.exceptions import ImproperlyConfigured

from config import checks, queue_files


class SteadyScheduler(Scheduler):
    """Run each task at its interval, whatever becomes of the clock on the wall.

    Celery counts from the hour at which a task last ran, and keeps the tasks in the
    order of the hours at which they are due. Once the server's clock was set back an
    hour, those lie ahead: nothing would run until they are reached, or one task alone.
    Here the intervals are then counted anew.
    """

    def tick(self, *args: Any, **options: Any) -> float:
        """Run what is due; returns the seconds until the next look."""
        self.count_anew(self.app.now())
        seconds: float = super().tick(*args, **options)
        return seconds

    def count_anew(self, now: datetime) -> None:
        """Let no task have run later than `now`."""
        ahead = [
            entry
            for entry in self.schedule.values()
            if entry.last_run_at is not None and entry.last_run_at > now
        ]
        for entry in ahead:
            entry.last_run_at = now
        if ahead:
            self._heap = None


class TimeLimits(bootsteps.Step):
    """Refuse to start a worker whose time limits lose work.

    Celery runs Django's checks and goes on whatever they say.
    """

    def __init__(self, worker: Any, **options: Any) -> None:
        super().__init__(worker, **options)
        wrongs = [*checks.visibility_outlasts_tasks(), *checks.solver_fits_in_a_task()]
        if wrongs:
            raise ImproperlyConfigured("\n".join(str(wrong) for wrong in wrongs))


def transport() -> dict[str, Any]:
    """Celery's settings for the broker given, or for a folder of files without one."""
    if settings.BROKER_URL and not settings.BROKER_URL.startswith("filesystem"):
        return {
            "broker_url": settings.BROKER_URL,
            "broker_transport_options": {
                "visibility_timeout": settings.VISIBILITY_TIMEOUT_S
            }
            if settings.BROKER_URL.startswith("redis")
            else {},
        }
    queue_files.use()
    messages = settings.BROKER_FOLDER / "messages"
    control = settings.BROKER_FOLDER / "control"
    for folder in (messages, control):
        folder.mkdir(parents=True, exist_ok=True)
    return {
        "broker_url": "filesystem://localhost",
        "broker_transport_options": {
            "data_folder_in": str(messages),
            "data_folder_out": str(messages),
            "control_folder": str(control),
            "polling_interval": 0.1,
        },
    }


app = Celery("charroi")
app.conf.update(
    **transport(),
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_ignore_result=True,
    task_time_limit=settings.TASK_TIME_LIMIT_S,
    task_soft_time_limit=max(settings.TASK_TIME_LIMIT_S - 20, 10),
    task_serializer="json",
    accept_content=["json"],
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    worker_cancel_long_running_tasks_on_connection_loss=True,
    broker_connection_retry_on_startup=True,
    timezone="UTC",
    # Every task returns within minutes: a clock that was stopped has nothing to recall,
    # and needs no file of its own, in a folder that only the files' transport makes.
    beat_scheduler="config.celery:SteadyScheduler",
    beat_schedule={
        "say that the clock ticks": {"task": "hub.tick", "schedule": 15.0},
        "sweep jobs": {
            "task": "hub.sweep_jobs",
            "schedule": max(settings.JOB_HEARTBEAT_LIMIT_S / 4, 1.0),
        },
        "open cycles at their hour": {
            "task": "hub.open_due_cycles",
            "schedule": 30.0,
        },
        "close cycles at their hour": {
            "task": "routing.close_due_cycles",
            "schedule": 30.0,
        },
        "forget sign-ins": {"task": "hub.forget_sign_ins", "schedule": 3_600.0},
        "send notices": {"task": "hub.send_notices", "schedule": 15.0},
        "send webhooks": {
            "task": "hub.send_webhooks",
            "schedule": 5.0,
            # One that waited in the queue for so long has others behind it.
            "options": {"expires": 15},
        },
        "forget old traces": {"task": "hub.forget_traces", "schedule": 21_600.0},
        "forget old webhooks": {"task": "hub.forget_webhooks", "schedule": 21_600.0},
        "give back expired holds": {
            "task": "ledger.release_expired",
            "schedule": 300.0,
        },
        "seal the ledger": {"task": "ledger.seal", "schedule": 300.0},
        "watch the funds": {"task": "pricing.watch_funds", "schedule": 900.0},
        "watch the cash of hubs": {"task": "orders.watch_cash", "schedule": 3_600.0},
        "prove the books": {"task": "hub.prove_books", "schedule": 900.0},
        "prove what waits": {"task": "orders.prove_suspense", "schedule": 21_600.0},
    },
)
app.steps["worker"].add(TimeLimits)
app.autodiscover_tasks(["hub", "hub.ledger", "pricing", "orders", "routing"])
