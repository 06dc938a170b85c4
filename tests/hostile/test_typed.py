"""Texts that would run are typed into every form and sent to every operation.

What a form refuses is shown again to who typed it; what it takes is shown to others:
both are read as a browser would.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import count
from typing import Any

import pytest

from config.api import api
from tests.access.api_table import BODIES
from tests.access.api_table import TABLE as API_TABLE
from tests.access.asking import Asker
from tests.access.differences import written
from tests.access.lines import lines
from tests.access.page_forms import ID, ROUTES, Sent, forms_of, plain, sent_by
from tests.access.table import COLUMNS
from tests.access.world import World
from tests.hostile.payloads import PAYLOADS, num_stored
from tests.hostile.reading import what_runs
from tests.hostile.test_stored import asked


def forms(world: World, asker: Asker) -> list[tuple[str, Sent]]:
    """Every form of every page that takes a text, once, with somebody who may."""
    found: dict[tuple[str, str], tuple[str, Sent]] = {}
    for role, form in forms_of(world, asker):
        if form.texts:
            found.setdefault((form.verb, ID.sub("@", form.address)), (role, form))
    return list(found.values())


def typed(form: Sent, names: Collection[str], numbers: Iterator[int]) -> Sent:
    """The form with payloads in the fields named, the others as they are shown."""
    kept = tuple(pair for pair in form.pairs if pair[0] not in names)
    hostile = tuple((name, PAYLOADS[next(numbers) % len(PAYLOADS)]) for name in names)
    return replace(form, pairs=(*kept, *hostile))


def free_texts() -> dict[str, list[str]]:
    """Every operation with the fields of its body that take any text."""
    schema: dict[str, Any] = api.get_openapi_schema()
    found = {}
    for verbs in schema["paths"].values():
        for operation in verbs.values():
            sent = operation.get("requestBody")
            if sent:
                part = sent["content"]["application/json"]["schema"]
                if "$ref" in part:
                    name = part["$ref"].rsplit("/", 1)[-1]
                    part = schema["components"]["schemas"][name]
                found[f"api:{operation['operationId']}"] = [
                    name
                    for name, field in part.get("properties", {}).items()
                    if _is_free(field)
                ]
    return found


def _is_free(field: dict[str, Any]) -> bool:
    return any(
        kind.get("type") == "string"
        and not any(name in kind for name in ("format", "enum", "const"))
        and re.search(kind.get("pattern", ""), PAYLOADS[0])
        for kind in field.get("anyOf", [field])
    )


def _send_to_operations(numbers: Iterator[int], world: World, asker: Asker) -> int:
    """Send a payload in every free text of every operation; gives how many were taken.

    One at a time: a word that is not one of ours is refused with all the others.
    """
    texts, num_taken = free_texts(), 0
    for line in lines(API_TABLE):
        names = texts.get(line.route)
        if line.verb != "POST" or not names:
            continue
        role = next(each for each in COLUMNS if line.expected(each, [False]) in "ycx")
        route = ROUTES[line.route]
        address = route.address(line.row, next(iter(route.mixtures(world))))
        for name in names:
            body = written(BODIES.get(line.route, {}), world, world.home)
            body[name] = PAYLOADS[next(numbers) % len(PAYLOADS)]
            answer = asker.ask(
                role, "POST", address, body=body, as_json=True, is_kept=True
            )
            assert answer.kind.startswith("application/json"), line
            num_taken += answer.mark == "y"
    return num_taken


@pytest.mark.usefixtures("undone")
@pytest.mark.parametrize(
    "first",
    [0, *(pytest.param(n, marks=pytest.mark.soak) for n in range(1, len(PAYLOADS)))],
)
def test_no_text_typed_into_a_form_or_sent_by_a_program_runs(
    first: int, world: World, asker: Asker
) -> None:
    numbers, told, before = count(first), [], num_stored()

    num_taken = _send_to_operations(numbers, world, asker)
    found = forms(world, asker)
    for role, form in found:
        # All at once is mostly refused and shown again; one at a time is mostly taken.
        alone = {plain(name): (name,) for name in form.texts}
        for names in [form.texts, *alone.values()]:
            answer = typed(form, names, numbers).ask(role, asker, is_kept=True)
            if answer.kind.startswith("text/html"):
                told += [f"{role} {form}: {run}" for run in what_runs(answer.words)]
    for role, address in asked(world):
        answer = asker.ask(role, "GET", address)
        if answer.kind.startswith("text/html"):
            told += [f"{role} {address}: {run}" for run in what_runs(answer.words)]

    assert told == []
    counted = {"forms": len(found), "taken": num_taken, "kept": num_stored() - before}
    assert [counted["forms"] > 40, num_taken > 3, counted["kept"] > 15] == [True] * 3, (
        counted
    )


def test_a_form_that_gives_back_what_was_typed_is_found() -> None:
    page = '<form method=post action="/x/"><input name="name"></form>'
    (form,) = sent_by(page, "/y/")

    ((_name, text),) = typed(form, form.texts, count(0)).pairs

    assert (form.address, what_runs(f"<p>{text}</p>")) == ("/x/", ["<script src=>"])
