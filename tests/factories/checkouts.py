"""Checkouts that hold nothing but the embedded server's code, to start and kill."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import psycopg

HERE = Path(__file__).resolve().parents[2]
SITE_PACKAGES = Path(psycopg.__file__).parents[1]
# Python that uses the database from here on, with its addresses in `u`.
ASK = "from config.embedded import database_urls as f; u = f(); "


@dataclass(frozen=True, slots=True)
class Checkout:
    """A copy of the embedded server's code, with nothing but it inside."""

    folder: Path
    data: Path

    def environment(self) -> dict[str, str]:
        """Return what its commands are told."""
        return {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(SITE_PACKAGES),
            "CHARROI_DATA_DIR": str(self.data),
        }

    def popen(self, *arguments: str) -> subprocess.Popen[str]:
        """Start a Python command in it."""
        return subprocess.Popen(
            [sys.executable, *arguments],
            cwd=self.folder,
            env=self.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.PIPE,
            text=True,
        )

    def python(self, *arguments: str) -> str:
        """Run a Python command in it; return what it printed."""
        with self.popen(*arguments) as process:
            printed, _nothing = process.communicate(timeout=120)
        assert process.returncode == 0, printed
        return printed.strip()

    def command(self, *arguments: str) -> str:
        """Run a command of the embedded server; return what it said, places apart."""
        return self.python("-m", "config.embedded", *arguments).partition(" (")[0]

    def code(self, *arguments: str) -> int:
        """Run a command of the embedded server; return its exit code."""
        with self.popen("-m", "config.embedded", *arguments) as process:
            process.communicate(timeout=120)
        return process.returncode

    def servers(self) -> list[int]:
        """List the living server processes that work in this checkout's data."""
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            try:
                place = (process / "cwd").readlink()
            except OSError:
                continue
            if place.is_relative_to(self.data):
                found.append(int(process.name))
        return found

    def postmaster(self) -> int:
        """Return the number of its one server, read from the server's own record."""
        (record,) = self.data.glob("*/*/data/postmaster.pid")
        return int(record.read_text().splitlines()[0])

    def using(self) -> subprocess.Popen[str]:
        """Start a process that uses the database until its input closes."""
        process = self.popen(
            "-c", ASK + "import sys; print(u.owner, flush=True); sys.stdin.read()"
        )
        assert process.stdout
        assert process.stdout.readline().startswith("postgresql://charroi_owner:")
        return process


def copy_of_checkout(folder: Path, data: Path) -> Checkout:
    """Make a checkout in `folder` whose server keeps its data in `data`."""
    (folder / "config").mkdir(parents=True)
    (folder / "config/__init__.py").touch()
    for source in (HERE / "config").glob("embedded*.py"):
        shutil.copy(source, folder / "config")
    return Checkout(folder=folder, data=data)
