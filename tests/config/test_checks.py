"""What `manage.py check` refuses: lost work, an open ledger, codes in a terminal."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.checks import CheckMessage
from pytest_django import Settings

from config import checks
from tests.factories.sites import PRODUCTION, ROOT, database_addresses


def ids(found: list[CheckMessage]) -> list[str | None]:
    return [message.id for message in found]


def check_deploy(**changes: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env={**os.environ, **PRODUCTION, **database_addresses(), **changes},
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_settings_pass_every_check_of_a_deployment() -> None:
    ran = check_deploy()

    assert (ran.returncode, ran.stderr) == (0, "")


def test_one_role_for_all_and_mails_in_the_terminal_do_not_pass() -> None:
    one = database_addresses()["DATABASE_URL"]

    ran = check_deploy(DATABASE_OWNER_URL=one, EMAIL_URL="consolemail://")

    told = [word for word in ("charroi.W001", "charroi.W002") if word in ran.stderr]
    assert (ran.returncode, told) == (1, ["charroi.W001", "charroi.W002"])


@pytest.mark.parametrize(("visibility_s", "told"), [(1_800, []), (1_799, ["E001"])])
def test_a_task_ends_well_before_it_is_handed_out_again(
    visibility_s: int, told: list[str], settings: Settings
) -> None:
    settings.TASK_TIME_LIMIT_S = 900
    settings.VISIBILITY_TIMEOUT_S = visibility_s

    assert ids(checks.visibility_outlasts_tasks()) == [
        f"charroi.{word}" for word in told
    ]


@pytest.mark.parametrize(("solver_s", "told"), [(870, []), (871, ["E002"])])
def test_the_planner_ends_before_its_task_is_cut(
    solver_s: int, told: list[str], settings: Settings
) -> None:
    settings.TASK_TIME_LIMIT_S = 900
    settings.SOLVER_TIME_LIMIT_S = solver_s

    assert ids(checks.solver_fits_in_a_task()) == [f"charroi.{word}" for word in told]


def test_a_worker_does_not_start_with_limits_that_lose_work(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "celery", "-A", "config.celery", "worker", "-c", "1"],
        cwd=ROOT,
        env={
            **os.environ,
            **database_addresses(),
            "TASK_TIME_LIMIT_S": "1800",
            "BROKER_FOLDER": str(tmp_path),
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )

    assert ran.returncode != 0
    assert "charroi.E001" in ran.stderr
