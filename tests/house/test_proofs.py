"""What is promised is written once, and each promise names tests that exist."""

import json
import shlex
from dataclasses import replace

from hub.core.proofs import FIGURES, PARTS, PROMISES, Part, SoakRun
from tests.house.proofs_page import SOURCE, proofs_page, soak_source
from tests.house.sources import CHECKOUT

TOLD = {
    "began_at": "2026-11-22T01:02:03+00:00",
    "commit": "abcdef0123",
    "hours_taken": 2.03,
    "cores": 2,
    "parts": [
        {"name": "races", "rounds": 21, "passed": 1_806, "failed": []},
        {"name": "books", "rounds": 4, "passed": 11, "failed": ["a::b"]},
    ],
}


def test_the_page_of_proofs_is_current(house):
    assert house.docs("proofs.md") == proofs_page(), (
        "write it again: python -m tests.house.proofs_page"
    )


def test_another_promise_changes_the_page():
    other = replace(PROMISES[0], sentence="Something else.")

    assert proofs_page(promises=(other, *PROMISES[1:])) != proofs_page()


def test_every_proof_exists():
    named = [path for promise in PROMISES for path in promise.shown_by]

    assert [path for path in named if not (CHECKOUT / path).exists()] == []


def test_every_command_runs_tests_that_exist():
    commands = [promise.command for promise in PROMISES]
    commands += [figure.command for figure in FIGURES]
    asked = [
        [word for word in shlex.split(command) if word.startswith("tests/")]
        for command in commands
    ]

    assert [command for command in commands if "pytest " not in command] == []
    assert [] not in asked
    assert [p for paths in asked for p in paths if not (CHECKOUT / p).exists()] == []


def test_a_long_run_is_written_as_it_was_told():
    written: dict[str, SoakRun] = {}

    exec(soak_source(json.loads(json.dumps(TOLD))), written)  # noqa: S102 - our own words

    run = written["SOAK"]
    assert run.parts == (Part("races", 21, 1_806), Part("books", 4, 11, 1))
    row = f"| {PARTS['races']} | 21 | 1,806 | 0 |"
    assert row in proofs_page(soak=run).splitlines()
    assert "for 2.03 hours on 2 cores, at commit `abcdef0123`" in proofs_page(soak=run)


def test_the_source_of_the_long_run_is_where_it_is_said():
    assert "SOAK: SoakRun | None" in (CHECKOUT / SOURCE).read_text()
