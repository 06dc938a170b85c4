"""What the ledger carries: postings a second, an audit, the balance of a long account.

    python -m benchmarks.ledger [--rounds 4] [--seconds 4] [--entries 1000000]

Sixteen connections, eight in each of two processes, pay five cents again and again
through `hub.ledger.posting.post`, against the same work by hand: (a) psycopg and five
statements, (b) psycopg and one function of the database. All write the same rows in the
same tables under the same triggers, compute the same fingerprint and make fresh keys.
One run, the ways taking turns, on a database of its own beside the one given.
"""

import argparse
import os
import sys
from statistics import median
from typing import Any

import psycopg

from benchmarks.site import database, shell

DATABASE = "charroi_bench_ledger"
SETTINGS = ("server_version", "synchronous_commit", "fsync", "autovacuum")
TITLES = """\
| way | accounts | postings/s: middle (each turn) | p50 / p99 ms | of (a) |
|---|---|---|---|---|"""


def main() -> None:
    """Measure, print the tables, leave nothing behind."""
    asked = _arguments()
    with database(DATABASE) as environment:
        print(_machine(environment["DATABASE_OWNER_URL"]))
        turns = shell(
            environment,
            "from benchmarks.postings import race;"
            f"race(rounds={asked.rounds}, seconds={asked.seconds})",
        )["turns"]
        print(TITLES)
        for line in _lines(turns):
            print(line)
        if asked.entries:
            told = shell(
                environment,
                "from benchmarks.long_books import measure;"
                f"measure(num_entries={asked.entries})",
            )
            print(_sentence(told))
    print(f"load at the end: {os.getloadavg()[0]:.1f}")


def _machine(address: str) -> str:
    with psycopg.connect(address) as link:
        found = [
            f"{name} {link.execute('SELECT current_setting(%s)', [name]).fetchone()}"
            for name in SETTINGS
        ]
    told = ", ".join(each.replace("('", "").replace("',)", "") for each in found)
    load = os.getloadavg()[0]
    return f"{told}; {os.cpu_count()} cores, load {load:.1f} at the start\n"


def _lines(turns: list[dict[str, Any]]) -> list[str]:
    """A row for each way and kind of accounts; the way by hand is the measure."""
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for turn in turns:
        found.setdefault((turn["accounts"], turn["way"]), []).append(turn)
    lines = []
    for (accounts, way), taken in found.items():
        rates = [turn["rate"] for turn in taken]
        kind = "one busy fund" if accounts == "the same, split" else accounts
        by_hand = [turn["rate"] for turn in found[kind, "(a) five statements"]]
        waits = sorted(wait for turn in taken for wait in turn["waits_ms"])
        lines.append(
            f"| {way} | {accounts} | {median(rates):.0f}"
            f" ({', '.join(f'{rate:.0f}' for rate in rates)})"
            f" | {median(waits):.1f} / {waits[int(len(waits) * 0.99)]:.1f}"
            f" | {median(rates) / median(by_hand):.2f} |"
        )
    return lines


def _sentence(told: dict[str, Any]) -> str:
    return (
        f"\n{told['entries']:,} entries in {told['postings']:,} postings: written in"
        f" {told['write_s']:.0f} s, sealed in {told['seal_s']:.0f} s, audited in"
        f" {told['audit_s']:.1f} s ({told['findings']} findings).\n"
        f"Balance of an unfloored account with {told['long_entries']:,} entries:"
        f" {told['summed_ms']:.2f} ms summed, {told['rolled_ms']:.2f} ms after the"
        f" night's rollup; of a floored one {told['kept_ms']:.2f} ms."
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--seconds", type=float, default=4.0)
    parser.add_argument("--entries", type=int, default=1_000_000)
    asked = parser.parse_args()
    if asked.rounds < 1 or asked.seconds <= 0:
        sys.exit("At least one round of some seconds.")
    return asked


if __name__ == "__main__":
    main()
