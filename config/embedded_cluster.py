"""One checkout's PostgreSQL: how it is found, first made, and kept to one."""

import fcntl
import json
import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from config.embedded_places import (
    CHECKOUT,
    Account,
    EmbeddedServerError,
    account_for,
    checkout_digest,
    copied_programs,
    make_folder,
    make_home,
    private_file,
    require_reachable,
    shipped_programs,
    write_once,
)

SHARED_BASE = Path("/var/lib/charroi")
DATABASE = "charroi"
OWNER_ROLE = "charroi_owner"
RUNTIME_ROLE = "charroi_app"

SERVER_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "300",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # Passwords are 192 random bits: stretching them would only slow connections.
    "scram_iterations": "1",
    # What people typed (names, addresses) has no place in a server log.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
HOST_RULES = f"host all {OWNER_ROLE},{RUNTIME_ROLE} 127.0.0.1/32 scram-sha-256\n"


@dataclass(frozen=True, slots=True)
class Cluster:
    """One checkout's server: its folders, its programs and its account.

    `home` belongs to whoever starts the server and holds locks and passwords;
    `folder` belongs to the server's account and holds the data and the log.
    """

    home: Path
    folder: Path
    programs: Path
    account: Account | None

    @property
    def data(self) -> Path:
        """The folder PostgreSQL calls PGDATA."""
        return self.folder / "data"

    @property
    def log(self) -> Path:
        """Where the server writes what goes wrong."""
        return self.folder / "server.log"

    def run(
        self, program: str, *arguments: str, text: str = ""
    ) -> subprocess.CompletedProcess[str]:
        """Run one of the server's programs as its account, with `text` to read."""
        account = self.account
        return subprocess.run(
            [str(self.programs / program), *arguments],
            input=text,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            cwd="/",
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"},
            umask=0o077,
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
        )

    def passwords(self) -> dict[str, str]:
        """Return the password of each role, written down when first asked for."""
        path = self.home / "roles.json"
        if not path.exists():
            made = {r: secrets.token_urlsafe(24) for r in (OWNER_ROLE, RUNTIME_ROLE)}
            write_once(path, json.dumps(made))
        found: dict[str, str] = json.loads(path.read_text())
        return found


def cluster_of_checkout() -> Cluster:
    """Find or prepare the folders of this checkout's server, without starting it."""
    chosen = os.environ.get("CHARROI_DATA_DIR", "")
    base = Path(chosen or SHARED_BASE).resolve()
    if os.geteuid() != 0:
        home = base / checkout_digest() if chosen else CHECKOUT / "var/postgres"
        make_home(home, 0o700)
        major, programs = shipped_programs(major_in(home))
        make_folder(home / str(major), 0o700)
        return Cluster(home, home / str(major), programs, account=None)
    require_reachable(base)
    home = base / checkout_digest()
    make_home(home, 0o755)
    major, shipped = shipped_programs(major_in(home))
    account = account_for(home / str(major))
    make_folder(home / str(major), 0o700, owner=account)
    programs = copied_programs(shipped, base)
    return Cluster(home, home / str(major), programs, account)


def major_in(home: Path) -> int | None:
    """Tell which PostgreSQL made the data found in this home, if there is any."""
    made = [int(path.parent.name) for path in home.glob("*/data")]
    return max(made, default=None)


def predecessors(cluster: Cluster) -> list[Cluster]:
    """List the servers of earlier checkouts at this very path, deleted since."""
    found = []
    for note in cluster.home.parent.glob("*/checkout"):
        folders = [path.parent for path in note.parent.glob("*/data")]
        if note.parent == cluster.home or note.read_text() != str(CHECKOUT):
            continue
        for folder in folders:
            account = account_for(folder) if cluster.account else None
            found.append(Cluster(note.parent, folder, cluster.programs, account))
    return found


def initialise(cluster: Cluster) -> None:
    """Make the data folder, the two roles and the database.

    Everything is made aside and named at the end: a start that was killed
    half-way leaves a draft that the next one throws away, under a name of its own
    because the killed one's programs may still be writing. The bootstrap superuser
    has no password and no rule lets it connect; it acts only here, in
    single-user mode.
    """
    passwords = cluster.passwords()
    rules = cluster.home / "pg_hba.conf"
    rules.write_text(HOST_RULES)
    rules.chmod(0o644)
    for earlier in cluster.folder.glob("draft-*"):
        shutil.rmtree(earlier, ignore_errors=True)
    draft = cluster.folder / f"draft-{secrets.token_hex(4)}"
    settings = SERVER_SETTINGS | {"hba_file": str(rules)}
    require_success(
        cluster.run(
            "initdb",
            f"--pgdata={draft}",
            "--username=charroi_bootstrap",
            "--auth=reject",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            *(f"--set={name}={value}" for name, value in settings.items()),
        )
    )
    statements = [
        f"CREATE ROLE {OWNER_ROLE} LOGIN CREATEDB PASSWORD '{passwords[OWNER_ROLE]}'",
        f"CREATE ROLE {RUNTIME_ROLE} LOGIN PASSWORD '{passwords[RUNTIME_ROLE]}'",
        # So that the owner may end the runtime's sessions before a test database goes.
        f"GRANT {RUNTIME_ROLE} TO {OWNER_ROLE}",
        f"CREATE DATABASE {DATABASE} OWNER {OWNER_ROLE}",
    ]
    require_success(
        cluster.run(
            "postgres", "--single", "-D", str(draft), "postgres",
            text="".join(f"{statement};\n" for statement in statements),
        )
    )  # fmt: skip
    draft.rename(cluster.data)


def require_success(result: subprocess.CompletedProcess[str]) -> None:
    """Stop at a program that failed; single-user mode tells only in its output."""
    if result.returncode or "ERROR:" in result.stdout or "FATAL:" in result.stdout:
        raise EmbeddedServerError(
            f"The embedded database could not be made: {result.stdout.strip()}"
        )


@contextmanager
def alone(cluster: Cluster) -> Iterator[None]:
    """Let one process at a time start or stop this server; kill -9 lets go too."""
    with private_file(cluster.home / "lock") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
