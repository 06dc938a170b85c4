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


def test_the_server_is_ready_for_both_roles_with_its_limits(checkout: Checkout) -> None:
    query = """
        SELECT current_user, current_database(), rolsuper, rolcreatedb,
               current_setting('max_connections'), current_setting('TimeZone'),
               current_setting('server_encoding'), current_setting('listen_addresses'),
               current_setting('server_version_num')::int >= 150000, lower('É')
        FROM pg_roles WHERE rolname = current_user
    """
    url = checkout.python("-m", "config.embedded", "url")
    owner_url = checkout.python("-m", "config.embedded", "url", "--owner")

    rows = []
    for address in (url, owner_url):
        with psycopg.connect(address) as connection:
            rows.append(connection.execute(query).fetchone())

    shared = ("300", "UTC", "UTF8", "127.0.0.1", True, "é")
    assert rows == [
        ("charroi_app", "charroi", False, False, *shared),
        ("charroi_owner", "charroi", False, True, *shared),
    ]


def test_the_runtime_role_may_not_make_tables_and_the_owner_may(
    checkout: Checkout,
) -> None:
    url = checkout.python("-m", "config.embedded", "url")
    owner_url = checkout.python("-m", "config.embedded", "url", "--owner")

    with psycopg.connect(owner_url) as connection:
        connection.execute("CREATE TABLE crate (id int)")
    with (
        psycopg.connect(url) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("CREATE TABLE barrel (id int)")
    with (
        psycopg.connect(url) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("SELECT * FROM crate")


def test_the_owner_may_end_a_runtime_session_to_drop_a_database(
    checkout: Checkout,
) -> None:
    url = checkout.python("-m", "config.embedded", "url")
    owner_url = checkout.python("-m", "config.embedded", "url", "--owner")

    with psycopg.connect(owner_url, autocommit=True) as owner:
        owner.execute("CREATE DATABASE test_crates")
        with psycopg.connect(url, dbname="test_crates") as runtime:
            owner.execute("DROP DATABASE test_crates WITH (FORCE)")
            with pytest.raises(psycopg.OperationalError):
                runtime.execute("SELECT 1")


@pytest.mark.parametrize(
    ("user", "password"),
    [("charroi_app", "guessed"), ("charroi_bootstrap", "guessed"), ("postgres", "")],
)
def test_nobody_enters_without_a_password(
    checkout: Checkout, user: str, password: str
) -> None:
    url = checkout.python("-m", "config.embedded", "url")
    port = url.rpartition(":")[2].partition("/")[0]

    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(
            host="127.0.0.1", port=port, dbname="charroi", user=user, password=password
        )


def test_passwords_are_readable_by_the_starter_alone(checkout: Checkout) -> None:
    checkout.command("start")

    (passwords,) = checkout.data.glob("*/roles.json")
    (data,) = checkout.data.glob("*/*/data")
    assert (passwords.stat().st_mode & 0o777, passwords.stat().st_uid) == (
        0o600,
        os.geteuid(),
    )
    assert data.stat().st_mode & 0o777 == 0o700


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


def test_asking_a_running_server_takes_a_moment(checkout: Checkout) -> None:
    checkout.command("start")
    timed = "import time; from config import embedded; t = time.perf_counter(); "
    timed += "embedded.database_urls(); print(time.perf_counter() - t)"

    fastest_s = min(float(checkout.python("-c", timed)) for _attempt in range(3))

    assert fastest_s < 0.05


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
