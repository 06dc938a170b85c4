"""The embedded PostgreSQL, in checkouts of its own beside the one under test."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from tests.factories.checkouts import ASK, Checkout, copy_of_checkout


def test_the_server_goes_with_its_last_user(checkout: Checkout) -> None:
    first, second = checkout.using(), checkout.using()

    first.communicate()
    after_first = checkout.command("status").partition(":")[0]
    second.communicate()

    assert after_first == "running on 127.0.0.1"
    assert checkout.code("status") == 3
    assert checkout.servers() == []


def test_start_keeps_the_server_until_stop(checkout: Checkout) -> None:
    said = [checkout.command(word) for word in ("start", "start")]
    checkout.using().communicate()
    said += [checkout.command(word) for word in ("stop", "stop")]

    assert said == ["started", "already running", "stopped", "was not running"]
    assert checkout.servers() == []


def test_data_and_port_survive_a_stop(checkout: Checkout) -> None:
    first_url = checkout.python("-m", "config.embedded", "url", "--owner")
    with psycopg.connect(first_url) as connection:
        connection.execute("CREATE TABLE crate AS SELECT 50 AS quantity")
    checkout.command("stop")

    url = checkout.python("-m", "config.embedded", "url", "--owner")
    with psycopg.connect(url) as connection:
        rows = connection.execute("SELECT quantity FROM crate").fetchall()

    assert (url, rows) == (first_url, [(50,)])


def test_a_server_whose_starter_was_killed_is_found_then_stopped(
    checkout: Checkout,
) -> None:
    starter = checkout.using()
    before = checkout.postmaster()
    starter.kill()
    starter.communicate()

    finder = checkout.using()
    found = checkout.postmaster()
    finder.communicate()

    assert found == before
    assert checkout.servers() == []


def test_a_starter_killed_at_any_moment_spoils_nothing(checkout: Checkout) -> None:
    for delay_s in (0.15, 0.3, 0.5, 0.7, 0.9):
        starter = checkout.popen("-c", ASK + "import time; time.sleep(60)")
        time.sleep(delay_s)
        starter.kill()
        starter.communicate()

    url = checkout.python("-m", "config.embedded", "url")
    with psycopg.connect(url) as connection:
        answer = connection.execute("SELECT 1").fetchall()
    checkout.command("stop")

    assert answer == [(1,)]
    assert checkout.servers() == []


def test_a_killed_server_comes_back_with_what_was_committed(
    checkout: Checkout,
) -> None:
    url = checkout.python("-m", "config.embedded", "url", "--owner")
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE crate AS SELECT 50 AS quantity")
    killed = checkout.postmaster()
    os.kill(killed, signal.SIGKILL)

    url = checkout.python("-m", "config.embedded", "url", "--owner")
    with psycopg.connect(url) as connection:
        rows = connection.execute("SELECT quantity FROM crate").fetchall()

    assert rows == [(50,)]
    assert checkout.postmaster() != killed


def test_a_query_that_outlives_the_killed_server_does_not_block_the_next(
    checkout: Checkout,
) -> None:
    url = checkout.python("-m", "config.embedded", "url", "--owner")
    connection = psycopg.connect(url)
    busy = connection.info.backend_pid
    # Counting without a pause: the server's child never looks up from its work.
    connection.pgconn.send_query(b"SELECT count(*) FROM generate_series(1, 2000000000)")
    time.sleep(0.5)
    os.kill(checkout.postmaster(), signal.SIGKILL)
    time.sleep(0.5)
    outlives = busy in checkout.servers()

    checkout.python("-m", "config.embedded", "url")

    connection.close()
    assert (outlives, busy in checkout.servers()) == (True, False)


def test_a_record_that_names_a_stranger_is_not_believed(checkout: Checkout) -> None:
    checkout.command("start")
    (record,) = checkout.data.glob("*/*/data/postmaster.pid")
    lines = record.read_text().splitlines()
    checkout.command("stop")
    record.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")

    assert checkout.code("status") == 3
    assert checkout.command("start") == "started"


def test_simultaneous_starts_make_one_server(checkout: Checkout) -> None:
    starters = [
        checkout.popen("-c", ASK + "print(u.owner); input()") for _one in range(6)
    ]

    lines = {starter.stdout.readline() for starter in starters if starter.stdout}
    commands = [Path(f"/proc/{pid}/cmdline").read_bytes() for pid in checkout.servers()]
    for starter in starters:
        starter.communicate("\n")

    assert len(lines) == 1
    assert lines.pop().startswith("postgresql://charroi_owner:")
    assert sum(b"\0-D\0" in command for command in commands) == 1
    assert checkout.servers() == []


def test_during_stops_the_server_after_its_command(checkout: Checkout) -> None:
    ask = [sys.executable, "-c", ASK + "import os; os._exit(7)"]

    code = checkout.code("during", *ask)

    assert (code, checkout.servers()) == (7, [])


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_during_tidies_up_when_interrupted(
    checkout: Checkout, number: signal.Signals
) -> None:
    ask = ASK + "import time; print(u.owner, flush=True); time.sleep(60)"
    process = subprocess.Popen(
        [sys.executable, "-m", "config.embedded", "during", sys.executable, "-c", ask],
        cwd=checkout.folder,
        env=checkout.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    assert process.stdout
    process.stdout.readline()
    running = checkout.servers() != []

    os.killpg(process.pid, number)
    process.communicate(timeout=30)

    assert (running, checkout.servers()) == (True, [])
    assert process.returncode != 0


def test_a_later_clone_at_the_same_place_begins_empty(checkout: Checkout) -> None:
    first_url = checkout.python("-m", "config.embedded", "url", "--owner")
    with psycopg.connect(first_url) as connection:
        connection.execute("CREATE TABLE crate (id int)")
    shutil.rmtree(checkout.folder)
    copy_of_checkout(checkout.folder, checkout.data)

    url = checkout.python("-m", "config.embedded", "url", "--owner")
    with psycopg.connect(url) as connection:
        tables = connection.execute("SELECT to_regclass('crate')").fetchall()

    assert tables == [(None,)]
    assert len(list(checkout.data.glob("*/roles.json"))) == 1
