"""Every operation of the API, asked by everyone, for their own rows and for others'."""

import pytest

from tests.access.addresses import routes
from tests.access.api_table import BODIES, TABLE
from tests.access.asking import Asker
from tests.access.differences import differences
from tests.access.lines import Line, lines
from tests.access.world import World

ROUTES = {route.name: route for route in routes() if route.name.startswith("api:")}


def test_every_operation_has_a_line_and_every_line_an_operation() -> None:
    assert {line.route for line in lines(TABLE)} == set(ROUTES)


@pytest.mark.parametrize("line", lines(TABLE), ids=str)
def test_everyone_gets_what_the_table_says(
    line: Line, world: World, asker: Asker
) -> None:
    body = BODIES.get(line.route, {})

    assert differences(line, ROUTES[line.route], world, asker, body=body) == []
