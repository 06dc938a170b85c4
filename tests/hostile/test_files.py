"""Hostile files are refused at once, in bounded memory; of a picture the points stay.

The doors are tried in a process of their own, whose time and memory are measured.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from hub.exchange.photo import photo_drawn_anew
from hub.exchange.scan import scan_to_keep
from tests.hostile import files
from tests.house.sources import CHECKOUT

LONGEST_S = 1.0
MOST_MB = 400
"""More than the libraries and one picture of 50 million points; less than any bomb."""

TRY_THEM = """
import json, resource, sys, time
from importlib import import_module
from pathlib import Path
from hub.core.errors import DomainError

room, function, folder = sys.argv[1:]
door = getattr(import_module(room), function)
door_ready = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
told = {}
for path in sorted(Path(folder).iterdir()):
    content = path.read_bytes()
    began = time.process_time()
    try:
        said = "kept %d" % len(door(content))
    except DomainError as refusal:
        said = refusal.code
    told[path.name] = [said, time.process_time() - began]
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(json.dumps({"told": told, "grown_mb": peak - door_ready}))
"""


def tried(
    room: str, function: str, sent: dict[str, bytes], folder: Path
) -> dict[str, str]:
    """What the door said of each file; none took long, all took little memory."""
    for name, content in sent.items():
        (folder / name).write_bytes(content)
    asked = [sys.executable, "-c", TRY_THEM, room, function, str(folder)]
    answer = subprocess.run(
        asked, cwd=CHECKOUT, capture_output=True, check=False, timeout=60
    )
    assert answer.returncode == 0, answer.stderr.decode()[-2_000:]
    told = json.loads(answer.stdout)
    slow = {name: s for name, (_said, s) in told["told"].items() if s >= LONGEST_S}
    assert (slow, told["grown_mb"] < MOST_MB) == ({}, True), told
    return {name: said for name, (said, _s) in told["told"].items()}


def test_what_is_no_picture_is_refused_at_once(tmp_path: Path) -> None:
    said = tried("hub.exchange.photo", "photo_drawn_anew", files.pictures(), tmp_path)

    assert said == {
        "archive.zip": "not_a_photo",
        "page.html": "not_a_photo",
        "script.gif": "not_a_photo",
        "script.svg": "not_a_photo",
        "tall.png": "photo_too_wide",
        "wide.png": "photo_too_wide",
        "zeros.png": "not_a_photo",
    }


def test_papers_that_do_or_hide_something_are_refused(tmp_path: Path) -> None:
    sent = {**files.papers(), **files.pictures()}

    said = tried("hub.exchange.scan", "scan_to_keep", sent, tmp_path)

    refused = {"not_a_scan", "photo_too_wide"}
    assert {name: code for name, code in said.items() if code not in refused} == {}


def test_hostile_workbooks_are_refused_at_once(tmp_path: Path) -> None:
    pytest.importorskip("hub.exchange.spreadsheet")

    said = tried("hub.exchange.spreadsheet", "table_of_file", files.sheets(), tmp_path)

    assert set(said.values()) <= {"sheet_too_large", "sheet_unreadable", "sheet_empty"}
    assert sorted(said) == sorted(files.sheets())


@pytest.mark.parametrize("door", [photo_drawn_anew, scan_to_keep])
def test_of_a_picture_with_a_second_life_only_the_points_stay(door: object) -> None:
    assert callable(door)
    kept = {name: door(content) for name, content in files.polyglots().items()}

    for secret in (b"<script", b"PK\x03\x04", b"Laurier", b"Exif"):
        assert {name: secret in content for name, content in kept.items()} == (
            dict.fromkeys(kept, False)
        )
    assert {content[:3] for content in kept.values()} == {b"\xff\xd8\xff"}
