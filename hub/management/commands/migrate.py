"""Migrate as the owner of the tables, then give the web its narrower rights."""

from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandParser
from django.core.management.commands import migrate
from django.db import connections, transaction

from hub.ledger.rights import (
    BALANCE_TABLE,
    PART_TABLE,
    part_rights_sql,
    runtime_rights_sql,
)


class Command(migrate.Command):
    """Django's `migrate`, run over the alias "owner" unless told otherwise."""

    def add_arguments(self, parser: CommandParser) -> None:
        """Change the default alias only."""
        super().add_arguments(parser)
        parser.set_defaults(database="owner")

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, make the table of the cache, then grant; all safe to repeat."""
        alias = options["database"]
        owner = connections[alias].settings_dict["USER"]
        runtime = connections["default"].settings_dict["USER"]
        if runtime == owner or options["plan"] or options["check_unapplied"]:
            self._migrate(*args, **options)
            return
        with connections[alias].cursor() as cursor:
            for statement in default_rights_sql(runtime):
                cursor.execute(statement)
        self._migrate(*args, **options)
        # In one transaction: at no moment may the web change the ledger.
        with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
            for statement in table_rights_sql(runtime):
                cursor.execute(statement)
            tables = connections[alias].introspection.table_names(cursor)
            if BALANCE_TABLE in tables:
                for statement in runtime_rights_sql(runtime):
                    cursor.execute(statement)
            if PART_TABLE in tables:
                for statement in part_rights_sql(runtime):
                    cursor.execute(statement)
            for table in append_only_tables():
                if table in tables:
                    for statement in append_only_sql(table, runtime):
                        cursor.execute(statement)

    def _migrate(self, *args: Any, **options: Any) -> None:
        """Sign-in counts its attempts in the cache: no installation does without."""
        super().handle(*args, **options)
        if not options["plan"]:
            call_command("createcachetable", database=options["database"], verbosity=0)


def default_rights_sql(role: str) -> list[str]:
    """What the runtime role may do with the tables made from now on."""
    name = quoted(role)
    return [
        f"GRANT USAGE ON SCHEMA public TO {name}",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public"
        f" GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {name}",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public"
        f" GRANT USAGE, SELECT ON SEQUENCES TO {name}",
    ]


def table_rights_sql(role: str) -> list[str]:
    """What the runtime role may do with the tables there are, the ledger's apart."""
    name = quoted(role)
    return [
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public"
        f" TO {name}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {name}",
    ]


def append_only_tables() -> list[str]:
    """The tables whose rows are written once, in any app: they say so themselves."""
    return [
        model._meta.db_table
        for model in apps.get_models()
        if getattr(model, "APPEND_ONLY", False)
    ]


def append_only_sql(table: str, role: str) -> list[str]:
    """What the runtime role may do with a table whose rows are never changed."""
    name = quoted(role)
    return [
        f"REVOKE ALL ON TABLE {table} FROM {name}",
        f"GRANT SELECT, INSERT ON TABLE {table} TO {name}",
    ]


def quoted(role: str) -> str:
    """The name of a role as SQL writes it."""
    return '"' + role.replace('"', '""') + '"'
