"""From the previous release to this one with its data, and without stopping anybody."""

import json
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import psycopg
import pytest

from tests.deploy.clusters import OWNER, RUNTIME, OwnPostgres
from tests.deploy.conftest import Restored, manage
from tests.factories.sites import PRODUCTION, ROOT
from tests.house.inspect_migrations import BIG

LONGEST_WAIT_S = 2.0
ROWS_ADDED = {"pricing_taxrate": 2}
"""Rows that this release brings itself: the taxes on transport and fees."""
pytestmark = [pytest.mark.services, pytest.mark.timeout(900)]


@pytest.fixture(scope="module")
def upgraded(restored: Restored, server: OwnPostgres) -> Iterator[dict[str, str]]:
    """A copy of the restored hub under a name of its own: the two addresses."""
    with psycopg.connect(server.address("postgres"), autocommit=True) as link:
        link.execute(f"CREATE DATABASE upgraded TEMPLATE charroi OWNER {OWNER}")
        yield {
            "DATABASE_URL": address(server, RUNTIME),
            "DATABASE_OWNER_URL": address(server, OWNER),
        }
        link.execute("DROP DATABASE upgraded WITH (FORCE)")


def address(server: OwnPostgres, role: str) -> str:
    return f"postgresql://{role}@127.0.0.1:{server.port}/upgraded"


@pytest.fixture(scope="module")
def told(upgraded: dict[str, str]) -> dict[str, Any]:
    """What the way back, forward and back again showed."""
    found: dict[str, Any] = json.loads(run_upgrading(upgraded))
    return found


def run_upgrading(upgraded: dict[str, str], *words: str) -> str:
    """Run the program beside this file on the copy; what it prints."""
    ran = subprocess.run(
        [sys.executable, "-m", "tests.deploy.upgrading", *words],
        cwd=ROOT,
        env={**os.environ, **PRODUCTION, **upgraded},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-4_000:]
    return ran.stdout


def test_every_row_of_the_previous_release_is_the_same_afterwards(
    told: dict[str, Any],
) -> None:
    assert (told["gone"], told["num_steps"] > 0) == ([], True)
    before, after = told["before"], told["after"]
    added = {name: after[name][0] - before[name][0] for name in ROWS_ADDED}
    assert added == ROWS_ADDED
    # What stood in those tables before is seen on the way back.
    kept = before.keys() - ROWS_ADDED.keys()
    assert {name: after[name] for name in kept} == {name: before[name] for name in kept}
    assert after["ledger_entry"][0] > 10


def test_the_way_back_restores_every_row_of_the_previous_release(
    told: dict[str, Any],
) -> None:
    assert told["back_again"] == told["before"]


@dataclass
class Traffic:
    """A reader and a writer of the big tables, and how long each statement took."""

    place: str
    waits: list[tuple[float, str]] = field(default_factory=list)
    processes: set[int] = field(default_factory=set)
    end: threading.Event = field(default_factory=threading.Event)

    def start(self) -> list[threading.Thread]:
        """One thread each."""
        threads = [threading.Thread(target=work) for work in (self._read, self._write)]
        for thread in threads:
            thread.start()
        return threads

    def _read(self) -> None:
        with self._link() as link:
            while not self.end.is_set():
                for table in BIG:
                    self._time(link, f'SELECT id FROM "{table}" ORDER BY id LIMIT 20')

    def _write(self) -> None:
        with self._link() as link:
            link.execute("SET session_replication_role = replica")
            while not self.end.is_set():
                for table in BIG:
                    self._time(
                        link,
                        f'UPDATE "{table}" SET id = id'
                        f' WHERE id = (SELECT min(id) FROM "{table}")',
                    )

    def _link(self) -> psycopg.Connection:
        """A session whose waits for locks, from ten milliseconds, the server logs."""
        link = psycopg.connect(self.place, autocommit=True)
        link.execute("SET log_lock_waits = on")
        link.execute("SET deadlock_timeout = '10ms'")
        self.processes.add(link.info.backend_pid)
        return link

    def locked_s(self, log: str) -> float:
        """The longest wait for a lock of the reader or the writer, by the server's log.

        It is the server that measures: a machine that is busy with something else
        makes statements slow, and no lock longer.
        """
        waited = re.findall(r"process (\d+) acquired .* after ([\d.]+) ms", log)
        mine = [float(ms) for pid, ms in waited if int(pid) in self.processes]
        return max(mine, default=0.0) / 1000

    def _time(self, link: psycopg.Connection, statement: str) -> None:
        began = time.monotonic()
        link.execute(statement.encode())
        self.waits.append((time.monotonic() - began, statement))
        self.end.wait(0.005)


