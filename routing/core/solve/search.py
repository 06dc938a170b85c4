"""Better and better plans, drawn one at a time.

The day is first built at once by OR-Tools. Then, round after round, the seed picks a
shipment and its neighbours, takes them off their two or three trucks, and OR-Tools
puts those trucks' routes together again; what is worse by a hair is kept for a while
so that the search can leave a dead end. The caller draws from the iterator until it
has enough: nothing is called back.

The same problem, matrix, seed and number of iterations give the same plans: rounds
are counted in solutions, and the clock is only a safety stop.
"""

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass

from routing.core.assemble import plan_of
from routing.core.explain import reason_of_size
from routing.core.insert import delivery_visit, pickup_visit
from routing.core.matrix import Matrix
from routing.core.plan import Plan, PlannedRoute
from routing.core.problem import Problem, Shipment, Vehicle
from routing.core.solve.candidate import Candidate, candidate_of, filled_up, priced
from routing.core.solve.constraints import longest_ride_s
from routing.core.solve.rounds import FIRST_STRATEGIES, SAFETY_S, Round, build, rebuild
from routing.core.solve.transfers import (
    SHARES,
    add_transfers,
    as_they_stand,
    settled,
)
from routing.core.transfers import are_kept, has_transfers
from routing.core.visits import Draft, World, draft_of, fits, without

ENGINE = "or-tools"
MAX_REMOVED = 8
MAX_TRUCKS = 3
MAX_PART = 50
TOLERANCE_BPS = 100
"""How much worse than the best a kept candidate may be: one percent."""


@dataclass(frozen=True, slots=True)
class Ruin:
    """What a round takes apart: some trucks, and the shipments taken off them."""

    vehicles: tuple[Vehicle, ...]
    removed: frozenset[str]


def search(
    problem: Problem,
    matrix: Matrix,
    *,
    seed: int,
    iterations: int | None = None,
    time_limit_s: float | None = None,
    start: Plan | None = None,
) -> Iterator[Plan]:
    """Yield plans, each strictly better than the one before.

    Better means fewer mandatory shipments left, then a lower sum of cost and
    penalties. The search ends after `iterations` rounds or `time_limit_s` seconds,
    whichever comes first; without either it goes on for ever. The first plan always
    comes, even when it can carry nothing; with a `start` that keeps the rules, none is
    worse than that one.
    """
    world = World(problem, matrix)
    deadline = None if time_limit_s is None else time.monotonic() + time_limit_s
    best: Candidate | None = None
    chance = random.Random(seed)
    first = None if start is None else _again(world, start)
    draw = _crossing if has_transfers(problem) else _candidates
    for candidate in draw(world, chance, iterations, deadline, first):
        if best is None or candidate.rank < best.rank:
            best = candidate
            yield plan_of(world, best.routes, engine=ENGINE)


def _crossing(
    world: World,
    chance: random.Random,
    iterations: int | None,
    deadline: float | None,
    first: Candidate | None,
) -> Iterator[Candidate]:
    """Candidates whose goods change trucks: each hour is tried, the best searched on.

    From a start, the hours are those it has. What the search finds better within its
    hours is settled by the exact rules; what cannot be is passed over.
    """
    trials: list[tuple[tuple[int, int], int, World, Candidate]] = []
    if first is not None and not are_kept(world, first.routes):
        first = settled(world, world, first.routes)
    if first is not None and (timed := as_they_stand(world, first.routes)):
        yield first
        trials.append((first.rank, 0, timed, priced(timed, first.routes)))
    for share in SHARES if not trials else ():
        if trials and deadline is not None and time.monotonic() >= deadline:
            break
        timed = add_transfers(world, share)
        built = _first(timed, carriable(timed), deadline)
        candidate = settled(world, timed, built.routes) or priced(world, ())
        trials.append((candidate.rank, share, timed, built))
        yield candidate
    _rank, _share, timed, built = min(trials, key=lambda trial: trial[:2])
    for better in _candidates(timed, chance, iterations, deadline, built):
        exact = settled(world, timed, better.routes)
        if exact is not None:
            yield exact


