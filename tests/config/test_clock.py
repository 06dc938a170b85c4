"""The clock (Celery beat) of a site whose tasks travel through a broker."""

import os
import subprocess
import sys
from pathlib import Path

from config.celery import app
from tests.factories.sites import ROOT

SENT_FOR_JOBS = {
    "routing.close_cycle",
    "routing.draw_plan",
    "routing.plan",
    "routing.rest_of_day",
}
"""Work that somebody asks for: a job of that name starts it."""


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


def test_a_task_is_called_by_the_clock_or_sent_for_a_job_and_none_is_forgotten() -> (
    None
):
    app.loader.import_default_modules()
    ours = {name for name in app.tasks if name.split(".")[0] != "celery"}
    called = {entry["task"] for entry in app.conf.beat_schedule.values()}

    assert (ours - called, called - ours) == (SENT_FOR_JOBS, set())
