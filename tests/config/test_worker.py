"""A worker refuses to start where it would lose or double work."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def started(**environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "import config.worker"],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
    )


def test_a_visibility_timeout_shorter_than_two_tasks_stops_the_start() -> None:
    ran = started(TASK_TIME_LIMIT_S="900", VISIBILITY_TIMEOUT_S="1799")

    assert (ran.returncode, "charroi.E001" in ran.stderr) == (1, True)


def test_a_visibility_timeout_of_two_tasks_lets_it_start() -> None:
    ran = started(TASK_TIME_LIMIT_S="900", VISIBILITY_TIMEOUT_S="1800")

    assert (ran.returncode, ran.stderr) == (0, "")
