"""Trucks from a hub's own sheet: judged, written, taken back."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from hub import selectors as hub_selectors
from hub.core.imports import Action, Verdict, read_lines
from hub.core.quantities import TEMPERATURE_CLASSES
from routing import selectors
from routing.core.truck_sheet import TRUCKS, judge_trucks
from routing.models import FleetPool, Vehicle
from routing.services.fleet import (
    VehicleFacts,
    add_vehicle,
    change_vehicle,
    create_pool,
)

if TYPE_CHECKING:
    from hub.models import ImportBatch, Organization

Effect = dict[str, Any]
PARTS = ("routing.compartment", "routing.fleetpool_hubs")


def preview_trucks(batch: ImportBatch) -> list[Verdict]:
    """What each row of a sheet of trucks would do now."""
    lines = read_lines(TRUCKS, batch.table, hub_selectors.header_mapping(batch))
    return judge_trucks(lines, selectors.yard_of(batch.hub))


def write_trucks(batch: ImportBatch, verdicts: Sequence[Verdict]) -> list[list[Effect]]:
    """Do what the preview said; a hub without a pool opens one with the first truck."""
    done = []
    for verdict in verdicts:
        effects: list[Effect] = []
        if verdict.action == Action.CREATE:
            effects = _add(batch.hub, verdict.after)
        elif verdict.action == Action.CHANGE:
            _correct(batch.hub, verdict.target, verdict.after)
            effects = [
                {
                    "table": "vehicle",
                    "id": verdict.target,
                    "before": verdict.before,
                    "after": verdict.after,
                }
            ]
        done.append(effects)
    return done


def _add(hub: Organization, facts: Mapping[str, Any]) -> list[Effect]:
    effects = []
    pool = selectors.own_pool(hub)
    if pool is None:
        pool = create_pool(coordinator=hub, name=hub.name[:80], hubs=[])
        effects.append(_made("pool", pool.public_id, {"name": pool.name}))
    truck = add_vehicle(pool=pool, facts=_told(hub, facts))
    effects.append(_made("vehicle", truck.public_id, facts))
    return effects


def _made(table: str, public_id: str, after: Mapping[str, Any]) -> Effect:
    return {"table": table, "id": public_id, "before": None, "after": dict(after)}


def _correct(hub: Organization, public_id: str, changed: Mapping[str, Any]) -> None:
    truck = Vehicle.objects.select_related("owner", "home").get(public_id=public_id)
    told = selectors.truck_facts(truck) | dict(changed)
    facts = _told(hub, told, is_active=truck.is_active)
    change_vehicle(vehicle=truck, facts=facts)


def _told(
    hub: Organization, told: Mapping[str, Any], *, is_active: bool = True
) -> VehicleFacts:
    """The facts of a sheet in the units of the service."""
    return VehicleFacts(
        owner=hub_selectors.members_of(hub).get(name=told["owner"]),
        name=told["name"],
        plate=told["plate"],
        home=hub_selectors.places_of_members(hub).get(name=told["home"]),
        holds={
            name: (told[f"{name}_kg"], told[f"{name}_l"])
            for name in TEMPERATURE_CLASSES
            if told[f"{name}_kg"]
        },
        shift_start_s=told["shift_start"],
        shift_end_s=told["shift_end"],
        fixed_cents=told["fixed_cents"],
        per_km_cents=told["per_km_cents"],
        per_hour_cents=told["per_hour_cents"],
        height_cm=told["height_cm"],
        has_tailgate=told["has_tailgate"],
        is_active=is_active,
    )


def row_of_trucks(effect: Effect) -> Vehicle | FleetPool | None:
    """What a row of an import made or changed, if it is still there."""
    if effect["table"] == "pool":
        return FleetPool.objects.filter(public_id=effect["id"]).first()
    if effect["table"] == "vehicle":
        trucks = Vehicle.objects.select_related("owner", "home")
        return trucks.filter(public_id=effect["id"]).first()
    return None


def facts_of_trucks(row: Vehicle | FleetPool) -> dict[str, Any]:
    """A truck or a pool in the words of the sheet."""
    if isinstance(row, FleetPool):
        return {"name": row.name}
    return selectors.truck_facts(row)


def trucks_hanging(
    rows: Sequence[Vehicle | FleetPool], *, leaving: Mapping[str, Collection[int]]
) -> dict[int, list[str]]:
    """What would stay behind if trucks, or pools, went away; by key."""
    return hub_selectors.what_hangs(rows, leaving=leaving, parts=PARTS)


def take_back_trucks(effect: Effect, *, hub: Organization) -> None:
    """Remove what a row made, or put back what it changed."""
    row = row_of_trucks(effect)
    if row is None:
        return
    if effect["before"] is None:
        row.delete()
        return
    _correct(hub, row.public_id, effect["before"])
