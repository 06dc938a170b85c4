"""Where pytest starts: one database made by its owner, used by the runtime role."""

import os
from collections.abc import Iterator, Sequence
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.db import connections
from django.db.backends.postgresql.operations import DatabaseOperations
from django.test.utils import setup_databases, teardown_databases
from pytest_django import DjangoDbBlocker

import config.celery
from hub.management.commands.migrate import append_only_tables
from tests.template import migrated

# On a shared machine a slow example says nothing about the rule it tries.
hypothesis.settings.register_profile("charroi", deadline=None, print_blob=True)
hypothesis.settings.register_profile(
    "soak", deadline=None, print_blob=True, max_examples=100, stateful_step_count=50
)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "charroi"))

_ROLLED_BACK = ["default", "journal"]
_EMPTIED = ["default", "journal", "owner"]
_TRANSACTIONAL = {"transactional_db", "live_server"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let each test with a database use the aliases that the project uses.

    Refused keys of the ledger are kept over "journal"; after a transactional test
    "owner" empties the tables, which the runtime role may not.
    """
    for item in items:
        marker = item.get_closest_marker("django_db")
        fixtures = set(getattr(item, "fixturenames", ()))
        if marker is None and not fixtures & {"db", *_TRANSACTIONAL}:
            continue
        asked = dict(marker.kwargs) if marker else {}
        asked.setdefault("transaction", bool(fixtures & _TRANSACTIONAL))
        used = _EMPTIED if asked["transaction"] else _ROLLED_BACK
        asked["databases"] = sorted({*asked.get("databases", ()), *used})
        item.add_marker(pytest.mark.django_db(**asked), append=False)


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Make the test database whatever aliases the chosen tests name.

    pytest-django makes only the databases its tests ask for; ours all mirror "owner",
    so without this a test that asks for "default" would meet the real database.
    """
    for prepared in ("django_test_environment", "django_db_modify_db_settings"):
        request.getfixturevalue(prepared)
    with django_db_blocker.unblock():
        owner = connections["owner"]
        owner.settings_dict["TEST"]["TEMPLATE"] = migrated(owner)
        made = setup_databases(
            verbosity=0, interactive=False, aliases=settings.DATABASES
        )
    yield
    with django_db_blocker.unblock():
        connections.close_all()
        teardown_databases(made, verbosity=0)


@pytest.fixture(scope="session", autouse=True)
def _quick_flush() -> Iterator[None]:
    """Empty only the tables that hold rows after a transactional test.

    TRUNCATE of every table writes a new file for each and takes seconds. The triggers
    of the ledger and of invoices refuse DELETE to everybody; the owner lays them aside
    for the moment.
    """
    kept = DatabaseOperations.sql_flush
    DatabaseOperations.sql_flush = _delete_rows  # type: ignore[method-assign,assignment] # above
    yield
    DatabaseOperations.sql_flush = kept  # type: ignore[method-assign]


def _delete_rows(
    operations: DatabaseOperations, _style: Any, tables: Sequence[str], **_options: Any
) -> list[str]:
    """The statements that empty those of `tables` that hold rows."""
    if not tables:
        return []
    asked = " UNION ALL ".join(
        f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM \"{table}\")"  # noqa: S608 - our own tables
        for table in tables
    )
    with operations.connection.cursor() as cursor:
        cursor.execute(asked)
        filled = [f'"{table}"' for (table,) in cursor.fetchall()]
    written_once = {f'"{table}"' for table in append_only_tables()}
    guarded = [
        table
        for table in filled
        if table.startswith('"ledger_') or table in written_once
    ]
    return [
        *(f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in guarded),
        *(f"DELETE FROM {table}" for table in filled),  # noqa: S608 - as above
        "SET CONSTRAINTS ALL IMMEDIATE",
        *(f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in guarded),
    ]


@pytest.fixture
def worker_at_once() -> Iterator[None]:
    """Tasks are done while they are sent, as if a worker were idle."""
    conf = config.celery.app.conf
    conf.task_always_eager = conf.task_eager_propagates = True
    yield
    conf.task_always_eager = conf.task_eager_propagates = False
