"""The order of a truck's stops before any clock is set, and what it means.

A draft route is a vehicle and a sequence of visits. `Visit.service_s` and the windows
come from the problem; the schedule (`routing.core.schedule`) gives them times.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from routing.core.matrix import Leg, Matrix
from routing.core.plan import PlannedRoute
from routing.core.problem import Place, Problem, Shipment, Vehicle, Window


@dataclass(frozen=True, slots=True)
class Visit:
    """One stop: what is unloaded first, what is loaded then."""

    place_id: str
    loads: tuple[str, ...] = ()
    unloads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A truck and the visits it makes, in order."""

    vehicle_id: str
    visits: tuple[Visit, ...]

    @property
    def shipment_ids(self) -> tuple[str, ...]:
        """Shipments carried, in the order they are loaded."""
        return tuple(shipment for visit in self.visits for shipment in visit.loads)


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """A problem and its matrix, with everything found by its id.

    Two worlds are never equal: what is remembered about one is asked by identity.
    """

    problem: Problem
    matrix: Matrix
    places: dict[str, Place] = field(init=False)
    vehicles: dict[str, Vehicle] = field(init=False)
    shipments: dict[str, Shipment] = field(init=False)

    def __post_init__(self) -> None:
        self.matrix.require_places_of(self.problem)
        object.__setattr__(self, "places", self.problem.places_by_id())
        object.__setattr__(self, "vehicles", self.problem.vehicles_by_id())
        object.__setattr__(self, "shipments", self.problem.shipments_by_id())

    def allowed(self, shipment: Shipment) -> tuple[Vehicle, ...]:
        """The trucks that no pin forbids to a shipment, in order."""
        return tuple(v for v in self.problem.vehicles if shipment.may_ride(v.id))

    def handling_s(self, visit: Visit) -> int:
        """Seconds to load and unload, without the place's fixed part."""
        loading = sum(self.shipments[s].load_duration_s for s in visit.loads)
        unloading = sum(self.shipments[s].unload_duration_s for s in visit.unloads)
        return loading + unloading

    def service_s(self, draft: Draft, at: int) -> int:
        """Seconds of service at one visit of a draft.

        The place's fixed part is paid on leaving the place: a visit directly followed
        by another at the same place leaves it to that one.
        """
        visit = draft.visits[at]
        handling_s = self.handling_s(visit)
        is_last = at == len(draft.visits) - 1
        if not is_last and draft.visits[at + 1].place_id == visit.place_id:
            return handling_s
        return handling_s + self.places[visit.place_id].service_duration_s

    def windows(self, visit: Visit) -> tuple[Window, ...] | None:
        """When service may begin: the place's windows and each shipment's own.

        None means any time; an empty tuple means never. Where all that is handled is
        late already, the place's hours bind no more.
        """
        windows = self.places[visit.place_id].windows or None
        if not visit.loads and all(self.shipments[s].late_s for s in visit.unloads):
            windows = None
        for shipment_id in visit.loads:
            windows = overlap(windows, self.shipments[shipment_id].pickup_windows)
        for shipment_id in visit.unloads:
            windows = overlap(windows, self.shipments[shipment_id].delivery_windows)
        return windows

    def legs(self, draft: Draft) -> list[Leg]:
        """From home through every visit to the end of the route."""
        vehicle = self.vehicles[draft.vehicle_id]
        stops = [visit.place_id for visit in draft.visits]
        way = [vehicle.home_place_id, *stops, vehicle.last_place_id]
        return [self.matrix.leg(a, b) for a, b in zip(way, way[1:], strict=False)]


def overlap(
    windows: tuple[Window, ...] | None, own: tuple[Window, ...]
) -> tuple[Window, ...] | None:
    """The times inside a window of both lists, soonest first.

    An own list that is empty does not bind; None binds nothing either.
    """
    if not own:
        return windows
    if windows is None:
        return tuple(sorted(own, key=lambda window: window.start_s))
    shared = [
        Window(max(a.start_s, b.start_s), min(a.end_s, b.end_s))
        for a in windows
        for b in own
        if max(a.start_s, b.start_s) <= min(a.end_s, b.end_s)
    ]
    return tuple(sorted(shared, key=lambda window: window.start_s))


def merged(world: World, visits: Iterable[Visit]) -> tuple[Visit, ...]:
    """Join neighbouring visits to one place into one stop.

    Visits whose windows differ stay apart: the truck may have to wait between them.
    """
    joined: list[Visit] = []
    for visit in visits:
        if joined and _can_join(world, joined[-1], visit):
            joined[-1] = replace(
                joined[-1],
                loads=joined[-1].loads + visit.loads,
                unloads=joined[-1].unloads + visit.unloads,
            )
        else:
            joined.append(visit)
    return tuple(joined)


def _can_join(world: World, earlier: Visit, later: Visit) -> bool:
    if earlier.place_id != later.place_id:
        return False
    if set(earlier.loads) & set(later.unloads):
        return False
    return world.windows(earlier) == world.windows(later)


def draft_of(route: PlannedRoute) -> Draft:
    """The order of a planned route without its clock."""
    visits = [Visit(stop.place_id, stop.loads, stop.unloads) for stop in route.stops]
    return Draft(route.vehicle_id, tuple(visits))


def without(world: World, draft: Draft, removed: frozenset[str]) -> Draft:
    """A draft once some shipments are taken off it."""
    visits = []
    for visit in draft.visits:
        loads = tuple(s for s in visit.loads if s not in removed)
        unloads = tuple(s for s in visit.unloads if s not in removed)
        if loads or unloads:
            visits.append(Visit(visit.place_id, loads, unloads))
    return Draft(draft.vehicle_id, merged(world, visits))


def fits(world: World, draft: Draft) -> bool:
    """Whether every compartment holds what the draft puts into it, at every stop."""
    vehicle = world.vehicles[draft.vehicle_id]
    on_board: dict[str, tuple[int, int]] = {}
    for visit in draft.visits:
        for sign, shipment_ids in ((-1, visit.unloads), (1, visit.loads)):
            for shipment_id in shipment_ids:
                for amount in world.shipments[shipment_id].amounts:
                    mass_g, volume_ml = on_board.get(amount.temperature_class, (0, 0))
                    on_board[amount.temperature_class] = (
                        mass_g + sign * amount.mass_g,
                        volume_ml + sign * amount.volume_ml,
                    )
        for temperature_class, (mass_g, volume_ml) in on_board.items():
            compartment = vehicle.compartment(temperature_class)
            capacity_g = compartment.capacity_g if compartment else 0
            capacity_ml = compartment.capacity_ml if compartment else 0
            if mass_g > capacity_g or volume_ml > capacity_ml:
                return False
            if compartment is None and (mass_g or volume_ml):
                return False
    return True
