"""The planner as its own process: lines, files, signals, exit codes."""

import json
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.hub_day import hub_day
from routing.core.check import violations_of
from routing.core.formats import plan_document, problem_document, read_plan
from routing.core.matrix import Matrix
from routing.core.problem import Problem
from tests.routing.core.days import best_plan

PROJECT = Path(__file__).parents[3]
Day = tuple[Problem, Matrix]


@pytest.fixture
def small() -> Day:
    return hub_day(8, 3, seed=7)


@pytest.fixture
def small_file(tmp_path: Path, small: Day) -> Path:
    file = tmp_path / "day.json"
    file.write_text(json.dumps(problem_document(*small)))
    return file


def start(*arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "routing.core", *map(str, arguments)],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(*arguments: object) -> tuple[int, str, str]:
    with start(*arguments) as process:
        out, err = process.communicate(timeout=60)
    return process.returncode, out, err


def test_solve_prints_each_better_plan_and_keeps_the_last(
    tmp_path: Path, small: Day, small_file: Path
):
    out = tmp_path / "plan.json"

    code, lines, err = run("solve", small_file, "--iterations", 3, "--out", out)
    incumbents = [json.loads(line) for line in lines.splitlines()]
    plan = read_plan(json.loads(out.read_text()))
    elapsed_s = incumbents[-1].pop("elapsed_s")

    assert (code, err) == (0, "")
    assert elapsed_s > 0
    assert incumbents[-1] == {
        "cost_cents": plan.cost_cents,
        "penalty_cents": plan.penalty_cents,
        "distance_m": plan.distance_m,
        "duration_s": plan.duration_s,
        "routes": len(plan.routes),
        "stops": plan.num_stops,
        "served": len(plan.served_ids),
        "unserved": len(plan.unserved),
    }
    assert violations_of(*small, plan) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["day.json", "plan.json"]


def test_check_says_that_a_plan_is_sound(tmp_path, small, small_file):
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(plan_document(best_plan(*small))))

    assert run("check", small_file, file) == (0, "", "")


def test_check_says_each_violation_in_a_sentence(tmp_path, small, small_file):
    plan = best_plan(*small)
    wrong = replace(plan, cost_cents=plan.cost_cents + 1)
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(plan_document(wrong)))
    sentence = (
        f"The plan's cost_cents is {wrong.cost_cents}; "
        f"its parts make {plan.cost_cents}."
    )

    as_text = run("check", small_file, file)
    code, as_json, _ = run("check", small_file, file, "--json")

    assert as_text == (1, f"{sentence}\n", "")
    assert (code, json.loads(as_json)) == (
        1,
        {
            "code": "wrong_total",
            "route": None,
            "stop": None,
            "shipment": None,
            "data": {
                "figure": "cost_cents",
                "value": wrong.cost_cents,
                "expected": plan.cost_cents,
            },
            "sentence": sentence,
        },
    )


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("{", "The file day.json cannot be read: Expecting property name"),
        ("[]", "document must be of type object, not []."),
        ('{"format": "charroi.routing.problem"}', "document.version is missing."),
        (
            '{"format": "charroi.routing.problem", "version": 1, "problem": '
            '{"places": [], "vehicles": [{"id": 7}]}}',
            "document.problem.vehicles[0].id must be of type string, not 7.",
        ),
    ],
)
def test_a_bad_file_is_refused_with_its_field(tmp_path, content, complaint):
    file, out = tmp_path / "day.json", tmp_path / "plan.json"
    file.write_text(content)

    code, lines, err = run("solve", file, "--seconds", 1, "--out", out)

    assert (code, lines, out.exists()) == (2, "", False)
    assert err.startswith(complaint)
    assert err.count("\n") == 1


def test_a_file_that_is_not_there_is_refused(tmp_path):
    nowhere = tmp_path / "none.json"

    assert run("check", nowhere, nowhere) == (
        2,
        "",
        "The file none.json cannot be read: No such file or directory\n",
    )


def test_a_folder_that_is_not_there_is_refused(tmp_path, small_file):
    out = tmp_path / "none" / "plan.json"

    code, _, err = run("solve", small_file, "--iterations", 1, "--out", out)

    assert (code, err) == (
        2,
        "The file plan.json cannot be written: No such file or directory\n",
    )


def test_a_missing_engine_is_said_in_one_sentence(tmp_path, small_file):
    # The same command with OR-Tools made impossible to import.
    out = tmp_path / "plan.json"
    program = (
        "import sys; sys.modules['ortools'] = None; "
        "from routing.core.__main__ import main; sys.exit(main(sys.argv[1:]))"
    )

    finished = subprocess.run(
        [sys.executable, "-c", program, "solve", small_file, "--out", out],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (finished.returncode, finished.stdout, out.exists()) == (4, "", False)
    assert finished.stderr.startswith("The engine could not be loaded: ")
    assert finished.stderr.count("\n") == 1


def test_sigterm_stops_and_keeps_the_best_so_far(
    tmp_path: Path, small: Day, small_file: Path
):
    out = tmp_path / "plan.json"

    with start("solve", small_file, "--seconds", 300, "--out", out) as process:
        assert process.stdout is not None
        first = json.loads(process.stdout.readline())
        process.send_signal(signal.SIGTERM)
        rest, err = process.communicate(timeout=30)
    lines = [first, *map(json.loads, rest.splitlines())]
    plan = read_plan(json.loads(out.read_text()))

    assert (process.returncode, err) == (0, "")
    assert violations_of(*small, plan) == []
    assert (plan.cost_cents, plan.penalty_cents) == (
        lines[-1]["cost_cents"],
        lines[-1]["penalty_cents"],
    )


@pytest.mark.parametrize("lines_to_wait_for", [0, 1, 2])
def test_kill_leaves_a_whole_plan_or_none(tmp_path, lines_to_wait_for):
    day = hub_day(20, 4, seed=1)
    file, out = tmp_path / "day.json", tmp_path / "plan.json"
    file.write_text(json.dumps(problem_document(*day)))

    with start("solve", file, "--seconds", 300, "--out", out) as process:
        assert process.stdout is not None
        for _ in range(lines_to_wait_for):
            process.stdout.readline()
        process.kill()
        process.communicate(timeout=30)

    assert process.returncode == -signal.SIGKILL
    assert out.exists() == (lines_to_wait_for > 0)
    if out.exists():
        assert violations_of(*day, read_plan(json.loads(out.read_text()))) == []
