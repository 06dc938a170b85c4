"""Each rule twice: the solver keeps it, and the check catches a plan that breaks it.

The road: 1 km takes 60 s and costs 1 $; a truck carries 100 kg chilled, a crate
weighs 40 kg; the day begins at 8:00 = 28 800 s.
"""

from dataclasses import replace

from routing.core.check import (
    Violation,
    check_compartment_loads,
    check_costs,
    check_pairing,
    check_route_distances,
    check_served_or_explained,
    check_shifts,
    check_time_on_board,
    check_time_windows,
    check_times,
)
from routing.core.plan import Reason, Unserved
from routing.core.problem import Amount, Compartment, Place, Window
from tests.routing.core.days import (
    HOUR,
    MINUTE,
    best_plan,
    crate,
    day,
    open_at,
    road,
    timetable,
    truck,
    with_route,
    with_stop,
    without_reasons,
)

EIGHT = 8 * HOUR


def test_times_add_up_and_a_place_is_paid_once():
    # home 0 → farm 10 → drop 30 → home. Two crates, 2 min each to load, 3 min each
    # to unload; the farm's fixed part is 5 min, the drop's 4 min.
    # 8:00 leave, 8:10 farm, 4 + 5 min, 8:19 leave, 8:39 drop, 6 + 4 min, 8:49 leave,
    # 9:19 home.
    matrix = road(home=0, farm=10, drop=30)
    handling = {"load_duration_s": 2 * MINUTE, "unload_duration_s": 3 * MINUTE}
    crates = [crate(name, "farm", "drop", **handling) for name in ("a", "b")]
    farm, drop = Place("farm", "", 5 * MINUTE), Place("drop", "", 4 * MINUTE)
    problem = day(matrix, [truck()], crates, farm=farm, drop=drop)

    plan = best_plan(problem, matrix)
    route = plan.routes[0]
    late = with_stop(plan, 1, departure_s=EIGHT + 50 * MINUTE)

    assert timetable(route) == [
        ("farm", EIGHT + 600, EIGHT + 600, EIGHT + 19 * MINUTE),
        ("drop", EIGHT + 39 * MINUTE, EIGHT + 39 * MINUTE, EIGHT + 49 * MINUTE),
    ]
    assert (route.departure_s, route.return_s) == (EIGHT, EIGHT + 79 * MINUTE)
    assert check_times(problem, matrix, late) == [
        Violation(
            "wrong_departure",
            "truck",
            1,
            data={
                "departure_s": EIGHT + 50 * MINUTE,
                "expected_s": EIGHT + 49 * MINUTE,
            },
        ),
        Violation(
            "wrong_return",
            "truck",
            data={"return_s": EIGHT + 79 * MINUTE, "expected_s": EIGHT + 80 * MINUTE},
        ),
    ]


def test_pairing_loads_before_unloading_in_the_same_truck():
    # The drop lies before the farm on the road: it must still come after it.
    matrix = road(home=0, drop=10, farm=30)
    problem = day(matrix, [truck()], [crate("a", "farm", "drop")])

    plan = best_plan(problem, matrix)
    stops = plan.routes[0].stops
    turned = with_route(plan, stops=stops[::-1])
    elsewhere = with_stop(plan, 1, place_id="farm")

    assert [stop.place_id for stop in stops] == ["farm", "drop"]
    assert check_pairing(problem, turned) == [
        Violation("not_loaded", "truck", 0, "a"),
        Violation("not_unloaded", "truck", 1, "a"),
    ]
    assert check_pairing(problem, elsewhere) == [
        Violation("wrong_delivery_place", "truck", 1, "a")
    ]


def test_compartment_loads_stay_under_the_mass():
    # Three crates of 40 kg are 120 kg: over the 100 kg at once, so the truck must
    # come back to the farm. 10 + 20 + 20 + 20 + 30 = 100 km, against 60 km.
    matrix = road(home=0, farm=10, drop=30)
    crates = [crate(name, "farm", "drop") for name in ("a", "b", "c")]
    problem = day(matrix, [truck()], crates)

    plan = best_plan(problem, matrix)
    first = plan.routes[0].stops[0]
    overfull = with_stop(plan, 0, loads=("a", "b", "c"))

    assert plan.distance_m == 100_000
    assert len(first.loads) <= 2
    assert check_compartment_loads(problem, overfull)[0] == Violation(
        "too_heavy",
        "truck",
        0,
        data={
            "temperature_class": "chilled",
            "mass_g": 120_000,
            "capacity_g": 100_000,
        },
    )


def test_compartment_loads_stay_under_the_volume():
    # 10 kg but 60 L each: two make 120 L, over the 100 L of the compartment.
    matrix = road(home=0, farm=10, drop=30)
    bulky = (Amount("chilled", 10_000, 60_000),)
    crates = [crate(name, "farm", "drop", amounts=bulky) for name in ("a", "b")]
    problem = day(matrix, [truck()], crates)

    plan = best_plan(problem, matrix)
    overfull = with_stop(plan, 0, loads=("a", "b"))

    assert plan.distance_m == 100_000
    assert check_compartment_loads(problem, overfull)[0] == Violation(
        "too_big",
        "truck",
        0,
        data={
            "temperature_class": "chilled",
            "volume_ml": 120_000,
            "capacity_ml": 100_000,
        },
    )


