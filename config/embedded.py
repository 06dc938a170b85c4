"""The PostgreSQL that Charroi runs by itself when no `DATABASE_URL` is given.

It listens on 127.0.0.1 alone and asks for a password: unlike a socket file, that
works at any path length, with any tool, and from any account that was told the
password. Passwords are random, one per role, in a file only the starter may read.

Nobody has to start it or stop it. Each process that asks for its address holds a
shared lock for as long as it lives; whoever ends last stops the server. The
system lets go of a lock when its holder is killed, so that a server left behind
by a kill -9 is found, used and stopped by the next one. `start` keeps it running
until `stop`.

    python -m config.embedded start | stop | status | url [--owner]
    python -m config.embedded during COMMAND [ARGUMENT...]
"""

import argparse
import atexit
import fcntl
import functools
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from config.embedded_cluster import (
    DATABASE,
    OWNER_ROLE,
    RUNTIME_ROLE,
    Cluster,
    alone,
    cluster_of_checkout,
    initialise,
    predecessors,
)
from config.embedded_places import EmbeddedServerError, private_file
from config.embedded_processes import end_leftovers, port_when_ready

HOST = "127.0.0.1"
LOG_LIMIT_BYTES = 5_000_000
# Below the range from which systems take the near end of outgoing connections.
PORTS = range(20_000, 32_000)


@dataclass(frozen=True, slots=True)
class Urls:
    """The same database seen by the role of every day and by its owner's."""

    runtime: str
    owner: str


def database_urls() -> Urls:
    """Return the addresses of this checkout's database, starting it if needed.

    The calling process is counted as a user of the server until it ends.
    Raises EmbeddedServerError, with what to do, where no server can run.
    """
    cluster = cluster_of_checkout()
    with alone(cluster):
        _count_me_in(cluster)
        port = _ensure_running(cluster)
    passwords = cluster.passwords()
    address = f"{HOST}:{port}/{DATABASE}"
    return Urls(
        runtime=f"postgresql://{RUNTIME_ROLE}:{passwords[RUNTIME_ROLE]}@{address}",
        owner=f"postgresql://{OWNER_ROLE}:{passwords[OWNER_ROLE]}@{address}",
    )


def start() -> bool:
    """Start the server and keep it until `stop`; tell whether it was stopped."""
    cluster = cluster_of_checkout()
    with alone(cluster):
        was_stopped = port_when_ready(cluster) is None
        _ensure_running(cluster)
        _keep_mark(cluster).touch()
    return was_stopped


def stop() -> bool:
    """Stop the server whoever uses it; tell whether there was one to stop."""
    cluster = cluster_of_checkout()
    with alone(cluster):
        _keep_mark(cluster).unlink(missing_ok=True)
        return _shut_down(cluster)


def port_when_running() -> int | None:
    """Tell the port of this checkout's server, or None while there is none."""
    return port_when_ready(cluster_of_checkout())


def stop_unless_used(cluster: Cluster, *, patience_s: float = 0) -> bool:
    """Stop the server if no living process uses it and nobody asked to keep it."""
    deadline = time.monotonic() + patience_s
    while True:
        with alone(cluster), private_file(cluster.home / "users") as users:
            if _keep_mark(cluster).exists():
                return False
            if _locked(users, fcntl.LOCK_EX):
                return _shut_down(cluster)
        if time.monotonic() >= deadline:
            return False
        time.sleep(0.1)


def _keep_mark(cluster: Cluster) -> Path:
    return cluster.home / "keep"


