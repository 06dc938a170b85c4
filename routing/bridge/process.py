"""The planner as a process of its own: started, listened to, stopped, never left alone.

What it says goes into files that the caller's loop reads: no pipe can fill up. It
leads a process group that is killed when the caller leaves, whatever the reason; and
on Linux the kernel kills it when the caller is killed.
"""

import contextlib
import ctypes
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings

from routing.core.errors import SolverFailed, SolverStuck

Incumbent = Mapping[str, Any]
"""One line of the planner about a better plan: cost_cents, routes, unserved, …"""

TICK_S = 0.5
START_GRACE_S = 90
"""Loading the engine on a busy machine, before its own seconds begin to count."""
STOP_GRACE_S = 20
LEFTOVERS_S = 24 * 3_600
_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


@dataclass(slots=True)
class Solver:
    """A running planner and the folder it writes to."""

    process: subprocess.Popen[bytes]
    folder: Path
    began_s: float
    deadline_s: float
    is_stopping: bool = False
    _read: int = field(default=0)

    def incumbents(self) -> Iterator[list[Incumbent]]:
        """Every half second what was said since, until the planner ends.

        Raises SolverStuck when it outlives its time.
        """
        while self.process.poll() is None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=TICK_S)
            if time.monotonic() > self.deadline_s:
                if self.is_stopping:
                    return
                raise SolverStuck(seconds=self.searched_s)
            yield self._said()
        yield self._said()

    @property
    def searched_s(self) -> int:
        """Whole seconds since the start."""
        return int(time.monotonic() - self.began_s)

    def stop(self) -> None:
        """Ask the planner to end with the best it has; asking twice is asking once."""
        if self.is_stopping:
            return
        self.is_stopping = True
        self.deadline_s = time.monotonic() + STOP_GRACE_S
        self.process.terminate()

    def plan_document(self) -> Any | None:
        """The best plan as JSON; None when it was stopped before the first.

        Raises SolverFailed.
        """
        path = self.folder / "plan.json"
        if self.process.returncode != 0 and not self.is_stopping:
            raise SolverFailed(detail=self._last_words())
        if not path.exists():
            return None
        try:
            return json.loads(path.read_text(encoding="utf-8"))
        except ValueError as error:
            raise SolverFailed(detail=str(error)) from error

    def kill(self) -> None:
        """End the planner and whatever it started, at once."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def _said(self) -> list[Incumbent]:
        """Whole lines written since the last look."""
        with (self.folder / "said").open("rb") as file:
            file.seek(self._read)
            text = file.read()
        whole = text[: text.rfind(b"\n") + 1]
        self._read += len(whole)
        return [json.loads(line) for line in whole.splitlines()]

    def _last_words(self) -> str:
        complaints = (self.folder / "complaints").read_text(encoding="utf-8").split()
        return " ".join(complaints)[-160:] or f"code {self.process.returncode}"


@contextlib.contextmanager
def solving(
    document: Mapping[str, Any],
    *,
    seconds: int,
    seed: int,
    iterations: int | None = None,
    start: Mapping[str, Any] | None = None,
) -> Iterator[Solver]:
    """Start the planner on a problem document; it is gone when the block ends.

    With `iterations` the search ends after so many rounds, the same on any machine;
    the seconds are then only a safety stop. A `start` is the document of a plan to
    begin from.
    """
    root = Path(settings.SOLVER_FOLDER)
    root.mkdir(parents=True, exist_ok=True)
    _sweep_leftovers(root)
    limits = ["--seed", str(seed)]
    if iterations is not None:
        limits += ["--iterations", str(iterations)]
    with tempfile.TemporaryDirectory(dir=root, ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / "problem.json").write_text(json.dumps(document), encoding="utf-8")
        if start is not None:
            (folder / "start.json").write_text(json.dumps(start), encoding="utf-8")
            limits += ["--start", str(folder / "start.json")]
        solver = Solver(
            process=_start(folder, ["--seconds", str(seconds), *limits]),
            folder=folder,
            began_s=time.monotonic(),
            deadline_s=time.monotonic() + seconds + START_GRACE_S,
        )
        try:
            yield solver
        finally:
            solver.kill()


def _start(folder: Path, limits: list[str]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "routing.core", "solve"]
    command += [str(folder / "problem.json"), "--out", str(folder / "plan.json")]
    command += limits
    with (folder / "said").open("wb") as said, (folder / "complaints").open("wb") as no:
        return subprocess.Popen(
            command,
            cwd=settings.BASE_DIR,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=no,
            start_new_session=True,
            preexec_fn=partial(_die_with_parent, os.getpid()),
        )


def _die_with_parent(parent_id: int) -> None:
    """Ask the kernel to kill this process when the one that started it is gone."""
    if _libc is None:
        return
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent_id:  # gone already, before we could ask
        os._exit(1)


def _sweep_leftovers(root: Path) -> None:
    """Remove the folders of runs that were killed a day ago or more."""
    oldest_s = time.time() - LEFTOVERS_S
    for folder in root.iterdir():
        with contextlib.suppress(FileNotFoundError):
            if folder.stat().st_mtime < oldest_s:
                shutil.rmtree(folder, ignore_errors=True)
