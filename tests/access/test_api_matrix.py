"""Every operation of the API, asked by everyone, for their own rows and for others'."""

import json
import re
from typing import Any

import pytest

from tests.access.addresses import Route, routes
from tests.access.api_table import BODIES, TABLE
from tests.access.asking import Asker
from tests.access.lines import Line, lines
from tests.access.table import COLUMNS
from tests.access.world import Side, World, hidden_words

ROUTES = {route.name: route for route in routes() if route.name.startswith("api:")}


def test_every_operation_has_a_line_and_every_line_an_operation() -> None:
    assert {line.route for line in lines(TABLE)} == set(ROUTES)


@pytest.mark.parametrize("line", lines(TABLE), ids=str)
def test_everyone_gets_what_the_table_says(
    line: Line, world: World, asker: Asker
) -> None:
    assert differences(line, ROUTES[line.route], world, asker) == []


def differences(line: Line, route: Route, world: World, asker: Asker) -> list[str]:
    """What is not as the table says, what leaks, what a refusal changed."""
    found = []
    for sides in route.mixtures(world):
        address = route.address(line.row, sides)
        body = written(BODIES.get(line.route, {}), world, (sides or [world.home])[0])
        for role in COLUMNS:
            answer = asker.ask(role, line.verb, address, body=body, as_json=True)
            expected = line.expected(role, [side is world.other for side in sides])
            if answer.mark != expected:
                found.append(f"{role}: {answer.mark}, not {expected}: {answer.words}")
            if answer.changed and answer.mark in ".sx-":
                found.append(f"{role}: refused, but rows changed")
            found += [
                f"{role}: shows {mark}"
                for mark in hidden_words(role, world)
                if mark in answer.words
            ]
    return found


def written(body: dict[str, Any], world: World, own: Side) -> dict[str, Any]:
    """The body with the public id of each row that it names."""

    def name(found: re.Match[str]) -> str:
        side = own if found[1] else world.home
        return str(side.rows[found[2]].public_id)

    filled: dict[str, Any] = json.loads(
        re.sub(r"@(own:)?([a-z_]+)", name, json.dumps(body))
    )
    return filled
