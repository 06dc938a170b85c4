"""One migrated database, kept from run to run; test databases are copies of it.

Migrating an empty database takes ten seconds and copying one takes a tenth of that, and
every part of `make test` and each of its workers needs one of its own.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from psycopg import sql

ROOT = Path(__file__).resolve().parents[1]
PREFIX = "charroi_migrated_"
KEPT_FOR = timedelta(days=3)
_LOCK = 0x4348_4152

# Rows of a test are never committed. Counted meanwhile by the server's own hand, tables
# seem empty, and the page of thirty days is read row by row for minutes.
_COUNT_NOTHING = """
    DO $$ DECLARE name regclass; BEGIN
        FOR name IN SELECT oid FROM pg_class
            WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
        LOOP EXECUTE format('ALTER TABLE %s SET (autovacuum_enabled = false)', name);
        END LOOP;
    END $$
"""


def migrated(owner: BaseDatabaseWrapper) -> str:
    """Name a database where this checkout has migrated; make it when there is none.

    Whoever comes second waits for whoever makes it. Until it is finished it bears the
    number of the process too; those of other states of the code go in three days.
    """
    name = PREFIX + _state_of_the_code(owner)
    with owner._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if cursor.fetchone():
            return name
        unfinished = f"{name}_{os.getpid()}"
        try:
            with _called(owner, unfinished):
                owner.creation.create_test_db(
                    verbosity=0, autoclobber=True, serialize=False
                )
                with owner.cursor() as tables:
                    tables.execute(_COUNT_NOTHING)
        except BaseException:
            owner.close()
            dropped = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(
                sql.Identifier(unfinished)
            )
            cursor.execute(dropped.as_string())
            raise
        owner.close()
        says_when = sql.SQL("COMMENT ON DATABASE {} IS {}").format(
            sql.Identifier(unfinished), sql.Literal(datetime.now(UTC).isoformat())
        )
        cursor.execute(says_when.as_string())
        renamed = sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
            sql.Identifier(unfinished), sql.Identifier(name)
        )
        cursor.execute(renamed.as_string())
        _forget_old_ones(cursor)
    return name


def _state_of_the_code(owner: BaseDatabaseWrapper) -> str:
    """A digest of all that decides what a migrated database holds, and whose it is."""
    roles = (owner.settings_dict["USER"], connections["default"].settings_dict["USER"])
    told = sha256(repr(roles).encode())
    files = [Path(__file__), ROOT / "requirements.lock"]
    files += ROOT.glob("*/management/commands/migrate.py")
    files += [*ROOT.glob("*/migrations/*.py"), *ROOT.glob("*/*/migrations/*.py")]
    for path in sorted(files):
        told.update(f"{path.relative_to(ROOT)}\n".encode())
        told.update(path.read_bytes())
    return told.hexdigest()[:16]


@contextmanager
def _called(owner: BaseDatabaseWrapper, name: str) -> Iterator[None]:
    """Let Django make its test database under another name for a moment."""
    asked, kept = owner.settings_dict["TEST"], owner.settings_dict["NAME"]
    owner.settings_dict["TEST"] = {**asked, "NAME": name}
    try:
        yield
    finally:
        owner.settings_dict["TEST"] = asked
        owner.settings_dict["NAME"] = kept


def _forget_old_ones(cursor: CursorWrapper) -> None:
    """Drop the finished databases of other states of the code, once they are old."""
    limit = (datetime.now(UTC) - KEPT_FOR).isoformat()
    cursor.execute(
        "SELECT datname FROM pg_database WHERE datname LIKE %s"
        " AND pg_has_role(datdba, 'member')"
        " AND shobj_description(oid, 'pg_database') < %s",
        [PREFIX + "%", limit],
    )
    for (name,) in cursor.fetchall():
        dropped = sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name))
        cursor.execute(dropped.as_string())
