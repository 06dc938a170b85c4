"""Many at once: threads behind a barrier, each with database connections of its own."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from django.db import IntegrityError, OperationalError, connections

from hub.core.errors import DomainError

LEDGER_TABLES = (
    "ledger_seal, ledger_refusal, ledger_reversal, ledger_entry, ledger_posting,"
    " ledger_balance, ledger_part, ledger_rollup, ledger_account"
)

WAITING = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'
"""


def all_at_once(works: Sequence[Callable[[], object]]) -> list[object]:
    """What came of each work, in order; a refusal is answered by its code."""
    barrier = threading.Barrier(len(works))
    with ThreadPoolExecutor(max_workers=len(works)) as pool:
        answers = [pool.submit(_one, work, barrier) for work in works]
        return [answer.result(timeout=120) for answer in answers]


def _one(work: Callable[[], object], barrier: threading.Barrier) -> object:
    try:
        connections["default"].ensure_connection()
        barrier.wait(timeout=60)
        return work()
    except DomainError as refusal:
        return refusal.code
    except IntegrityError:
        return "stopped by the table"
    except OperationalError as error:
        return "deadlock" if "deadlock" in str(error) else str(error)
    finally:
        connections.close_all()


def wait_until_somebody_waits() -> None:
    """Until a lock is waited for in this database, ten seconds at most.

    When nobody ever waits it returns too: the test that counts on it fails by itself.
    """
    for _ in range(200):
        with connections["default"].cursor() as cursor:
            # Inside a transaction the first answer would be given again and again.
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(WAITING)
            (num_waiting,) = cursor.fetchone()
        if num_waiting:
            return
        time.sleep(0.05)


NO_LEDGER_LOCK = ("ledger_lock", " FOR UPDATE;", "; PERFORM pg_sleep(0.2);")
"""Floored accounts read without their lock and with a pause: see `rewritten`."""


@contextmanager
def rewritten(function: str, *words: str) -> Iterator[None]:
    """A function of the database in which some words stand in place of others.

    `words` are pairs, one after the other: what stands there, and what is put there.
    So a lock is taken off where it is written, and put back afterwards.
    """
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef(%s::regproc)", [function])
        (kept,) = cursor.fetchone()
        definition = kept
        for old, new in zip(words[::2], words[1::2], strict=True):
            assert definition.count(old) == 1, f"{function} does not say {old!r} once"
            definition = definition.replace(old, new)
        cursor.execute(definition)
        try:
            yield
        finally:
            cursor.execute(kept)


@contextmanager
def without_constraint(table: str, name: str) -> Iterator[None]:
    """A ledger without one of its constraints; emptied before it comes back."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s",
            [name],
        )
        (definition,) = cursor.fetchone()
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        try:
            yield
        finally:
            cursor.execute(f"TRUNCATE {LEDGER_TABLES}")
            cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
