"""The drill of docs/operating.md: save, restore on an empty server, compare all."""

import re
import sys

import psycopg
import pytest

from tests.deploy import prints
from tests.deploy.clusters import OWNER, RUNTIME, OwnPostgres
from tests.deploy.conftest import PHOTO, Restored, Saved, manage

pytestmark = [pytest.mark.services, pytest.mark.timeout(180)]


def test_every_row_comes_back_the_same(
    saved: Saved, restored: Restored, server: OwnPostgres
) -> None:
    with psycopg.connect(server.address(OWNER)) as link:
        rows = prints.rows_of(link)

    filled = [name for name, (number, _print) in rows.items() if number]
    assert rows == saved.rows
    assert {"ledger_entry", "orders_order", "routing_daysettlement"} <= set(filled)


@pytest.mark.parametrize("kind", [*prints.GUARDS, "rights"])
def test_every_guard_comes_back_the_same(
    kind: str, saved: Saved, restored: Restored, server: OwnPostgres
) -> None:
    with psycopg.connect(server.address(OWNER)) as link:
        guards = prints.guards_of(link, runtime=RUNTIME)

    assert guards[kind] == saved.guards[kind] != []


@pytest.mark.parametrize(
    ("role", "refusal"),
    [
        (RUNTIME, psycopg.errors.InsufficientPrivilege),
        (OWNER, psycopg.errors.RestrictViolation),
    ],
)
def test_the_restored_ledger_is_still_written_once(
    role: str, refusal: type[Exception], restored: Restored, server: OwnPostgres
) -> None:
    with psycopg.connect(server.address(role)) as link, pytest.raises(refusal):
        link.execute("UPDATE ledger_entry SET amount_cents = amount_cents + 1")


def test_files_come_back_and_the_command_says_how_long_it_took(
    saved: Saved,
    restored: Restored,
) -> None:
    photo = (restored.media / "places" / "door.jpg").read_bytes()

    sys.stdout.write(f"\n{saved.said}{restored.said}")
    assert photo == PHOTO
    assert re.search(r"Restored in \d+\.\d s \(database ", restored.said)
    assert "WRONG" not in restored.said


def test_nothing_is_restored_over_a_hub_that_is_there(
    saved: Saved, restored: Restored
) -> None:
    with pytest.raises(AssertionError) as refusal:
        manage("restore", str(saved.folder), **restored.environment)

    assert "Restore into an empty one" in str(refusal.value)
