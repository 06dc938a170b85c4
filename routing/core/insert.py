"""Where one more shipment would fit into routes that already stand.

Exact and without the solver: every pair of positions is tried, loads and times are
those of the schedule. It serves both the search (to leave nothing behind that fits)
and the explanation of what stays behind.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from routing.core.plan import PlannedRoute
from routing.core.problem import Shipment, Vehicle
from routing.core.schedule import Miss, schedule
from routing.core.visits import Draft, Visit, World, draft_of, fits, merged


@dataclass(frozen=True, slots=True)
class Insertion:
    """A route that would carry one more shipment, and what that adds to its cost."""

    route: PlannedRoute
    added_cents: int


@dataclass(frozen=True, slots=True)
class NoInsertion:
    """Nothing fits: the nearest miss, or None when every try was over capacity."""

    nearest: Miss | None


def pickup_visit(shipment: Shipment) -> Visit:
    """The visit that loads one shipment."""
    return Visit(shipment.pickup_place_id, loads=(shipment.id,))


def delivery_visit(shipment: Shipment) -> Visit:
    """The visit that unloads one shipment."""
    return Visit(shipment.delivery_place_id, unloads=(shipment.id,))


def alone(shipment: Shipment, vehicle: Vehicle) -> Draft:
    """The route of a truck that carries one shipment only."""
    return Draft(vehicle.id, (pickup_visit(shipment), delivery_visit(shipment)))


@lru_cache(maxsize=4_096)
def cheapest_insertion(
    world: World, route: PlannedRoute, shipment: Shipment
) -> Insertion | NoInsertion:
    """The cheapest way for one truck to carry one more shipment.

    Remembered, because a search changes few routes at a time and asks about them all.
    """
    best: Insertion | None = None
    nearest: Miss | None = None
    for draft in drafts_with(world, draft_of(route), shipment):
        if not fits(world, draft):
            continue
        outcome = schedule(world, draft)
        if isinstance(outcome, Miss):
            if nearest is None or outcome.short_by < nearest.short_by:
                nearest = outcome
            continue
        added_cents = outcome.cost_cents - route.cost_cents
        if best is None or added_cents < best.added_cents:
            best = Insertion(outcome, added_cents)
    return NoInsertion(nearest) if best is None else best


def opened_route(
    world: World, vehicle: Vehicle, shipment: Shipment
) -> Insertion | NoInsertion:
    """An idle truck sent out for one shipment alone."""
    draft = alone(shipment, vehicle)
    if not fits(world, draft):
        return NoInsertion(None)
    outcome = schedule(world, draft)
    if isinstance(outcome, Miss):
        return NoInsertion(outcome)
    return Insertion(outcome, outcome.cost_cents)


def options_for(
    world: World, routes: tuple[PlannedRoute, ...], shipment: Shipment
) -> Iterator[tuple[str, Insertion | NoInsertion]]:
    """For every truck it may ride on, what carrying one more shipment would mean."""
    driven = {route.vehicle_id: route for route in routes}
    for vehicle in world.allowed(shipment):
        route = driven.get(vehicle.id)
        if route is None:
            yield vehicle.id, opened_route(world, vehicle, shipment)
        else:
            yield vehicle.id, cheapest_insertion(world, route, shipment)


def drafts_with(world: World, draft: Draft, shipment: Shipment) -> Iterator[Draft]:
    """Every order with the shipment in it, but those that are too full on the way."""
    visits = draft.visits
    pickup, delivery = pickup_visit(shipment), delivery_visit(shipment)
    has_room = _room_after(world, draft, shipment)
    for i in range(len(visits) + 1):
        for j in range(i, len(visits) + 1):
            if j > i and not has_room[j - 1]:
                break
            longer = [*visits[:i], pickup, *visits[i:j], delivery, *visits[j:]]
            yield Draft(draft.vehicle_id, merged(world, longer))


def _room_after(world: World, draft: Draft, shipment: Shipment) -> list[bool]:
    """Whether the shipment could be on board besides what is, after each visit."""
    vehicle = world.vehicles[draft.vehicle_id]
    has_room = [True] * len(draft.visits)
    for amount in shipment.amounts:
        hold = vehicle.compartment(amount.temperature_class)
        if hold is None:
            continue
        left_g = hold.capacity_g - amount.mass_g
        left_ml = hold.capacity_ml - amount.volume_ml
        for i, visit in enumerate(draft.visits):
            for sign, names in ((1, visit.unloads), (-1, visit.loads)):
                for name in names:
                    for carried in world.shipments[name].amounts:
                        if carried.temperature_class == amount.temperature_class:
                            left_g += sign * carried.mass_g
                            left_ml += sign * carried.volume_ml
            has_room[i] = has_room[i] and left_g >= 0 and left_ml >= 0
    return has_room
