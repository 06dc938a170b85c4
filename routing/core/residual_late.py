"""What trucks that run late are excused: no more than driving on would cost anyway.

Goods on board must arrive, whatever the hour. So each truck on the road is first sent
on as planned, or straight to the doors of what it has on board where that can no longer
be. What then comes after the hours agreed, rides too long or is back after the shift
is excused by exactly as much, in the problem of the rest and in the whole day; nothing
else is.
"""

from dataclasses import dataclass, field, replace

from routing.core.matrix import Matrix
from routing.core.plan import PlannedRoute, PlannedStop
from routing.core.problem import Problem, Shipment, Vehicle, Window
from routing.core.residual_cut import Cut
from routing.core.schedule import NEVER_S, schedule
from routing.core.solve.docks import add_docks
from routing.core.visits import Draft, Visit, World, merged, overlap


@dataclass(frozen=True, slots=True)
class Excuses:
    """Seconds, and metres, beyond what was agreed; nothing where nothing is late.

    `late_s` is past the hours of the door and `ride_s` past the longest ride, by
    shipment; `overtime_s` past the shift or the longest day, and `farther_m` past the
    longest way, by truck.
    """

    late_s: dict[str, int] = field(default_factory=dict)
    ride_s: dict[str, int] = field(default_factory=dict)
    overtime_s: dict[str, int] = field(default_factory=dict)
    farther_m: dict[str, int] = field(default_factory=dict)

    def shipment(self, problem: Problem, shipment: Shipment) -> Shipment:
        """A shipment with what it is excused."""
        late_s = self.late_s.get(shipment.id, 0)
        ride_s = self.ride_s.get(shipment.id, 0)
        if late_s:
            shipment = replace(
                shipment,
                delivery_windows=ending_later(
                    agreed_windows(problem, shipment), late_s
                ),
                late_s=shipment.late_s + late_s,
            )
        if ride_s and shipment.max_onboard_s is not None:
            shipment = replace(
                shipment,
                max_onboard_s=shipment.max_onboard_s + ride_s,
                ride_late_s=shipment.ride_late_s + ride_s,
            )
        return shipment

    def vehicle(self, vehicle: Vehicle) -> Vehicle:
        """A truck with what it is excused."""
        over_s = self.overtime_s.get(vehicle.id, 0)
        over_m = self.farther_m.get(vehicle.id, 0)
        return replace(
            vehicle,
            shift_end_s=vehicle.shift_end_s + over_s,
            max_duration_s=_more(vehicle.max_duration_s, over_s),
            max_distance_m=_more(vehicle.max_distance_m, over_m),
            overtime_s=vehicle.overtime_s + over_s,
        )


def agreed_windows(problem: Problem, shipment: Shipment) -> tuple[Window, ...]:
    """When a shipment may be unloaded: its own windows within those of the door."""
    if shipment.late_s:
        return shipment.delivery_windows
    hours = problem.places_by_id()[shipment.delivery_place_id].windows
    return overlap(hours or None, shipment.delivery_windows) or ()


def ending_later(windows: tuple[Window, ...], by_s: int) -> tuple[Window, ...]:
    """The same windows, the last of them ending later, or sooner where `by_s` is less
    than nothing."""
    *others, last = sorted(windows, key=lambda window: (window.end_s, window.start_s))
    return (*others, Window(last.start_s, last.end_s + by_s))


def driving_on(cut: Cut, rest: Problem, matrix: Matrix) -> tuple[PlannedRoute, ...]:
    """The trucks that stay, on with their own stops, as late as that makes them.

    Every truck brings what it has on board. It still fetches what it was to fetch
    unless that comes too late.
    """
    patient = World(_patient(cut, rest), matrix)
    routes = []
    for vehicle in rest.vehicles:
        route = cut.routes.get(vehicle.id)
        if route is None:
            continue
        whole, bare = _draft(cut, patient, route), _bare_draft(cut, patient, route)
        for draft in (whole, bare):
            timed = schedule(patient, draft) if draft.visits else None
            if isinstance(timed, PlannedRoute):
                routes.append(timed)
                break
    turns = add_docks(patient, tuple(routes))
    return turns.routes if turns.late is None else tuple(routes)


def straight_on(cut: Cut, rest: Problem, matrix: Matrix) -> tuple[PlannedRoute, ...]:
    """The trucks that stay, each straight to the doors of what it has on board."""
    patient = World(_patient(cut, rest), matrix)
    drafts = [
        _bare_draft(cut, patient, cut.routes[vehicle.id])
        for vehicle in rest.vehicles
        if vehicle.id in cut.routes
    ]
    timed = [schedule(patient, draft) for draft in drafts if draft.visits]
    routes = tuple(route for route in timed if isinstance(route, PlannedRoute))
    return add_docks(patient, routes).routes


def excuses_for(cut: Cut, routes: tuple[PlannedRoute, ...]) -> Excuses:
    """What the day must be excused so that these routes of its rest may be driven."""
    found = Excuses()
    rest = {route.vehicle_id: route for route in routes}
    for vehicle in cut.problem.vehicles:
        route = cut.routes.get(vehicle.id)
        if route is None or not cut.fixed(route):
            continue
        _excuse_vehicle(cut, vehicle, rest.get(vehicle.id), found)
    for route in routes:
        for stop in route.stops:
            for name in stop.unloads:
                if name in cut.on_board:
                    _excuse_goods(cut, name, stop.service_start_s, found)
    return found


