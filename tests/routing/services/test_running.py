"""A search under way: told, stopped, thrown away, killed, stuck, tampered with."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connections
from django.utils import timezone

from hub.models import Job
from hub.services import jobs
from routing import bridge, services
from routing.core.errors import PlanBreaksRules, SolverFailed, SolverStuck
from routing.models import Plan
from routing.travel.straight_line import StraightLine
from tests.factories import hub as ground
from tests.factories.routing import PlanDay, ask, make_day, make_pool, make_vehicle
from tests.factories.week import make_stock, make_week

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path) -> Path:
    """Where the planner writes in this test."""
    settings.SOLVER_FOLDER = tmp_path / "solver"
    return tmp_path / "solver"


@pytest.fixture
def day() -> PlanDay:
    return make_day()


Start = Callable[[Job], "Future[Plan | None]"]


@pytest.fixture
def start() -> Iterator[Start]:
    """Runs a job in a thread, as a worker would beside us."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        yield lambda job: pool.submit(run, job)


def run(job: Job, travel: StraightLine | None = None) -> Plan | None:
    try:
        return services.run_plan(job_id=job.pk, travel=travel or StraightLine())
    finally:
        connections.close_all()


def wait_until(is_so: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > end:
            raise AssertionError("waited in vain")
        time.sleep(0.05)


def has_found_a_plan(job: Job) -> bool:
    job.refresh_from_db()
    return "cost_cents" in job.progress


def planners() -> dict[int, str]:
    """The command lines of the planners alive, by process id."""
    found = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            state = (entry / "stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            continue
        if "-m routing.core solve" in command and state != "Z":
            found[int(entry.name)] = command
    return found


def planner_in(folder: Path) -> int:
    [number] = [pid for pid, command in planners().items() if str(folder) in command]
    return number


def has_planner_in(folder: Path) -> bool:
    return any(str(folder) in command for command in planners().values())


def test_a_search_tells_its_best_plan_while_it_works(day, start):
    job = ask(day, seconds=4)

    running = start(job)
    wait_until(lambda: has_found_a_plan(job))

    told = {key: job.progress[key] for key in ("step", "routes", "unserved", "served")}
    assert (job.state, told) == (
        "running",
        {"step": "searching", "routes": 1, "unserved": 0, "served": 1},
    )
    assert running.result() is not None


def test_a_search_beats_while_the_planner_is_silent(day, start):
    job = ask(day, seconds=5)
    running = start(job)
    wait_until(lambda: has_found_a_plan(job))
    beats = set()

    end = time.monotonic() + 3
    while time.monotonic() < end:
        job.refresh_from_db()
        beats.add(job.heartbeat_at)
        time.sleep(0.1)

    running.result()
    ordered = sorted(beat for beat in beats if beat)
    gaps = [(b - a).total_seconds() for a, b in zip(ordered, ordered[1:], strict=False)]
    assert [gap for gap in gaps if gap > 2] == []
    assert len(ordered) >= 3


def test_stopping_keeps_the_best_plan(day, start):
    job = ask(day, seconds=30)
    running = start(job)
    wait_until(lambda: has_found_a_plan(job))
    began = time.monotonic()

    services.stop_planning(job=job, now=timezone.now())
    plan = running.result()

    job.refresh_from_db()
    assert plan is not None
    assert (job.state, job.result["plan"]) == ("stopped", plan.public_id)
    assert time.monotonic() - began < 20


def test_discarding_keeps_nothing_and_ends_the_planner(day, start, folder):
    job = ask(day, seconds=30)
    running = start(job)
    wait_until(lambda: has_found_a_plan(job))

    services.discard_planning(job=job, now=timezone.now())
    plan = running.result()

    job.refresh_from_db()
    assert (plan, job.state, Plan.objects.count()) == (None, "stopped", 0)
    assert (has_planner_in(folder), list(folder.iterdir())) == (False, [])


def test_a_planner_killed_from_outside_fails_the_job_with_words(day, start, folder):
    job = ask(day, seconds=30)
    running = start(job)
    wait_until(lambda: has_found_a_plan(job))

    os.kill(planner_in(folder), signal.SIGKILL)
    plan = running.result()

    job.refresh_from_db()
    assert (plan, job.state, job.progress["refusal"]["sentence"]) == (
        None,
        "failed",
        SolverFailed.sentence,
    )
    assert Plan.objects.count() == 0


def test_a_planner_that_outlives_its_time_is_ended(folder):
    document = json.loads((ROOT / "tests/data/one_crate.json").read_text())

    with bridge.solving(document, seconds=60, seed=1) as solver:
        solver.deadline_s = time.monotonic() + 2
        with pytest.raises(SolverStuck):
            list(solver.incumbents())

    assert has_planner_in(folder) is False


def test_a_plan_tampered_with_is_refused_and_nobody_sees_it(day, start, folder):
    job = ask(day, seconds=5)
    running = start(job)
    wait_until(lambda: has_found_a_plan(job))

    [path] = folder.glob("*/plan.json")
    document = json.loads(path.read_text())
    document["plan"]["cost_cents"] -= 100
    path.write_text(json.dumps(document))
    plan = running.result()

    job.refresh_from_db()
    words = job.progress["refusal"]
    assert (plan, job.state, words["sentence"], words["data"]["count"]) == (
        None,
        "failed",
        PlanBreaksRules.sentence,
        1,
    )
    assert Plan.objects.count() == 0


def test_a_run_that_lost_its_job_leaves_it_to_the_other(day, start, folder):
    job = ask(day, seconds=30)
    running = start(job)
    wait_until(lambda: has_found_a_plan(job))

    jobs.claim_job(
        job_id=job.pk, claim="other", now=timezone.now(), heartbeat_limit_s=0
    )
    plan = running.result()

    job.refresh_from_db()
    assert (plan, job.state, job.claim) == (None, "running", "other")
    assert (has_planner_in(folder), Plan.objects.count()) == (False, 0)


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's help is Linux's")
def test_a_killed_worker_leaves_no_planner_behind(day, tmp_path):
    job = ask(day, seconds=30)
    folder = tmp_path / "orphans"
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER, str(job.pk)],
        cwd=ROOT,
        env={
            **os.environ,
            "DATABASE_URL": address_of("default"),
            "DATABASE_OWNER_URL": address_of("owner"),
            "SOLVER_FOLDER": str(folder),
        },
    )
    wait_until(lambda: has_planner_in(folder))

    worker.send_signal(signal.SIGKILL)
    worker.wait()

    wait_until(lambda: not has_planner_in(folder), seconds=5)
    assert has_planner_in(folder) is False


