"""Texts that would run are written everywhere, then every page is read: none runs."""

from collections.abc import Iterator
from copy import copy
from itertools import count

import pytest

from hub.core.ids import new_public_id
from hub.core.trail import Kind
from hub.services.trail import Fact, record_all
from orders.models import Invoice
from tests.access.addresses import routes
from tests.access.api_table import TABLE as API_TABLE
from tests.access.asking import Asker
from tests.access.lines import lines
from tests.access.table import COLUMNS, TABLE
from tests.access.world import World
from tests.hostile.payloads import PAYLOADS, poison, poison_documents, poisoned
from tests.hostile.reading import what_runs

ROUTES = {route.name: route for route in routes()}


def asked(world: World) -> Iterator[tuple[str, str]]:
    """Each address that answers with something, and the first person who may see it."""
    for line in lines(TABLE) + lines(API_TABLE):
        shown = [
            role
            for role, cell in zip(COLUMNS, line.cells, strict=True)
            if cell[0] == "y"
        ]
        if line.verb == "GET" and shown:
            route = ROUTES[line.route]
            sides = next(iter(route.mixtures(world)))
            yield (
                shown[-1 if "programme" not in shown else 0],
                route.address(line.row, sides),
            )


def _trace(payload: str, world: World) -> Fact:
    """A line of the journal that every kind of organization reads."""
    rows = world.home.rows
    return Fact(
        kind=Kind.ROLE_GIVEN,
        subject=("aaaabbbbcccc", payload),
        concerns=[rows[name].pk for name in ("hub", "farm", "group")],
        after={"name": payload, "eligible": [payload]},
        why=payload,
        about=world.home.people["farm_a"],
    )


def _hostile_invoice(first: int, world: World) -> Invoice:
    """An invoice is never changed: the next one, hostile throughout, is issued."""
    invoice: Invoice = copy(world.home.rows["invoice"])
    named = {
        **invoice.document,
        "seller": dict.fromkeys(invoice.document["seller"], "Un texte"),
        "buyer": dict.fromkeys(invoice.document["buyer"], "Un texte"),
        "po_number": "Un texte",
        "reason": "Un texte",
    }
    invoice.pk, invoice.public_id = None, new_public_id()
    invoice.number, invoice.posting_key = invoice.number + 1, f"hostile:{first}"
    invoice.document = poisoned(named, count(first))
    invoice.save(force_insert=True)
    return invoice


@pytest.mark.usefixtures("undone")
@pytest.mark.parametrize(
    "first",
    [0, *(pytest.param(n, marks=pytest.mark.soak) for n in range(1, len(PAYLOADS)))],
)
def test_no_text_that_a_person_typed_runs(
    first: int, world: World, asker: Asker, monkeypatch: pytest.MonkeyPatch
) -> None:
    num_columns = poison(first)
    num_documents = poison_documents(first)
    invoice = _hostile_invoice(first, world)
    monkeypatch.setitem(world.home.rows, "invoice", invoice)
    record_all([_trace(payload, world) for payload in PAYLOADS])

    told, num_shown = [], 0
    for role, address in asked(world):
        answer = asker.ask(role, "GET", address)
        if answer.kind.startswith("text/html"):
            told += [f"{role} {address}: {found}" for found in what_runs(answer.words)]
            num_shown += "&lt;" in answer.words
        elif answer.kind.startswith("image/svg"):
            told += [f"{role} {address}: a drawing"]

    assert told == []
    assert (num_columns > 60, num_documents > 5, num_shown > 60) == (True, True, True)


def test_a_page_that_writes_what_was_typed_is_found() -> None:
    alone = [payload for payload in PAYLOADS if not what_runs(f"<p>{payload}</p>")]

    # Quotes need an attribute, an address needs a link, braces a template.
    assert alone == [
        '" onfocus=alert(1) autofocus x="',
        "' onmouseover='alert(1)",
        "` onclick=alert(1) `",
        "javascript:alert(1)",
        "{{constructor.constructor('alert(1)')()}}",
    ]
    assert what_runs(f'<a href="{PAYLOADS[17]}">') != []
    assert what_runs(f'<input value="{PAYLOADS[8]}">') != []
    assert what_runs(f"<input value='{PAYLOADS[9]}'>") != []
