"""`.ci/run` runs every part, and its last lines say which failed and how it ended."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.factories.sites import ROOT

MAKE = """#!/bin/sh
echo "this is $1"
[ "$1" != "$FAILING" ]
"""
PYTHON = """#!/bin/sh
case "$*" in
    *prepare) echo "export SERVICES_DATABASE_URL=a SERVICES_DATABASE_OWNER_URL=b" ;;
esac
"""
PARTS = [
    "make check",
    "make tests-most",
    "make tests-browsers",
    "make tests-races",
    "the services of this machine",
    "the ledger's tests on this machine's PostgreSQL",
    "the tests that talk to services",
]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout whose make and Python only say that they were called."""
    (tmp_path / ".ci").mkdir()
    (tmp_path / ".ci" / "run").write_text((ROOT / ".ci" / "run").read_text())
    for place, words in ((".venv/bin/python", PYTHON), ("bin/make", MAKE)):
        path = tmp_path / place
        path.parent.mkdir(parents=True)
        path.write_text(words)
        path.chmod(0o755)
    return tmp_path


def run(checkout: Path, failing: str) -> tuple[int, str]:
    ran = subprocess.run(
        ["bash", str(checkout / ".ci" / "run")],
        env={"PATH": f"{checkout}/bin:{os.environ['PATH']}", "FAILING": failing},
        capture_output=True,
        text=True,
        check=False,
    )
    return ran.returncode, re.sub(r"\d+ s", "0 s", ran.stdout)


def test_at_its_end_it_says_how_each_part_ended(checkout: Path) -> None:
    code, words = run(checkout, failing="")

    each = [f"     0 s  ok       {name}" for name in PARTS]
    assert (code, words.splitlines()[-9:]) == (
        0,
        ["=== each part (after 0 s)", *each, "all passed"],
    )


def test_what_failed_is_named_after_its_last_words_and_the_rest_is_run(
    checkout: Path,
) -> None:
    code, words = run(checkout, failing="tests-most")

    each = [f"     0 s  ok       {name}" for name in PARTS]
    each[1] = "     0 s  FAILED   make tests-most"
    assert (code, words.splitlines()[-12:]) == (
        1,
        [
            "=== the end of what failed: make tests-most (after 0 s)",
            "this is tests-most",
            "",
            "=== each part (after 0 s)",
            *each,
            "FAILED",
        ],
    )
