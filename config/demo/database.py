"""A database of its own for each demo, so that it touches nothing else."""

import hashlib
import os
from datetime import date
from urllib.parse import quote, urlencode

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connections
from psycopg import sql
from psycopg.conninfo import make_conninfo

READY = "charroi demo, loaded whole"
WRITTEN_BY = ("*/migrations/*.py", "hub/ledger/migrations/*.py", "config/demo/*.py")
"""Files that decide what a loaded demo looks like; another version loads it anew."""


def name_of(*, size: str, seed: int, today: date) -> str:
    """The database of a demo; another seed, size or day has another."""
    return f"charroi_demo_{size}_{seed}_{today:%Y%m%d}"


def is_ready(name: str) -> bool:
    """Whether the demo was loaded to its end in this database."""
    with _maintenance() as link:
        row = link.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database"
            " WHERE datname = %s",
            [name],
        ).fetchone()
    return row is not None and row[0] == _ready_mark()


def create_fresh(name: str) -> None:
    """Make the database anew, dropping an earlier one, and migrate it.

    Raises CommandError while the demo is served elsewhere.
    """
    drop(name)
    with _maintenance() as link:
        link.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    switch_to(name)
    call_command("migrate", verbosity=0)


def mark_ready(name: str) -> None:
    """Remember that the demo was loaded to its end."""
    with _maintenance() as link:
        link.execute(
            sql.SQL("COMMENT ON DATABASE {} IS {}").format(
                sql.Identifier(name), sql.Literal(_ready_mark())
            )
        )


def drop(name: str) -> None:
    """Remove the database of a demo. Raises CommandError while it is served."""
    connections.close_all()
    gone = sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name))
    try:
        with _maintenance() as link:
            link.execute(gone)
    except psycopg.errors.ObjectInUse as error:
        raise CommandError(
            "This demo is running elsewhere. Stop it, or choose another seed."
        ) from error


def switch_to(name: str) -> None:
    """Let every alias of this process speak to the demo's database."""
    for alias in connections:
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name


def address_of(alias: str, name: str) -> str:
    """The address of a demo's database, for the processes that serve it."""
    given = connections[alias].settings_dict
    user = quote(given["USER"], safe="")
    if given["PASSWORD"]:
        user += ":" + quote(given["PASSWORD"], safe="")
    host = f"{given['HOST']}:{given['PORT'] or 5432}" if given["HOST"] else ""
    asked = urlencode(_asked_of_the_driver(alias))
    return f"postgresql://{user}@{host}/{name}" + (f"?{asked}" if asked else "")


def _asked_of_the_driver(alias: str) -> dict[str, str]:
    """What an address asks of its connections (`sslmode`), without our own limits."""
    options = connections[alias].settings_dict["OPTIONS"]
    return {word: value for word, value in options.items() if word != "options"}


def environment_of(name: str) -> dict[str, str]:
    """What the processes that serve a demo need to know.

    Mails are kept in a folder: nobody fictional reads them, and in the terminal they
    would bury the address and the accounts.
    """
    folder = settings.BASE_DIR / "var" / "demo" / name
    folder.mkdir(parents=True, exist_ok=True)
    return {
        "DATABASE_URL": address_of("default", name),
        "DATABASE_OWNER_URL": address_of("owner", name),
        "CHARROI_DEMO": "yes",
        "BROKER_FOLDER": str(folder),
        "EMAIL_URL": f"filemail:///{folder / 'mails'}",
        "LOG_LEVEL": os.environ.get("LOG_LEVEL", "WARNING"),
        "PYTHONWARNINGS": "ignore",
    }


def _ready_mark() -> str:
    digest = hashlib.sha256()
    for pattern in WRITTEN_BY:
        for path in sorted(settings.BASE_DIR.glob(pattern)):
            digest.update(path.read_bytes())
    return f"{READY}, {digest.hexdigest()[:16]}"


def _maintenance() -> psycopg.Connection:
    given = connections["owner"].settings_dict
    place = {"host": given["HOST"], "port": given["PORT"] or None}
    asked: dict[str, str | None] = {
        **_asked_of_the_driver("owner"),
        **(place if given["HOST"] else {}),
        "dbname": "postgres",
        "user": given["USER"],
        "password": given["PASSWORD"] or None,
    }
    return psycopg.connect(make_conninfo("", **asked), autocommit=True)
