"""Random driven routes, and the value of a game counted over every coalition."""

from fractions import Fraction
from itertools import combinations
from math import comb

from hypothesis import strategies as st

from routing.core.matrix import Matrix
from routing.core.problem import Amount, Compartment, Place, Problem, Shipment, Vehicle
from routing.core.shares import Drive, DrivenRoute, Goods, driven_route
from routing.core.visits import Draft, Visit, World


def counted_values(num_players, cost_of):
    """The Shapley value by its definition: every coalition, every player."""
    everyone = range(num_players)
    costs = {
        frozenset(some): cost_of(frozenset(some))
        for size in range(num_players + 1)
        for some in combinations(everyone, size)
    }
    values = []
    for player in everyone:
        value = Fraction(0)
        for some, cost in costs.items():
            if player not in some:
                added = costs[some | {player}] - cost
                value += Fraction(added) / (
                    num_players * comb(num_players - 1, len(some))
                )
        values.append(value)
    return values


def way_of(stops, legs, some):
    """What a coalition drives: its stops in their order, nothing when it is nobody."""
    present = [at for at, people in enumerate(stops, 1) if people & some]
    if not present:
        return 0
    way = [0, *present, len(stops) + 1]
    return sum(legs[a][b] for a, b in zip(way, way[1:], strict=False))


def cost_of_coalition(route: DrivenRoute, some) -> Fraction:
    """The cost of a route restricted to some shipments, not rounded."""
    if not some:
        return Fraction(0)
    away_s = way_of(route.stops, route.away_s, some)
    paid_s = away_s + sum(route.carried[p].handling_s for p in some) + route.waiting_s
    distance_m = way_of(route.stops, route.distances_m, some)
    vehicle = route.vehicle
    return (
        vehicle.fixed_cents
        + Fraction(vehicle.per_km_cents * distance_m, 1_000)
        + Fraction(vehicle.per_hour_cents * paid_s, 3_600)
    )


@st.composite
def ways(draw, max_players: int = 6, max_stops: int = 8):
    """Stops with their people and any legs at all, detours shorter than direct ways."""
    num_players = draw(st.integers(1, max_players))
    num_stops = draw(st.integers(1, max_stops))
    people = st.sets(st.integers(0, num_players - 1), max_size=4)
    stops = [frozenset(draw(people)) for _ in range(num_stops)]
    rows = st.lists(st.integers(0, 40), min_size=num_stops + 2, max_size=num_stops + 2)
    return num_players, stops, [draw(rows) for _ in range(num_stops + 2)]


@st.composite
def worlds(draw, *, max_places: int = 5, max_shipments: int = 6):
    """A truck, any matrix, and shipments between few places, some sharing stops."""
    names = tuple(f"p{at}" for at in range(draw(st.integers(2, max_places))))
    size = len(names)

    def table(factor):
        values = draw(st.lists(st.integers(0, 30), min_size=size**2, max_size=size**2))
        return tuple(
            tuple(0 if i == j else values[i * size + j] * factor for j in range(size))
            for i in range(size)
        )

    matrix = Matrix(names, table(700), table(61))
    minutes = st.integers(0, 5).map(lambda n: n * 60)
    trucks = tuple(
        Vehicle(
            id=f"truck-{at}",
            home_place_id=draw(st.sampled_from(names)),
            end_place_id=draw(st.sampled_from((None, names[0]))),
            shift_start_s=0,
            shift_end_s=86_400,
            compartments=(Compartment("ambient", 10**9, 10**9),),
            fixed_cents=draw(st.integers(0, 9_000)),
            per_km_cents=draw(st.integers(0, 200)),
            per_hour_cents=draw(st.integers(0, 4_000)),
        )
        for at in range(draw(st.integers(1, 2)))
    )
    shipments = tuple(
        Shipment(
            id=f"s{at}",
            pickup_place_id=ends[0],
            delivery_place_id=ends[1],
            amounts=(Amount("ambient", draw(st.integers(1, 9)) * 1_000, 1),),
            load_duration_s=draw(minutes),
            unload_duration_s=draw(minutes),
        )
        for at, ends in enumerate(
            draw(
                st.lists(
                    st.permutations(names).map(lambda order: tuple(order[:2])),
                    min_size=1,
                    max_size=max_shipments,
                )
            )
        )
    )
    places = tuple(Place(n, service_duration_s=draw(minutes)) for n in names)
    return World(Problem(places, trucks, shipments), matrix)


@st.composite
def drives(draw, world: World) -> Drive:
    """The shipments of a world in any order of stops, neighbours at a place joined."""
    left = {s.id: 2 for s in world.problem.shipments}
    visits: list[Visit] = []
    while left:
        name = draw(st.sampled_from(sorted(left)))
        shipment = world.shipments[name]
        is_load = left[name] == 2
        place = shipment.pickup_place_id if is_load else shipment.delivery_place_id
        loads, unloads = ((name,), ()) if is_load else ((), (name,))
        if visits and visits[-1].place_id == place and draw(st.booleans()):
            before = visits.pop()
            loads, unloads = before.loads + loads, before.unloads + unloads
        visits.append(Visit(place, loads, unloads))
        left[name] -= 1
        if not left[name]:
            del left[name]
    waiting_s = draw(st.integers(0, 2_000))
    return Drive(Draft(world.problem.vehicles[0].id, tuple(visits)), waiting_s)


@st.composite
def goods_of(draw, world: World, hubs=("north", "south")) -> dict[str, Goods]:
    """Each shipment of some hub, a few of them with nothing delivered."""
    return {
        shipment.id: Goods(
            hub=draw(st.sampled_from(hubs)),
            mass_g=shipment.amounts[0].mass_g,
            is_delivered=draw(st.integers(0, 5)) > 0,
        )
        for shipment in world.problem.shipments
    }


@st.composite
def driven(draw) -> DrivenRoute:
    """Any driven route."""
    world = draw(worlds())
    route = driven_route(world, draw(drives(world)), draw(goods_of(world)))
    assert route is not None
    return route
