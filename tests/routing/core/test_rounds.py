"""Everybody alone, on a road where a kilometre takes a minute and costs a dollar."""

from datetime import date

from routing.core.emissions import co2e_g, factors_on
from routing.core.rounds import Round, fullest_bps, rounds_alone
from routing.core.visits import World
from tests.routing.core.days import crate, day, road, truck

ROAD = road(home=0, farm=10, other=20, near=12, far=30)


def world(*vehicles, shipments) -> World:
    return World(day(ROAD, list(vehicles), shipments), ROAD)


def test_each_place_of_loading_makes_one_round_of_its_own_drop_points():
    goods = [
        crate("a", "farm", "far"),
        crate("b", "other", "far"),
        crate("c", "farm", "near"),
    ]

    rounds = rounds_alone(world(truck(), shipments=goods), ["a", "b", "c"])

    # farm: 0-10-30-12-0 = 60 km, far before near as the day drove; other: 0-20-30-0
    assert rounds == [
        Round("truck", ("a", "c"), 60_000, 6_000),
        Round("truck", ("b",), 60_000, 6_000),
    ]


def test_a_truck_that_cannot_hold_one_of_them_is_not_taken():
    small = truck("small", per_km_cents=10, compartments=())

    rounds = rounds_alone(
        world(small, truck(), shipments=[crate("a", "farm", "near")]), ["a"]
    )

    assert [found.vehicle_id for found in rounds] == ["truck"]


def test_a_truck_is_as_full_as_its_tighter_measure_at_its_fullest_moment():
    rooms = {"chilled": (100_000, 200_000), "frozen": (50_000, 0)}
    loads = [
        {"chilled": (40_000, 20_000)},
        {"chilled": (50_000, 150_000), "frozen": (5_000, 9_000)},
        {"chilled": (10_000, 0)},
    ]

    assert fullest_bps(rooms, loads) == {"chilled": 7_500, "frozen": 1_000}


def test_a_hundred_kilometres_emit_what_the_table_says():
    factors = factors_on(date(2026, 6, 18))

    grams = co2e_g(100_000, factors)

    # 20 L × 2.79 kg × 1.11 for the cold unit = 61.938 kg
    assert (grams, factors.version) == (61_938, "2026-11")