def _excuse_goods(cut: Cut, name: str, start_s: int, found: Excuses) -> None:
    shipment = cut.shipments[name]
    windows = agreed_windows(cut.problem, shipment)
    closes_s = max((window.end_s for window in windows), default=NEVER_S)
    if start_s > closes_s:
        found.late_s[name] = start_s - closes_s
    if shipment.max_onboard_s is not None:
        ride_s = start_s - cut.on_board[name][1]
        found.ride_s[name] = max(0, ride_s - shipment.max_onboard_s)


def _excuse_vehicle(
    cut: Cut, vehicle: Vehicle, rest: PlannedRoute | None, found: Excuses
) -> None:
    """A truck that is out comes home in any case, or ends where it stands still."""
    route = cut.routes[vehicle.id]
    last = cut.fixed(route)[-1]
    is_broken = vehicle.id == cut.breakdown.vehicle_id
    home = cut.breakdown.place_id if is_broken else vehicle.last_place_id
    way = cut.matrix.leg(last.place_id, home)
    back_s = last.departure_s + way.duration_s
    driven_m = sum(stop.leg.distance_m for stop in cut.fixed(route))
    far_m = driven_m + way.distance_m
    if is_broken and cut.stranded:
        back_s = cut.waiting_from_s
    if rest is not None:
        back_s = max(back_s, rest.return_s)
        far_m = max(far_m, driven_m + rest.distance_m)
    over_s = back_s - vehicle.shift_end_s
    if vehicle.max_duration_s is not None:
        out_s = back_s - route.departure_s
        over_s = max(over_s, out_s - vehicle.max_duration_s)
    found.overtime_s[vehicle.id] = max(0, over_s)
    if vehicle.max_distance_m is not None:
        found.farther_m[vehicle.id] = max(0, far_m - vehicle.max_distance_m)


def _patient(cut: Cut, rest: Problem) -> Problem:
    """The rest where what is on board may come at any hour at which a door opens."""
    loaded = {vehicle_id for vehicle_id, _left_s in cut.on_board.values()}
    return replace(
        rest,
        vehicles=tuple(
            replace(
                vehicle, shift_end_s=NEVER_S, max_duration_s=None, max_distance_m=None
            )
            if vehicle.id in loaded
            else vehicle
            for vehicle in rest.vehicles
        ),
        shipments=tuple(
            _endless(rest, shipment) if shipment.id in cut.on_board else shipment
            for shipment in rest.shipments
        ),
    )


def _endless(rest: Problem, shipment: Shipment) -> Shipment:
    windows = agreed_windows(rest, shipment)
    if not windows:
        return replace(shipment, max_onboard_s=None)
    return replace(
        shipment,
        delivery_windows=ending_later(windows, NEVER_S),
        max_onboard_s=None,
        late_s=NEVER_S,
    )


def _draft(cut: Cut, world: World, route: PlannedRoute) -> Draft:
    """The stops that a truck was still to make, with what is still to be done there."""
    visits = [_start(cut, world, route)]
    carried = _carried(cut, world)
    for stop in _ahead(cut, route):
        loads = tuple(name for name in stop.loads if name in carried)
        unloads = tuple(name for name in stop.unloads if name in carried)
        visits.append(Visit(stop.place_id, loads, unloads))
    return _tidy(world, route, visits)


def _carried(cut: Cut, world: World) -> set[str]:
    """What the trucks that stay carry or were still to fetch, all it needs with it."""
    routes = [cut.routes.get(vehicle.id) for vehicle in world.problem.vehicles]
    staying = [route for route in routes if route is not None]
    loads = [stop.loads for route in staying for stop in _ahead(cut, route)]
    loads += [_start(cut, world, route).loads for route in staying]
    carried = {name for names in loads for name in names if name in world.shipments}
    while lacking := {s for s in carried if not carried.issuperset(_after(world, s))}:
        carried -= lacking
    return carried


def _after(world: World, name: str) -> tuple[str, ...]:
    return world.shipments[name].after


def _ahead(cut: Cut, route: PlannedRoute) -> tuple[PlannedStop, ...]:
    return route.stops[len(cut.fixed(route)) :]


def _bare_draft(cut: Cut, world: World, route: PlannedRoute) -> Draft:
    """Straight to the doors of what is on board, in the order that was planned."""
    start = _start(cut, world, route)
    visits = [start]
    for stop in _ahead(cut, route):
        unloads = tuple(name for name in stop.unloads if name in start.loads)
        visits.append(Visit(stop.place_id, unloads=unloads))
    return _tidy(world, route, visits)


def _start(cut: Cut, world: World, route: PlannedRoute) -> Visit:
    """Where a truck on the road is free, and what it has on board there."""
    names = tuple(
        name
        for name, (vehicle_id, _left_s) in cut.on_board.items()
        if vehicle_id == route.vehicle_id and name in world.shipments
    )
    return Visit(cut.breakdown.start_id(route.vehicle_id), loads=names)


def _tidy(world: World, route: PlannedRoute, visits: list[Visit]) -> Draft:
    kept = [visit for visit in visits if visit.loads or visit.unloads]
    return Draft(route.vehicle_id, merged(world, kept))


def _more(limit: int | None, over: int) -> int | None:
    return None if limit is None else limit + over
