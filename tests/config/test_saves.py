"""A save is whole or it is none: nothing cut or changed since is ever restored."""

import hashlib
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError
from django.db import connections

from config import saves

NOW = datetime(2026, 11, 22, 3, 17, tzinfo=UTC)
whole_database = pytest.mark.django_db(databases=["default", "owner"])


def make_save(folder: Path, *, dumped: bytes = b"rows", told: bytes = b"rows") -> Path:
    """A folder that looks like a save, with the print of `told` for its database."""
    made = folder / "charroi-20261122T031700Z"
    made.mkdir(parents=True)
    (made / saves.DATABASE).write_bytes(dumped)
    (made / saves.MEDIA).write_bytes(b"files")
    about = {
        "made_at": "2026-11-22T03:17:00+00:00",
        "postgresql": 15,
        "migrations": {"hub": "0001_initial"},
        "sha256": {
            saves.DATABASE: hashlib.sha256(told).hexdigest(),
            saves.MEDIA: hashlib.sha256(b"files").hexdigest(),
        },
    }
    (made / saves.LIST).write_text(json.dumps(about))
    return made


def test_a_save_that_changed_since_is_not_restored(tmp_path: Path) -> None:
    made = make_save(tmp_path, dumped=b"other rows")

    with pytest.raises(CommandError) as refusal:
        saves.restore(folder=made)

    assert str(refusal.value) == (
        f"{made / saves.DATABASE} is not what was saved: its print differs."
    )


def test_a_folder_without_its_list_is_no_save(tmp_path: Path) -> None:
    made = make_save(tmp_path)
    (made / saves.LIST).unlink()

    with pytest.raises(CommandError) as refusal:
        saves.restore(folder=made)

    assert str(refusal.value).startswith(f"{made} is no whole save")


def test_only_whole_saves_are_counted_oldest_first(tmp_path: Path) -> None:
    new = make_save(tmp_path)
    old = new.rename(tmp_path / "charroi-20261121T031700Z")
    new = make_save(tmp_path)
    cut = tmp_path / f".unfinished-{new.name}"
    cut.mkdir()
    (cut / saves.LIST).write_text("{}")

    assert saves.saves_in(tmp_path) == [old, new]


def test_a_list_that_leaves_a_print_out_is_no_proof(tmp_path: Path) -> None:
    made = make_save(tmp_path)
    about = json.loads((made / saves.LIST).read_text())
    (made / saves.LIST).write_text(json.dumps({**about, "sha256": {}}))

    with pytest.raises(CommandError) as refusal:
        saves.restore(folder=made)

    assert str(refusal.value).endswith("is not what was saved: its print differs.")


@pytest.fixture
def dumped(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program of PostgreSQL, which the drill of tests/deploy really runs."""

    def dump(_program: str, *arguments: str, **_options: int) -> None:
        Path(arguments[-1].removeprefix("--file=")).write_bytes(b"rows")

    monkeypatch.setattr(saves, "_run", dump)


@whole_database
def test_the_newest_saves_are_kept_and_what_was_cut_goes(
    dumped: None, tmp_path: Path, settings: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    folder = tmp_path / "saves"
    (folder / ".unfinished-charroi-20261101T031700Z").mkdir(parents=True)

    made = [
        saves.save(folder=folder, keep=2, now=NOW + timedelta(days=day))
        for day in range(3)
    ]

    assert saves.saves_in(folder) == made[1:]
    assert sorted(folder.iterdir()) == made[1:]


@whole_database
def test_a_save_is_read_by_its_owner_alone(
    dumped: None, tmp_path: Path, settings: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"

    made = saves.save(folder=tmp_path, keep=1, now=NOW)

    modes = {path.name: path.stat().st_mode & 0o777 for path in made.iterdir()}
    assert modes == dict.fromkeys((saves.DATABASE, saves.MEDIA, saves.LIST), 0o600)
    assert made.stat().st_mode & 0o777 == 0o700


@whole_database
def test_a_save_that_fails_leaves_those_of_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = make_save(tmp_path)

    def fail(*_arguments: str, **_options: int) -> None:
        raise CommandError("pg_dump failed.")

    monkeypatch.setattr(saves, "_run", fail)
    with pytest.raises(CommandError):
        saves.save(folder=tmp_path, keep=1, now=NOW + timedelta(days=1))

    assert saves.saves_in(tmp_path) == [before]


@whole_database
def test_nothing_is_restored_over_tables(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"holds \d+ tables"):
        saves.restore(folder=make_save(tmp_path))


@whole_database
def test_nothing_is_restored_over_files(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tables of this database are looked away from: they would refuse first."""
    introspection = connections["owner"].introspection
    monkeypatch.setattr(introspection, "table_names", lambda _cursor: [])
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ROOT.mkdir()
    (settings.MEDIA_ROOT / "door.jpg").write_bytes(b"photo")

    with pytest.raises(CommandError, match="holds files"):
        saves.restore(folder=make_save(tmp_path))

    assert (settings.MEDIA_ROOT / "door.jpg").read_bytes() == b"photo"
