"""What an address or an operation does that its line of the table does not say."""

import json
import re
from typing import Any

from tests.access.addresses import Route
from tests.access.asking import Asker
from tests.access.lines import Line
from tests.access.table import COLUMNS
from tests.access.world import Side, World, hidden_words


def differences(
    line: Line,
    route: Route,
    world: World,
    asker: Asker,
    *,
    body: dict[str, Any] | None = None,
) -> list[str]:
    """What is not as the table says, what leaks, what a refusal changed.

    With a `body`, even an empty one, JSON is sent; without, a form.
    """
    found = []
    for sides in route.mixtures(world):
        address = route.address(line.row, sides)
        own = (sides or [world.home])[0]
        sent = None if body is None else written(body, world, own)
        for role in COLUMNS:
            answer = asker.ask(
                role, line.verb, address, body=sent, as_json=body is not None
            )
            expected = line.expected(role, [side is world.other for side in sides])
            if answer.mark != expected:
                told = "" if body is None else f": {answer.words}"
                found.append(f"{role} {address}: {answer.mark}, not {expected}{told}")
            # A form refused is its page again: who reads it stands in the journal.
            changed = answer.moved if answer.mark == "x" else answer.changed
            if changed and answer.mark in ".sx-":
                found.append(f"{role} {address}: refused, but rows changed")
            found += [
                f"{role} {address}: shows {mark}"
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
