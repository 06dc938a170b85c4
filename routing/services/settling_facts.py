"""Figures that a settled day leaves for the report of each hub.

Ways and gases of a route are divided among its hubs like its way itself: by what their
shipments add to it. A stop counts for every hub that has goods there, a truck for
every hub it carried goods of.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from hub.core.indicators import Fact
from hub.core.periods import at_local
from hub.services import indicators
from orders import services as order_services
from routing import bridge
from routing.core.continued import as_if_unbroken, base_name, spot_place
from routing.core.emissions import co2e_g, factors_on
from routing.core.rounds import fullest_bps, rounds_alone
from routing.core.shares import capped
from routing.core.visits import World
from routing.models import DaySettlement, StopAction

if TYPE_CHECKING:
    from routing.models import Stop
    from routing.services.settling import SharedRoute

LATE_AFTER = timedelta(minutes=15)
"""A truck there at most this much after the planned hour is on time."""

Figures = Counter[tuple[str, str]]
"""Values by (measure, detail)."""


def leave(
    settlement: DaySettlement,
    *,
    world: World,
    routes: Sequence[SharedRoute],
    now: datetime,
) -> None:
    """Leave the facts of a settlement, one set for each hub with goods that day."""
    figures: dict[int, Figures] = defaultdict(Counter)
    version = factors_on(settlement.service_on)
    for route in routes:
        _count_way(figures, route)
        _count_filling(figures, route)
        for stop in route.driven.stops:
            _count_stop(figures, settlement, stop)
    _count_alone(figures, world, routes)
    for hub in settlement.hubs.select_related("hub").order_by("hub_id"):
        mine = figures[hub.hub_id]
        mine["transport_driven", ""] = hub.cost_cents
        for side in ("driven", "alone"):
            metres = mine[f"distance_{side}", ""]
            mine[f"co2e_{side}", version.version] = co2e_g(metres, version)
        prefix = prefix_of(settlement, hub.hub.public_id)
        facts = _facts(settlement, prefix, mine)
        indicators.replace(hub=hub.hub, prefix=prefix, facts=facts, now=now)
        # One set a day, whichever pool settles last; renewed by every correction.
        order_services.leave_figures(hub=hub.hub, on=settlement.service_on, now=now)


def take_back(settlement: DaySettlement, *, now: datetime) -> None:
    """Let reports forget what a settlement had counted, until it is settled anew."""
    for hub in settlement.hubs.select_related("hub").order_by("hub_id"):
        prefix = prefix_of(settlement, hub.hub.public_id)
        indicators.replace(hub=hub.hub, prefix=prefix, facts=(), now=now)


def prefix_of(settlement: DaySettlement, hub: str) -> str:
    """How the keys of the facts of a pool's day begin, for one hub."""
    return f"routing:{settlement.pool.public_id}:{settlement.service_on}:{hub}:"


def _facts(settlement: DaySettlement, prefix: str, figures: Figures) -> Iterable[Fact]:
    on = settlement.service_on
    for (measure, detail), value in sorted(figures.items()):
        yield Fact(
            key=f"{prefix}{measure}:{detail}",
            on=on,
            measure=measure,
            detail=detail,
            value=value,
        )


def _count_way(figures: dict[int, Figures], route: SharedRoute) -> None:
    metres: dict[int, Fraction] = defaultdict(Fraction)
    for share in route.shared.shares:
        metres[int(share.carried.goods.hub)] += share.portion.distance_m
    if not metres:
        # Nobody's goods were on it: it counts for those who bear its cost.
        metres |= {int(p.hub): Fraction(p.cost_cents) for p in route.shared.hubs}
    hubs = sorted(metres)
    parts = capped(
        route.game.distance_m, [metres[hub] for hub in hubs], [None] * len(hubs)
    )
    for hub_id, part_m in zip(hubs, parts.cents, strict=True):
        figures[hub_id]["distance_driven", ""] += part_m


def _count_filling(figures: dict[int, Figures], route: SharedRoute) -> None:
    loads = [stop.load_after for stop in route.driven.stops]
    full = fullest_bps(route.driven.route.capacities, loads)
    for hub_id in {int(share.carried.goods.hub) for share in route.shared.shares}:
        for name, filled_bps in full.items():
            figures[hub_id]["filling", name] += filled_bps
            figures[hub_id]["trucks_filled", name] += 1


def _count_stop(
    figures: dict[int, Figures], settlement: DaySettlement, stop: Stop
) -> None:
    hub_ids = {action.shipment.cycle.hub_id for action in stop.actions.all()}
    came_at = bridge.arrived_at(stop)
    for hub_id in hub_ids:
        if came_at is not None:
            planned_at = at_local(settlement.service_on, stop.arrival_s)
            is_on_time = came_at <= planned_at + LATE_AFTER
            figures[hub_id]["stops_timed", ""] += 1
            figures[hub_id]["stops_on_time", ""] += is_on_time
    for reading in bridge.readings_at(stop):
        kind = StopAction.Kind(reading.kind)
        name = reading.temperature_class
        concerned = {
            action.shipment.cycle.hub_id
            for action in stop.actions.all()
            if action.kind == kind and name in action.amounts
        }
        for hub_id in concerned:
            figures[hub_id]["temperature_readings", name] += 1
            figures[hub_id]["temperature_breaches", name] += reading.is_too_warm


def _count_alone(
    figures: dict[int, Figures], world: World, routes: Sequence[SharedRoute]
) -> None:
    """Everybody alone, hub by hub: what was delivered, in the order of delivery.

    What a broken truck put down where it stood is no delivery.
    """
    unbroken = World(as_if_unbroken(world.problem), world.matrix)
    by_hub: dict[int, dict[str, None]] = defaultdict(dict)
    for route in routes:
        came = {
            share.carried.shipment_id: int(share.carried.goods.hub)
            for share in route.shared.shares
        }
        for visit in route.driven.drive.draft.visits:
            if visit.place_id != spot_place(visit.place_id):
                continue
            for shipment_id in visit.unloads:
                by_hub[came[shipment_id]][base_name(shipment_id)] = None
    for hub_id, shipment_ids in by_hub.items():
        for alone in rounds_alone(unbroken, list(shipment_ids)):
            figures[hub_id]["distance_alone", ""] += alone.distance_m
            figures[hub_id]["transport_alone", ""] += alone.cost_cents
