"""PostgreSQL servers of one test: made empty, crashed, filled to the brim, gone."""

import os
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from config.embedded_cluster import SHARED_BASE, Cluster, require_success
from config.embedded_places import account_for, copied_programs, shipped_programs
from tests.factories.sites import ROOT, free_port

OWNER, RUNTIME, DATABASE = "charroi_owner", "charroi_app", "charroi"
SETTINGS = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
timezone = 'UTC'
fsync = off  # the processes are killed, not the machine
min_wal_size = 32MB
max_wal_size = 64MB
log_statement = none
"""


class OwnPostgres:
    """An empty server of one version with the roles and database of `deploy/`.

    `place` is the folder that holds its data, and nothing else of worth.
    """

    def __init__(self, place: Path, major: int) -> None:
        self.place = place
        self.port = free_port()
        self.programs = _programs(major)
        account = account_for(place / "data") if os.geteuid() == 0 else None
        if account:
            os.chown(place, account.uid, account.gid)
        self.cluster = Cluster(place, place, self.programs, account)
        self._make()
        self.start()
        path = f"{self.programs}:{os.environ['PATH']}"
        if shutil.which("psql", path=path) is None:
            pytest.skip("no psql here")
        subprocess.run(
            ["sh", str(ROOT / "deploy/make-roles.sh")],
            env={
                "PATH": path,
                "PGHOST": "127.0.0.1",
                "PGPORT": str(self.port),
                "OWNER_PASSWORD": secrets.token_urlsafe(24),
                "APP_PASSWORD": 'it\'s "quoted"',
            },
            check=True,
        )

    def address(self, role: str) -> str:
        """Where a role finds the database; the superuser its own."""
        name = "postgres" if role == "postgres" else DATABASE
        return f"postgresql://{role}@127.0.0.1:{self.port}/{name}"

    @property
    def environment(self) -> dict[str, str]:
        """The two addresses as settings."""
        return {
            "DATABASE_URL": self.address(RUNTIME),
            "DATABASE_OWNER_URL": self.address(OWNER),
        }

    def start(self) -> None:
        """Start it and wait; it recovers what it had committed."""
        require_success(
            self.cluster.run(
                "pg_ctl", "start", "--wait", "--timeout=60",
                f"--pgdata={self.cluster.data}", f"--log={self.cluster.log}",
                f"--options=-p {self.port}",
            )
        )  # fmt: skip

    def crash(self) -> None:
        """Stop it at once, as a crash would, and start it again."""
        self.cluster.run(
            "pg_ctl", "stop", "--mode=immediate", "--wait",
            f"--pgdata={self.cluster.data}",
        )  # fmt: skip
        self.start()

    def is_running(self) -> bool:
        """Whether its first process lives."""
        told = self.cluster.run("pg_ctl", "status", f"--pgdata={self.cluster.data}")
        return told.returncode == 0

    def stop(self) -> None:
        """Stop it for good."""
        self.cluster.run(
            "pg_ctl", "stop", "--mode=immediate", f"--pgdata={self.cluster.data}"
        )

    def fill_disk(self) -> Path:
        """Leave no block of its disk; the file that takes them all."""
        ballast = self.place / "ballast"
        with ballast.open("wb", buffering=0) as file, suppress(OSError):
            while True:
                file.write(b"\0" * 65_536)
        return ballast

    def _make(self) -> None:
        require_success(
            self.cluster.run(
                "initdb", f"--pgdata={self.cluster.data}", "--username=postgres",
                "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync",
                "--wal-segsize=1",
            )
        )  # fmt: skip
        with (self.cluster.data / "postgresql.conf").open("a") as file:
            file.write(SETTINGS)


def _programs(major: int) -> Path:
    """The programs of one version: the machine's, or the wheel's."""
    if found := shutil.which("initdb"):
        told = subprocess.run([found, "--version"], capture_output=True, text=True)
        if told.stdout.split()[2].startswith(f"{major}."):
            return Path(found).resolve().parent
    shipped, programs = shipped_programs(None)
    if shipped != major:
        pytest.skip(f"no initdb of PostgreSQL {major} here")
    return copied_programs(programs, SHARED_BASE) if os.geteuid() == 0 else programs


@contextmanager
def small_disk(size_mb: int | None) -> Iterator[Path]:
    """A disk of so many megabytes that the server's account may enter; root only.

    None asks for a folder of the machine's own disk.
    """
    place = Path(tempfile.mkdtemp(prefix="charroi-test-"))
    place.chmod(0o755)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size_mb}m,mode=0755", "charroi"]
    is_small = (
        bool(size_mb)
        and (
            subprocess.run([*mount, str(place)], capture_output=True, check=False)
        ).returncode
        == 0
    )
    (place / "server").mkdir()
    try:
        yield place / "server"
    finally:
        if is_small:
            subprocess.run(["umount", "--lazy", str(place)], check=False)
        shutil.rmtree(place, ignore_errors=True)


def is_small(place: Path) -> bool:
    """Whether the disk of `place` can be filled without harm to the machine."""
    return shutil.disk_usage(place).total < 1_000_000_000
