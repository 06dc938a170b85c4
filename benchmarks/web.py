"""What a page of a long list and a whole order cost, against a named peer.

    python -m benchmarks.web [--products 1000] [--pages 320] [--orders 64]

The site runs as in production (two granian processes, hashed files) on a database of
its own beside the one given, and is asked over HTTP on this machine by sixteen visitors
at once. CPU is read from the processes of the server and of its database connections;
what else the machine does is told beside it, in cores.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from statistics import median
from typing import Any

from benchmarks.cpu import Reading
from benchmarks.shopping import Shopper, buy, look
from benchmarks.site import Site, Visitor, database, manage, server, shell

DATABASE = "charroi_bench_web"
NUM_VISITORS = 16
TITLES = """\
| work | runs | CPU ms (server + database) | queries | p50 / p95 ms | others |
|---|---|---|---|---|---|"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a piece of work cost, over all its runs."""

    name: str
    server_s: float
    database_s: float
    walls_s: list[float]
    others: float

    def line(self, queries: int | str) -> str:
        """A row of the table of results."""
        num = len(self.walls_s)
        cpu_ms = 1_000 * (self.server_s + self.database_s) / num
        walls_ms = sorted(1_000 * wall for wall in self.walls_s)
        late_ms = walls_ms[int(len(walls_ms) * 0.95)]
        return (
            f"| {self.name} | {num} | {cpu_ms:.1f}"
            f" ({1_000 * self.server_s / num:.1f}"
            f" + {1_000 * self.database_s / num:.1f}) | {queries}"
            f" | {median(walls_ms):.0f} / {late_ms:.0f} | {self.others:.1f} |"
        )


def main() -> None:
    """Measure, print the table, leave nothing behind."""
    asked = _arguments()
    print(TITLES)
    with database(DATABASE) as environment, tempfile.TemporaryDirectory() as folder:
        environment |= {"STATIC_ROOT": f"{folder}/static", "BROKER_FOLDER": folder}
        told = shell(
            environment,
            "from benchmarks.market import load;"
            f"load(num_products={asked.products}, num_buyers={asked.orders + 32})",
        )
        manage(environment, "collectstatic", "--noinput", "--verbosity", "0")
        with server(environment) as site:
            pages, orders = _ask_for_all(site, told, asked)
        offers = told["offers"][:8]
        queries = shell(
            environment,
            "from benchmarks.market import count;"
            f"count(cycle={told['cycle']!r}, offers={offers!r})",
        )
    print(pages.line(queries["list"]))
    print(orders.line(queries["order"]))


def _ask_for_all(
    site: Site, told: dict[str, Any], asked: argparse.Namespace
) -> tuple[Cost, Cost]:
    """Pages of the list by visitors who know the site, then one order a buyer."""
    shoppers = [
        Shopper(Visitor(site.port, cookies=dict(cookies)), told["cycle"])
        for cookies in told["sessions"]
    ]
    offers = told["offers"][:8]
    looking, warming, ready = shoppers[:16], shoppers[16:32], shoppers[32:]
    for each in warming:
        buy(each, offers)
    baskets = [each.open_basket() for each in looking]
    rounds = asked.pages // NUM_VISITORS
    pages = _measured(
        site,
        "a page of the list",
        [
            [partial(look, each, basket)] * rounds
            for each, basket in zip(looking, baskets, strict=True)
        ],
    )
    orders = _measured(
        site,
        "a whole order",
        [
            [partial(buy, each, offers) for each in ready[number::NUM_VISITORS]]
            for number in range(NUM_VISITORS)
        ],
    )
    return pages, orders


def _measured(site: Site, name: str, works: list[list[Callable[[], object]]]) -> Cost:
    """Let one visitor do each list of works, all at once, and read the clocks."""
    own_s, began_s = time.process_time(), time.monotonic()
    reading = Reading(pid=site.pid, address=site.database_url, database=DATABASE)
    with reading, ThreadPoolExecutor(NUM_VISITORS) as visitors:
        walls_s = [wall for each in visitors.map(_timed, works) for wall in each]
    own_s, lasted_s = time.process_time() - own_s, time.monotonic() - began_s
    spent = reading.spent
    others_s = spent.machine_s - spent.server_s - spent.database_s - own_s
    return Cost(
        name=name,
        server_s=spent.server_s,
        database_s=spent.database_s,
        walls_s=walls_s,
        others=others_s / lasted_s,
    )


def _timed(works: list[Callable[[], object]]) -> list[float]:
    walls_s = []
    for work in works:
        began = time.monotonic()
        work()
        walls_s.append(time.monotonic() - began)
    return walls_s


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--products", type=int, default=1_000)
    parser.add_argument("--pages", type=int, default=320)
    parser.add_argument("--orders", type=int, default=64)
    return parser.parse_args()


if __name__ == "__main__":
    main()
