"""The clock (Celery beat) of a site whose tasks travel through a broker."""

import os
import subprocess
import sys
from pathlib import Path

from tests.factories.sites import ROOT


def test_the_clock_starts_where_no_folder_of_the_queue_was_made(
    tmp_path: Path,
) -> None:
    """With Redis or RabbitMQ nobody makes BROKER_FOLDER, and nothing needs it."""
    environment = {
        **os.environ,
        "BROKER_URL": "redis://127.0.0.1:1/0",
        "BROKER_FOLDER": str(tmp_path / "nothing-here"),
        "LOG_LEVEL": "INFO",
    }
    command = [sys.executable, "-m", "celery", "-A", "config.celery", "beat"]
    clock = subprocess.Popen(
        [*command, "--loglevel", "INFO"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )

    try:
        assert clock.stderr is not None
        waits_for_its_broker = any("Connection error" in line for line in clock.stderr)
    finally:
        clock.kill()
        clock.communicate()

    assert (waits_for_its_broker, list(tmp_path.iterdir())) == (True, [])
