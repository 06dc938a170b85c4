"""The long run: who plays next, what is counted, and what the end tells."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.factories.sites import ROOT
from tests.soak import parts
from tests.soak.__main__ import Soak, main
from tests.soak.figures import gathered
from tests.soak.parts import RANDOM, Part

PLAYING = """
from tests.soak.figures import count, count_answer

def test_well():
    count("weeks", 3)
    count_answer("weeks", "")
    count_answer("weeks", "fund_too_low")
"""
FAILING = "def test_badly():\n    assert 1 == 2\n"


@pytest.fixture
def soak(tmp_path: Path) -> Soak:
    made = Soak(tmp_path, hours=1)
    made.once = []
    made.machines = [Part(name, []) for name in ("a", "b", "c")]
    return made


@pytest.fixture
def _few_plugins(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rounds of these tests start without Django and browsers."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.setenv("PYTEST_PLUGINS", "pytest_timeout")


def told(part: Part | None) -> str:
    return part.name if part else "nothing"


def test_who_has_had_the_least_time_plays_next_and_nobody_twice_at_once(
    soak: Soak,
) -> None:
    for part, seconds in zip(soak.machines, (30, 10, 20), strict=True):
        part.num_rounds, part.seconds = 1, seconds

    order = [told(soak.next_part()) for _ in range(4)]

    assert order == ["b", "c", "a", "nothing"]


def test_what_is_played_once_comes_once(soak: Soak) -> None:
    soak.once = [Part("once", [])]
    for part in soak.machines:
        part.seconds = 1

    first = soak.next_part()
    assert first
    first.num_rounds = 1
    soak.at_work.clear()

    assert (first.name, told(soak.next_part())) == ("once", "a")


def test_after_the_hours_only_what_never_played_plays(soak: Soak) -> None:
    soak.seconds = -1
    soak.machines[0].num_rounds = soak.machines[2].num_rounds = 1

    assert [told(soak.next_part()) for _ in range(2)] == ["b", "nothing"]


@pytest.mark.usefixtures("_few_plugins")
def test_rounds_are_counted_and_what_failed_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, words in (("well", PLAYING), ("badly", FAILING)):
        (tmp_path / f"test_{name}.py").write_text(words)
    well, badly = (str(tmp_path / f"test_{name}.py") for name in ("well", "badly"))
    monkeypatch.setattr(parts, "long_tests", lambda: Part("long tests", [well]))
    monkeypatch.setattr(parts, "races", lambda: Part("races", [well]))
    monkeypatch.setattr(parts, "described", lambda: Part("API", [badly]))
    monkeypatch.setattr(parts, "machines", lambda: [Part("weeks", [well])])
    folder = tmp_path / "figures"

    ended = main(["--hours", "0", "--folder", str(folder)])

    found = json.loads((folder / "figures.json").read_text())
    words = (folder / "figures.txt").read_text()
    assert ended == 1
    assert [
        (p["name"], p["rounds"], p["passed"], p["failed"]) for p in found["parts"]
    ] == [
        ("long tests", 1, 1, []),
        ("races", 1, 1, []),
        ("API", 1, 0, ["test_badly::test_badly"]),
        ("weeks", 1, 1, []),
    ]
    assert found["figures"] == {
        "weeks": 9,
        "weeks: done": 3,
        "weeks: refused, fund_too_low": 3,
    }
    assert "    failed: test_badly::test_badly\n" in words
    assert capsys.readouterr().out.splitlines()[-3:] == words.splitlines()[-3:]


@pytest.mark.usefixtures("_few_plugins")
def test_a_round_that_could_not_begin_has_failed(tmp_path: Path) -> None:
    part = Part("nothing", [str(tmp_path / "test_nowhere.py")])

    parts.play_round(part, tmp_path, slot=0)

    assert part.failed == ["pytest ended with 4"]


def test_nothing_is_left_behind_outside_the_long_run(tmp_path: Path) -> None:
    counted = "from tests.soak.figures import count; count('weeks')"
    subprocess.run(
        [sys.executable, "-c", counted],
        cwd=ROOT,
        env={"HOME": str(tmp_path)},
        check=True,
    )

    assert gathered(tmp_path) == {}


def test_every_machine_that_plays_at_random_is_in_the_long_run() -> None:
    listed = {file for files in RANDOM.values() for file in files}
    found = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "tests").rglob("test_*.py")
        if "\nfrom tests.soak.playing import" in path.read_text()
    }

    assert found - listed == {"tests/access/test_api_described.py"}
    assert listed - found == set()
