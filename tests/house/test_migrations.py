"""Since the previous release, no migration holds a big table for long without a reason.

`tests/deploy/test_migrations.py` measures what this list promises.
"""

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import models
from django.db.migrations import (
    AddConstraint,
    AddField,
    AddIndex,
    AlterField,
    CreateModel,
    Migration,
    RunSQL,
)
from django.db.migrations.loader import MigrationLoader

from tests.deploy.previous import FOLDERS, previous_release
from tests.house import inspect_migrations as inspect

ALLOWED: dict[str, str] = {
    "ledger.0003_periods: RunSQL touches ledger_posting: for how long?": (
        "a trigger is put on it: no row is read, the lock ends with the statement"
    ),
    "ledger.0005_posting: RunSQL touches ledger_posting: for how long?": (
        "a function that names it is made: the table itself is not locked"
    ),
    "ledger.0005_posting: RunSQL touches ledger_entry: for how long?": (
        "a function that names it is made: the table itself is not locked"
    ),
    "ledger.0006_parts: RunSQL touches ledger_posting: for how long?": (
        "the function of a trigger is replaced: the table itself is not locked"
    ),
    "hub.0014_quiet_hours: AlterField status on hub_notice may write it anew": (
        "two choices more: Django runs no statement for it"
    ),
    "hub.0020_overtaken_letters: AlterField status on hub_notice may write it anew": (
        "one choice more: Django runs no statement for it"
    ),
    "pricing.0003_fund_sources: RunPython moves rows: for how long?": (
        "one row for each hub"
    ),
    "pricing.0004_prices_in_the_open: RunPython moves rows: for how long?": (
        "two rows of tax rates"
    ),
    "routing.0009_corrections_since: RunPython moves rows: for how long?": (
        "one row for each hub of each settled day, some hundreds a year: under a second"
    ),
}
"""Complaint → why it is no harm here, with the time it was measured to take."""


def newer_migrations() -> list[Migration]:
    """Ours, in their order, that the previous release did not know."""
    known = previous_release().migrations
    loader = MigrationLoader(None, ignore_no_migrations=True)
    return [
        migration
        for (label, name), migration in sorted(loader.disk_migrations.items())
        if label in FOLDERS and name > known[label]
    ]


def test_no_newer_migration_holds_a_big_table_for_long() -> None:
    complaints = inspect.long_locks(newer_migrations())

    assert inspect.not_allowed(complaints, ALLOWED) == []


def test_every_reason_is_still_needed() -> None:
    complaints = inspect.long_locks(newer_migrations())

    assert sorted(set(ALLOWED) - set(complaints)) == []


def test_the_big_tables_exist() -> None:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    tables = {
        f"{label}_{name}" for label, name in loader.project_state().models if label
    }

    assert set(inspect.BIG) - tables == set()


def faulty() -> Migration:
    index = models.Index(fields=["note"], name="orders_note")
    check = models.CheckConstraint(condition=models.Q(id__gt=0), name="orders_ids")
    operations = [
        CreateModel("Order2", [("id", models.BigAutoField(primary_key=True))]),
        AddIndex("order2", index.clone()),
        AddIndex("order", index),
        AddConstraint("order", check),
        AddConstraintNotValid("order", check),
        AlterField("order", "note", models.TextField()),
        AddField("order", "seen", models.BooleanField(default=False)),
        AddField("order", "code", models.CharField(max_length=9, db_index=True)),
        RunSQL("UPDATE orders_order SET note = ''", RunSQL.noop),
        RunSQL("CREATE INDEX ON orders_order2 (id)", RunSQL.noop),
    ]
    migration = Migration("0099_slow", "orders")
    setattr(migration, "operations", operations)  # noqa: B010 - of this one alone
    return migration


def test_a_migration_that_stops_people_is_refused() -> None:
    complaints = inspect.long_locks([faulty()])

    assert complaints == [
        "orders.0099_slow: AddIndex orders_note on orders_order stops its writers",
        "orders.0099_slow: AddConstraint orders_ids on orders_order reads it all alone",
        "orders.0099_slow: AlterField note on orders_order may write it anew",
        "orders.0099_slow: AddField code on orders_order builds an index with it",
        "orders.0099_slow: RunSQL touches orders_order: for how long?",
    ]


def test_a_step_is_allowed_by_a_reason_only() -> None:
    complaints = ["a: one", "a: two"]

    refused = inspect.not_allowed(complaints, {"a: one": "40 ms", "a: two": " "})

    assert refused == ["a: two"]
