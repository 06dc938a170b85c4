"""Saves: the database and the files people gave, in one folder that proves itself.

A save is a folder named by its moment. It is written under another name and gets its
own when it is whole, so that a save that was cut is never taken for one. No password
stands on a command line: the programs of PostgreSQL read it from their environment.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import tarfile
import time
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connections

from config.embedded_places import EmbeddedServerError, shipped_programs

DATABASE, MEDIA, LIST = "database.dump", "media.tar.gz", "save.json"
PREFIX = "charroi-"
_DRAFT = ".unfinished-"


@dataclass(frozen=True, slots=True)
class Save:
    """What is written beside a save: when, of what, and the print of each file."""

    made_at: str
    postgresql: int
    migrations: dict[str, str]
    sha256: dict[str, str]


def save(*, folder: Path, keep: int, now: datetime) -> Path:
    """Save everything into a new folder below `folder`; keep the `keep` newest saves.

    Older saves go only once the new one is whole. Raises CommandError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for cut in folder.glob(f"{_DRAFT}*"):
        shutil.rmtree(cut)
    whole = folder / f"{PREFIX}{now:%Y%m%dT%H%M%SZ}"
    if whole.exists():
        raise CommandError(f"{whole} exists already.")
    draft = folder / f"{_DRAFT}{whole.name}"
    draft.mkdir(mode=0o700)
    _run("pg_dump", "--format=custom", f"--file={draft / DATABASE}")
    with tarfile.open(draft / MEDIA, "w:gz") as archive:
        if settings.MEDIA_ROOT.is_dir():
            archive.add(settings.MEDIA_ROOT, arcname=".")
    about = Save(
        made_at=now.isoformat(),
        postgresql=_server_major(),
        migrations=_newest_migrations(),
        sha256={name: _sha256_of(draft / name) for name in (DATABASE, MEDIA)},
    )
    (draft / LIST).write_text(json.dumps(asdict(about), indent=2) + "\n")
    for path in draft.iterdir():
        path.chmod(0o600)
    os.sync()
    draft.rename(whole)
    for old in saves_in(folder)[:-keep]:
        shutil.rmtree(old)
    return whole


def saves_in(folder: Path) -> list[Path]:
    """The whole saves of a folder, oldest first."""
    return sorted(path.parent for path in folder.glob(f"{PREFIX}*/{LIST}"))


def restore(*, folder: Path) -> dict[str, float]:
    """Bring a save back into an empty database and an empty folder of files.

    Either all of the database comes back or nothing does. Then `migrate` gives the
    runtime role its rights, and the ledger is proved from its rows. Gives the seconds
    of each step. Raises CommandError.
    """
    about = _read(folder)
    _require_empty()
    steps: dict[str, float] = {}
    began = time.monotonic()

    def note(step: str) -> None:
        steps[step] = max(0.0, round(time.monotonic() - began - sum(steps.values()), 1))

    _run(
        "pg_restore",
        "--no-owner",
        "--no-privileges",
        "--exit-on-error",
        "--single-transaction",
        f"--dbname={_given()['NAME']}",
        str(folder / DATABASE),
        at_least=about.postgresql,
    )
    note("database")
    settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
    with tarfile.open(folder / MEDIA) as archive:
        archive.extractall(settings.MEDIA_ROOT, filter="data")
    note("files")
    call_command("migrate", verbosity=0, interactive=False)
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE;")
    note("rights")
    call_command("ledger_audit")
    note("proof")
    return steps


def _read(folder: Path) -> Save:
    """The list of a save whose files are what they were when it was made."""
    try:
        about = Save(**json.loads((folder / LIST).read_text()))
    except (OSError, ValueError, TypeError) as error:
        raise CommandError(f"{folder} is no whole save: {error}") from error
    for name in (DATABASE, MEDIA):
        path = folder / name
        if not path.is_file() or _sha256_of(path) != about.sha256.get(name):
            raise CommandError(f"{path} is not what was saved: its print differs.")
    return about


def _require_empty() -> None:
    """Refuse to write over anything: the save may be the wrong one."""
    with connections["owner"].cursor() as cursor:
        tables = connections["owner"].introspection.table_names(cursor)
    if tables:
        raise CommandError(
            f"The database {_given()['NAME']} holds {len(tables)} tables. Restore into"
            " an empty one: create it, or drop and create this one, by yourself."
        )
    if settings.MEDIA_ROOT.is_dir() and any(settings.MEDIA_ROOT.iterdir()):
        raise CommandError(
            f"{settings.MEDIA_ROOT} holds files. Move them away, or give another"
            " MEDIA_ROOT."
        )


def _run(program: str, *arguments: str, at_least: int = 0) -> None:
    """Run a program of PostgreSQL as the owner. Raises CommandError with its words."""
    ran = subprocess.run(
        [str(_program(program, max(at_least, _server_major()))), *arguments],
        env={**os.environ, **_driver_environment()},
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode:
        raise CommandError(f"{program} failed.\n{ran.stderr.strip()[-2_000:]}")


def _driver_environment() -> dict[str, str]:
    """How libpq is told where to go and with which password, seen by nobody else."""
    given = _given()
    told = {
        "PGHOST": given["HOST"],
        "PGPORT": str(given["PORT"] or ""),
        "PGUSER": given["USER"],
        "PGPASSWORD": given["PASSWORD"],
        "PGDATABASE": given["NAME"],
        "PGSSLMODE": given["OPTIONS"].get("sslmode", ""),
        "PGSSLROOTCERT": given["OPTIONS"].get("sslrootcert", ""),
    }
    return {name: value for name, value in told.items() if value}


def _given() -> dict[str, Any]:
    return connections["owner"].settings_dict


def _program(name: str, major: int) -> Path:
    """The machine's own program when it knows this server, else the wheel's."""
    if found := shutil.which(name):
        told = subprocess.run(
            [found, "--version"], capture_output=True, text=True, check=True
        ).stdout
        if int(re.findall(r"\d+", told)[0]) >= major:
            return Path(found)
    try:
        shipped, programs = shipped_programs(None)
    except EmbeddedServerError as error:
        raise CommandError(f"No {name} of PostgreSQL {major} here: {error}") from error
    # A newer program writes settings that an older server does not know.
    if shipped != major:
        raise CommandError(
            f"No {name} of PostgreSQL {major} here: install its client programs."
        )
    return programs / name


def _server_major() -> int:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        return int(cursor.fetchone()[0]) // 10_000


def _newest_migrations() -> dict[str, str]:
    """The newest migration of each app that this database has seen."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT app, max(name) FROM django_migrations GROUP BY app")
        return dict(sorted(cursor.fetchall()))


def _sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
