"""What a migration may not do to a big table while people work: hold it for long."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.postgres.operations import (
    AddConstraintNotValid,
    AddIndexConcurrently,
)
from django.db.migrations.migration import Migration
from django.db.migrations.operations import (
    AddConstraint,
    AddField,
    AddIndex,
    AlterField,
    CreateModel,
    RunPython,
    RunSQL,
    SeparateDatabaseAndState,
)
from django.db.migrations.operations.base import Operation

BIG = (
    "ledger_entry",
    "ledger_posting",
    "orders_order",
    "orders_orderline",
    "orders_shipmentline",
    "orders_invoiceline",
    "producers_availability",
    "hub_notice",
    "hub_indicatorfact",
    "routing_stop",
)
"""The tables that grow with every order, entry, notice and stop of every hub."""


def long_locks(migrations: Iterable[Migration]) -> list[str]:
    """Find steps that would stop readers or writers of a big table for long.

    An index is built `Concurrently`; a constraint is added NOT VALID and validated in
    a later migration; a type or a NOT NULL is changed by a new column; a reference is
    added without its index, which follows concurrently. Data is moved by a step whose
    reason stands in the list of those allowed. A table made by the same release is
    empty: anything goes.
    """
    complaints = []
    made: set[str] = set()
    for migration in migrations:
        label = f"{migration.app_label}.{migration.name}"
        for operation in _flat(migration.operations):
            if isinstance(operation, CreateModel):
                made.add(f"{migration.app_label}_{operation.name.lower()}")
            elif fault := _fault(operation, migration.app_label, made):
                complaints.append(f"{label}: {fault}")
    return complaints


def not_allowed(complaints: Iterable[str], allowed: Mapping[str, str]) -> list[str]:
    """Leave out what a written reason allows; an empty reason allows nothing."""
    return [each for each in complaints if not allowed.get(each, "").strip()]


def _flat(operations: Iterable[Operation]) -> Iterable[Operation]:
    for operation in operations:
        if isinstance(operation, SeparateDatabaseAndState):
            yield from _flat(operation.database_operations)
        else:
            yield operation


def _fault(operation: Operation, app: str, made: set[str]) -> str:
    kind = type(operation).__name__
    if isinstance(operation, RunPython):
        return f"{kind} moves rows: for how long?"
    if isinstance(operation, RunSQL):
        touched = [
            name for name in BIG if re.search(rf"\b{name}\b", str(operation.sql))
        ]
        old = [name for name in touched if name not in made]
        return f"{kind} touches {', '.join(old)}: for how long?" if old else ""
    model = getattr(operation, "model_name", "") or ""
    table = f"{app}_{model.lower()}"
    if table not in BIG or table in made:
        return ""
    name = _name_of(operation)
    if isinstance(operation, AddIndex) and not isinstance(
        operation, AddIndexConcurrently
    ):
        return f"{kind} {name} on {table} stops its writers"
    if isinstance(operation, AddConstraint) and not isinstance(
        operation, AddConstraintNotValid
    ):
        return f"{kind} {name} on {table} reads it all alone"
    if isinstance(operation, AlterField):
        return f"{kind} {name} on {table} may write it anew"
    if isinstance(operation, AddField) and _is_slow(operation.field):
        return f"{kind} {name} on {table} builds an index with it"
    return ""


def _name_of(operation: Any) -> str:
    for holder in ("index", "constraint"):
        if hasattr(operation, holder):
            return str(getattr(operation, holder).name)
    return str(getattr(operation, "name", ""))


def _is_slow(field: Any) -> bool:
    return bool(field.db_index or field.unique)