WORKER = """
import os, sys, django
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
django.setup()
from routing import services
from routing.travel.straight_line import StraightLine
services.run_plan(job_id=int(sys.argv[1]), travel=StraightLine())
"""


def address_of(alias: str) -> str:
    """The address of the test database under one of our roles."""
    at = connections[alias].settings_dict
    host, port = at["HOST"] or "127.0.0.1", at["PORT"] or 5432
    return f"postgresql://{at['USER']}:{at['PASSWORD']}@{host}:{port}/{at['NAME']}"


def test_two_runs_of_one_job_make_one_plan(day, start):
    job = ask(day, seconds=1)

    both = [start(job), start(job)]
    plans = [running.result() for running in both]

    assert sorted(plan is None for plan in plans) == [False, True]
    assert Plan.objects.count() == 1


class SlowStreets(StraightLine):
    """Measures for longer than a silent run is believed alive."""

    def matrix_for(self, points):
        time.sleep(3.5)
        return super().matrix_for(points)


def swept_until_ended(job: Job) -> list[int]:
    """What a sweeper takes for dead while a job is under way."""
    found = []
    while job.state not in jobs.ENDED:
        time.sleep(0.1)
        swept = jobs.sweep_jobs(now=timezone.now(), heartbeat_limit_s=2)
        found += [job.job_id for job in swept]
        job.refresh_from_db()
    return found


def test_measuring_for_long_does_not_lose_the_planning(day, settings):
    settings.JOB_HEARTBEAT_LIMIT_S = 2
    job = ask(day, seconds=1)

    with ThreadPoolExecutor(max_workers=1) as pool:
        running = pool.submit(run, job, SlowStreets())
        swept = swept_until_ended(job)

    assert (swept, job.state, job.num_attempts) == ([], "done", 1)
    assert running.result() is not None


def test_a_long_close_does_not_lose_its_job(settings):
    settings.JOB_HEARTBEAT_LIMIT_S = 2
    week = make_week()
    make_stock(week)
    home = ground.make_place(week.hub, kind="hub")
    make_vehicle(make_pool(week.hub), home=home)
    job = services.request_close(cycle=week.cycle, by=None)

    with ThreadPoolExecutor(max_workers=1) as pool:
        pool.submit(close, job)
        swept = swept_until_ended(job)

    week.cycle.refresh_from_db()
    assert (swept, job.num_attempts, week.cycle.status) == ([], 1, "closed")


def close(job: Job) -> None:
    try:
        services.run_close(job_id=job.pk, travel=SlowStreets())
    finally:
        connections.close_all()
