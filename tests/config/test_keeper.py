"""Killed outright, the process that serves a site leaves none of its processes."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SERVES = """
import os, sys, time, django
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
django.setup()
from config import serving
site = serving.Site(port=0)
try:
    for _number in range(2):
        site.processes.append(site.launch([sys.executable, "-c", sys.argv[1]]))
    print(*[process.pid for process in site.processes], flush=True)
    site.watch()
finally:
    site.stop()
"""
PATIENT = "import time; time.sleep(600)"
STUBBORN = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); "
    "print(end='', flush=True); time.sleep(600)"
)
Serve = Callable[[str], tuple[subprocess.Popen[str], list[int]]]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Starts a server of two processes; ends whatever a failed test left of them."""
    groups: list[int] = []
    servers: list[subprocess.Popen[str]] = []

    def started(work: str) -> tuple[subprocess.Popen[str], list[int]]:
        server = subprocess.Popen(
            [sys.executable, "-c", SERVES, work],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        assert server.stdout is not None
        children = [int(pid) for pid in server.stdout.readline().split()]
        groups.extend([server.pid, *children])
        servers.append(server)
        return server, children

    yield started
    for group in groups:
        if alive([group]):
            os.killpg(group, signal.SIGKILL)
    for server in servers:
        server.communicate()


def alive(pids: list[int]) -> list[int]:
    """Those of the processes that run; one that ended and waits does not."""
    found = subprocess.run(
        ["ps", "-o", "pid=,stat=", "-p", ",".join(map(str, pids))],
        capture_output=True,
        text=True,
        check=False,
    )
    rows = [line.split() for line in found.stdout.splitlines()]
    return [int(pid) for pid, state in rows if not state.startswith("Z")]


def left_after(pids: list[int], seconds: float) -> list[int]:
    end = time.monotonic() + seconds
    while alive(pids) and time.monotonic() < end:
        time.sleep(0.1)
    return alive(pids)


@pytest.mark.parametrize("work", [PATIENT, STUBBORN])
def test_a_server_killed_outright_leaves_nothing(serve: Serve, work: str) -> None:
    server, children = serve(work)
    assert len(alive(children)) == 2

    server.kill()
    server.wait()

    assert left_after(children, seconds=20) == []


def test_without_their_keeper_they_would_be_left(serve: Serve) -> None:
    server, children = serve(PATIENT)
    found = subprocess.run(
        ["pgrep", "-P", str(server.pid), "-f", "config.keeper"],
        capture_output=True,
        text=True,
        check=True,
    )
    os.kill(int(found.stdout), signal.SIGKILL)

    server.kill()
    server.wait()

    assert left_after(children, seconds=1) == children


def test_ctrl_c_twice_leaves_nothing_and_ends_well(serve: Serve) -> None:
    server, children = serve(STUBBORN)
    time.sleep(0.5)

    for _press in range(3):
        server.send_signal(signal.SIGINT)
        time.sleep(0.3)
    code = server.wait(timeout=30)

    assert (code, alive(children)) == (0, [])
