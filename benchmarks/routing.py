"""How good the planner's first engine is: public sets, and a made-up hub day.

    python -m benchmarks.routing --data DIR [--seconds 10] [--seed 1] [FILE ...]

DIR holds `li_lim/*.txt` and `best_known.csv` (fewest vehicles first, then distance, in
double precision). Every plan is judged by `routing.core.check` before it is counted.
Seconds are those of the wall, on one core.
"""

import argparse
import csv
import time
from pathlib import Path

from benchmarks.hub_day import hub_day
from benchmarks.li_lim import read
from routing.core.check import violations_of
from routing.core.matrix import Matrix
from routing.core.plan import Plan
from routing.core.problem import Problem
from routing.core.solve.search import search

FILES = ("lc101", "lr101", "lr105", "lrc101")
HUB_DAYS = ((20, 4), (40, 5), (80, 8))


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.routing")
    parser.add_argument("files", nargs="*", default=FILES)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if options.data is not None:
        _public_sets(options)
    _hub_days(options)


def _public_sets(options: argparse.Namespace) -> None:
    with (options.data / "best_known.csv").open() as file:
        best = {row["file"]: row for row in csv.DictReader(file)}
    print("| file | vehicles | best known | distance | best known | gap |")
    print("|---|---|---|---|---|---|")
    for name in options.files:
        problem, matrix = read(options.data / "li_lim" / f"{name}.txt")
        plan = _best(problem, matrix, options)[0]
        known = best[f"li_lim/{name}.txt"]
        metres = round(float(known["vehicles_first_cost"]) * 1_000)
        gap = (plan.distance_m - metres) / metres
        print(
            f"| {name} | {len(plan.routes)} | {known['vehicles_first_vehicles']} "
            f"| {plan.distance_m / 1_000:.2f} | {known['vehicles_first_cost']} "
            f"| {gap:+.1%} |"
        )


def _hub_days(options: argparse.Namespace) -> None:
    print("\n| hub day | first plan | after | best | after | unserved |")
    print("|---|---|---|---|---|---|")
    for num_shipments, num_vehicles in HUB_DAYS:
        problem, matrix = hub_day(num_shipments, num_vehicles, seed=1)
        plan, first, first_s, best_s = _best(problem, matrix, options)
        print(
            f"| {num_shipments} shipments, {num_vehicles} trucks "
            f"| {_dollars(first)} | {first_s:.1f} s "
            f"| {_dollars(plan)} | {best_s:.1f} s | {len(plan.unserved)} |"
        )


def _best(
    problem: Problem, matrix: Matrix, options: argparse.Namespace
) -> tuple[Plan, Plan, float, float]:
    """The last plan, the first one, and the seconds each of the two took."""
    began_s = time.perf_counter()
    drawn = [
        (plan, time.perf_counter() - began_s)
        for plan in search(
            problem, matrix, seed=options.seed, time_limit_s=options.seconds
        )
    ]
    (first, first_s), (last, last_s) = drawn[0], drawn[-1]
    wrong = violations_of(problem, matrix, last)
    assert not wrong, [str(violation) for violation in wrong]
    return last, first, first_s, last_s


def _dollars(plan: Plan) -> str:
    cents = plan.cost_cents + plan.penalty_cents
    return f"{cents // 100}.{cents % 100:02d} $"


if __name__ == "__main__":
    main()