def test_compartment_loads_ride_in_their_own_class_only():
    # The near truck has no frozen compartment; the far one (home 40) has.
    matrix = road(home=0, farm=10, drop=30, away=40)
    ice = crate("ice", "farm", "drop", amounts=(Amount("frozen", 1_000, 1_000),))
    freezer = truck(
        "freezer",
        home_place_id="away",
        compartments=(Compartment("frozen", 50_000, 50_000),),
    )
    problem = day(matrix, [truck(), freezer], [ice])

    plan = best_plan(problem, matrix)
    swapped = with_route(plan, vehicle_id="truck")

    assert [route.vehicle_id for route in plan.routes] == ["freezer"]
    assert check_compartment_loads(problem, swapped) == [
        Violation("no_compartment", "truck", 0, data={"temperature_class": "frozen"})
    ]


def test_time_windows_of_places_are_kept():
    # The drop opens 10:00-10:30 and 13:00-14:00. From the farm (opens 9:45) it is
    # 20 min: 10:05 fits the first window, so the truck leaves home at 9:35.
    matrix = road(home=0, farm=10, drop=30)
    farm = open_at("farm", (EIGHT + 105 * MINUTE, 12 * HOUR))
    drop = open_at("drop", (10 * HOUR, 10 * HOUR + 1_800), (13 * HOUR, 14 * HOUR))
    problem = day(matrix, [truck()], [crate("a", "farm", "drop")], farm=farm, drop=drop)

    plan = best_plan(problem, matrix)
    between_s = 11 * HOUR
    late = with_stop(plan, 1, service_start_s=between_s)

    assert plan.routes[0].departure_s == 9 * HOUR + 35 * MINUTE
    assert plan.routes[0].stops[1].service_start_s == 10 * HOUR + 5 * MINUTE
    assert check_time_windows(problem, late) == [
        Violation(
            "outside_place_window", "truck", 1, data={"service_start_s": between_s}
        )
    ]


def test_time_windows_of_a_shipment_bind_besides_those_of_the_place():
    # Two crates at one farm: a may be loaded until 8:30, b from 9:00 only. The truck
    # loads a at 8:30 (leaving home at 8:20 to wait least), b at 9:00.
    matrix = road(home=0, farm=10, drop=30)
    early = (Window(EIGHT, EIGHT + 30 * MINUTE),)
    late = (Window(9 * HOUR, 10 * HOUR),)
    crates = [
        crate("a", "farm", "drop", pickup_windows=early),
        crate("b", "farm", "drop", pickup_windows=late),
    ]
    problem = day(matrix, [truck()], crates, farm=Place("farm", "", 5 * MINUTE))

    plan = best_plan(problem, matrix)
    joined = with_stop(plan, 0, loads=("a", "b"))

    assert timetable(plan.routes[0])[:2] == [
        ("farm", EIGHT + 30 * MINUTE, EIGHT + 30 * MINUTE, EIGHT + 30 * MINUTE),
        ("farm", EIGHT + 30 * MINUTE, 9 * HOUR, 9 * HOUR + 5 * MINUTE),
    ]
    assert check_time_windows(problem, joined) == [
        Violation(
            "outside_shipment_window",
            "truck",
            0,
            "b",
            {"service_start_s": EIGHT + 30 * MINUTE},
        )
    ]


def test_shifts_are_kept_at_both_ends():
    # There and back is 60 min; the shift of 59 min cannot hold it, that of 60 can.
    matrix = road(home=0, farm=10, drop=30)
    short = truck("short", shift_end_s=EIGHT + 59 * MINUTE, per_km_cents=1)
    enough = truck("enough", shift_end_s=EIGHT + 60 * MINUTE)
    problem = day(matrix, [short, enough], [crate("a", "farm", "drop")])

    plan = best_plan(problem, matrix)
    swapped = with_route(plan, vehicle_id="short")
    early = with_route(plan, departure_s=EIGHT - 1)

    assert [route.vehicle_id for route in plan.routes] == ["enough"]
    assert check_shifts(problem, swapped) == [
        Violation(
            "back_after_shift",
            "short",
            data={
                "return_s": EIGHT + 60 * MINUTE,
                "shift_end_s": EIGHT + 59 * MINUTE,
            },
        )
    ]
    assert check_shifts(problem, early) == [
        Violation(
            "leaves_before_shift",
            "enough",
            data={"departure_s": EIGHT - 1, "shift_start_s": EIGHT},
        )
    ]


