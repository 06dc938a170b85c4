"""kill -9 of the planner, of the worker, of the broker: the job always ends.

It ends done, or failed with a reason; it leaves one plan at most, and one published.
"""

import os
import signal
import subprocess
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.utils import timezone

from hub.models import Job
from routing import services
from routing.models import Plan
from tests.factories.routing import PlanDay, ask, make_day
from tests.jobs import workers

TASK = "routing.plan"
VICTIMS = ("planner", "worker", "broker")
pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
    pytest.mark.timeout(180),
]


@pytest.fixture
def day() -> PlanDay:
    return make_day()


class Works:
    """A worker of the site on a broker of its own, and the planner it starts."""

    def __init__(self, folder: Path) -> None:
        self.broker = workers.OwnRedis(folder)
        self.folder = folder
        self.environment = workers.environment_of(
            folder, broker=self.broker.address, queue=f"test-{uuid.uuid4().hex[:8]}"
        )
        self.started: list[subprocess.Popen[bytes]] = []
        self.start()

    def start(self) -> None:
        """Start a worker."""
        self.started.append(workers.start_worker("config.celery", self.environment))

    def kill(self, victim: str) -> None:
        """kill -9; what a supervisor restarts is started again, the planner is not."""
        if victim == "planner":
            os.kill(self.planner(), signal.SIGKILL)
        elif victim == "worker":
            workers.kill_group(self.started[-1])
            self.start()
        else:
            self.broker.kill()
            time.sleep(1)
            self.broker.start()

    def planner(self) -> int:
        """The process id of the planner at work for this worker."""
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                words = (entry / "cmdline").read_bytes().decode()
            except OSError:
                continue
            if "routing.core" in words and str(self.folder) in words:
                return int(entry.name)
        raise AssertionError("no planner is at work")

    def end(self) -> None:
        """Leave nothing running."""
        for process in self.started:
            workers.kill_group(process)
        self.broker.kill()


@pytest.fixture
def works(tmp_path: Path, settings) -> Iterator[Works]:
    made = Works(tmp_path)
    yield made
    made.end()


def wait_until(is_so: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > end:
            raise AssertionError("waited in vain")
        time.sleep(0.05)


def is_searching(job: Job) -> bool:
    job.refresh_from_db()
    return job.progress.get("step") == "searching" and "cost_cents" in job.progress


def kill_while_it_searches(
    day: PlanDay, works: Works, victim: str, after_s: float
) -> tuple[bool, int, int]:
    """Whether the job ended with its say, its plans, and the plans published."""
    job = ask(day, seconds=4)
    workers.send(works.environment, TASK, job.pk)
    wait_until(lambda: is_searching(job))
    time.sleep(after_s)
    works.kill(victim)
    workers.sweep_until_ended(works.environment, TASK, job)
    plans = Plan.objects.filter(pool=day.pool)
    for plan in plans:
        services.publish_plan(plan=plan, by=None, now=timezone.now())
    is_said = job.state == Job.State.DONE or (
        job.state == Job.State.FAILED and bool(job.reason)
    )
    published = plans.filter(status=Plan.Status.PUBLISHED).count()
    num_plans = plans.count()
    return is_said, num_plans, published


@pytest.mark.parametrize(
    "victim",
    [
        "planner",
        *(pytest.param(name, marks=pytest.mark.soak) for name in VICTIMS[1:]),
    ],
)
def test_whatever_is_killed_the_job_ends_with_one_plan_at_most(
    day: PlanDay, works: Works, victim: str
) -> None:
    is_said, num_plans, published = kill_while_it_searches(day, works, victim, 0.5)

    assert (is_said, num_plans <= 1, published) == (True, True, num_plans)


@pytest.mark.soak
@pytest.mark.parametrize("after_s", [0.0, 0.4, 0.8, 1.2, 1.6])
@pytest.mark.parametrize("victim", VICTIMS)
def test_fifteen_kills_at_fifteen_moments(
    day: PlanDay, works: Works, victim: str, after_s: float
) -> None:
    is_said, num_plans, published = kill_while_it_searches(day, works, victim, after_s)

    assert (is_said, num_plans <= 1, published) == (True, True, num_plans)
