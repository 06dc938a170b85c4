"""A save is whole or it is none: nothing cut or changed since is ever restored."""

import hashlib
import json
from pathlib import Path

import pytest
from django.core.management import CommandError

from config import saves


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
