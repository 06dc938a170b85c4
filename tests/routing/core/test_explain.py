"""Why a shipment stays behind, each reason with its figures. 1 km: 60 s and 1 $."""

from routing.core.assemble import plan_of
from routing.core.explain import reason_for
from routing.core.plan import Reason
from routing.core.problem import Amount, Compartment, Shipment, Vehicle, Window
from routing.core.visits import World
from tests.routing.core.days import (
    HOUR,
    MINUTE,
    best_plan,
    crate,
    day,
    open_at,
    road,
    truck,
)

ROAD = road(home=0, farm=10, drop=30)


def reason_of(shipment: Shipment, *vehicles: Vehicle, **places) -> Reason:
    """The reason for one shipment of a day that plans nothing else."""
    problem = day(ROAD, list(vehicles), [shipment], **places)
    plan = best_plan(problem, ROAD)
    assert plan.served_ids == frozenset()
    assert plan.unserved[0].reason == reason_for(problem, ROAD, plan, shipment.id)
    return plan.unserved[0].reason


def test_no_truck_has_the_compartment():
    ice = crate("ice", "farm", "drop", amounts=(Amount("frozen", 1, 1),))

    assert reason_of(ice, truck()) == Reason(
        "no_compartment", {"temperature_class": "frozen"}
    )


def test_too_heavy_for_the_largest_truck():
    # 130 kg; compartments of 80 kg and 100 kg: 30 kg too much for the larger.
    heavy = crate("a", "farm", "drop", amounts=(Amount("chilled", 130_000, 1),))
    small = truck("small", compartments=(Compartment("chilled", 80_000, 80_000),))

    assert reason_of(heavy, small, truck()) == Reason(
        "too_heavy", {"temperature_class": "chilled", "short_by_g": 30_000}
    )


def test_too_big_for_the_largest_truck():
    big = crate("a", "farm", "drop", amounts=(Amount("chilled", 1, 100_001),))

    assert reason_of(big, truck()) == Reason(
        "too_big", {"temperature_class": "chilled", "short_by_ml": 1}
    )


def test_the_delivery_window_closes_before_anyone_can_be_there():
    # The soonest at the drop is 8:30; it closes at 8:20.
    drop = open_at("drop", (8 * HOUR, 8 * HOUR + 20 * MINUTE))

    assert reason_of(crate("a", "farm", "drop"), truck(), drop=drop) == Reason(
        "window_unreachable", {"vehicle": "truck", "short_by_s": 10 * MINUTE}
    )


def test_windows_that_never_meet_are_unreachable():
    # The place is open in the morning, the shipment wants the afternoon.
    drop = open_at("drop", (8 * HOUR, 9 * HOUR))
    afternoon = (Window(13 * HOUR, 14 * HOUR),)
    shipment = crate("a", "farm", "drop", delivery_windows=afternoon)

    assert reason_of(shipment, truck(), drop=drop).code == "window_unreachable"


def test_the_nearest_truck_is_the_one_named():
    # 60 min of driving: shifts of 30 and 50 min lack 30 and 10.
    trucks = [
        truck("morning", shift_end_s=8 * HOUR + 30 * MINUTE),
        truck("longer", shift_end_s=8 * HOUR + 50 * MINUTE),
    ]

    assert reason_of(crate("a", "farm", "drop"), *trucks) == Reason(
        "shift_too_short", {"vehicle": "longer", "short_by_s": 10 * MINUTE}
    )


def test_the_direct_ride_is_longer_than_the_goods_may_ride():
    ice = crate("ice", "farm", "drop", max_onboard_s=19 * MINUTE)

    assert reason_of(ice, truck()) == Reason(
        "time_on_board", {"vehicle": "truck", "short_by_s": MINUTE}
    )


def test_the_way_is_longer_than_the_truck_may_drive():
    assert reason_of(crate("a", "farm", "drop"), truck(max_distance_m=50_000)) == (
        Reason("too_far", {"vehicle": "truck", "short_by_m": 10_000})
    )


def test_carrying_costs_more_than_leaving():
    cheap = crate("a", "farm", "drop", penalty_cents=5_999)

    assert reason_of(cheap, truck()) == Reason(
        "cheaper_to_leave",
        {"vehicle": "truck", "added_cents": 6_000, "penalty_cents": 5_999},
    )


def test_no_room_is_left_in_a_full_fleet():
    # One truck, one way of 60 min, a shift of 65: a second full load lacks the time.
    # Back to the farm and again to the drop is 40 min more: 35 min short.
    full = (Amount("chilled", 100_000, 100_000),)
    crates = [
        crate("dear", "farm", "drop", amounts=full, penalty_cents=90_000),
        crate("cheap", "farm", "drop", amounts=full),
    ]
    problem = day(ROAD, [truck(shift_end_s=8 * HOUR + 65 * MINUTE)], crates)

    plan = best_plan(problem, ROAD)

    assert plan.served_ids == {"dear"}
    assert plan.unserved[0].reason == Reason(
        "no_room_left", {"vehicle": "truck", "rule": "shift", "short_by": 35 * MINUTE}
    )


def test_a_plan_made_by_hand_may_leave_out_what_would_fit():
    problem = day(ROAD, [truck()], [crate("a", "farm", "drop")])

    plan = plan_of(World(problem, ROAD), (), engine="hand")

    assert plan.unserved[0].reason == Reason(
        "left_out", {"vehicle": "truck", "added_cents": 6_000}
    )
