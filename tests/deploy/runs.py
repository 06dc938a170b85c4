"""A production run of a test: `serve --production`, its log, its processes."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from tests.factories.sites import PRODUCTION, ROOT, free_port, send

START_LIMIT_S = 90
STOP_LIMIT_S = 45


def wait_until(
    is_so: Callable[[], bool], what: str, *, seconds: float = 30, pause_s: float = 0.1
) -> float:
    """Wait for something to become true; how many seconds it took."""
    began = time.monotonic()
    while not is_so():
        if time.monotonic() - began > seconds:
            raise AssertionError(f"after {seconds} s, still not: {what}")
        time.sleep(pause_s)
    return time.monotonic() - began


class Run:
    """One run with files of its own in `folder`; whatever it starts is found by it."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        self.port = free_port()
        self.environment = {
            **os.environ,
            **PRODUCTION,
            "BEHIND_PROXY": "yes",
            "STATIC_ROOT": str(folder / "static"),
            "MEDIA_ROOT": str(folder / "media"),
            "SOLVER_FOLDER": str(folder / "solver"),
            "BROKER_FOLDER": str(folder / "queue"),
            "CHARROI_TEST_RUN": str(folder),
            **environment,
        }
        self.log = folder / "log"

    def start(self) -> None:
        """Start it as a supervisor would, and wait until it serves."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "serve", "--production"]
                + ["--port", str(self.port)],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        wait_until(self._is_up, "the site is up", seconds=START_LIMIT_S)

    def stop(self) -> int:
        """Ask it to end, as a supervisor would; its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=STOP_LIMIT_S)

    def end(self) -> None:
        """Leave nothing, whatever the test did."""
        if hasattr(self, "process") and self.process.poll() is None:
            self.stop()
        for pid in self.processes():
            os.kill(pid, signal.SIGKILL)

    def health(self) -> tuple[int, dict[str, Any]]:
        """What a monitor of this machine reads."""
        status, _headers, words = send(self.port, "/health", None, {}, scheme="http")
        return status, json.loads(words)

    def told(self, event: str) -> list[Mapping[str, Any]]:
        """The lines of the log about one event."""
        lines = self.log.read_text().splitlines()
        read = [json.loads(line) for line in lines if line.startswith("{")]
        return [line for line in read if line["event"] == event]

    def processes(self, *words: str) -> list[int]:
        """The living processes of this run whose command has all these words."""
        mark = f"CHARROI_TEST_RUN={self.folder}".encode()
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                environment = (entry / "environ").read_bytes().split(b"\0")
                command = (entry / "cmdline").read_bytes().decode().split("\0")
            except OSError:
                continue
            if mark in environment and all(word in command for word in words):
                found.append(int(entry.name))
        return sorted(found)

    def web(self) -> list[int]:
        """The processes that answer requests, without the one that keeps them."""
        head = self.head("granian")
        return [pid for pid in self.processes("granian") if self._parent(pid) == head]

    def head(self, name: str) -> int:
        """The process at the head of a part: granian, worker or beat."""
        (found,) = [
            pid for pid in self.processes(name) if self._parent(pid) == self.process.pid
        ]
        return found

    def _parent(self, pid: int) -> int:
        stat = Path(f"/proc/{pid}/stat").read_text()
        return int(stat.rpartition(")")[2].split()[1])

    def _is_up(self) -> bool:
        if self.process.poll() is not None:
            raise AssertionError(self.log.read_text()[-4_000:])
        return bool(self.log.exists() and self.told("site_up"))