def _candidates(
    world: World,
    chance: random.Random,
    iterations: int | None,
    deadline: float | None,
    first: Candidate | None,
) -> Iterator[Candidate]:
    """Every candidate met, good or not, without end unless told."""
    shipments = carriable(world)
    current = first or _first(world, shipments, deadline)
    yield current
    best = current
    rounds_done = 0
    while shipments and (iterations is None or rounds_done < iterations):
        if deadline is not None and time.monotonic() >= deadline:
            return
        rounds_done += 1
        ruin = _ruin(world, chance, current, shipments)
        candidate = _recreate(world, current, ruin, shipments, _left_s(deadline))
        if candidate is None:
            continue
        if candidate.rank < best.rank:
            best = current = filled_up(world, candidate, shipments)
            yield best
        elif _is_close(candidate, best):
            current = candidate


def _again(world: World, start: Plan) -> Candidate | None:
    """The routes of an earlier plan with the best times they can have now; None when
    they break a rule.

    Where goods change trucks the times are those they have at the transfers, or about.
    """
    drafts = tuple(draft_of(route) for route in start.routes)
    if not all(fits(world, draft) and _keeps_pins(world, draft) for draft in drafts):
        return None
    if not has_transfers(world.problem):
        return candidate_of(world, drafts)
    stands = as_they_stand(world, start.routes)
    again = candidate_of(stands, drafts) if stands else None
    exact = settled(world, stands, again.routes) if stands and again else None
    if exact is None and are_kept(world, start.routes):
        return priced(world, start.routes)
    return exact


def _keeps_pins(world: World, draft: Draft) -> bool:
    return all(
        world.shipments[name].may_ride(draft.vehicle_id) for name in draft.shipment_ids
    )


def carriable(world: World) -> tuple[Shipment, ...]:
    """The shipments that some truck could hold and whose windows ever allow a ride.

    The others are kept out of the model, which would refuse the whole day for them.
    """
    return tuple(
        shipment
        for shipment in world.problem.shipments
        if reason_of_size(shipment, world.allowed(shipment)) is None
        and _windows_meet(world, shipment)
    )


def _windows_meet(world: World, shipment: Shipment) -> bool:
    loading = world.windows(pickup_visit(shipment))
    unloading = world.windows(delivery_visit(shipment))
    if loading is None or unloading is None:
        return loading != () and unloading != ()
    limit_s = longest_ride_s(world, shipment)
    return any(
        early.start_s <= late.end_s
        and (limit_s is None or late.start_s - early.end_s <= limit_s)
        for early in loading
        for late in unloading
    )


def _is_close(candidate: Candidate, best: Candidate) -> bool:
    limit_cents = best.cents + best.cents * TOLERANCE_BPS // 10_000
    return (
        candidate.mandatory_left == best.mandatory_left
        and candidate.cents <= limit_cents
    )


def _first(
    world: World, shipments: tuple[Shipment, ...], deadline: float | None
) -> Candidate:
    """The day built part by part, each with its share of the trucks, then filled up.

    A part that no strategy can build stays behind for the rounds.
    """
    routes: tuple[PlannedRoute, ...] = ()
    for vehicles, part in _parts(world, shipments):
        for strategy in FIRST_STRATEGIES:
            turn = Round(vehicles, part, strategy, safety_s=_left_s(deadline))
            drafts = build(world, turn)
            candidate = candidate_of(world, drafts) if drafts is not None else None
            if candidate is not None:
                routes += candidate.routes
                break
    empty, built = priced(world, ()), priced(world, routes)
    return filled_up(world, min(built, empty, key=lambda c: c.rank), shipments)


