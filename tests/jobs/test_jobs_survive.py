"""kill -9 of a child and of the whole worker loses no job and doubles no effect."""

import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from celery import Celery
from django.db import connections
from django.utils import timezone

from hub.models import Job, Organization
from hub.services import jobs

Start = Callable[[], subprocess.Popen[bytes]]
ROOT = Path(__file__).resolve().parents[2]
HEARTBEAT_LIMIT_S = 3
TRANSPORTS = {
    "filesystem": "",
    "redis": os.environ.get("SERVICES_REDIS_URL", ""),
    "rabbitmq": os.environ.get("SERVICES_RABBITMQ_URL", ""),
}
pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
    pytest.mark.timeout(180),
]


def address_of(alias: str) -> str:
    """The address of the test database under one of our roles."""
    settings = connections[alias].settings_dict
    return (
        f"postgresql://{settings['USER']}:{settings['PASSWORD']}@"
        f"{settings['HOST'] or '127.0.0.1'}:{settings['PORT'] or 5432}/"
        f"{settings['NAME']}"
    )


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
    for folder in ("messages", "control"):
        (tmp_path / "queue" / folder).mkdir(parents=True)
    if request.param != "filesystem" and not broker:
        pytest.skip(f"no {request.param} here")
    return {
        **os.environ,
        "DATABASE_URL": address_of("default"),
        "DATABASE_OWNER_URL": address_of("owner"),
        "BROKER_URL": broker,
        "BROKER_FOLDER": str(tmp_path / "queue"),
        "JOB_HEARTBEAT_LIMIT_S": str(HEARTBEAT_LIMIT_S),
        "QUEUE": f"test-{uuid.uuid4().hex[:8]}",
        "LOG_LEVEL": "WARNING",
    }


@pytest.fixture
def worker(
    environment: dict[str, str],
) -> Iterator[Start]:
    """Starts workers, each the head of a process group that ends with the test."""
    started: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "celery", "-A", "tests.jobs.slow_work"]
        command += ["worker", "-c", "1", "-Q", environment["QUEUE"]]
        command += ["--without-gossip", "--without-mingle", "-l", "WARNING"]
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, start_new_session=True
        )
        started.append(process)
        return process

    yield start
    for process in started:
        kill_group(process)


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """kill -9 of a worker with its children."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    process.wait()


def send(environment: dict[str, str], job_id: int) -> None:
    """Send the task over the transport under test."""
    sender = Celery("sender", set_as_current=False)
    messages = f"{environment['BROKER_FOLDER']}/messages"
    sender.conf.update(
        broker_url=environment["BROKER_URL"] or "filesystem://localhost",
        broker_transport_options={}
        if environment["BROKER_URL"]
        else {
            "data_folder_in": messages,
            "data_folder_out": messages,
            "control_folder": f"{environment['BROKER_FOLDER']}/control",
        },
    )
    with sender.connection_for_write() as link:
        sender.send_task(
            "tests.slow_work",
            args=[job_id],
            queue=environment["QUEUE"],
            connection=link,
            ignore_result=True,
        )
    sender.close()


def ask(tenths: int, max_attempts: int = 3) -> Job:
    """A job whose work takes `tenths` tenths of a second."""
    job = jobs.request_job(
        kind="tests.slow_work",
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


def sweep_until_ended(environment: dict[str, str], job: Job) -> Job:
    """What beat does: sweep, and send what was lost again."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        for found in jobs.sweep_jobs(
            now=timezone.now(), heartbeat_limit_s=HEARTBEAT_LIMIT_S
        ):
            send(environment, found.job_id)
        job.refresh_from_db()
        if job.state in jobs.ENDED:
            return job
        time.sleep(0.5)
    raise AssertionError(f"still {job.state}")


def effects(job: Job) -> int:
    """How many times the job took effect."""
    return Organization.objects.filter(name=f"farm of {job.key}").count()


def test_a_killed_child_is_replaced_and_the_effect_stays_single(
    environment: dict[str, str], worker: Start
) -> None:
    worker()
    job = ask(tenths=30)
    send(environment, job.pk)
    wait_for(job, Job.State.RUNNING)
    end = time.monotonic() + 20
    while "pid" not in job.progress and time.monotonic() < end:
        time.sleep(0.1)
        job.refresh_from_db()

    os.kill(job.progress["pid"], signal.SIGKILL)
    sweep_until_ended(environment, job)

    assert (job.state, effects(job)) == (Job.State.DONE, 1)


def test_a_killed_worker_is_replaced_and_the_effect_stays_single(
    environment: dict[str, str], worker: Start
) -> None:
    first = worker()
    job = ask(tenths=30)
    send(environment, job.pk)
    wait_for(job, Job.State.RUNNING)

    kill_group(first)
    worker()
    sweep_until_ended(environment, job)

    assert (job.state, effects(job)) == (Job.State.DONE, 1)


def test_a_task_delivered_three_times_takes_effect_once(
    environment: dict[str, str], worker: Start
) -> None:
    worker()
    job = ask(tenths=5)

    for _ in range(3):
        send(environment, job.pk)
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
    send(environment, job.pk)
    wait_for(job, Job.State.RUNNING)

    kill_group(first)
    worker()
    time.sleep(8)
    job.refresh_from_db()

    assert (job.state, effects(job)) == (Job.State.RUNNING, 0)
