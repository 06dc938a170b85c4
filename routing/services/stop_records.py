"""Writing what stands of each stop, from the fold of its taps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from orders import services as order_services
from routing.core.cold import is_too_warm
from routing.core.day import StopState, delivered_units, fold
from routing.core.taps import Tap
from routing.models import (
    HandledLine,
    Route,
    StopAction,
    StopRecord,
    StopTap,
    TemperatureReading,
)
from routing.selectors import driving as selectors
from routing.services.happening import tell_stops_done

if TYPE_CHECKING:
    from hub.models import Person
    from orders.selectors import FreightLine
    from routing.selectors.driving import RouteGoods

LOAD, UNLOAD = StopAction.Kind.LOAD, StopAction.Kind.UNLOAD


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """What the rows of one stop have to say."""

    facts: dict[str, object]
    lines: dict[tuple[str, int], int] = field(default_factory=dict)
    readings: dict[tuple[str, str], tuple[int, datetime]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Delivery:
    """What came off at a stop, by line; nothing when that was taken back."""

    state: StopState
    lines: dict[int, FreightLine]
    units: dict[int, int]


def write_records(*, route: Route, goods: RouteGoods, by: Person | None) -> None:
    """Let the rows of a route's stops say what its taps fold to; the route is locked.

    Only what differs is written, so that a batch of one tap writes one stop. What
    was delivered is noted in the orders too, and taken back there when it is undone.
    """
    rows = list(selectors.counted_taps(route))
    states = fold(selectors.tap_of(row) for row in rows)
    taps = {str(row.local_id): row.pk for row in rows}
    loaded = _loaded_units(states, goods)
    known = {
        record.stop_id: record
        for record in StopRecord.objects.filter(stop__route=route).prefetch_related(
            "lines", "readings"
        )
    }
    deliveries, changed = [], []
    for name, state in states.items():
        stop = goods.stops[name]
        wanted = _wanted(state, goods, loaded, taps)
        record = known.get(stop.pk) or StopRecord(stop=stop)
        if _unloaded(_units(record)) != _unloaded(wanted.lines):
            lines = goods.at(stop, UNLOAD)
            deliveries.append(_Delivery(state, lines, _unloaded(wanted.lines)))
        if (record.status, record.done_at) != _standing(wanted):
            changed.append(record)
        _write(record, wanted)
    _note_deliveries(deliveries, by)
    tell_stops_done(route, changed)


def _standing(wanted: _Wanted) -> tuple[object, object]:
    return (wanted.facts["status"], wanted.facts["done_at"])


def _loaded_units(states: dict[str, StopState], goods: RouteGoods) -> dict[int, int]:
    """Units on board by line, where somebody counted them at the farm."""
    loaded: dict[int, int] = {}
    for name, state in states.items():
        if state.loaded is None:
            continue
        told = state.loaded.content.quantities
        for pk, line in goods.at(goods.stops[name], LOAD).items():
            loaded[pk] = min(told.get(pk, line.expected), line.units)
    return loaded


def _wanted(
    state: StopState,
    goods: RouteGoods,
    loaded: dict[int, int],
    taps: dict[str, int],
) -> _Wanted:
    stop = goods.stops[state.stop]
    handled = [tap for tap in (state.loaded, state.delivered) if tap is not None]
    wanted = _Wanted(
        facts={
            "status": state.status,
            "arrived_at": _at(state.arrived),
            "done_at": max((tap.corrected_at for tap in handled), default=None),
            "departed_at": _at(state.departed),
            "problem_at": _at(state.problem),
            "loading_id": _pk(state.loaded, taps),
            "delivery_id": _pk(state.delivered, taps),
            "problem_id": _pk(state.problem, taps),
        }
    )
    if state.loaded is not None:
        for pk in goods.at(stop, LOAD):
            wanted.lines[LOAD, pk] = loaded[pk]
    if state.delivered is not None or state.left_nothing:
        told = state.delivered.content.quantities if state.delivered else {}
        for pk, line in goods.at(stop, UNLOAD).items():
            if line.settled is not None:
                wanted.lines[UNLOAD, pk] = line.settled
                continue
            wanted.lines[UNLOAD, pk] = delivered_units(
                expected=line.expected,
                most=line.units,
                loaded=loaded.get(pk),
                delivered=0 if state.left_nothing else told.get(pk),
            )
    for kind, tap in ((LOAD, state.loaded), (UNLOAD, state.delivered)):
        if tap is not None:
            for name, tenths_c in tap.content.temperatures.items():
                wanted.readings[kind, name] = (tenths_c, tap.corrected_at)
    return wanted


def _at(tap: Tap | None) -> datetime | None:
    return None if tap is None else tap.corrected_at


def _pk(tap: Tap | None, taps: dict[str, int]) -> int | None:
    return None if tap is None else taps[tap.local_id]


def _write(record: StopRecord, wanted: _Wanted) -> None:
    is_new = record.pk is None
    if is_new or any(getattr(record, k) != v for k, v in wanted.facts.items()):
        for name, value in wanted.facts.items():
            setattr(record, name, value)
        record.save()
    if _units(record) != wanted.lines:
        record.lines.all().delete()
        HandledLine.objects.bulk_create(
            HandledLine(record=record, kind=kind, line_id=pk, units=units)
            for (kind, pk), units in wanted.lines.items()
        )
    readings = {} if is_new else _readings(record)
    if readings != wanted.readings:
        record.readings.all().delete()
        TemperatureReading.objects.bulk_create(
            TemperatureReading(
                record=record,
                kind=kind,
                temperature_class=name,
                tenths_c=tenths_c,
                is_too_warm=is_too_warm(name, tenths_c),
                read_at=read_at,
            )
            for (kind, name), (tenths_c, read_at) in wanted.readings.items()
        )


def _units(record: StopRecord) -> dict[tuple[str, int], int]:
    if record.pk is None:
        return {}
    return {(row.kind, row.line_id): row.units for row in record.lines.all()}


def _unloaded(lines: Mapping[tuple[str, int], int]) -> dict[int, int]:
    return {pk: units for (kind, pk), units in lines.items() if kind == UNLOAD}


def _note_deliveries(deliveries: Iterable[_Delivery], by: Person | None) -> None:
    """Tell the orders what came off; all of them are locked before the first one."""
    changed = {
        line.shipment_id: each for each in deliveries for line in each.lines.values()
    }
    order_services.lock_orders_of(changed)
    for shipment_id, each in sorted(changed.items(), key=lambda item: item[0]):
        last = each.state.delivered or each.state.departed
        if not each.units or last is None:
            order_services.forget_delivery(shipment_id=shipment_id)
            continue
        order_services.record_delivery(
            shipment_id=shipment_id,
            quantities={
                pk: each.units[pk]
                for pk, line in each.lines.items()
                if line.shipment_id == shipment_id
            },
            by=by,
            now=last.corrected_at,
            note=_note(each.state),
        )


def _note(state: StopState) -> str:
    """Why less came: in the driver's words, else the problem that was chosen."""
    if state.delivered is not None and state.delivered.content.note:
        return state.delivered.content.note
    if state.problem is None:
        return ""
    said = state.problem.content
    return said.note or str(StopTap.Reason(said.reason).label)


def _readings(record: StopRecord) -> dict[tuple[str, str], tuple[int, datetime]]:
    return {
        (row.kind, row.temperature_class): (row.tenths_c, row.read_at)
        for row in record.readings.all()
    }
