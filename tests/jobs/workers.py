"""Workers and brokers of a test: started, spoken to, killed without warning."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest
from celery import Celery
from django.db import connections
from django.utils import timezone

from hub.models import Job
from hub.services import jobs

ROOT = Path(__file__).resolve().parents[2]
HEARTBEAT_LIMIT_S = 3


def address_of(alias: str) -> str:
    """The address of the test database under one of our roles."""
    settings = connections[alias].settings_dict
    return (
        f"postgresql://{settings['USER']}:{settings['PASSWORD']}@"
        f"{settings['HOST'] or '127.0.0.1'}:{settings['PORT'] or 5432}/"
        f"{settings['NAME']}"
    )


def environment_of(folder: Path, *, broker: str, queue: str) -> dict[str, str]:
    """What a worker is started with: the test database, a transport of its own."""
    for name in ("messages", "control"):
        (folder / "queue" / name).mkdir(parents=True)
    return {
        **os.environ,
        "DATABASE_URL": address_of("default"),
        "DATABASE_OWNER_URL": address_of("owner"),
        "BROKER_URL": broker,
        "BROKER_FOLDER": str(folder / "queue"),
        "SOLVER_FOLDER": str(folder / "solver"),
        "JOB_HEARTBEAT_LIMIT_S": str(HEARTBEAT_LIMIT_S),
        "QUEUE": queue,
        "LOG_LEVEL": "WARNING",
    }


def start_worker(
    application: str, environment: Mapping[str, str]
) -> subprocess.Popen[bytes]:
    """A worker with one child, the head of a process group of its own."""
    command = [sys.executable, "-m", "celery", "-A", application]
    command += ["worker", "-c", "1", "-Q", environment["QUEUE"]]
    command += ["--without-gossip", "--without-mingle", "-l", "WARNING"]
    return subprocess.Popen(
        command, cwd=ROOT, env=dict(environment), start_new_session=True
    )


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """kill -9 of a process with its children."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    process.wait()


def send(environment: Mapping[str, str], task: str, job_id: int) -> None:
    """Send a task over the transport under test."""
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
            task,
            args=[job_id],
            queue=environment["QUEUE"],
            connection=link,
            ignore_result=True,
        )
    sender.close()


def sweep_until_ended(environment: Mapping[str, str], task: str, job: Job) -> Job:
    """What beat does: sweep, and send what was lost again."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        for found in jobs.sweep_jobs(
            now=timezone.now(), heartbeat_limit_s=HEARTBEAT_LIMIT_S
        ):
            send(environment, task, found.job_id)
        job.refresh_from_db()
        if job.state in jobs.ENDED:
            return job
        time.sleep(0.5)
    raise AssertionError(f"still {job.state}")


class OwnRedis:
    """A broker of this test alone, so that it may be killed."""

    def __init__(self, folder: Path) -> None:
        if shutil.which("redis-server") is None:
            pytest.skip("no redis-server here")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.folder = folder
        self.start()

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start it, empty: what it held died with it."""
        command = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1"]
        command += ["--save", "", "--appendonly", "no", "--dir", str(self.folder)]
        self.process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, start_new_session=True
        )
        end = time.monotonic() + 10
        while time.monotonic() < end:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise AssertionError("the broker does not start")

    def kill(self) -> None:
        """kill -9."""
        kill_group(self.process)
