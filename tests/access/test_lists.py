"""Every page that lists something: its files, and what it asks of the database.

All pages of the first hub are opened once by somebody who may; what they offer as files
is taken and compared, then everything listed grows and the pages are opened again.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

import pytest
from django.db.models import F, Model, Value
from django.db.models.functions import Concat, Left

from tests.access.addresses import Route, routes
from tests.access.asking import Asker
from tests.access.exports import PageRead, live, registry, rows_of
from tests.access.growth import grow
from tests.access.lines import Line, lines
from tests.access.marks import TYPED
from tests.access.table import COLUMNS
from tests.access.world import World, hidden_words
from tests.house.sources import CHECKOUT

WRITTEN = re.compile(r"^\| `(\S+)` \| (\S+) \| .* \| (\d+) \|$", re.M)
"""A line of the page of lists: address, row, what it lists, queries."""
NOT_GROWN = {
    "hub_parts": "one line for each hub of a pool",
    "invoice_lines": "one paper, kept as one document",
    "order_lines": "the order of the group grows, that of the institution does not",
    "people": "the people of the group grow, those of a farm or a hub do not",
    "routes_paid": "one line for each truck of a day; a carrier's own list grows",
    "share_parts": "one line for each member who carries a share",
    "tier_totals": "one line for each tier",
}
"""Lists that stay short, or that one page of several lets grow, and why."""
READERS = ("coordination", "group", "farm_a", "driver", "programme")
"""Those who between them may open every page that has a table."""
ELSEWHERE = {
    "deliveries_moved": "tests/routing/views/test_breakdowns.py",
    "dock_turns": "tests/routing/views/test_crossing_pages.py",
    "lot_labels": "tests/routing/views/test_table_files.py",
    "simulated_months": "tests/orders/views/test_simulator.py",
    "stops_changed": "tests/routing/views/test_adjusting.py",
}
"""Tables that need a longer story than the twin hubs have, and where it is told."""


@dataclass
class Opened:
    """One page, opened by the first who may and finds something to take there."""

    line: Line
    route: Route
    address: str
    role: str
    page: PageRead = field(repr=False)
    num_queries: int

    def __str__(self) -> str:
        return f"{self.line.route} {self.line.row} by {self.role}"


@pytest.fixture(scope="module")
def opened(world: World) -> list[Opened]:
    """Every page, with some rows of each kind; all that is typed begins a formula."""
    grow(world.home, 2)
    for row in [*world.home.rows.values(), *world.home.people.values()]:
        if not isinstance(row, Model):
            continue
        typed = [name for name in TYPED.get(type(row), ()) if name != "email"]
        type(row)._default_manager.filter(pk=row.pk).update(
            **{name: _as_a_formula(row, name) for name in typed}
        )
    return list(_pages(world))


def _as_a_formula(row: Model, name: str) -> Left:
    length = getattr(row._meta.get_field(name), "max_length", None) or 100
    return Left(Concat(Value("="), F(name)), length)


def _open(
    asker: Asker, line: Line, route: Route, address: str, role: str
) -> Opened | None:
    """The page as this person finds it; nothing for what is a part of a page."""
    answer = asker.ask(role, "GET", address)
    if "<html" not in answer.words:
        return None
    page = PageRead(answer.words)
    return Opened(line, route, address, role, page, answer.num_queries)


def _again(world: World, pages: list[Opened]) -> list[Opened]:
    """The same pages by the same people, as they are now."""
    asker = Asker(world.askers)
    found = (_open(asker, p.line, p.route, p.address, p.role) for p in pages)
    return [page for page in found if page]


def _pages(world: World) -> Iterator[Opened]:
    asker, ways = Asker(world.askers), {route.name: route for route in routes()}
    for line in lines():
        if line.verb != "GET" or line.route.startswith("api:"):
            continue
        route = ways[line.route]
        address = route.address(line.row, next(iter(route.mixtures(world))))
        best: Opened | None = None
        for role in READERS:
            if line.expected(role, [False]) != "y":
                continue
            seen = _open(asker, line, route, address, role)
            if seen is None:
                break
            best = best if best and not seen.page.links else seen
            if seen.page.links:
                break
        if best:
            yield best


def test_every_table_is_offered_by_a_page(opened: list[Opened]) -> None:
    found = {name for page in opened for name, _form in page.page.links}

    assert sorted(found | set(ELSEWHERE)) == sorted(registry())
    assert found & set(ELSEWHERE) == set()


def test_every_file_holds_the_rows_of_its_page_and_no_formula(
    opened: list[Opened], world: World
) -> None:
    asker, wrong, taken = Asker(world.askers), [], set[str]()
    for page in opened:
        hidden = hidden_words(page.role, world)
        for (name, form), address in page.page.links.items():
            if form != "csv" and name in taken:
                continue
            taken.add(name)
            answer = asker.ask(page.role, "GET", address)
            if answer.mark != "y" or form != "csv":
                wrong += [] if answer.mark == "y" else [f"{page} {name}: {answer.mark}"]
                continue
            text, rows = answer.words, rows_of(answer.words)
            shown = page.page.num_rows.get(name, len(rows))
            if len(rows) != shown:
                wrong.append(f"{page} {name}: {len(rows)} rows, {shown} shown")
            wrong += [f"{page} {name}: runs {cell!r}" for cell in live(rows)]
            wrong += [f"{page} {name}: leaks {word}" for word in hidden if word in text]

    assert wrong == []


def test_a_file_is_for_those_who_may_open_its_page(
    opened: list[Opened], world: World
) -> None:
    asker, wrong, turn = Asker(world.askers), [], count()
    sides = [world.home, world.other]
    for page in opened:
        if not page.page.links:
            continue
        address = page.page.links[min(page.page.links)]
        asked = ["anonymous", "stranger", "other_hub", COLUMNS[next(turn) % 13]]
        for role in asked:
            expected = page.line.expected(role, [False])
            if (found := asker.ask(role, "GET", address).mark) != expected:
                wrong.append(f"{page} by {role}: {found}, not {expected}")
        if page.route.names_rows():
            twin = page.route.address(page.line.row, [sides[1]] * len(page.route.parts))
            query = address.partition("?")[2]
            expected = page.line.expected(page.role, [True])
            if (
                found := asker.ask(page.role, "GET", f"{twin}?{query}").mark
            ) != expected:
                wrong.append(f"{page} of the twin: {found}, not {expected}")

    assert wrong == []


@pytest.mark.parametrize("query", ["table=invoices&format=csv", "format=xml"])
def test_what_a_page_does_not_offer_is_not_there(
    asker: Asker, world: World, query: str
) -> None:
    answer = asker.ask("coordination", "GET", f"/places/?table=places&{query}")

    assert (answer.mark, answer.changed) == (".", False)


def test_a_page_with_a_list_asks_no_more_than_is_written_down(
    opened: list[Opened],
) -> None:
    text = (CHECKOUT / "docs/pages.md").read_text()
    written = {(route, row): int(most) for route, row, most in WRITTEN.findall(text)}
    lists = {(p.line.route, p.line.row): p for p in opened if p.page.num_rows}

    assert sorted(written) == sorted(lists)
    assert [
        f"{page}: {page.num_queries} queries, {written[key]} written"
        for key, page in lists.items()
        if page.num_queries > written[key]
    ] == []


@pytest.mark.timeout(1_200)  # six seconds; minutes when the server misjudges its tables
def test_no_page_asks_more_for_thirty_rows_than_for_three(
    opened: list[Opened], world: World
) -> None:
    grow(world.home, 27)

    assert grown(opened, _again(world, opened)) == []


@pytest.mark.soak
def test_no_page_asks_more_for_a_thousand_rows_than_for_ten(world: World) -> None:
    # About ten in most lists, and in none a whole page: each must still grow.
    grow(world.home, 7)
    few = list(_pages(world))
    grow(world.home, 992)

    assert grown(few, _again(world, few)) == []


def grown(few: list[Opened], many: list[Opened]) -> list[str]:
    """Pages that ask more when more is listed, and lists that did not grow."""
    found = []
    for before, after in zip(few, many, strict=True):
        if after.num_queries > before.num_queries:
            num = f"{before.num_queries} queries, then {after.num_queries}"
            found.append(f"{before}: {num}")
        for name, num_rows in before.page.num_rows.items():
            more = after.page.num_rows.get(name, 0) > num_rows
            if not more and name not in NOT_GROWN:
                found.append(f"{before}: {name} did not grow")
    return found
