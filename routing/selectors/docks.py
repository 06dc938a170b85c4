"""The docks of a plan as a timetable: which truck is there when, and what it does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from routing.selectors.sheets import Handled, RouteSheet, StopSheet

if TYPE_CHECKING:
    from hub.models import Place


@dataclass(frozen=True, slots=True)
class DockTurn:
    """A truck at a dock: what it brings, what it takes on."""

    sheet: RouteSheet
    at: StopSheet

    @property
    def brings(self) -> list[Handled]:
        """Goods that arrive from farms, to be recombined."""
        return [h for h in self.at.unloads if h.shipment.leg == "inbound"]

    @property
    def takes(self) -> list[Handled]:
        """Goods that leave for drop points, recombined."""
        return [h for h in self.at.loads if h.shipment.leg == "outbound"]


@dataclass(frozen=True, slots=True)
class DockSheet:
    """One dock's day, in the order of the clock."""

    place: Place
    turns: list[DockTurn]


def dock_sheets(sheets: Iterable[RouteSheet]) -> list[DockSheet]:
    """The docks where goods change trucks in these routes, by name."""
    found: dict[int, DockSheet] = {}
    for sheet in sheets:
        for at in sheet.stops:
            turn = DockTurn(sheet, at)
            if turn.brings or turn.takes:
                place = at.stop.place
                found.setdefault(place.pk, DockSheet(place, [])).turns.append(turn)
    for dock in found.values():
        dock.turns.sort(key=lambda turn: (turn.at.stop.service_start_s, turn.at.mark))
    return sorted(found.values(), key=lambda dock: dock.place.name)
