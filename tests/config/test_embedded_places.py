"""Where the embedded PostgreSQL goes, and what it leaves untouched on its way."""

import os
import pwd
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from config import embedded_places
from tests.factories.checkouts import SITE_PACKAGES, Checkout, copy_of_checkout

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root changes accounts")
SYSTEM_PYTHON = "/usr/bin/python3.11"


def modes_above(*places: Path) -> dict[Path, tuple[int, int, int]]:
    """Return mode and owner of every folder that holds one of these places."""
    found = {}
    for place in places:
        for folder in place.parents:
            state = folder.stat()
            found[folder] = (state.st_mode, state.st_uid, state.st_gid)
    return found


def test_no_folder_above_the_checkout_or_the_data_changes(checkout: Checkout) -> None:
    checkout.folder.chmod(0o700)
    places = (checkout.folder / "config", checkout.data, SITE_PACKAGES)
    before = modes_above(*places)

    checkout.command("start")
    checkout.command("stop")

    assert modes_above(*places) == before


@as_root
def test_root_starts_a_server_that_is_not_root(checkout: Checkout) -> None:
    checkout.folder.chmod(0o700)

    checkout.command("start")

    owners = {Path(f"/proc/{pid}").stat().st_uid for pid in checkout.servers()}
    programs = Path(f"/proc/{checkout.postmaster()}/exe").readlink()
    assert owners == {pwd.getpwnam("charroi-pg").pw_uid}
    assert programs.is_relative_to(checkout.data)
    assert {path.stat().st_uid for path in (programs, *programs.parents)} == {0}


@as_root
def test_checkouts_share_one_copy_of_the_programs(
    checkout: Checkout, tmp_path: Path
) -> None:
    other = copy_of_checkout(tmp_path / "other", checkout.data)

    with checkout.popen("-m", "config.embedded", "start") as first:
        other.command("start")
        first.communicate()
    homes = list(checkout.data.glob("*/roles.json"))
    copies = list(checkout.data.glob("programs-*"))
    other.command("stop")

    assert (len(homes), len(copies)) == (2, 1)


@as_root
def test_a_folder_closed_to_others_is_refused_and_left_closed(
    checkout: Checkout, tmp_path: Path
) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    astray = replace(checkout, data=closed / "data")

    with astray.popen("-m", "config.embedded", "start") as process:
        said, _nothing = process.communicate()

    assert (process.returncode, said) == (
        1,
        f"The embedded database's account may not enter {closed}. "
        "Set CHARROI_DATA_DIR to a folder that every account may enter.\n",
    )
    assert (list(closed.iterdir()), closed.stat().st_mode & 0o777) == ([], 0o700)


@as_root
@pytest.mark.skipif(
    not Path(SYSTEM_PYTHON).exists(), reason="needs a Python that everybody may run"
)
def test_anybody_else_keeps_the_data_in_the_checkout(public_folder: Path) -> None:
    folder = public_folder / "checkout"
    copy_of_checkout(folder, public_folder / "unused")
    person = pwd.getpwnam("nobody")
    for path in (folder, *folder.rglob("*")):
        shutil.chown(path, person.pw_uid, person.pw_gid)

    said = []
    for word in ("start", "status", "stop"):
        result = subprocess.run(
            [SYSTEM_PYTHON, "-m", "config.embedded", word],
            cwd=folder,
            env={"PYTHONPATH": str(SITE_PACKAGES), "PATH": "/usr/bin:/bin"},
            user=person.pw_uid,
            group=person.pw_gid,
            extra_groups=[],
            capture_output=True,
            text=True,
            check=True,
        )
        said.append(result.stdout.partition(":")[0].partition(" (")[0])

    assert said == ["started", "running on 127.0.0.1", "stopped"]
    assert (folder / "var/postgres/18/data").stat().st_mode & 0o777 == 0o700
    assert not (public_folder / "unused").exists()


def test_a_folder_that_exists_keeps_its_permissions(tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.mkdir()
    there.chmod(0o711)

    embedded_places.make_folder(there / "new" / "inner", 0o700)
    embedded_places.make_folder(there, 0o755)

    modes = [
        path.stat().st_mode & 0o777
        for path in (there, there / "new", there / "new/inner")
    ]
    assert modes == [0o711, 0o755, 0o700]


def test_what_is_written_once_stays(tmp_path: Path) -> None:
    note = tmp_path / "note"

    embedded_places.write_once(note, "first")
    embedded_places.write_once(note, "second")

    assert [path.name for path in tmp_path.iterdir()] == ["note"]
    assert (note.read_text(), note.stat().st_mode & 0o777) == ("first", 0o600)


def test_without_useradd_an_existing_account_serves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(embedded_places, "ACCOUNT_NAME", "charroi-not-there")
    monkeypatch.setattr(embedded_places, "OTHER_ACCOUNTS", ("not-there", "nobody"))
    nobody = pwd.getpwnam("nobody")

    account = embedded_places.account_for(tmp_path / "data")

    assert (account.uid, account.gid) == (nobody.pw_uid, nobody.pw_gid)


def test_data_of_a_version_no_longer_shipped_is_refused() -> None:
    with pytest.raises(embedded_places.EmbeddedServerError) as refusal:
        embedded_places.shipped_programs(9)

    assert str(refusal.value) == (
        "The data was made by PostgreSQL 9, which is no longer installed. "
        "See docs/operating.md on changing the PostgreSQL version."
    )


def test_a_checkout_and_its_copy_keep_their_data_apart(checkout: Checkout) -> None:
    owner_url = checkout.python("-m", "config.embedded", "url", "--owner")
    with psycopg.connect(owner_url) as connection:
        connection.execute("CREATE TABLE crate (id int)")
    copy = replace(checkout, folder=checkout.folder.with_name("copy"))
    shutil.copytree(checkout.folder, copy.folder)

    url = copy.python("-m", "config.embedded", "url", "--owner")
    with psycopg.connect(url) as connection:
        tables = connection.execute("SELECT to_regclass('crate')").fetchall()
    copy.command("stop")

    assert tables == [(None,)]
