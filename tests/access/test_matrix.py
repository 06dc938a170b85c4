"""Every address, asked by everyone, for their own rows and for those of others."""

import pytest

from tests.access.addresses import Route, routes
from tests.access.asking import Asker
from tests.access.lines import Line, all_lines, lines
from tests.access.table import COLUMNS
from tests.access.world import World, hidden_words

ROUTES = {route.name: route for route in routes() if not route.name.startswith("api:")}
ROWS = {line.route: line.row for line in lines()}


def test_every_address_has_a_line_and_every_line_an_address() -> None:
    assert sorted(ROWS) == sorted(ROUTES)


def test_no_line_stands_twice() -> None:
    named = [(line.verb, line.route, line.row) for line in lines()]

    assert [line for line in named if named.count(line) > 1] == []


@pytest.mark.parametrize("name", sorted(ROWS))
def test_a_form_without_its_token_is_refused_to_everybody(
    name: str, world: World, asker: Asker
) -> None:
    route = ROUTES[name]
    address = route.address(ROWS[name], next(iter(route.mixtures(world))))

    answers = [asker.ask(role, "POST", address, with_token=False) for role in COLUMNS]

    assert {(answer.mark, answer.changed) for answer in answers} == {("403", False)}


@pytest.mark.parametrize("line", all_lines(), ids=str)
def test_everyone_gets_what_the_table_says(
    line: Line, world: World, asker: Asker
) -> None:
    assert differences(line, ROUTES[line.route], world, asker) == []


def differences(line: Line, route: Route, world: World, asker: Asker) -> list[str]:
    """What is not as the table says, what leaks, what a refused form changed."""
    found = []
    for sides in route.mixtures(world):
        address = route.address(line.row, sides)
        for role in COLUMNS:
            answer = asker.ask(role, line.verb, address)
            expected = line.expected(role, [side is world.other for side in sides])
            if answer.mark != expected:
                found.append(f"{role} {address}: {answer.mark}, not {expected}")
            if answer.changed and answer.mark in ".sx-":
                found.append(f"{role} {address}: refused, but rows changed")
            found += [
                f"{role} {address}: shows {mark}"
                for mark in hidden_words(role, world)
                if mark in answer.words
            ]
    return found