def test_shifts_limit_the_paid_day():
    # 60 min there and back: too long for 59 min, whatever the shift.
    matrix = road(home=0, farm=10, drop=30)
    problem = day(
        matrix,
        [truck("short", max_duration_s=59 * MINUTE, per_km_cents=1), truck("free")],
        [crate("a", "farm", "drop")],
    )

    plan = best_plan(problem, matrix)
    swapped = with_route(plan, vehicle_id="short")

    assert [route.vehicle_id for route in plan.routes] == ["free"]
    assert check_shifts(problem, swapped) == [
        Violation(
            "day_too_long",
            "short",
            data={"duration_s": 60 * MINUTE, "max_duration_s": 59 * MINUTE},
        )
    ]


def test_route_distances_stay_under_the_trucks_limit():
    # 60 km there and back.
    matrix = road(home=0, farm=10, drop=30)
    problem = day(
        matrix,
        [truck("near", max_distance_m=59_999, per_km_cents=1), truck("far")],
        [crate("a", "farm", "drop")],
    )

    plan = best_plan(problem, matrix)
    swapped = with_route(plan, vehicle_id="near")
    shortened = with_route(plan, distance_m=59_000)

    assert [route.vehicle_id for route in plan.routes] == ["far"]
    assert check_route_distances(problem, matrix, swapped) == [
        Violation(
            "route_too_far",
            "near",
            data={"distance_m": 60_000, "max_distance_m": 59_999},
        )
    ]
    assert check_route_distances(problem, matrix, shortened) == [
        Violation(
            "wrong_route_distance",
            "far",
            data={"distance_m": 59_000, "expected_m": 60_000},
        )
    ]


def test_time_on_board_puts_the_delicate_goods_last():
    # Farms at 10 and 15, the drop at 30. Ice from the first farm may ride 20 min:
    # it is 20 min to the drop, so the truck may pass the second farm but not stop
    # there for its 5 min: it goes there first, and drives 15 + 5 + 20 + 30 = 70 km.
    matrix = road(home=0, one=10, two=15, drop=30)
    crates = [
        crate("ice", "one", "drop", max_onboard_s=20 * MINUTE),
        crate("leek", "two", "drop", load_duration_s=5 * MINUTE),
    ]
    problem = day(matrix, [truck()], crates)

    plan = best_plan(problem, matrix)
    stops = plan.routes[0].stops
    slow = with_stop(plan, 2, service_start_s=stops[2].service_start_s + 1)

    assert [stop.place_id for stop in stops] == ["two", "one", "drop"]
    assert plan.distance_m == 70_000
    assert check_time_on_board(problem, slow) == [
        Violation(
            "too_long_on_board",
            "truck",
            2,
            "ice",
            {"ride_s": 1_201, "max_onboard_s": 1_200},
        )
    ]


def test_served_or_explained_weighs_the_penalty_against_the_way():
    # 60 km cost 60 $. A penalty of 59.99 $ is cheaper than the way, one of 60.01 $
    # is not.
    matrix = road(home=0, farm=10, drop=30)
    cheap = crate("a", "farm", "drop", penalty_cents=5_999)
    dear = replace(cheap, penalty_cents=6_001)
    cheap_day = day(matrix, [truck()], [cheap])

    left = best_plan(cheap_day, matrix)
    carried = best_plan(day(matrix, [truck()], [dear]), matrix)
    forgotten = replace(left, unserved=())
    vague = replace(left, unserved=(Unserved("a", Reason("because")),))
    must = day(matrix, [truck()], [replace(cheap, penalty_cents=None)])

    assert (left.cost_cents, left.penalty_cents) == (0, 5_999)
    assert without_reasons(left) == ("a",)
    assert (carried.cost_cents, carried.penalty_cents) == (6_000, 0)
    assert check_served_or_explained(cheap_day, forgotten) == [
        Violation("forgotten", shipment="a")
    ]
    assert check_served_or_explained(cheap_day, vague) == [
        Violation("unknown_reason", shipment="a", data={"reason": "because"})
    ]
    assert check_served_or_explained(must, left) == [
        Violation("mandatory_left", shipment="a")
    ]
    assert without_reasons(best_plan(must, matrix)) == ()


def test_costs_are_fixed_plus_kilometres_plus_paid_hours():
    # 60 km at 0.55 $ = 33.00 $; 60 min at 28 $ = 28.00 $; fixed 50 $: 111.00 $. The
    # other truck would cost 60 km at 2 $ = 120.00 $.
    matrix = road(home=0, farm=10, drop=30)
    rates = {"fixed_cents": 5_000, "per_km_cents": 55, "per_hour_cents": 2_800}
    problem = day(
        matrix,
        [truck("dear", per_km_cents=200), truck("cheap", **rates)],
        [crate("a", "farm", "drop")],
    )

    plan = best_plan(problem, matrix)
    wrong = with_route(plan, cost_cents=11_099)

    assert [route.vehicle_id for route in plan.routes] == ["cheap"]
    assert plan.cost_cents == 11_100
    assert check_costs(problem, matrix, wrong) == [
        Violation(
            "wrong_route_cost",
            "cheap",
            data={"cost_cents": 11_099, "expected_cents": 11_100},
        ),
        Violation(
            "wrong_total",
            data={"figure": "cost_cents", "value": 11_100, "expected": 11_099},
        ),
    ]