def _locked(users: IO[str], kind: int) -> bool:
    try:
        fcntl.flock(users, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@functools.cache
def _count_me_in(cluster: Cluster) -> IO[str]:
    """Hold the shared lock of the server's users for the life of this process.

    The file is never closed by hand: the system does it, however we end.
    """
    users = private_file(cluster.home / "users")
    fcntl.flock(users, fcntl.LOCK_SH)
    atexit.register(_count_me_out, cluster, users, os.getpid())
    return users


def _count_me_out(cluster: Cluster, users: IO[str], holder: int) -> None:
    # A forked child shares its parent's lock, which is not its own to give back.
    if os.getpid() == holder and cluster.home.is_dir():
        users.close()
        stop_unless_used(cluster)


def _ensure_running(cluster: Cluster) -> int:
    port = port_when_ready(cluster)
    if port is not None:
        return port
    if not cluster.data.exists():
        for gone in predecessors(cluster):
            _shut_down(gone)
            shutil.rmtree(gone.home)
        initialise(cluster)
    end_leftovers(cluster)
    if cluster.log.exists() and cluster.log.stat().st_size > LOG_LIMIT_BYTES:
        cluster.log.replace(cluster.log.with_suffix(".log.1"))
    for port in _ports_to_try(cluster):
        result = cluster.run(
            "pg_ctl", "start", "--wait", "--timeout=60",
            f"--pgdata={cluster.data}", f"--log={cluster.log}", f"--options=-p {port}",
        )  # fmt: skip
        if result.returncode == 0:
            (cluster.home / "port").write_text(str(port))
            return port
        # The program of a starter killed a moment ago may have been quicker.
        if found := port_when_ready(cluster):
            return found
    told = cluster.log.read_text(errors="replace")[-2_000:]
    raise EmbeddedServerError(f"The embedded database did not start.\n{told}")


def _ports_to_try(cluster: Cluster) -> list[int]:
    """Prefer the port of last time; others stand by for when it was taken."""
    recorded = cluster.home / "port"
    usual = [int(recorded.read_text())] if recorded.exists() else []
    others = random.SystemRandom().sample(PORTS, 20)
    return [port for port in usual + others if _is_free(port)][:5]


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def _shut_down(cluster: Cluster) -> bool:
    if port_when_ready(cluster) is None:
        return False
    result = cluster.run(
        "pg_ctl", "stop", "--mode=fast", "--wait", "--timeout=60",
        f"--pgdata={cluster.data}",
    )  # fmt: skip
    if result.returncode:
        raise EmbeddedServerError(f"The server did not stop: {result.stdout.strip()}")
    return True


def during(command: list[str]) -> int:
    """Run a command, then stop the server unless another process uses it.

    Ctrl-C reaches the command by itself: we wait for it, and tidy up after it.
    """
    cluster = cluster_of_checkout()
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda _number, _frame: None)
    with subprocess.Popen(command) as child:
        signal.signal(signal.SIGTERM, lambda number, _frame: child.send_signal(number))
        code = child.wait()
    stop_unless_used(cluster, patience_s=5)
    return code if code >= 0 else 128 - code


def main(arguments: list[str]) -> int:
    """Obey the command line; the answer is its exit code."""
    parser = argparse.ArgumentParser(prog="python -m config.embedded")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("start", help="start it and keep it until stop")
    commands.add_parser("stop", help="stop it, whoever uses it")
    commands.add_parser("status", help="tell where it runs; code 3 when it does not")
    url = commands.add_parser("url", help="start, keep and print its address")
    url.add_argument("--owner", action="store_true", help="as the owner role")
    lasting = commands.add_parser("during", help="run a command, then stop if unused")
    lasting.add_argument("rest", nargs=argparse.REMAINDER)
    chosen = parser.parse_args(arguments)
    try:
        return _obey(chosen)
    except EmbeddedServerError as error:
        sys.stderr.write(f"{error}\n")
        return 1


def _obey(chosen: argparse.Namespace) -> int:
    if chosen.command == "during":
        return during(chosen.rest)
    if chosen.command == "url":
        start()
        urls = database_urls()
        sys.stdout.write(f"{urls.owner if chosen.owner else urls.runtime}\n")
        return 0
    if chosen.command == "start":
        found = "started" if start() else "already running"
    elif chosen.command == "stop":
        found = "stopped" if stop() else "was not running"
    else:
        port = port_when_running()
        found = "stopped" if port is None else f"running on {HOST}:{port}"
    cluster = cluster_of_checkout()
    sys.stdout.write(f"{found} (data in {cluster.data})\n")
    return 3 if chosen.command == "status" and found == "stopped" else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
