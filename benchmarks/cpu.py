"""Processor time of processes and of a database's connections, read from Linux."""

import os
import threading
from dataclasses import dataclass
from pathlib import Path

import psycopg

_TICKS = os.sysconf("SC_CLK_TCK")
_PAUSE_S = 0.2
_IDLE = (3, 4)
"""Where Linux tells the time in which nothing was done."""


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds of processor: a server's tree, a database's connections, the machine."""

    server_s: float
    database_s: float
    machine_s: float


class Reading:
    """Processor time of a server and of its database, read while work goes on.

    Connections come and go, and take their figures with them: what each had spent is
    read five times a second.
    """

    def __init__(self, *, pid: int, address: str, database: str) -> None:
        self.pid = pid
        self.address = address
        self.database = database
        self._seen: dict[int, tuple[int, int]] = {}
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._read_on)

    def __enter__(self) -> "Reading":
        """Begin to read."""
        self._began = self._now()
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        """Read a last time."""
        self._is_over.set()
        self._thread.join()
        server_s, machine_s = self._now()
        ticks = sum(last - first for first, last in self._seen.values())
        self.spent = Spent(
            server_s=server_s - self._began[0],
            database_s=ticks / _TICKS,
            machine_s=machine_s - self._began[1],
        )

    def _now(self) -> tuple[float, float]:
        figures = Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]
        busy = [
            int(ticks) for name, ticks in enumerate(figures[:8]) if name not in _IDLE
        ]
        return sum(_own(each) for each in _tree(self.pid)) / _TICKS, sum(busy) / _TICKS

    def _read_on(self) -> None:
        asked = "SELECT pid FROM pg_stat_activity WHERE datname = %s AND pid <> %s"
        with psycopg.connect(self.address, autocommit=True) as link:
            own = link.info.backend_pid
            is_first = True
            while True:
                is_last = self._is_over.wait(0 if is_first else _PAUSE_S)
                for (pid,) in link.execute(asked, [self.database, own]):
                    ticks = _own(pid)
                    first, last = self._seen.get(pid, (ticks if is_first else 0, 0))
                    self._seen[pid] = (first, max(last, ticks))
                if is_last:
                    return
                is_first = False


def _tree(pid: int) -> list[int]:
    """A process and all that came of it."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int(_fields(int(folder.name))[1])
        except OSError:
            continue
        children.setdefault(parent, []).append(int(folder.name))
    found, waiting = [], [pid]
    while waiting:
        each = waiting.pop()
        found.append(each)
        waiting += children.get(each, [])
    return found


def _own(pid: int) -> int:
    """Ticks of one process, in its own code and in the kernel for it."""
    try:
        fields = _fields(pid)
    except OSError:
        return 0
    return int(fields[11]) + int(fields[12])


def _fields(pid: int) -> list[str]:
    """What Linux says of a process, after its name."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
