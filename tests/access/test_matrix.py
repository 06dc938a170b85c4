"""Every address, asked by everyone, for their own rows and for those of others."""

import pytest

from tests.access.addresses import routes
from tests.access.asking import Asker
from tests.access.differences import differences
from tests.access.lines import Line, all_lines, lines
from tests.access.table import COLUMNS
from tests.access.world import World

ROUTES = {route.name: route for route in routes() if not route.name.startswith("api:")}
ROWS = {line.route: line.row for line in lines()}


SIGNED = {"hub:notice_stop"}
"""Their address carries a signature of ours, which a mailbox sends back by itself."""


def test_every_address_has_a_line_and_every_line_an_address() -> None:
    assert sorted(ROWS) == sorted(ROUTES)


def test_no_line_stands_twice() -> None:
    named = [(line.verb, line.route, line.row) for line in lines()]

    assert [line for line in named if named.count(line) > 1] == []


@pytest.mark.parametrize("name", sorted(set(ROWS) - SIGNED))
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
