"""The planner as its own process: `python -m routing.core solve | check`.

`solve FILE --out PLAN [--start PLAN] [--seconds N] [--seed N] [--iterations N]` prints
one JSON line for each better plan and keeps the best of them in PLAN, whole at every
moment: a kill -9 leaves the last good plan, or none. SIGTERM and SIGINT stop the search
and keep the best so far. With --start, nothing worse than that plan is written, as long
as it keeps the rules.

`check FILE PLAN [--json]` judges a plan and prints one sentence (or JSON line) for
each violation.

Exit codes: 0 done (solve: a plan is written; check: the plan is sound), 1 check found
violations, 2 the input cannot be read, 3 stopped before the first plan, 4 the engine
could not be loaded.
"""

import argparse
import importlib
import json
import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

from hub.core.errors import DomainError
from routing.core import formats
from routing.core.check import violations_of
from routing.core.errors import UnreadableFile, UnwritableFile
from routing.core.plan import Plan

DONE, VIOLATIONS_FOUND, BAD_INPUT, NO_PLAN, NO_ENGINE = range(5)
STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT)
SAFETY_S = 600.0


class StopAsked(BaseException):
    """SIGTERM or SIGINT arrived."""


def main(arguments: list[str]) -> int:
    """Run one command and return its exit code."""
    options = _parser().parse_args(arguments)
    try:
        if options.command == "solve":
            return _solve(options)
        return _check(options)
    except DomainError as error:
        _complain(error.sentence % error.data)
        return BAD_INPUT


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m routing.core")
    commands = parser.add_subparsers(dest="command", required=True)
    solve = commands.add_parser("solve", help="plan a day")
    solve.add_argument("file", type=Path)
    solve.add_argument("--out", type=Path, required=True)
    solve.add_argument("--start", type=Path, help="a plan to begin from")
    solve.add_argument("--seconds", type=_seconds, help="default 10")
    solve.add_argument("--seed", type=int, default=1)
    solve.add_argument("--iterations", type=_iterations, help="default: no limit")
    check = commands.add_parser("check", help="judge a plan")
    check.add_argument("file", type=Path)
    check.add_argument("plan", type=Path)
    check.add_argument("--json", action="store_true", dest="as_json")
    return parser


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 < seconds < float("inf"):
        raise argparse.ArgumentTypeError("must be above 0")
    return seconds


def _iterations(text: str) -> int:
    iterations = int(text)
    if iterations < 0:
        raise argparse.ArgumentTypeError("cannot be below 0")
    return iterations


def _solve(options: argparse.Namespace) -> int:
    began_s = time.monotonic()
    problem, matrix = formats.read_problem(_load(options.file))
    start = formats.read_plan(_load(options.start)) if options.start else None
    try:
        # Here and not at the top: `check` must work where the engine does not.
        engine = importlib.import_module("routing.core.solve.search")
    except ImportError as error:
        _complain(f"The engine could not be loaded: {error}")
        return NO_ENGINE
    seconds = options.seconds
    if seconds is None:
        seconds = 10.0 if options.iterations is None else SAFETY_S
    plans = engine.search(
        problem,
        matrix,
        seed=options.seed,
        iterations=options.iterations,
        time_limit_s=seconds,
        start=start,
    )
    has_plan = False
    for plan in _until_stopped(plans):
        _save(options.out, formats.plan_document(plan))
        has_plan = True
        _say(_incumbent(plan, time.monotonic() - began_s))
    return DONE if has_plan else NO_PLAN


def _until_stopped(plans: Iterator[Plan]) -> Iterator[Plan]:
    """Draw plans until there are no more or a signal asks to stop.

    Signals are heard only while the search works, never while a plan is being
    written.
    """
    for number in STOP_SIGNALS:
        signal.signal(number, _ask_to_stop)
    while True:
        try:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP_SIGNALS)
            plan = next(plans, None)
            signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)
        except StopAsked:
            return
        if plan is None:
            return
        yield plan


def _ask_to_stop(_number: int, _frame: FrameType | None) -> NoReturn:
    raise StopAsked


def _incumbent(plan: Plan, elapsed_s: float) -> dict[str, Any]:
    return {
        "elapsed_s": round(elapsed_s, 3),
        "cost_cents": plan.cost_cents,
        "penalty_cents": plan.penalty_cents,
        "distance_m": plan.distance_m,
        "duration_s": plan.duration_s,
        "routes": len(plan.routes),
        "stops": plan.num_stops,
        "served": len(plan.served_ids),
        "unserved": len(plan.unserved),
    }


def _check(options: argparse.Namespace) -> int:
    problem, matrix = formats.read_problem(_load(options.file))
    plan = formats.read_plan(_load(options.plan))
    violations = violations_of(problem, matrix, plan)
    for violation in violations:
        if options.as_json:
            _say(
                {
                    "code": violation.code,
                    "route": violation.route,
                    "stop": violation.stop,
                    "shipment": violation.shipment,
                    "data": dict(violation.data),
                    "sentence": str(violation),
                }
            )
        else:
            sys.stdout.write(f"{violation}\n")
    return VIOLATIONS_FOUND if violations else DONE


def _say(line: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def _load(path: Path) -> object:
    """The JSON of a file. Raises UnreadableFile."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UnreadableFile(file=path.name, detail=error.strerror) from error
    except ValueError as error:
        raise UnreadableFile(file=path.name, detail=str(error)) from error


def _save(path: Path, document: dict[str, Any]) -> None:
    """Write a file so that a reader, or a crash, never meets half of it.

    Raises UnwritableFile.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}.draft")
    try:
        with draft.open("w", encoding="utf-8") as file:
            json.dump(document, file, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        raise UnwritableFile(file=path.name, detail=error.strerror) from error


def _complain(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
