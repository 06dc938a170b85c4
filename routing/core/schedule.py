"""Times for a sequence of visits: the earliest return, then the latest departure.

Paid duration runs from leaving home to being back, so a truck leaves as late as it
can without coming back later. The earliest feasible times are the least fixpoint of
"not before arriving, not before the window, not before the ride limit allows": later
departures never give earlier returns, hence the bisection.
"""

from dataclasses import dataclass, replace

from routing.core.matrix import Leg
from routing.core.plan import PlannedRoute, PlannedStop
from routing.core.problem import Vehicle, Window
from routing.core.visits import Draft, World

NEVER_S = 10**7
"""Later than any truck is back: a shift without an end."""


@dataclass(frozen=True, slots=True)
class Miss:
    """Why a sequence has no times: which rule, at which visit, short by how much.

    `rule` is `window`, `shift`, `time_on_board`, `distance` or `duration`.
    """

    rule: str
    visit: int
    short_by: int


@dataclass(frozen=True, slots=True)
class _Clock:
    """All a sequence needs to be given times."""

    travel_s: tuple[int, ...]
    service_s: tuple[int, ...]
    windows: tuple[tuple[Window, ...] | None, ...]
    rides: tuple[tuple[int, int, int], ...]

    @property
    def work_s(self) -> int:
        return sum(self.travel_s) + sum(self.service_s)


@dataclass(frozen=True, slots=True)
class Timing:
    """Departure from home, the beginning of each service, and the return."""

    departure_s: int
    starts_s: tuple[int, ...]
    return_s: int

    @property
    def duration_s(self) -> int:
        """Paid duration."""
        return self.return_s - self.departure_s


def schedule(world: World, draft: Draft) -> PlannedRoute | Miss:
    """The cheapest times for a draft, or the rule that stands in the way.

    Among the schedules of the least duration the soonest is taken. Loads are not
    looked at (see `visits.fits`).
    """
    vehicle = world.vehicles[draft.vehicle_id]
    legs = world.legs(draft)
    distance_m = sum(leg.distance_m for leg in legs)
    if vehicle.max_distance_m is not None and distance_m > vehicle.max_distance_m:
        return Miss("distance", 0, distance_m - vehicle.max_distance_m)
    clock = _clock_of(world, draft, legs)
    timing = _least_duration(clock, vehicle)
    if isinstance(timing, Miss):
        return timing
    if (
        vehicle.max_duration_s is not None
        and timing.duration_s > vehicle.max_duration_s
    ):
        return Miss("duration", 0, timing.duration_s - vehicle.max_duration_s)
    return _planned(draft, vehicle, clock, legs, timing)


def schedule_anyway(world: World, draft: Draft) -> PlannedRoute:
    """The times of a draft even where it breaks rules, so that people can look at it.

    Whatever stands in the way is set aside, one rule at a time: a window that cannot be
    met (service then begins on arrival), a ride that gets too long, the end of the
    shift. What is broken is for the check to say.
    """
    vehicle = world.vehicles[draft.vehicle_id]
    legs = world.legs(draft)
    clock, patient = _clock_of(world, draft, legs), vehicle
    timing = _least_duration(clock, patient)
    while isinstance(timing, Miss):
        if timing.rule == "shift":
            patient = replace(patient, shift_end_s=NEVER_S)
        else:
            clock = _without_rule(clock, timing)
        timing = _least_duration(clock, patient)
    return _planned(draft, vehicle, clock, legs, timing)


def _without_rule(clock: _Clock, miss: Miss) -> _Clock:
    """The clock without the window or the rides that were missed at a visit."""
    if miss.rule == "window":
        windows = list(clock.windows)
        windows[miss.visit] = None
        return replace(clock, windows=tuple(windows))
    rides = tuple(ride for ride in clock.rides if ride[1] != miss.visit)
    return replace(clock, rides=rides)


def _planned(
    draft: Draft, vehicle: Vehicle, clock: _Clock, legs: list[Leg], timing: Timing
) -> PlannedRoute:
    distance_m = sum(leg.distance_m for leg in legs)
    return PlannedRoute(
        vehicle_id=vehicle.id,
        departure_s=timing.departure_s,
        return_s=timing.return_s,
        stops=_stops(draft, clock, legs, timing),
        return_leg=legs[-1],
        distance_m=distance_m,
        cost_cents=route_cost_cents(vehicle, distance_m, timing.duration_s),
    )


def route_cost_cents(vehicle: Vehicle, distance_m: int, duration_s: int) -> int:
    """What a route costs, each part rounded to the nearest cent."""
    distance_cents = (vehicle.per_km_cents * distance_m + 500) // 1000
    time_cents = (vehicle.per_hour_cents * duration_s + 1800) // 3600
    return vehicle.fixed_cents + distance_cents + time_cents


