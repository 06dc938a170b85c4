"""What runs, or was left behind, of the embedded PostgreSQL."""

import os
import signal
import subprocess
import time
from pathlib import Path

from config.embedded_cluster import Cluster
from config.embedded_places import EmbeddedServerError

PROCESSES = Path("/proc")
SEES_PROCESSES = (PROCESSES / "self/cwd").is_symlink()
START_LIMIT_S = 60


def port_when_ready(cluster: Cluster) -> int | None:
    """Tell the port of a running server, waiting while it is still starting.

    The server's own record is the truth: another process may have started it.
    """
    deadline = time.monotonic() + START_LIMIT_S
    while time.monotonic() < deadline:
        lines = _record(cluster)
        if not lines or not _is_server(int(lines[0]), cluster.data):
            return None
        if len(lines) > 7 and lines[7].strip() == "ready":
            return int(lines[3])
        time.sleep(0.05)
    raise EmbeddedServerError(f"The embedded database hangs; see {cluster.log}.")


def end_leftovers(cluster: Cluster) -> None:
    """Clear what a killed server left behind, before the next one starts.

    Its children outlive it by a moment, or by the query they are in, and PostgreSQL
    refuses to start beside them. Its record may name a number that now belongs to
    another program of the same account, which PostgreSQL would take for itself.
    """
    for number in (signal.SIGQUIT, signal.SIGKILL):
        for _attempt in range(30):
            children = _servers_of(cluster.data)
            if not children:
                break
            for child in children:
                _send(child, number)
            time.sleep(0.1)
    lines = _record(cluster)
    if SEES_PROCESSES and lines and (PROCESSES / lines[0]).exists():
        (cluster.data / "postmaster.pid").unlink(missing_ok=True)


def _record(cluster: Cluster) -> list[str]:
    """Read the note a server keeps while it lives: number, folder, time, port…"""
    try:
        return (cluster.data / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return []


def _servers_of(data: Path) -> list[int]:
    """List the processes of a data folder's server; none where we cannot see them."""
    numbers = [int(path.name) for path in PROCESSES.glob("[0-9]*")]
    return [number for number in numbers if _is_server(number, data)]


def _is_server(pid: int, data: Path) -> bool:
    """Tell a server of this data from a stranger who was given its number since.

    Every process of a server works inside its data folder.
    """
    if not SEES_PROCESSES:
        command = ["ps", "-o", "command=", "-p", str(pid)]
        found = subprocess.run(command, capture_output=True, text=True, check=False)
        return str(data) in found.stdout
    process = PROCESSES / str(pid)
    try:
        program = (process / "exe").readlink().name
        return (process / "cwd").readlink() == data and "postgres" in program
    except OSError:
        return False


def _send(pid: int, number: int) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return
