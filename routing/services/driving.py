"""What drivers tell: each tap kept once, the day folded anew from all that is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from orders import services as order_services
from routing.core.errors import (
    GoodsNotHere,
    QuantityAboveShipment,
    StopUnknown,
    TapRefused,
    TapReused,
)
from routing.core.taps import DELIVERED, HANDLING, WITHDRAWN, Tap, read_tap
from routing.models import Plan, Route, Stop, StopTap
from routing.selectors import driving as selectors
from routing.services.stop_records import write_records

if TYPE_CHECKING:
    from hub.models import Person
    from orders.selectors import FreightLine
    from routing.selectors.driving import RouteGoods


@dataclass(frozen=True, slots=True, kw_only=True)
class TapAnswer:
    """What became of one tap: "applied", "late" (kept, changes nothing), "refused"."""

    local_id: str
    status: str
    refusal: TapRefused | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Batch:
    plan: Plan
    route: Route
    goods: RouteGoods
    known: dict[str, StopTap]
    person: Person | None
    now: datetime


@transaction.atomic
def apply_taps(
    *,
    route: Route,
    person: Person | None,
    taps: Sequence[object],
    sent_at: datetime,
    now: datetime,
) -> list[TapAnswer]:
    """Keep what a phone sends, each tap once, and let the stops say what stands.

    `taps` are as the phone wrote them, `sent_at` is its own hour when it sent. The
    same tap sent again gets the same answer; one that cannot be kept is refused with
    its reason while the others are kept. Taps for a plan that was replaced, for a stop
    that a breakdown took out, or that speak of billed goods alone, are kept as "late"
    for the coordination and change nothing. At a door shared with a billed order a tap
    counts for the goods that are not billed, and changes nothing of the others.
    """
    plan = _lock_plan(route)
    # A bill that is being written is either seen below or waits for these taps.
    order_services.lock_orders_of(selectors.shipments_on(route))
    offset_s = round((now - sent_at).total_seconds())
    batch = _Batch(
        plan=plan,
        route=route,
        goods=selectors.route_goods(route),
        known=selectors.taps_named(_names(taps)),
        person=person,
        now=now,
    )
    num_known = len(batch.known)
    answers = [_answer(batch, sent, offset_s) for sent in taps]
    if len(batch.known) > num_known:
        write_records(route=route, goods=batch.goods, by=person)
    return answers


def _lock_plan(route: Route) -> Plan:
    """The plan of a route, held until the end.

    Two phones, and two trucks that meet at a dock, take turns; a plan that is being
    replaced is either replaced before these taps or after them.
    """
    plans = Plan.objects.defer("problem", "solution").select_for_update(no_key=True)
    return plans.get(pk=route.plan_id)


def _answer(batch: _Batch, sent: object, offset_s: int) -> TapAnswer:
    try:
        tap = read_tap(sent, offset_s=offset_s)
        row = batch.known.get(tap.local_id)
        if row is None:
            row = batch.known[tap.local_id] = _kept(batch, _not_ahead(tap, batch.now))
        elif row.route_id != batch.route.pk or row.digest != tap.digest:
            raise TapReused(local_id=tap.local_id)
    except TapRefused as refusal:
        named = sent.get("local_id") if isinstance(sent, Mapping) else ""
        return TapAnswer(local_id=str(named), status="refused", refusal=refusal)
    return TapAnswer(local_id=tap.local_id, status=row.status)


def _not_ahead(tap: Tap, now: datetime) -> Tap:
    """A tap cannot have been made after it came: a clock moved on in between."""
    return replace(tap, offset_s=min(tap.offset_s, _floor_s(now - tap.tapped_at)))


def _floor_s(span: timedelta) -> int:
    return span // timedelta(seconds=1)


def _kept(batch: _Batch, tap: Tap) -> StopTap:
    stop = batch.goods.stops.get(tap.stop)
    if stop is None:
        raise StopUnknown(stop=tap.stop)
    late = _late_reason(batch, stop, tap)
    if tap.kind in HANDLING and late != StopTap.LateReason.REPLACED:
        _require_goods(batch, tap)
    said = tap.content
    return StopTap.objects.create(
        route=batch.route,
        stop=stop,
        person=batch.person,
        local_id=tap.local_id,
        device=tap.device,
        device_seq=tap.device_seq,
        kind=tap.kind,
        quantities={str(pk): units for pk, units in said.quantities.items()},
        temperatures=dict(said.temperatures),
        reason=said.reason,
        withdraws=said.withdraws or None,
        receiver=said.receiver,
        note=said.note,
        tapped_at=tap.tapped_at,
        offset_s=tap.offset_s,
        corrected_at=tap.corrected_at,
        received_at=batch.now,
        status=StopTap.Status.LATE if late else StopTap.Status.APPLIED,
        late_reason=late or _part_late_reason(batch, stop, tap),
        digest=tap.digest,
    )


def _require_goods(batch: _Batch, tap: Tap) -> None:
    kind = selectors.HANDLED_BY[tap.kind]
    lines = batch.goods.at(batch.goods.stops[tap.stop], kind)
    for pk, units in tap.content.quantities.items():
        if pk not in lines:
            raise GoodsNotHere(line=pk)
        line = lines[pk]
        if units > line.units:
            raise QuantityAboveShipment(
                line=pk, goods=line.goods, units=units, shipped=line.units
            )


def _late_reason(batch: _Batch, stop: Stop, tap: Tap) -> str:
    is_cut = stop.sequence >= Stop.CUT_FROM
    if is_cut or batch.plan.status != Plan.Status.PUBLISHED:
        return StopTap.LateReason.REPLACED
    settled = [
        line.settled is not None for line in _lines_spoken_of(batch.goods, stop, tap)
    ]
    # Goods are noted at a stop together: what was told of them is not taken back any
    # more once some are billed, but may be told anew.
    is_late = any(settled) if tap.kind == WITHDRAWN else all(settled)
    return StopTap.LateReason.SETTLED if settled and is_late else ""


def _part_late_reason(batch: _Batch, stop: Stop, tap: Tap) -> str:
    """Whether a tap that counts also says something else of billed goods."""
    if tap.kind != DELIVERED:
        return ""
    lines = batch.goods.at(stop, selectors.HANDLED_BY[tap.kind])
    for pk, units in tap.content.quantities.items():
        if lines[pk].settled not in (None, units):
            return StopTap.LateReason.SETTLED
    return ""


def _lines_spoken_of(goods: RouteGoods, stop: Stop, tap: Tap) -> list[FreightLine]:
    """The goods that a tap may change: those it counts, else all of its stop."""
    if tap.kind not in HANDLING:
        return goods.of(stop)
    here = goods.at(stop, selectors.HANDLED_BY[tap.kind])
    counted = [here[pk] for pk in tap.content.quantities if pk in here]
    return counted or list(here.values())


def _names(taps: Sequence[object]) -> list[str]:
    """The names that can be looked up; the others are refused when they are read."""
    names = []
    for sent in taps:
        try:
            names.append(read_tap(sent, offset_s=0).local_id)
        except TapRefused:
            continue
    return names
