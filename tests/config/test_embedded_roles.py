"""Who may enter the embedded PostgreSQL, and what each role may do there."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.factories.checkouts import Checkout, copy_of_checkout


@pytest.fixture(scope="module")
def running() -> Iterator[Checkout]:
    """One server for the tests that leave it as they found it."""
    folder = Path(tempfile.mkdtemp(prefix="charroi-test-"))
    folder.chmod(0o755)
    made = copy_of_checkout(folder / "checkout", folder / "data")
    made.command("start")
    yield made
    made.command("stop")
    shutil.rmtree(folder)


def test_the_server_is_ready_for_both_roles_with_its_limits(running: Checkout) -> None:
    query = """
        SELECT current_user, current_database(), rolsuper, rolcreatedb,
               current_setting('max_connections'), current_setting('TimeZone'),
               current_setting('server_encoding'), current_setting('listen_addresses'),
               current_setting('server_version_num')::int >= 150000, lower('É')
        FROM pg_roles WHERE rolname = current_user
    """
    url = running.python("-m", "config.embedded", "url")
    owner_url = running.python("-m", "config.embedded", "url", "--owner")

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
    running: Checkout,
) -> None:
    url = running.python("-m", "config.embedded", "url")
    owner_url = running.python("-m", "config.embedded", "url", "--owner")

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
    running: Checkout,
) -> None:
    url = running.python("-m", "config.embedded", "url")
    owner_url = running.python("-m", "config.embedded", "url", "--owner")

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
    running: Checkout, user: str, password: str
) -> None:
    url = running.python("-m", "config.embedded", "url")
    port = url.rpartition(":")[2].partition("/")[0]

    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(
            host="127.0.0.1", port=port, dbname="charroi", user=user, password=password
        )


def test_passwords_are_readable_by_the_starter_alone(running: Checkout) -> None:
    (passwords,) = running.data.glob("*/roles.json")
    (data,) = running.data.glob("*/*/data")
    assert (passwords.stat().st_mode & 0o777, passwords.stat().st_uid) == (
        0o600,
        os.geteuid(),
    )
    assert data.stat().st_mode & 0o777 == 0o700


def test_asking_a_running_server_takes_a_moment(running: Checkout) -> None:
    timed = "import time; from config import embedded; t = time.perf_counter(); "
    timed += "embedded.database_urls(); print(time.perf_counter() - t)"

    fastest_s = min(float(running.python("-c", timed)) for _attempt in range(3))

    assert fastest_s < 0.05
