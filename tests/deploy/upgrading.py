"""Take a database back to the previous release, and forward again; tell what changed.

Run as a program on a database of its own: `python -m tests.deploy.upgrading`. It prints
one JSON object: the rows of each table, in prints of the columns that both states have.
With `back` it only goes back.
"""

import json
import sys
from dataclasses import asdict, dataclass

import django

django.setup()

from django.db import connections  # noqa: E402 - the applications first
from django.db.migrations.executor import MigrationExecutor  # noqa: E402

from tests.deploy.previous import previous_release  # noqa: E402

COLUMNS = """
    SELECT table_name, array_agg(column_name::text ORDER BY column_name)
    FROM information_schema.columns WHERE table_schema = 'public'
    AND table_name NOT IN ('django_migrations', 'hub_cache') GROUP BY 1 ORDER BY 1
"""
ROWS = """
    SELECT count(*), encode(sha256(convert_to(
        coalesce(string_agg(r::text, E'\\n' ORDER BY r::text COLLATE "C"), ''), 'UTF8'
    )), 'hex') FROM (SELECT {} FROM "{}") r
"""
Prints = dict[str, tuple[int, str]]


@dataclass(frozen=True)
class Told:
    """What was found at each stop of the way."""

    num_steps: int
    gone: list[str]
    before: Prints
    after: Prints
    back_again: Prints


def columns() -> dict[str, list[str]]:
    """The columns of each table as it is now."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(COLUMNS)
        return dict(cursor.fetchall())


def prints(asked: dict[str, list[str]]) -> Prints:
    """The number of rows and their print, of these columns alone."""
    found: Prints = {}
    with connections["owner"].cursor() as cursor:
        for table, names in asked.items():
            chosen = ", ".join(f'"{name}"' for name in names)
            cursor.execute(ROWS.format(chosen, table))
            number, print_ = cursor.fetchone()
            found[table] = (number, print_)
    return found


def go(targets: list[tuple[str, str]]) -> int:
    """Migrate to these names; the number of steps."""
    executor = MigrationExecutor(connections["owner"])
    plan = executor.migration_plan(targets)
    executor.migrate(targets, plan=plan)
    return len(plan)


def main() -> Told:
    """Back, forward, back; the second way back shows that the first was whole."""
    old = list(previous_release().migrations.items())
    new = MigrationExecutor(connections["owner"]).loader.graph.leaf_nodes()
    go(old)
    known = columns()
    before = prints(known)
    num_steps = go(new)
    now = columns()
    both = {
        table: [name for name in names if name in now.get(table, [])]
        for table, names in known.items()
    }
    gone = [
        f"{table}.{name}"
        for table, names in known.items()
        for name in names
        if name not in both[table]
    ]
    before = before if not gone else {}
    after = prints({table: names for table, names in both.items() if names})
    go(old)
    return Told(num_steps, gone, before, after, prints(known))


if __name__ == "__main__":
    if sys.argv[1:] == ["back"]:
        go(list(previous_release().migrations.items()))
        sys.exit()
    sys.stdout.write(json.dumps(asdict(main())))
