"""Promises of the shares of a driven route, on random routes and by hand."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from routing.core.plan import PlannedRoute
from routing.core.schedule import schedule
from routing.core.shares import (
    POLICIES,
    Alone,
    Drive,
    Goods,
    HubPart,
    driven_route,
    portions_of,
    share_route,
)
from routing.core.visits import Draft, Visit, World, draft_of
from tests.routing.core.days import crate, day, road, truck
from tests.routing.core.shares.games import (
    cost_of_coalition,
    counted_values,
    driven,
    drives,
    goods_of,
    worlds,
)

policies = st.fixed_dictionaries(
    {"north": st.sampled_from(POLICIES), "south": st.sampled_from(POLICIES)}
)


@settings(deadline=None)
@given(driven())
def test_what_a_shipment_adds_is_its_value_over_every_coalition(route):
    portions = portions_of(route)

    assert [portion.cents for portion in portions] == counted_values(
        len(route.carried), lambda some: cost_of_coalition(route, some)
    )


@settings(deadline=None)
@given(driven(), policies)
def test_charges_and_remainders_sum_to_the_cost_of_the_route(route, chosen):
    shared = share_route(route, chosen)

    assert sum(part.cost_cents for part in shared.hubs) == route.cost_cents
    assert {part.hub: part.shares_cents for part in shared.hubs} == {
        part.hub: sum(
            share.cents
            for share in shared.shares
            if share.carried.goods.hub == part.hub
        )
        for part in shared.hubs
    }


@settings(deadline=None)
@given(driven(), policies)
def test_nobody_is_charged_more_than_alone_nor_less_than_nothing(route, chosen):
    shared = share_route(route, chosen)

    too_much = [
        share
        for share in shared.shares
        if not 0 <= share.cents <= share.carried.alone.cost_cents
    ]
    assert too_much == []
    assert [part for part in shared.hubs if part.remainder_cents < 0] == []


@settings(deadline=None)
@given(driven(), policies)
def test_goods_that_never_came_are_charged_nothing(route, chosen):
    shared = share_route(route, chosen)

    charged = [
        share.cents for share in shared.shares if not share.carried.goods.is_delivered
    ]
    assert sum(charged) == 0


@settings(deadline=None)
@given(driven())
def test_interchangeable_shipments_differ_by_a_cent_at_most(route):
    shared = share_route(route, {})

    for one in shared.shares:
        for other in shared.shares:
            if _is_like(route, one.carried, other.carried):
                assert one.portion == other.portion
                assert abs(one.cents - other.cents) <= 1


def _is_like(route, one, other) -> bool:
    places = [
        [
            at
            for at, people in enumerate(route.stops)
            if route.carried.index(c) in people
        ]
        for c in (one, other)
    ]
    return places[0] == places[1] and replace(one, shipment_id="") == replace(
        other, shipment_id=""
    )


@settings(deadline=None)
@given(st.data())
def test_the_names_of_shipments_decide_nothing(data):
    world = data.draw(worlds())
    drive = data.draw(drives(world))
    goods = data.draw(goods_of(world))
    chosen = data.draw(policies)
    route = driven_route(world, drive, goods)
    names = [shipment.id for shipment in world.problem.shipments]
    anew = dict(zip(names, data.draw(st.permutations(names)), strict=True))

    renamed = driven_route(*_renamed(world, drive, goods, anew))

    assert route is not None
    assert renamed is not None
    shares = share_route(route, chosen)
    others = share_route(renamed, chosen)
    assert _told(others) == _told(shares)
    assert others.hubs == shares.hubs


def test_the_odd_cent_goes_to_the_heavier_whatever_their_names():
    matrix = road(home=0, a=10, drop=0)

    def charged(light: str, heavy: str) -> list[int]:
        shipments = [crate(name, "a", "drop") for name in (light, heavy)]
        lorry = truck(fixed_cents=1)
        world = World(day(matrix, [lorry], shipments), matrix)
        visits = (
            Visit("a", loads=(light, heavy)),
            Visit("drop", unloads=(light, heavy)),
        )
        goods = {light: Goods("north", 10_000), heavy: Goods("north", 20_000)}
        route = driven_route(world, Drive(Draft("truck", visits)), goods)
        assert route is not None
        shares = {s.carried.shipment_id: s.cents for s in share_route(route, {}).shares}
        return [shares[light], shares[heavy]]

    cents = [charged("a", "b"), charged("b", "a")]

    # 1 cent for the day and 20 km at 1 $: 2 001 cents for two.
    assert cents == [[1_000, 1_001], [1_000, 1_001]]


def _told(shared):
    return sorted(
        (
            share.carried.goods.hub,
            share.portion.cents,
            share.carried.goods.mass_g,
            share.cents,
        )
        for share in shared.shares
    )


def _renamed(world, drive, goods, anew):
    def of(names):
        return tuple(anew[name] for name in names)

    problem = replace(
        world.problem,
        shipments=tuple(replace(s, id=anew[s.id]) for s in world.problem.shipments),
    )
    visits = tuple(
        Visit(v.place_id, of(v.loads), of(v.unloads)) for v in drive.draft.visits
    )
    return (
        World(problem, world.matrix),
        Drive(Draft(drive.draft.vehicle_id, visits), drive.waiting_s),
        {anew[name]: fact for name, fact in goods.items()},
    )


@settings(deadline=None)
@given(driven(), st.integers(2, 9))
def test_a_tariff_so_many_times_dearer_costs_everybody_so_many_times_more(route, times):
    vehicle = route.vehicle
    dearer = replace(
        route,
        vehicle=replace(
            vehicle,
            fixed_cents=vehicle.fixed_cents * times,
            per_km_cents=vehicle.per_km_cents * times,
            per_hour_cents=vehicle.per_hour_cents * times,
        ),
    )

    portions = portions_of(dearer)

    before = portions_of(route)
    assert [p.cents for p in portions] == [p.cents * times for p in before]


def test_a_route_driven_as_planned_costs_what_the_plan_said():
    world = _three_farms()
    route = schedule(world, _collection())
    assert isinstance(route, PlannedRoute)

    waiting_s = sum(stop.waiting_s for stop in route.stops)
    as_planned = Drive(draft_of(route), waiting_s)
    drive = driven_route(world, as_planned, _all_delivered(world))

    assert drive is not None
    assert (drive.distance_m, drive.duration_s, drive.cost_cents) == (
        route.distance_m,
        route.duration_s,
        route.cost_cents,
    )


def test_a_hub_shares_its_part_by_weight_and_its_neighbour_does_not_notice():
    world = _three_farms()
    goods = _all_delivered(world)
    goods["b"] = replace(goods["b"], hub="south")
    goods["c"] = replace(goods["c"], hub="south", mass_g=120_000)
    route = driven_route(world, Drive(_collection()), goods)
    assert route is not None

    shared = share_route(route, {"south": "per_unit"})

    # By default a 1 666, b 2 667, c 4 667 (see below). c carries three times what b
    # does: of their 7 334 it pays three quarters, and of the odd cent the first one.
    assert {s.carried.shipment_id: s.cents for s in shared.shares} == {
        "a": 1_666,
        "b": 1_833,
        "c": 5_501,
    }


def test_three_farms_on_one_road_by_hand():
    world = _three_farms()
    route = driven_route(world, Drive(_collection()), _all_delivered(world))
    assert route is not None

    shared = share_route(route, {})

    # A day of 30 $: 10 $ each. The road is 30 km out and back, 60 $: up to km 10 for
    # a, b and c (20 km: 6.67 each), to km 20 for b and c (20 km: 10 each), to km 30
    # for c (20 km: 20). In cents, the one left over goes to the largest remainder.
    assert [(s.carried.shipment_id, s.cents) for s in shared.shares] == [
        ("c", 4_667),
        ("b", 2_667),
        ("a", 1_666),
    ]
    assert shared.hubs == (HubPart("north", 9_000, 0),)
    assert [s.carried.alone for s in shared.shares] == [
        Alone("truck", 60_000, 3_600, 9_000),
        Alone("truck", 40_000, 2_400, 7_000),
        Alone("truck", 20_000, 1_200, 5_000),
    ]


def test_a_detour_dearer_than_alone_is_capped_and_the_hub_keeps_what_is_left():
    # Alone, the small truck would bring a for 2 × 10 km × 0.10 $ = 2 $.
    small = truck("small", per_km_cents=10)
    world = World(
        day(
            road(home=0, a=10, drop=0),
            [truck(fixed_cents=3_000), small],
            [crate("a", "a", "drop")],
        ),
        road(home=0, a=10, drop=0),
    )
    visits = (Visit("a", loads=("a",)), Visit("drop", unloads=("a",)))
    route = driven_route(
        world, Drive(Draft("truck", visits)), {"a": Goods("north", 40_000)}
    )
    assert route is not None

    shared = share_route(route, {})

    assert [(s.cents, s.is_capped, s.asked_cents) for s in shared.shares] == [
        (200, True, Fraction(5_000))
    ]
    assert shared.hubs == (HubPart("north", 200, 4_800),)


def test_what_the_cap_of_one_leaves_is_paid_by_those_below_theirs():
    # The small truck takes nothing heavy: only a is capped, at 2 $ instead of 10 $.
    small = truck("small", per_km_cents=10, compartments=())
    small = replace(
        small, compartments=(replace(truck().compartments[0], capacity_g=50_000),)
    )
    matrix = road(home=0, a=10, drop=0)
    heavy = crate("b", "a", "drop")
    heavy = replace(heavy, amounts=(replace(heavy.amounts[0], mass_g=60_000),))
    world = World(
        day(matrix, [truck(), small], [crate("a", "a", "drop"), heavy]), matrix
    )
    visits = (Visit("a", loads=("a", "b")), Visit("drop", unloads=("a", "b")))
    goods = {"a": Goods("north", 40_000), "b": Goods("north", 60_000)}
    route = driven_route(world, Drive(Draft("truck", visits)), goods)
    assert route is not None

    shared = share_route(route, {})

    assert {s.carried.shipment_id: (s.cents, s.factor) for s in shared.shares} == {
        "a": (200, Fraction(9, 5)),
        "b": (1_800, Fraction(9, 5)),
    }
    assert shared.hubs == (HubPart("north", 2_000, 0),)


def test_a_shipment_charged_on_another_route_keeps_one_cap_for_the_day():
    world = _three_farms()
    goods = _all_delivered(world)
    goods["a"] = replace(goods["a"], charged_cents=4_000)
    route = driven_route(world, Drive(_collection()), goods)
    assert route is not None

    shared = share_route(route, {})

    cents = {s.carried.shipment_id: s.cents for s in shared.shares}
    assert cents["a"] == 1_000
    assert sum(cents.values()) == 9_000


def test_no_stop_made_is_no_game():
    world = _three_farms()

    route = driven_route(world, Drive(Draft("truck", ())), {})

    assert route is None


def _three_farms() -> World:
    matrix = road(home=0, a=10, b=20, c=30, drop=0)
    shipments = [crate(name, name, "drop") for name in "abc"]
    return World(day(matrix, [truck(fixed_cents=3_000)], shipments), matrix)


def _collection() -> Draft:
    visits = [Visit(name, loads=(name,)) for name in "cba"]
    return Draft("truck", (*visits, Visit("drop", unloads=("a", "b", "c"))))


def _all_delivered(world: World) -> dict[str, Goods]:
    return {s.id: Goods("north", 40_000) for s in world.problem.shipments}
