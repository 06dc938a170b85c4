"""The parts of the long run, and one round of one of them in a process of its own."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from tests.factories.sites import ROOT
from tests.soak.figures import FOLDER

RANDOM = {
    "books": ["tests/hub/ledger/test_random_books.py"],
    "days of bills": ["tests/orders/test_random_days.py"],
    "all the money": ["tests/orders/test_random_money.py"],
    "fortnights": ["tests/orders/test_random_fortnights.py"],
    "envelopes": ["tests/orders/test_random_envelopes.py"],
    "stock": ["tests/producers/services/test_stock_conserved.py"],
    "plans": [
        "tests/routing/core/test_properties.py",
        "tests/routing/core/test_random_edits.py",
    ],
    "breakdowns": ["tests/routing/core/test_random_breakdowns.py"],
    "hands on plans": ["tests/routing/test_random_hands.py"],
    "truck days": ["tests/routing/test_random_truck_days.py"],
}
"""Machines that play at random; every round makes other choices."""


@dataclass
class Part:
    """Tests that are run as often as there is time for, and how that went."""

    name: str
    asked: list[str]
    num_rounds: int = 0
    num_passed: int = 0
    num_skipped: int = 0
    failed: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def add(self, code: int, report: Path, seconds: float) -> None:
        """Add a round that ended with an exit code and pytest's report in XML."""
        self.num_rounds += 1
        self.seconds += seconds
        before = len(self.failed)
        if report.exists():
            for case in ElementTree.parse(report).iter("testcase"):  # noqa: S314 - ours
                name = f"{case.get('classname')}::{case.get('name')}"
                told = {child.tag for child in case}
                if told & {"failure", "error"}:
                    self.failed.append(name)
                elif "skipped" in told:
                    self.num_skipped += 1
                else:
                    self.num_passed += 1
        if code and len(self.failed) == before:
            self.failed.append(f"pytest ended with {code}")


def long_tests() -> Part:
    """What is marked `soak`: once through, whatever it takes."""
    return Part("long tests", ["-m", "soak"])


def races() -> Part:
    """The races, again and again."""
    return Part("races", ["-m", "not soak and not services", "tests/races"])


def described() -> Part:
    """The API by its description, 200 cases an operation: once through."""
    return Part("API as described", ["tests/access/test_api_described.py"])


def machines() -> list[Part]:
    """One part for each kind of machine that plays at random."""
    return [Part(name, list(files)) for name, files in RANDOM.items()]


def play_round(part: Part, folder: Path, slot: int) -> None:
    """Run a part once, what it says into a file, and add how it went.

    Two rounds at once are in two slots: each has a database of its own.
    """
    name = f"{part.name.replace(' ', '-')}-{part.num_rounds + 1}"
    report, log = folder / f"{name}.xml", folder / f"{name}.log"
    began = time.monotonic()
    with log.open("w") as file:
        ran = subprocess.run(
            [
                *(sys.executable, "-m", "pytest", "--timeout", "0", "-s"),
                *("--junitxml", str(report), *part.asked),
            ],
            cwd=ROOT,
            env=environment(folder, slot),
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
            check=False,
        )
    part.add(ran.returncode, report, time.monotonic() - began)


def environment(folder: Path, slot: int) -> dict[str, str]:
    """What a round is told: to play long, where to leave counts, which database."""
    database = os.environ.get("TEST_DB_NAME", "test_charroi")
    return {
        **os.environ,
        "HYPOTHESIS_PROFILE": "soak",
        FOLDER: str(folder),
        "TEST_DB_NAME": f"{database}_soak{slot}",
    }
