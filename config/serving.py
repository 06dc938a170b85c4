"""Serving a whole site: web, worker and beat as processes that end together."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import FrameType
from urllib.error import URLError
from urllib.request import Request, urlopen

from django.conf import settings

from config import keeper
from config.keeper import signal_group

START_LIMIT_S = 60
STOP_LIMIT_S = 8


@dataclass(slots=True)
class Site:
    """The processes of one site; `stop` leaves none of them.

    `environment` is added to this process's own; a variable that is None there is
    kept from the processes.
    """

    port: int
    stop_limit_s: float = STOP_LIMIT_S
    environment: Mapping[str, str | None] = field(default_factory=dict)
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)
    keeper: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Start all three and wait until the site answers.

        From here on a stop signal is like Ctrl-C: the caller's `stop` still runs.
        Raises RuntimeError when the site does not answer within a minute.
        """
        _heed_stop_signals()
        for command in self.commands():
            self.processes.append(self.launch(command))
        self._wait_until_up()

    def commands(self) -> list[list[str]]:
        """The web, a worker, the clock: one process each."""
        return [
            [*web_command("127.0.0.1", self.port), "--workers", "1"],
            celery_command("worker", "--concurrency", "1", "--without-gossip"),
            celery_command("beat"),
        ]

    def launch(self, command: list[str]) -> subprocess.Popen[bytes]:
        """Start one process as the head of a group that does not outlive us."""
        told = {**os.environ, **self.environment}
        process = subprocess.Popen(
            command,
            cwd=settings.BASE_DIR,
            env={name: value for name, value in told.items() if value is not None},
            start_new_session=True,
        )
        self.tell_keeper(str(process.pid))
        return process

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
        limit = time.monotonic() + self.stop_limit_s
        for process in self.processes:
            try:
                process.wait(timeout=max(limit - time.monotonic(), 0.1))
            except subprocess.TimeoutExpired:
                signal_group(process.pid, signal.SIGKILL)
                process.wait()
            signal_group(process.pid, signal.SIGKILL)
        if self.keeper is not None:
            self.tell_keeper(keeper.DONE)
            with contextlib.suppress(BrokenPipeError):
                self.keeper.communicate()

    def tell_keeper(self, line: str) -> None:
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
        host = settings.ALLOWED_HOSTS[0].lstrip(".")
        question = Request(
            f"http://127.0.0.1:{self.port}/health", headers={"Host": host}
        )
        limit = time.monotonic() + START_LIMIT_S
        while time.monotonic() < limit:
            if any(process.poll() is not None for process in self.processes):
                break
            try:
                with urlopen(question, timeout=2):  # noqa: S310 - as above
                    return
            except (URLError, ConnectionError, TimeoutError):
                time.sleep(0.2)
        raise RuntimeError("The site did not start; its messages are above.")


def web_command(host: str, port: int) -> list[str]:
    """Granian with what every site asks of it; the number of processes is added."""
    command = [sys.executable, "-m", "granian", "--interface", "wsgi"]
    command += ["config.wsgi:application", "--host", host, "--port", str(port)]
    return [*command, "--blocking-threads", "4", "--no-ws", "--log-level", "warning"]


def celery_command(part: str, *options: str) -> list[str]:
    """A worker or the clock, silent unless something goes wrong."""
    command = [sys.executable, "-m", "celery", "--quiet", "-A", "config.celery", part]
    return [*command, *options, "--loglevel", "WARNING"]


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