def _clock_of(world: World, draft: Draft, legs: list[Leg]) -> _Clock:
    loaded_at = {s: i for i, visit in enumerate(draft.visits) for s in visit.loads}
    rides = []
    for i, visit in enumerate(draft.visits):
        for shipment_id in visit.unloads:
            limit_s = world.shipments[shipment_id].max_onboard_s
            if limit_s is not None:
                rides.append((loaded_at[shipment_id], i, limit_s))
    return _Clock(
        travel_s=tuple(leg.duration_s for leg in legs),
        service_s=tuple(world.service_s(draft, i) for i in range(len(draft.visits))),
        windows=tuple(world.windows(visit) for visit in draft.visits),
        rides=tuple(rides),
    )


def _earliest(clock: _Clock, departure_s: int) -> Timing | Miss:
    """The soonest times after a departure: pass forward until no ride is too long."""
    not_before_s = [0] * len(clock.service_s)
    while True:
        timing = _pass_forward(clock, departure_s, not_before_s)
        if isinstance(timing, Miss):
            return timing
        too_long = False
        for loaded, unloaded, limit_s in clock.rides:
            left_s = timing.starts_s[loaded] + clock.service_s[loaded]
            excess_s = timing.starts_s[unloaded] - left_s - limit_s
            if excess_s > 0:
                if not _waits_between(clock, timing, loaded, unloaded):
                    return Miss("time_on_board", unloaded, excess_s)
                pushed_s = timing.starts_s[loaded] + excess_s
                not_before_s[loaded] = max(not_before_s[loaded], pushed_s)
                too_long = True
        if not too_long:
            return timing


def _waits_between(clock: _Clock, timing: Timing, loaded: int, unloaded: int) -> bool:
    """Whether leaving later would shorten the ride: only waiting on the way can."""
    work_s = sum(clock.travel_s[loaded + 1 : unloaded + 1])
    work_s += sum(clock.service_s[loaded:unloaded])
    return timing.starts_s[unloaded] - timing.starts_s[loaded] > work_s


def _pass_forward(
    clock: _Clock, departure_s: int, not_before_s: list[int]
) -> Timing | Miss:
    starts_s = []
    now_s = departure_s
    for i, service_s in enumerate(clock.service_s):
        ready_s = max(now_s + clock.travel_s[i], not_before_s[i])
        start_s = _next_opening(clock.windows[i], ready_s)
        if start_s is None:
            windows = clock.windows[i]
            closes_s = windows[-1].end_s if windows else 0
            return Miss("window", i, ready_s - closes_s)
        starts_s.append(start_s)
        now_s = start_s + service_s
    return Timing(departure_s, tuple(starts_s), now_s + clock.travel_s[-1])


def _next_opening(windows: tuple[Window, ...] | None, ready_s: int) -> int | None:
    if windows is None:
        return ready_s
    openings = [max(w.start_s, ready_s) for w in windows if ready_s <= w.end_s]
    return min(openings, default=None)


def _least_duration(clock: _Clock, vehicle: Vehicle) -> Timing | Miss:
    """The shortest paid day: try the latest departure before each missed window."""
    first = _within_shift(clock, vehicle, vehicle.shift_start_s)
    if isinstance(first, Miss):
        return first
    best = first
    for _ in range(sum(len(windows) for windows in clock.windows if windows)):
        if best.duration_s == clock.work_s:
            break
        later = _within_shift(clock, vehicle, first.departure_s + 1)
        if isinstance(later, Miss):
            break
        first = later
        if later.duration_s < best.duration_s:
            best = later
    return best


def _within_shift(clock: _Clock, vehicle: Vehicle, departure_s: int) -> Timing | Miss:
    """Back as soon as a departure no sooner than this allows, leaving late."""
    soonest = _earliest(clock, departure_s)
    if isinstance(soonest, Miss):
        return soonest
    if soonest.return_s > vehicle.shift_end_s:
        short_by_s = soonest.return_s - vehicle.shift_end_s
        return Miss("shift", len(clock.service_s) - 1, short_by_s)
    return _leave_later(clock, soonest)


def _leave_later(clock: _Clock, soonest: Timing) -> Timing:
    """The latest departure that is back as soon."""
    best = soonest
    low_s, high_s = soonest.departure_s, soonest.return_s - clock.work_s
    while low_s < high_s:
        middle_s = (low_s + high_s + 1) // 2
        timing = _earliest(clock, middle_s)
        if isinstance(timing, Timing) and timing.return_s == soonest.return_s:
            best, low_s = timing, middle_s
        else:
            high_s = middle_s - 1
    return best


def _stops(
    draft: Draft, clock: _Clock, legs: list[Leg], timing: Timing
) -> tuple[PlannedStop, ...]:
    stops = []
    now_s = timing.departure_s
    for i, visit in enumerate(draft.visits):
        departure_s = timing.starts_s[i] + clock.service_s[i]
        stops.append(
            PlannedStop(
                place_id=visit.place_id,
                arrival_s=now_s + legs[i].duration_s,
                service_start_s=timing.starts_s[i],
                departure_s=departure_s,
                leg=legs[i],
                loads=visit.loads,
                unloads=visit.unloads,
            )
        )
        now_s = departure_s
    return tuple(stops)