@pytest.mark.parametrize(
    "num_rows", [20_000, pytest.param(1_000_000, marks=pytest.mark.soak)]
)
def test_nobody_waits_two_seconds_while_the_newest_migrations_run(
    num_rows: int, upgraded: dict[str, str], server: OwnPostgres
) -> None:
    place = address(server, "postgres")
    run_upgrading(upgraded, "back")
    with psycopg.connect(place, autocommit=True) as link:
        for table in BIG:
            fill(link, table, num_rows)
        link.execute("VACUUM ANALYZE")
    traffic = Traffic(place)

    threads = traffic.start()
    began = time.monotonic()
    manage("migrate", **upgraded)
    took_s = time.monotonic() - began
    traffic.end.set()
    for thread in threads:
        thread.join()

    locked_s = traffic.locked_s(server.cluster.log.read_text())
    longest_s, statement = max(traffic.waits)
    sys.stdout.write(
        f"\n{num_rows} rows a table, {len(BIG)} tables, migrated in"
        f" {took_s:.1f} s; {len(traffic.waits)} statements beside them, the longest"
        f" wait for a lock {locked_s * 1000:.0f} ms, the longest statement"
        f" {longest_s * 1000:.0f} ms (load {os.getloadavg()[0]:.1f}): {statement}\n"
    )
    assert locked_s < LONGEST_WAIT_S


def test_a_lock_that_is_held_for_long_is_measured(
    upgraded: dict[str, str], server: OwnPostgres
) -> None:
    traffic = Traffic(address(server, "postgres"))

    threads = traffic.start()
    with psycopg.connect(traffic.place) as link:
        link.execute(f'LOCK TABLE "{BIG[0]}" IN ACCESS EXCLUSIVE MODE')
        time.sleep(1)
    traffic.end.set()
    for thread in threads:
        thread.join()

    locked_s = traffic.locked_s(server.cluster.log.read_text())
    assert 0.9 < locked_s <= max(traffic.waits)[0]


def fill(link: psycopg.Connection, table: str, num_rows: int) -> None:
    """Copy the first row of a table many times, with other keys where they are kept.

    The keys are above those of an earlier filling.
    """
    unique = {
        name
        for (name,) in link.execute(
            "SELECT DISTINCT attname FROM pg_index JOIN pg_attribute ON"
            " attrelid = indrelid AND attnum = ANY(indkey)"
            " WHERE indrelid = %s::regclass AND indisunique",
            [table],
        )
    }
    columns = link.execute(
        "SELECT column_name, data_type FROM information_schema.columns"
        " WHERE table_name = %s AND is_generated = 'NEVER'",
        [table],
    ).fetchall()
    another = {
        "bigint": "1000000000 + n",
        "integer": "1000000 + n",
        "character varying": "lpad(to_hex(n), 12, 'x')",
        "uuid": "gen_random_uuid()",
    }
    chosen = [
        f'CASE WHEN "{name}" IS NULL THEN NULL ELSE {another[kind]} END'
        if name in unique and kind in another
        else f'"{name}"'
        for name, kind in columns
    ]
    names = ", ".join(f'"{name}"' for name, _kind in columns)
    link.execute("SET session_replication_role = replica")
    link.execute(
        f'INSERT INTO "{table}" ({names}) SELECT {", ".join(chosen)} FROM'
        f' (SELECT * FROM "{table}" ORDER BY id LIMIT 1) first,'
        f' (SELECT count(*) AS known FROM "{table}") counted,'
        f" generate_series(known + 1, known + {num_rows}) n".encode()
    )
