"""A route as the phone of its driver shows it: steps, goods, and what was told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hub.core.quantities import TEMPERATURE_CLASSES
from routing.core.day import StopState, fold
from routing.core.taps import DELIVERED, LOADED, Tap
from routing.models import Route, Stop, StopAction
from routing.selectors.driving import (
    RouteGoods,
    counted_taps,
    name_of,
    route_goods,
    tap_of,
)
from routing.selectors.sheets import letter_of

if TYPE_CHECKING:
    from orders.models import Shipment
    from orders.selectors import FreightLine


@dataclass(frozen=True, slots=True)
class DriveLine:
    """Units to count, and how many the phone proposes."""

    line: FreightLine
    proposed: int


@dataclass(frozen=True, slots=True)
class DriveShipment:
    """The lines of one shipment at one stop."""

    shipment: Shipment
    lines: list[DriveLine]

    @property
    def has_many_buyers(self) -> bool:
        """Whether the name of the buyer tells one line from another."""
        return len({each.line.buyer for each in self.lines}) > 1


@dataclass(frozen=True, slots=True)
class DriveStep:
    """Loading or delivering at a stop; `kind` is that of its tap."""

    kind: str
    shipments: list[DriveShipment]
    told: Tap | None

    @property
    def classes(self) -> list[str]:
        """The temperature classes to measure."""
        found = {each.line.temperature_class for each in self._lines}
        return [name for name in TEMPERATURE_CLASSES if name in found]

    @property
    def num_units(self) -> int:
        """All units of the step."""
        return sum(each.line.units for each in self._lines)

    @property
    def num_told(self) -> int | None:
        """Units as told; None while nothing is."""
        if self.told is None:
            return None
        told = self.told.content.quantities
        return sum(told.get(each.line.pk, each.line.units) for each in self._lines)

    @property
    def _lines(self) -> list[DriveLine]:
        return [line for shipment in self.shipments for line in shipment.lines]


@dataclass(frozen=True, slots=True)
class DriveStop:
    """One stop with its steps in the order in which they are done."""

    name: str
    mark: str
    stop: Stop
    state: StopState
    steps: list[DriveStep]


@dataclass(frozen=True, slots=True)
class DriveSheet:
    """A route to drive; `taps` are all that count, as the phone merges them."""

    route: Route
    letter: str
    stops: list[DriveStop]
    taps: list[Tap]

    @property
    def current(self) -> str:
        """The first stop that was not left."""
        waiting = (s for s in self.stops if s.state.departed is None)
        return next((stop.name for stop in waiting), "")


def drive_sheet(route: Route) -> DriveSheet:
    """Everything a driver needs, in a fixed number of queries.

    Stops that were taken out of the route are no longer shown.
    """
    goods = route_goods(route)
    taps = [tap_of(row) for row in counted_taps(route)]
    states = fold(taps)
    actions = list(
        StopAction.objects.filter(stop__route=route)
        .select_related("shipment__producer", "shipment__drop_point")
        .order_by("pk")
    )
    letter = letter_of(route.number)
    stops = [
        DriveStop(
            name=name_of(stop),
            mark=f"{letter}{stop.sequence}",
            stop=stop,
            state=states.get(name_of(stop), StopState(stop=name_of(stop))),
            steps=_steps(stop, states, actions, goods),
        )
        for stop in goods.stops.values()
        if stop.sequence < Stop.CUT_FROM
    ]
    return DriveSheet(route=route, letter=letter, stops=stops, taps=taps)


def _steps(
    stop: Stop,
    states: dict[str, StopState],
    actions: Iterable[StopAction],
    goods: RouteGoods,
) -> list[DriveStep]:
    """What is taken off comes before what is put on."""
    state = states.get(name_of(stop), StopState(stop=name_of(stop)))
    here = [action for action in actions if action.stop_id == stop.pk]
    on_board = _told_units(each.loaded for each in states.values())
    steps = []
    for kind, tap_kind, told in (
        (StopAction.Kind.UNLOAD, DELIVERED, state.delivered),
        (StopAction.Kind.LOAD, LOADED, state.loaded),
    ):
        proposed = _told_units([told]) if told else {}
        if tap_kind == DELIVERED:
            proposed = on_board | proposed
        shipments = [
            _shipment(stop, action, goods, proposed)
            for action in here
            if action.kind == kind
        ]
        if shipments:
            steps.append(DriveStep(tap_kind, shipments, told))
    return steps


def _shipment(
    stop: Stop, action: StopAction, goods: RouteGoods, proposed: dict[int, int]
) -> DriveShipment:
    lines = [
        DriveLine(line, min(proposed.get(line.pk, line.units), line.units))
        for line in goods.at(stop, action.kind).values()
        if line.shipment_id == action.shipment_id
    ]
    return DriveShipment(action.shipment, lines)


def _told_units(taps: Iterable[Tap | None]) -> dict[int, int]:
    told: dict[int, int] = {}
    for tap in taps:
        if tap is not None:
            told |= tap.content.quantities
    return told


def taps_for_phone(taps: Iterable[Tap]) -> list[dict[str, Any]]:
    """Taps as a phone merges them with its own; names and notes stay here."""
    return [
        {
            "local_id": tap.local_id,
            "device": tap.device,
            "device_seq": tap.device_seq,
            "stop": tap.stop,
            "kind": tap.kind,
            "at": tap.corrected_at.isoformat(),
            "reason": tap.content.reason,
            "withdraws": tap.content.withdraws,
            "quantities": {str(k): v for k, v in tap.content.quantities.items()},
        }
        for tap in taps
    ]
