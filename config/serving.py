"""Serving a whole site: web, worker and beat as processes that end together."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from types import FrameType
from urllib.error import URLError
from urllib.request import urlopen

from django.conf import settings

from config import keeper
from config.keeper import signal_group

START_LIMIT_S = 60
STOP_LIMIT_S = 8


@dataclass(slots=True)
class Site:
    """The processes of one site; `stop` leaves none of them.

    `environment` is added to this process's own.
    """

    port: int
    environment: dict[str, str] = field(default_factory=dict)
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)
    keeper: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Start all three and wait until the site answers.

        From here on a stop signal is like Ctrl-C: the caller's `stop` still runs.
        Raises RuntimeError when the site does not answer within a minute.
        """
        _heed_stop_signals()
        python = [sys.executable, "-m"]
        web = ["granian", "--interface", "wsgi", "config.wsgi:application"]
        web += ["--host", "127.0.0.1", "--port", str(self.port), "--workers", "1"]
        web += ["--blocking-threads", "4", "--no-ws", "--log-level", "warning"]
        celery = ["celery", "--quiet", "-A", "config.celery"]
        quiet = ["--loglevel", "WARNING"]
        for command in (
            web,
            [*celery, "worker", "--concurrency", "1", "--without-gossip", *quiet],
            [*celery, "beat", *quiet],
        ):
            self.launch([*python, *command])
        self._wait_until_up()

    def launch(self, command: list[str]) -> None:
        """Start one process as the head of a group that does not outlive us."""
        process = subprocess.Popen(
            command,
            cwd=settings.BASE_DIR,
            env={**os.environ, **self.environment},
            start_new_session=True,
        )
        self.processes.append(process)
        self._tell_keeper(str(process.pid))

    def watch(self) -> None:
        """Stay until Ctrl-C, a stop signal, or the end of one of the processes."""
        try:
            while all(process.poll() is None for process in self.processes):
                time.sleep(0.3)
        except KeyboardInterrupt:
            return

    def stop(self) -> None:
        """End every process with its children, politely and then not.

        Whoever presses Ctrl-C again while this takes its seconds changes nothing.
        """
        _ignore_stop_signals()
        for process in self.processes:
            signal_group(process.pid, signal.SIGTERM)
        limit = time.monotonic() + STOP_LIMIT_S
        for process in self.processes:
            try:
                process.wait(timeout=max(limit - time.monotonic(), 0.1))
            except subprocess.TimeoutExpired:
                signal_group(process.pid, signal.SIGKILL)
                process.wait()
            signal_group(process.pid, signal.SIGKILL)
        if self.keeper is not None:
            self._tell_keeper(keeper.DONE)
            with contextlib.suppress(BrokenPipeError):
                self.keeper.communicate()

    def _tell_keeper(self, line: str) -> None:
        """Name a group to the keeper, who ends it when we are killed."""
        if self.keeper is None:
            self.keeper = subprocess.Popen(
                [sys.executable, "-m", "config.keeper"],
                cwd=settings.BASE_DIR,
                stdin=subprocess.PIPE,
                start_new_session=True,
                text=True,
            )
        assert self.keeper.stdin is not None
        with contextlib.suppress(BrokenPipeError):  # a keeper killed keeps nothing
            self.keeper.stdin.write(f"{line}\n")
            self.keeper.stdin.flush()

    def _wait_until_up(self) -> None:
        limit = time.monotonic() + START_LIMIT_S
        while time.monotonic() < limit:
            if any(process.poll() is not None for process in self.processes):
                break
            try:
                with urlopen(f"http://127.0.0.1:{self.port}/health", timeout=2):
                    return
            except (URLError, ConnectionError, TimeoutError):
                time.sleep(0.2)
        raise RuntimeError("The site did not start; its messages are above.")


def free_port(wanted: int) -> int:
    """The wanted port, or any free one when it is taken."""
    for port in dict.fromkeys((wanted, 0)):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise RuntimeError("No free port on this machine.")


def _heed_stop_signals() -> None:
    """The processes lead sessions of their own: nobody else would end them.

    A closed terminal hangs up; under `nohup` it is to be ignored, and stays so.
    """
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, _as_interrupt)


def _ignore_stop_signals() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def _as_interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
