"""Sheets of every floor, from preview to undo: this floor may look at all of them.

An import holds its hub's row, so that two imports of one hub follow each other, then
its own sheet; each service below takes the locks it always takes. It is one
transaction: all that was shown is done, or nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from hub import selectors as hub_selectors
from hub.core.imports import DRIVERS, Action, ImportStays, Sheet, Verdict
from hub.services import import_drivers as drivers
from hub.services import import_members as members
from hub.services import imports, organizations
from pricing import services as pricing_services
from pricing.core.tier_sheet import TIERS
from producers import services as producer_services
from producers.core.sheet import PRODUCTS
from routing.core.truck_sheet import TRUCKS
from routing.services import importing as trucks

if TYPE_CHECKING:
    from hub.models import ImportBatch, ImportRow, Organization, Person

SHEETS: dict[str, Sheet] = members.SHEETS | {
    "products": PRODUCTS,
    "trucks": TRUCKS,
    "tiers": TIERS,
    "drivers": DRIVERS,
}
"""Every kind of sheet, in the order in which a hub needs them."""
_GOODS = ("product", "variant", "offer")
_TRUCKS = ("vehicle", "pool")


@dataclass(frozen=True, slots=True)
class Stop:
    """A row that cannot be taken back: what hangs on it, or that it was changed."""

    row: ImportRow
    hangs: tuple[str, ...]
    is_changed: bool


def preview(batch: ImportBatch) -> list[Verdict]:
    """What each row of a sheet would do now."""
    match batch.kind:
        case "products":
            return producer_services.preview_products(batch, today=timezone.localdate())
        case "trucks":
            return trucks.preview_trucks(batch)
        case "tiers":
            return pricing_services.preview_tiers(batch, today=timezone.localdate())
        case "drivers":
            return drivers.preview(batch)
        case _:
            return members.preview(batch)


@transaction.atomic
def run_import(
    *,
    batch: ImportBatch,
    digest: str,
    only_good: bool,
    now: datetime,
    page: str = "",
) -> ImportBatch:
    """Do what the preview of this `digest` showed, and write down what was done.

    `page` is where people who are invited answer. Raises ImportIsOver, ImportOutdated,
    ImportHasErrors, and what the services of the rows raise; then nothing was done.
    """
    organizations.hold(batch.hub)
    batch = imports.lock_draft(batch)
    shown = preview(batch)
    verdicts = imports.require_same(shown, digest=digest, only_good=only_good)
    effects = _write(batch, verdicts, now, page)
    titles = [title_of(verdict) for verdict in verdicts]
    return imports.record(
        batch,
        list(zip(verdicts, titles, effects, strict=True)),
        now=now,
        left_out=[
            (each, title_of(each)) for each in shown if each.action == Action.REFUSE
        ],
    )


def _write(
    batch: ImportBatch, verdicts: Sequence[Verdict], now: datetime, page: str
) -> list[list[imports.Effect]]:
    match batch.kind:
        case "products":
            today = timezone.localdate(now)
            return producer_services.write_products(batch, verdicts, today=today)
        case "trucks":
            return trucks.write_trucks(batch, verdicts)
        case "tiers":
            today = timezone.localdate(now)
            return pricing_services.write_tiers(batch, verdicts, today=today)
        case "drivers":
            return drivers.write(batch, verdicts, page=page, now=now)
        case _:
            return members.write(batch, verdicts)


def title_of(verdict: Verdict) -> str:
    """What a row is about, in its own words."""
    words = (verdict.facts.get(name) for name in ("farm", "buyer", "organization"))
    names = ("name", "name_fr", "label_fr")
    told = [*words, *(verdict.facts.get(name) for name in names)]
    return " · ".join(dict.fromkeys(str(word) for word in told if word))


def stops_of(batches: Sequence[ImportBatch]) -> list[Stop]:
    """The rows of imports that cannot be taken back, each with why."""
    done = [
        (row, effect, _row_of(effect))
        for row, effect in hub_selectors.effects_of(batches)
    ]
    leaving: dict[str, set[int]] = {}
    for _row, effect, thing in done:
        if thing is not None and effect["before"] is None:
            leaving.setdefault(thing._meta.label_lower, set()).add(thing.pk)
    hubs = {batch.pk: batch.hub for batch in batches}
    hanging = _hanging([(effect, thing) for _row, effect, thing in done], leaving)
    stops: dict[int, Stop] = {}
    for row, effect, thing in done:
        if thing is None:
            continue
        hangs = hanging.get((effect["table"], thing.pk), ())
        is_changed = effect["before"] is not None and _is_changed(
            effect, thing, hubs[row.batch_id]
        )
        if hangs or is_changed:
            stops[row.pk] = Stop(row, tuple(hangs), is_changed)
    return list(stops.values())


# A row of whichever floor the effect names.
def _row_of(effect: imports.Effect) -> Any:
    if effect["table"] in _GOODS:
        return producer_services.row_of_goods(effect)
    if effect["table"] in _TRUCKS:
        return trucks.row_of_trucks(effect)
    if effect["table"] == "agreement":
        return pricing_services.row_of_tiers(effect)
    if effect["table"] == "invitation":
        return drivers.row_of(effect)
    if effect["table"] == "cycle":
        return hub_selectors.cycle_named(effect["id"])
    return members.row_of(effect)


def _hanging(
    done: Sequence[tuple[imports.Effect, Any]], leaving: dict[str, set[int]]
) -> dict[tuple[str, int], list[str]]:
    """What hangs on rows that would go away or lose their pin, by table and key."""
    by_table: dict[str, list[Any]] = {}
    for effect, thing in done:
        before = effect["before"]
        loses_pin = before is not None and before.get("latitude", 0) is None
        if thing is not None and (before is None or loses_pin):
            by_table.setdefault(effect["table"], []).append(thing)
    found: dict[tuple[str, int], list[str]] = {}
    for table, things in by_table.items():
        if table in _GOODS:
            told = producer_services.goods_hanging(things, leaving=leaving)
        elif table in _TRUCKS:
            told = trucks.trucks_hanging(things, leaving=leaving)
        elif table == "invitation":
            told = drivers.hanging(things)
        elif table == "cycle":
            told = hub_selectors.what_hangs(things, leaving=leaving)
        else:
            told = members.hanging(things, leaving=leaving)
        found |= {(table, pk): hangs for pk, hangs in told.items()}
    return found


def _is_changed(effect: imports.Effect, thing: Any, hub: Organization) -> bool:
    if effect["table"] in _GOODS:
        now = producer_services.facts_of_goods(thing, hub)
    elif effect["table"] in _TRUCKS:
        now = trucks.facts_of_trucks(thing)
    elif effect["table"] == "agreement":
        now = pricing_services.facts_of_tiers(thing)
    else:
        now = members.facts_now(thing)
    return any(now.get(name) != value for name, value in effect["after"].items())


@transaction.atomic
def undo_imports(*, batches: Sequence[ImportBatch], by: Person, now: datetime) -> None:
    """Take imports back as a whole: what they made goes, what they changed returns.

    Who did so is kept with them. Raises ImportIsOver, ImportStays, and what the
    services of the rows raise; then nothing was undone.
    """
    for hub in sorted({batch.hub for batch in batches}, key=lambda hub: hub.pk):
        organizations.hold(hub)
    held = imports.lock_done(batches)
    if stops := stops_of(held):
        raise ImportStays(num=len(stops))
    hubs = {batch.pk: batch.hub for batch in held}
    for row, effect in hub_selectors.effects_of(held):
        _take_back(effect, hubs[row.batch_id], now)
    imports.mark_undone(held, by=by, now=now)


def _take_back(effect: imports.Effect, hub: Organization, now: datetime) -> None:
    if effect["table"] in _GOODS:
        today = timezone.localdate(now)
        producer_services.take_back_goods(effect, hub=hub, today=today)
    elif effect["table"] in _TRUCKS:
        trucks.take_back_trucks(effect, hub=hub)
    elif effect["table"] == "agreement":
        pricing_services.take_back_tiers(effect)
    elif effect["table"] == "invitation":
        drivers.take_back(effect, now=now)
    elif effect["table"] == "cycle":
        cycle = hub_selectors.cycle_named(effect["id"])
        if cycle is not None:
            cycle.delete()
    else:
        members.take_back(effect)
