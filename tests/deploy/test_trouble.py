"""A full disk, a crashed database, under load: nothing acknowledged is lost.

The site says what is wrong and comes back by itself; it is the same one throughout.
"""

import sys
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass

import psycopg
import pytest

from tests.deploy.clients import Clients
from tests.deploy.clusters import OWNER, OwnPostgres, is_small
from tests.deploy.conftest import Restored, Saved, manage
from tests.deploy.runs import Run, wait_until
from tests.factories.sites import Visitor

pytestmark = [pytest.mark.services, pytest.mark.timeout(180)]
FULL_FR = "Le serveur n’a plus de place pour écrire"
FULL_EN = "The server has no room left to write"


@dataclass(frozen=True)
class Kept:
    """What the database holds of what the clients asked."""

    orders: Counter[str]
    envelope_cents: int


def kept(server: OwnPostgres, saved: Saved, clients: Clients) -> Kept:
    """Count each acknowledged order, and what was added to the envelope."""
    with psycopg.connect(server.address(OWNER)) as link:
        found = link.execute(
            "SELECT public_id FROM orders_order WHERE public_id = ANY(%s)",
            [list(clients.orders.values())],
        ).fetchall()
    _status, envelope = clients.programme.read(f"/envelopes/{saved.world.envelope_id}")
    return Kept(
        orders=Counter(name for (name,) in found),
        envelope_cents=envelope["left_cents"] - clients.envelope_before_cents,
    )


def say(what: str, clients: Clients, took_s: float) -> None:
    """Leave the figures of this run where `pytest -s` shows them."""
    sys.stdout.write(
        f"\n{what}: {clients.num_done} effects acknowledged, {clients.num_refused}"
        f" answers 503, eight more effects {took_s:.1f} s after\n"
    )


def promised(clients: Clients) -> Kept:
    """What the clients were told."""
    return Kept(
        orders=Counter(clients.orders.values()),
        envelope_cents=sum(clients.paid_cents.values()),
    )


@pytest.fixture
def clients(run: Run, saved: Saved) -> Clients:
    return Clients(run.port, saved.world)


def test_a_full_disk_loses_nothing_and_is_named(
    run: Run, server: OwnPostgres, saved: Saved, restored: Restored, clients: Clients
) -> None:
    if not is_small(server.place):
        pytest.skip("no small disk can be mounted here")
    web = run.web()

    with clients.at_work():
        wait_until(lambda: clients.num_done > 8, "work goes on")
        ballast = server.fill_disk()
        wait_until(lambda: "database_full" in clients.told, "a program is told")
        health = run.health()
        pages = [_sign_in_page(run, language) for language in ("fr-CA", "en")]
        ballast.unlink()
        freed_at = clients.num_done
        took_s = wait_until(
            lambda: _is_back(server, clients, freed_at), "work goes on again"
        )
    say("full disk", clients, took_s)

    assert clients.statuses - {200, 201} == {503}
    assert health == (503, {"database": "full"})
    assert pages == [(503, "60", True), (503, "60", True)]
    assert kept(server, saved, clients) == promised(clients)
    assert run.web() == web
    assert "WRONG" not in manage("ledger_audit", **restored.environment).stdout


def _sign_in_page(run: Run, language: str) -> tuple[int, str | None, bool]:
    """What somebody sees who asks for a code: status, when to try again, the words.

    The first ones may still find room within a block of the table.
    """
    title = FULL_FR if language == "fr-CA" else FULL_EN
    first = Visitor(run.port)
    first.ask("/accounts/login/")
    token = {"csrftoken": first.cookies["csrftoken"]}
    for number in range(1, 60):
        status, headers, page = Visitor(run.port, dict(token)).ask(
            "/accounts/login/code/",
            {"email": f"nobody-{number}@rang.example"},
            visitor=f"203.0.113.{number}",
            more={"Accept-Language": language},
        )
        if status != 302:
            break
    return status, headers["Retry-After"], f"<h1>{title}</h1>" in page


def _is_back(server: OwnPostgres, clients: Clients, before: int) -> bool:
    """Whether work goes on; a server that fell for want of room is started again."""
    if not server.is_running():
        with suppress(Exception):
            server.start()
    return clients.num_done > before + 8


def test_a_crash_of_the_database_loses_nothing_and_passes(
    run: Run, server: OwnPostgres, saved: Saved, restored: Restored, clients: Clients
) -> None:
    same = [*run.web(), run.head("worker"), run.head("beat")]
    ticks = _ticked_at(server)

    with clients.at_work():
        wait_until(lambda: clients.num_done > 8, "work goes on")
        server.crash()
        back = clients.num_done
        took_s = wait_until(lambda: clients.num_done > back + 8, "work goes on again")
    say("crash", clients, took_s)

    assert clients.statuses - {200, 201} <= {503}
    assert clients.told <= {"database_down"}
    assert kept(server, saved, clients) == promised(clients)
    wait_until(lambda: _ticked_at(server) != ticks, "the clock ticks", seconds=40)
    assert [*run.web(), run.head("worker"), run.head("beat")] == same
    assert "WRONG" not in manage("ledger_audit", **restored.environment).stdout


def _ticked_at(server: OwnPostgres) -> object:
    with psycopg.connect(server.address(OWNER)) as link:
        return link.execute(
            "SELECT value FROM hub_cache WHERE cache_key LIKE '%clock'"
        ).fetchone()


def test_asked_to_end_it_leaves_no_process(run: Run) -> None:
    running = len(run.processes())

    code = run.stop()

    assert (running > 6, code, run.processes()) == (True, 0, [])
