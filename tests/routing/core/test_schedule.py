"""Times of a given order of stops, worked out by hand. 1 km takes 60 s."""

from routing.core.problem import Place, Window
from routing.core.schedule import Miss, schedule
from routing.core.visits import Draft, Visit, World, merged, overlap
from tests.routing.core.days import (
    HOUR,
    MINUTE,
    crate,
    day,
    open_at,
    road,
    timetable,
    truck,
)

ROAD = road(home=0, farm=10, drop=30)
THERE = Draft("truck", (Visit("farm", loads=("a",)), Visit("drop", unloads=("a",))))


def world_of(crates=None, vehicle=None, **places) -> World:
    shipments = crates or [crate("a", "farm", "drop")]
    return World(day(ROAD, [vehicle or truck()], shipments, **places), ROAD)


def test_a_truck_leaves_as_late_as_it_can_without_coming_back_later():
    # The drop opens at 11:00: 30 min from home by the farm, so leave at 10:30.
    world = world_of(drop=open_at("drop", (11 * HOUR, 12 * HOUR)))

    route = schedule(world, THERE)

    assert not isinstance(route, Miss)
    assert (route.departure_s, route.return_s) == (
        10 * HOUR + 30 * MINUTE,
        11 * HOUR + 30 * MINUTE,
    )


def test_a_later_day_is_taken_when_it_is_shorter():
    # The farm is open 8:00-8:30 and from 10:00, the drop only from 10:20: leaving
    # for the first farm window means waiting 90 min; at 9:50 nobody waits.
    farm = open_at("farm", (8 * HOUR, 8 * HOUR + 1_800), (10 * HOUR, 12 * HOUR))
    drop = open_at("drop", (10 * HOUR + 20 * MINUTE, 12 * HOUR))

    route = schedule(world_of(farm=farm, drop=drop), THERE)

    assert not isinstance(route, Miss)
    assert (route.departure_s, route.duration_s) == (9 * HOUR + 50 * MINUTE, HOUR)


def test_goods_with_a_limit_wait_on_the_farm_and_not_in_the_truck():
    # The farm closes at 9:00 and the drop opens at 9:30: the ride is 20 min and may
    # last 35, so loading begins at 8:55 at the soonest; 9:00 is the latest.
    crates = [crate("a", "farm", "drop", max_onboard_s=35 * MINUTE)]
    farm = open_at("farm", (8 * HOUR, 9 * HOUR))
    drop = open_at("drop", (9 * HOUR + 30 * MINUTE, 12 * HOUR))

    route = schedule(world_of(crates, farm=farm, drop=drop), THERE)

    assert not isinstance(route, Miss)
    assert timetable(route) == [
        ("farm", 9 * HOUR, 9 * HOUR, 9 * HOUR),
        ("drop", 9 * HOUR + 20 * MINUTE, 9 * HOUR + 1_800, 9 * HOUR + 1_800),
    ]


def test_a_ride_that_must_be_too_long_is_a_miss():
    crates = [crate("a", "farm", "drop", max_onboard_s=20 * MINUTE - 1)]

    assert schedule(world_of(crates), THERE) == Miss("time_on_board", 1, 1)


def test_a_ride_that_waits_too_long_between_two_windows_is_a_miss():
    # Farm until 9:00, drop from 9:30, limit 29 min: one minute short.
    crates = [crate("a", "farm", "drop", max_onboard_s=29 * MINUTE)]
    farm = open_at("farm", (8 * HOUR, 9 * HOUR))
    drop = open_at("drop", (9 * HOUR + 30 * MINUTE, 12 * HOUR))

    assert schedule(world_of(crates, farm=farm, drop=drop), THERE) == Miss(
        "window", 0, MINUTE
    )


def test_a_window_missed_says_by_how_much():
    # The soonest at the drop is 8:30; it closes at 8:25.
    drop = open_at("drop", (8 * HOUR, 8 * HOUR + 25 * MINUTE))

    assert schedule(world_of(drop=drop), THERE) == Miss("window", 1, 5 * MINUTE)


def test_a_shift_that_is_too_short_says_by_how_much():
    vehicle = truck(shift_end_s=8 * HOUR + 50 * MINUTE)

    assert schedule(world_of(vehicle=vehicle), THERE) == Miss("shift", 1, 10 * MINUTE)


def test_a_day_and_a_way_that_are_too_long_say_by_how_much():
    long_day = world_of(vehicle=truck(max_duration_s=55 * MINUTE))
    long_way = world_of(vehicle=truck(max_distance_m=50_000))

    assert schedule(long_day, THERE) == Miss("duration", 0, 5 * MINUTE)
    assert schedule(long_way, THERE) == Miss("distance", 0, 10_000)


def test_neighbouring_visits_to_one_place_become_one_stop():
    crates = [crate("a", "farm", "drop"), crate("b", "farm", "drop")]
    world = world_of(crates, drop=Place("drop", "", 5 * MINUTE))
    apart = (
        Visit("farm", loads=("a",)),
        Visit("farm", loads=("b",)),
        Visit("drop", unloads=("b",)),
        Visit("drop", unloads=("a",)),
    )

    assert merged(world, apart) == (
        Visit("farm", loads=("a", "b")),
        Visit("drop", unloads=("b", "a")),
    )


def test_windows_of_two_lists_meet_where_both_are_open():
    place = (Window(0, 100), Window(200, 300))
    own = (Window(50, 250),)

    assert overlap(place, own) == (Window(50, 100), Window(200, 250))
    assert overlap(None, own) == own
    assert overlap(place, ()) == place
    assert overlap(place, (Window(101, 199),)) == ()
