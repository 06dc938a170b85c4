"""kill -9 of a child and of the whole worker loses no job and doubles no effect."""

import os
import signal
import subprocess
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hub.models import Job, Organization
from hub.services import jobs
from tests.jobs import workers

Start = Callable[[], subprocess.Popen[bytes]]
TASK = "tests.slow_work"
TRANSPORTS = {
    "filesystem": "",
    "redis": os.environ.get("SERVICES_REDIS_URL", ""),
    "rabbitmq": os.environ.get("SERVICES_RABBITMQ_URL", ""),
}
pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
    pytest.mark.timeout(180),
]


@pytest.fixture(
    params=[
        "filesystem",
        pytest.param("redis", marks=pytest.mark.services),
        pytest.param("rabbitmq", marks=pytest.mark.services),
    ]
)
def environment(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, str]:
    """The environment of a worker on one transport, with a queue of its own."""
    broker = TRANSPORTS[request.param]
    if request.param != "filesystem" and not broker:
        pytest.skip(f"no {request.param} here")
    return workers.environment_of(
        tmp_path, broker=broker, queue=f"test-{uuid.uuid4().hex[:8]}"
    )


@pytest.fixture
def worker(
    environment: dict[str, str],
) -> Iterator[Start]:
    """Starts workers, each the head of a process group that ends with the test."""
    started: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        process = workers.start_worker("tests.jobs.slow_work", environment)
        started.append(process)
        return process

    yield start
    for process in started:
        workers.kill_group(process)


def ask(tenths: int, max_attempts: int = 3) -> Job:
    """A job whose work takes `tenths` tenths of a second."""
    job = jobs.request_job(
        kind=TASK,
        key=uuid.uuid4().hex,
        payload={"tenths": tenths},
        organization=None,
        by=None,
    )
    Job.objects.filter(pk=job.pk).update(max_attempts=max_attempts)
    return job


def wait_for(job: Job, *states: str, seconds: float = 60) -> Job:
    """The job once it is in one of `states`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        job.refresh_from_db()
        if job.state in states:
            return job
        time.sleep(0.1)
    raise AssertionError(f"still {job.state} after {seconds} s")


def effects(job: Job) -> int:
    """How many times the job took effect."""
    return Organization.objects.filter(name=f"farm of {job.key}").count()


def test_a_killed_child_is_replaced_and_the_effect_stays_single(
    environment: dict[str, str], worker: Start
) -> None:
    worker()
    job = ask(tenths=30)
    workers.send(environment, TASK, job.pk)
    wait_for(job, Job.State.RUNNING)
    end = time.monotonic() + 20
    while "pid" not in job.progress and time.monotonic() < end:
        time.sleep(0.1)
        job.refresh_from_db()

    os.kill(job.progress["pid"], signal.SIGKILL)
    workers.sweep_until_ended(environment, TASK, job)

    assert (job.state, effects(job)) == (Job.State.DONE, 1)


def test_a_killed_worker_is_replaced_and_the_effect_stays_single(
    environment: dict[str, str], worker: Start
) -> None:
    first = worker()
    job = ask(tenths=30)
    workers.send(environment, TASK, job.pk)
    wait_for(job, Job.State.RUNNING)

    workers.kill_group(first)
    worker()
    workers.sweep_until_ended(environment, TASK, job)

    assert (job.state, effects(job)) == (Job.State.DONE, 1)


def test_a_task_delivered_three_times_takes_effect_once(
    environment: dict[str, str], worker: Start
) -> None:
    worker()
    job = ask(tenths=5)

    for _ in range(3):
        workers.send(environment, TASK, job.pk)
    wait_for(job, Job.State.DONE)
    time.sleep(1.5)

    assert effects(job) == 1


@pytest.mark.parametrize("environment", ["filesystem"], indirect=True)
def test_without_a_sweeper_a_killed_worker_on_files_loses_the_job(
    environment: dict[str, str], worker: Start
) -> None:
    """The negative control: files cannot hand a message out again (RabbitMQ does)."""
    first = worker()
    job = ask(tenths=30)
    workers.send(environment, TASK, job.pk)
    wait_for(job, Job.State.RUNNING)

    workers.kill_group(first)
    worker()
    time.sleep(8)
    job.refresh_from_db()

    assert (job.state, effects(job)) == (Job.State.RUNNING, 0)
