"""Trucks take turns at the docks of a transfer."""

from dataclasses import dataclass, replace

from routing.core.plan import PlannedRoute
from routing.core.problem import Shipment, Transfer, Window
from routing.core.schedule import schedule
from routing.core.transfers import LATEST_S
from routing.core.visits import Draft, Visit, World, draft_of, overlap

Turn = tuple[int, int]
"""From the beginning of service at a dock until the truck leaves it."""
Counted = dict[str, Transfer]
"""The places that count their docks."""


@dataclass(frozen=True, slots=True)
class Turns:
    """Routes that keep the docks, and one that finds no time beside them."""

    routes: tuple[PlannedRoute, ...]
    late: PlannedRoute | None = None


def add_docks(
    world: World, routes: tuple[PlannedRoute, ...], *, anew: bool = False
) -> Turns:
    """The same visits with times at which no dock is overfull.

    The truck that comes first keeps its time, the next ones wait for a dock. A truck
    that then has no time left is served first, and all try again. With `anew` every
    route is timed again, even where no dock is counted.
    """
    counted = {t.place_id: t for t in world.problem.transfers if t.num_docks}
    order = sorted(routes, key=lambda r: (_first_s(r, counted), r.vehicle_id))
    turns = _in_turn(world, order, counted, anew)
    for _ in routes:
        if turns.late is None:
            break
        order.remove(turns.late)
        order.insert(0, turns.late)
        turns = _in_turn(world, order, counted, anew)
    return turns


def _first_s(route: PlannedRoute, counted: Counted) -> int:
    starts = [s.service_start_s for s in route.stops if s.place_id in counted]
    return min(starts, default=LATEST_S)


def _in_turn(
    world: World, order: list[PlannedRoute], counted: Counted, anew: bool
) -> Turns:
    """Place the routes one after the other, until one finds no time."""
    placed: list[PlannedRoute] = []
    for route in order:
        if not anew and _first_s(route, counted) == LATEST_S:
            placed.append(route)
            continue
        full = {
            place_id: _full(_turns(placed, transfer), transfer.num_docks or 0)
            for place_id, transfer in counted.items()
        }
        timed = _between(world, draft_of(route), full)
        outcome = schedule(timed, draft_of(route)) if timed else None
        if not isinstance(outcome, PlannedRoute):
            return Turns(tuple(placed), route)
        placed.append(outcome)
    return Turns(tuple(placed))


def _turns(placed: list[PlannedRoute], transfer: Transfer) -> list[Turn]:
    turns = [
        (stop.service_start_s, stop.departure_s)
        for route in placed
        for stop in route.stops
        if stop.place_id == transfer.place_id
    ]
    return turns + [(turn.start_s, turn.end_s) for turn in transfer.taken]


def _full(turns: list[Turn], num_docks: int) -> list[Turn]:
    """When every dock is taken."""
    moments = sorted({moment for turn in turns for moment in turn})
    return [
        (start_s, end_s)
        for start_s, end_s in zip(moments, moments[1:], strict=False)
        if sum(a <= start_s and end_s <= b for a, b in turns) >= num_docks
    ]


def _between(world: World, draft: Draft, full: dict[str, list[Turn]]) -> World | None:
    """The world in which a draft's visits fit between the hours that are full."""
    shipments = dict(world.shipments)
    for i, visit in enumerate(draft.visits):
        busy = full.get(visit.place_id)
        if not busy:
            continue
        free = _free(busy, world.service_s(draft, i))
        narrowed = _narrowed(shipments, visit, free)
        if narrowed is None:
            return None
        shipments[narrowed.id] = narrowed
    problem = replace(world.problem, shipments=tuple(shipments.values()))
    return World(problem, world.matrix)


def _narrowed(
    shipments: dict[str, Shipment], visit: Visit, free: tuple[Window, ...]
) -> Shipment | None:
    """One shipment of a visit, its windows narrowed; that binds the whole visit."""
    if visit.unloads:
        shipment = shipments[visit.unloads[0]]
        windows = overlap(shipment.delivery_windows or None, free)
        return replace(shipment, delivery_windows=windows) if windows else None
    shipment = shipments[visit.loads[0]]
    windows = overlap(shipment.pickup_windows or None, free)
    return replace(shipment, pickup_windows=windows) if windows else None


def _free(busy: list[Turn], lasts_s: int) -> tuple[Window, ...]:
    """When a service of this length may begin."""
    windows = []
    opens_s = 0
    for start_s, end_s in sorted(busy):
        if start_s - lasts_s >= opens_s:
            windows.append(Window(opens_s, start_s - lasts_s))
        opens_s = max(opens_s, end_s)
    windows.append(Window(opens_s, max(opens_s, LATEST_S)))
    return tuple(windows)
