"""A driven day: the taps of a route folded into the state of each of its stops.

The state depends on which taps there are, never on the order, the batches or the
number of times in which they came. Taps of one phone follow its counter, whatever its
clock says; the corrected hour only places the taps of two phones between each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from routing.core.taps import (
    ARRIVED,
    DELIVERED,
    DEPARTED,
    ENDING_REASONS,
    LOADED,
    PROBLEM,
    WITHDRAWN,
    Tap,
)

LATE_AFTER = timedelta(minutes=15)
"""A truck is late from so long after its planned arrival."""

StopStatus = Literal["waiting", "arrived", "done", "left", "missed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StopState:
    """What stands for one stop: the last tap of each kind that was not taken back."""

    stop: str
    arrived: Tap | None = None
    loaded: Tap | None = None
    delivered: Tap | None = None
    departed: Tap | None = None
    problem: Tap | None = None

    @property
    def status(self) -> StopStatus:
        """How far the stop is; "missed" is left with nothing loaded nor delivered."""
        is_done = self.loaded is not None or self.delivered is not None
        if self.departed is not None:
            return "left" if is_done else "missed"
        if is_done:
            return "done"
        return "waiting" if self.arrived is None else "arrived"

    @property
    def left_nothing(self) -> bool:
        """Whether the truck drove on from a closed door with everything on board."""
        return (
            self.status == "missed"
            and self.problem is not None
            and self.problem.content.reason in ENDING_REASONS
        )


def fold(taps: Iterable[Tap]) -> dict[str, StopState]:
    """The state of every stop that a tap names, from any pile of taps.

    A tap that was taken back counts no more, wherever its withdrawal stands; a
    withdrawal itself is not taken back: the thing is tapped again instead. Each stop
    takes back its own taps alone.
    """
    known = {tap.local_id: tap for tap in taps}
    withdrawn = {
        (tap.stop, tap.content.withdraws)
        for tap in known.values()
        if tap.kind == WITHDRAWN
    }
    states = {stop: StopState(stop=stop) for stop in {t.stop for t in known.values()}}
    for tap in in_order(known.values()):
        if tap.kind != WITHDRAWN and (tap.stop, tap.local_id) not in withdrawn:
            states[tap.stop] = _with(states[tap.stop], tap)
    return states


def in_order(taps: Iterable[Tap]) -> list[Tap]:
    """Taps as they were made: by each phone's counter, phones merged by the hour.

    The hour of a tap is taken as no earlier than that of the tap before it on the
    same phone, so that a clock set back in the middle of the day changes no order.
    """
    by_device: defaultdict[str, list[Tap]] = defaultdict(list)
    for tap in taps:
        by_device[tap.device].append(tap)
    placed: list[tuple[datetime, str, int, str, Tap]] = []
    for device, mine in by_device.items():
        latest: datetime | None = None
        for tap in sorted(mine, key=lambda tap: (tap.device_seq, tap.local_id)):
            at = tap.corrected_at
            latest = at if latest is None else max(latest, at)
            placed.append((latest, device, tap.device_seq, tap.local_id, tap))
    return [tap for *_place, tap in sorted(placed, key=lambda row: row[:4])]


def _with(state: StopState, tap: Tap) -> StopState:
    if tap.kind == ARRIVED:
        return replace(state, arrived=tap)
    if tap.kind == LOADED:
        return replace(state, loaded=tap)
    if tap.kind == DELIVERED:
        return replace(state, delivered=tap)
    if tap.kind == DEPARTED:
        return replace(state, departed=tap)
    assert tap.kind == PROBLEM, tap.kind
    return replace(state, problem=tap)


def delivered_units(
    *, expected: int, most: int, loaded: int | None, delivered: int | None
) -> int:
    """What counts as delivered of a line: as told, and never more than was loaded.

    Nobody counted at the door: what was loaded. Nobody counted at all: what was
    expected, at `most` what was ordered. The figures as told stay in their taps.
    """
    on_board = expected if loaded is None else min(loaded, most)
    if delivered is None:
        return on_board
    return min(delivered, most if loaded is None else on_board)


def has_changed(*, held: int | None, changed_at: int) -> bool:
    """Whether a route changed after the version of its plan that a phone holds.

    A phone that names none holds the one that was dispatched.
    """
    return (held or 0) < changed_at


def is_late(*, planned_at: datetime, told_at: datetime | None, now: datetime) -> bool:
    """Whether a truck came late, or has not come although it should have by now."""
    return (told_at or now) > planned_at + LATE_AFTER


@dataclass(frozen=True, slots=True, kw_only=True)
class StopHours:
    """The planned hours of a stop, and those that the phone told."""

    arrival_at: datetime
    service_at: datetime
    departure_at: datetime
    arrived_at: datetime | None = None
    departed_at: datetime | None = None


def expected_arrivals(
    stops: Iterable[StopHours], *, now: datetime
) -> list[datetime | None]:
    """When a truck is likely to reach each stop of a route, in its order.

    None where it was already. The delay of the last stop told of travels on, less what
    the truck would have waited at a door; nothing is expected before its planned hour,
    nor before now.
    """
    expected: list[datetime | None] = []
    delay = timedelta(0)
    for stop in stops:
        if stop.departed_at is not None:
            delay = _over(stop.departed_at, stop.departure_at)
            expected.append(None)
            continue
        if stop.arrived_at is not None:
            began = _over(stop.arrived_at, stop.service_at)
            delay = max(began, _over(now, stop.departure_at))
            expected.append(None)
            continue
        arrival_at = max(stop.arrival_at + delay, now)
        delay = _over(arrival_at, stop.service_at)
        expected.append(arrival_at)
    return expected


def _over(told_at: datetime, planned_at: datetime) -> timedelta:
    return max(told_at - planned_at, timedelta(0))