def _parts(
    world: World, shipments: tuple[Shipment, ...]
) -> Iterator[tuple[tuple[Vehicle, ...], tuple[Shipment, ...]]]:
    """Neighbouring shipments, at most some fifty together, and trucks for them.

    OR-Tools' construction slows down with the square of a day and more.
    """
    vehicles = world.problem.vehicles
    num_parts = max(1, min(-(-len(shipments) // MAX_PART), len(vehicles)))
    size = -(-len(shipments) // num_parts)
    left = list(shipments)
    for number in range(num_parts):
        if left:
            part = _nearest_first(world, left[0], tuple(left))[:size]
            taken = {shipment.id for shipment in part}
            left = [shipment for shipment in left if shipment.id not in taken]
            yield vehicles[number::num_parts], tuple(part)


def _left_s(deadline: float | None) -> float:
    """Seconds a round may take at most."""
    if deadline is None:
        return SAFETY_S
    return min(SAFETY_S, max(0.0, deadline - time.monotonic()))


def _ruin(
    world: World,
    chance: random.Random,
    current: Candidate,
    shipments: tuple[Shipment, ...],
) -> Ruin:
    """Take neighbouring shipments off at most three trucks.

    Shipments left behind are always among the neighbours; now and then an idle truck
    joins in, or one truck is emptied.
    """
    centre = chance.choice(shipments)
    num_removed = chance.randint(2, MAX_REMOVED)
    num_trucks = chance.randint(2, MAX_TRUCKS)
    truck_of = current.truck_of
    idle = [v.id for v in world.problem.vehicles if v.id not in truck_of.values()]
    trucks: list[str] = []
    if idle and chance.random() < 0.15:
        trucks.append(chance.choice(idle))
    removed: set[str] = set()
    for shipment in _nearest_first(world, centre, shipments):
        if len(removed) >= num_removed:
            break
        pinned_to = next(iter(shipment.only_vehicle_ids), None)
        truck = truck_of.get(shipment.id, pinned_to)
        if truck is not None and truck not in trucks:
            if len(trucks) == num_trucks:
                continue
            trucks.append(truck)
        if truck is None or chance.random() < 0.85:
            removed.add(shipment.id)
    if trucks and chance.random() < 0.1:
        removed |= {s for s, truck in truck_of.items() if truck == trucks[0]}
    if not trucks:
        trucks = [chance.choice(world.problem.vehicles).id]
    vehicles = tuple(v for v in world.problem.vehicles if v.id in trucks)
    return Ruin(vehicles, frozenset(removed))


def _nearest_first(
    world: World, centre: Shipment, shipments: tuple[Shipment, ...]
) -> list[Shipment]:
    """By the way between the pickups and that between the deliveries, both added."""
    matrix = world.matrix
    from_pickup = matrix.distances_m[matrix.position(centre.pickup_place_id)]
    from_delivery = matrix.distances_m[matrix.position(centre.delivery_place_id)]
    apart_m = [
        from_pickup[matrix.position(shipment.pickup_place_id)]
        + from_delivery[matrix.position(shipment.delivery_place_id)]
        for shipment in shipments
    ]
    order = sorted(range(len(shipments)), key=apart_m.__getitem__)
    return [shipments[i] for i in order]


def _recreate(
    world: World,
    current: Candidate,
    ruin: Ruin,
    shipments: tuple[Shipment, ...],
    safety_s: float,
) -> Candidate | None:
    """Let OR-Tools put the ruined trucks together again."""
    names = {vehicle.id for vehicle in ruin.vehicles}
    touched = [route for route in current.routes if route.vehicle_id in names]
    kept = tuple(route for route in current.routes if route.vehicle_id not in names)
    moving = ruin.removed.union(*(route.shipment_ids for route in touched))
    moved = tuple(shipment for shipment in shipments if shipment.id in moving)
    turn = Round(ruin.vehicles, moved, safety_s=safety_s)
    start = tuple(without(world, draft_of(r), ruin.removed) for r in touched)
    drafts = rebuild(world, turn, start)
    if drafts is None:
        return None
    rebuilt = candidate_of(world, drafts)
    if rebuilt is None:
        return None
    return priced(world, (*kept, *rebuilt.routes))
