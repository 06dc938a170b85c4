"""What a database is, in prints that can be compared: rows, rights, guards."""

import re
from typing import Any

import psycopg

TABLES = """
    SELECT relname FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace
    WHERE nspname = 'public' AND relkind = 'r' ORDER BY relname
"""
ROWS = """
    SELECT count(*), encode(sha256(convert_to(
        coalesce(string_agg(t::text, E'\\n' ORDER BY t::text COLLATE "C"), ''), 'UTF8'
    )), 'hex') FROM "{}" t
"""
GUARDS = {
    "sequences": """
        SELECT sequencename, last_value FROM pg_sequences
        WHERE schemaname = 'public'
    """,
    "triggers": """
        SELECT tgrelid::regclass::text, tgname, tgenabled::text, pg_get_triggerdef(oid)
        FROM pg_trigger WHERE NOT tgisinternal
    """,
    "functions": """
        SELECT proname, pg_get_functiondef(p.oid) FROM pg_proc p
        JOIN pg_namespace n ON n.oid = pronamespace
        WHERE nspname = 'public'
    """,
    "constraints": """
        SELECT conrelid::regclass::text, conname, pg_get_constraintdef(c.oid)
        FROM pg_constraint c JOIN pg_namespace n ON n.oid = connamespace
        WHERE nspname = 'public'
    """,
    "indexes": "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
}
RIGHTS = """
    SELECT relname, array_agg(word ORDER BY word) FROM pg_class
    JOIN pg_namespace n ON n.oid = relnamespace,
    unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) word
    WHERE nspname = 'public' AND relkind = 'r'
    AND has_table_privilege(%s, pg_class.oid, word) GROUP BY 1
"""


def rows_of(link: psycopg.Connection) -> dict[str, tuple[int, str]]:
    """For each table the number of its rows and the print of all of them in order."""
    return {
        name: link.execute(ROWS.format(name)).fetchone()  # type: ignore[misc] # one row, always
        for (name,) in link.execute(TABLES).fetchall()
    }


def guards_of(link: psycopg.Connection, *, runtime: str) -> dict[str, list[Any]]:
    """Everything beside the rows that must come back, and what the runtime may do."""
    found = {
        name: sorted(map(_plain, link.execute(question.encode()).fetchall()))
        for name, question in GUARDS.items()
    }
    return {**found, "rights": sorted(link.execute(RIGHTS, [runtime]))}


def _plain(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """Without the casts that PostgreSQL spells otherwise once it read its own dump."""
    casts = r"::(character varying|text)(\[\])?|[()]"
    return tuple(re.sub(casts, "", v) if isinstance(v, str) else v for v in row)
