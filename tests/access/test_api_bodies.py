"""A row of somebody else in the body of an operation is refused, and nothing moves."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from config.api import api
from tests.access.addresses import routes
from tests.access.api_table import BODIES
from tests.access.asking import Asker
from tests.access.differences import written
from tests.access.world import World, hidden_words

ROUTES = {route.name: route for route in routes()}

# operation, field: who asks, the row in the address, rows that they may not name
FIELDS: dict[tuple[str, str], tuple[str, str, tuple[str, ...]]] = {
    ("post_availability", "offer_id"): (
        "farm_a",
        "-",
        ("other.offer", "home.pooled_line"),
    ),
    ("nothing_this_week", "producer_id"): ("farm_a", "-", ("other.farm",)),
    ("nothing_this_week", "hub_id"): ("farm_a", "-", ("other.hub",)),
    ("grant_envelope", "group_id"): (
        "programme",
        "-",
        ("other.group", "home.farm", "home.hub"),
    ),
    ("place_order", "cycle_id"): ("group", "-", ("other.cycle", "home.draft")),
    ("place_order", "buyer_id"): (
        "group",
        "-",
        ("other.group", "home.institution", "home.farm"),
    ),
    ("place_order", "drop_point_id"): (
        "group",
        "-",
        ("other.drop_point", "home.dock", "home.farm_place"),
    ),
    ("place_order", "envelope_id"): ("group", "-", ("other.envelope",)),
    ("place_order", "lines[].item_id"): ("group", "-", ("other.offer", "other.pool")),
    ("change_order", "drop_point_id"): (
        "group",
        "group_order",
        ("other.drop_point", "home.dock"),
    ),
    ("change_order", "envelope_id"): ("group", "group_order", ("other.envelope",)),
    ("change_order", "lines[].item_id"): (
        "group",
        "group_order",
        ("other.offer", "other.pool"),
    ),
    ("record_payment", "buyer_id"): (
        "coordination",
        "-",
        ("other.group", "other.institution"),
    ),
    ("match_payment", "buyer_id"): (
        "coordination",
        "payment",
        ("other.group", "home.farm"),
    ),
    ("match_payment", "pays[].invoice_id"): (
        "coordination",
        "payment",
        ("other.invoice",),
    ),
    ("record_payout", "farm_id"): ("coordination", "-", ("other.farm",)),
    ("propose_plan", "pool_id"): ("coordination", "-", ("other.fleet",)),
    ("edit_plan", "move.shipment_id"): ("coordination", "plan", ("other.shipment",)),
    ("edit_plan", "move.shipment_ids[]"): ("coordination", "plan", ("other.shipment",)),
    ("edit_plan", "move.to_vehicle_id"): ("coordination", "plan", ("other.vehicle",)),
    ("edit_plan", "move.vehicle_id"): ("coordination", "plan", ("other.vehicle",)),
    ("lock_stop", "vehicle_id"): ("coordination", "plan", ("other.vehicle",)),
    ("send_taps", "taps[].stop"): ("driver", "driven", ("other.shipment",)),
    ("name_driver", "driver_id"): (
        "coordination",
        "plan",
        ("other.trucker", "home.farmer"),
    ),
    ("report_breakdown", "place_id"): ("coordination", "plan", ("other.drop_point",)),
    ("report_breakdown", "vehicle_id"): ("coordination", "plan", ("other.vehicle",)),
}
WITH_A_ROW: dict[str, dict[str, Any]] = {
    "api:match_payment": {
        "buyer_id": "@group",
        "amount_cents": 100,
        "pays": [{"invoice_id": "@invoice", "amount_cents": 1}],
    }
}
"""Bodies that name a row where the usual one names none."""
TOLD_IN_THE_ANSWER = ("send_taps",)
"""Taps are answered one by one; a stop of elsewhere is refused in its own line."""


def id_fields() -> set[tuple[str, str]]:
    """Every field of a body that carries the public id of a row."""
    schema: dict[str, Any] = api.get_openapi_schema()
    found = set()
    for verbs in schema["paths"].values():
        for operation in verbs.values():
            body = operation.get("requestBody")
            if body:
                sent = body["content"]["application/json"]["schema"]
                found |= {
                    (operation["operationId"], path.removeprefix("."))
                    for path in _ids(sent, schema, "")
                }
    return found


def _ids(part: dict[str, Any], schema: dict[str, Any], path: str) -> Iterator[str]:
    if "$ref" in part:
        name = part["$ref"].rsplit("/", 1)[-1]
        part = schema["components"]["schemas"][name]
    for several in ("anyOf", "allOf", "oneOf"):
        for one in part.get(several, ()):
            yield from _ids(one, schema, path)
    if part.get("type") == "array":
        yield from _ids(part["items"], schema, f"{path}[]")
    for name, one in part.get("properties", {}).items():
        yield from _ids(one, schema, f"{path}.{name}")
    if part.get("type") == "string" and part.get("pattern", "").endswith("{12}$"):
        yield path


def test_every_field_that_names_a_row_has_an_entry() -> None:
    assert id_fields() == set(FIELDS)


@pytest.mark.parametrize(
    ("operation", "field", "theirs"),
    [(*named, row) for named, entry in FIELDS.items() for row in entry[2]],
)
def test_a_row_of_somebody_else_is_refused_and_nothing_moves(
    operation: str, field: str, theirs: str, world: World, asker: Asker
) -> None:
    role, row, _theirs = FIELDS[operation, field]
    route = ROUTES[f"api:{operation}"]
    sides = next(iter(route.mixtures(world)))
    side, _, name = theirs.partition(".")
    foreign = getattr(world, side).rows[name].public_id
    sent = WITH_A_ROW.get(route.name) or BODIES.get(route.name, {})
    body = written(sent, world, world.home)

    answer = asker.ask(
        role,
        "POST",
        route.address(row, sides),
        body=_with(body, field, foreign),
        as_json=True,
    )

    shown = [mark for mark in hidden_words(role, world) if mark in answer.words]
    assert shown == []
    if operation in TOLD_IN_THE_ANSWER:
        assert "applied" not in answer.words
        return
    # A refusal in conflict (c) keeps its answer for a retry: that row alone is new.
    assert answer.mark in ".xc", answer.words
    assert answer.changed is (answer.mark == "c")


def _with(body: dict[str, Any], field: str, value: str) -> dict[str, Any]:
    """The body with one field changed, at whatever depth."""
    changed = deepcopy(body)
    place: Any = changed
    *path, last = field.split(".")
    for name in path:
        place = place[name[:-2]][0] if name.endswith("[]") else place[name]
    if last.endswith("[]"):
        place[last[:-2]] = [value]
    else:
        place[last] = value
    return changed
