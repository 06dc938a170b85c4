"""What is asked among the farms that have it, by small examples and random weeks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.core.farm_shares import FarmShare, share_among_farms
from orders.core.reasons import Reason
from tests.factories.allocation import farm, farm_lists, quantities


def test_farms_share_in_proportion_to_what_they_posted():
    shares = share_among_farms(30, [farm(71, 40), farm(72, 20)])

    data = {"asked": 30, "offered": 60}
    assert shares == [
        FarmShare(71, 20, Reason("fair_share", {"available": 40, **data})),
        FarmShare(72, 10, Reason("fair_share", {"available": 20, **data})),
    ]


def test_a_farm_that_sold_less_than_its_part_is_caught_up():
    # both offered 40; 30 of 80 sold, fair is 15 each: one is 5 ahead, one 5 behind
    ahead = farm(71, 20, offered=40, supplied=20)
    behind = farm(72, 20, offered=40, supplied=10)

    shares = share_among_farms(20, [ahead, behind])

    data = {"available": 20, "asked": 20, "offered": 40, "memory": 5}
    # weights 20 - 5 and 20 + 5: 7.5 and 12.5; the tie goes to the first
    assert shares == [
        FarmShare(71, 8, Reason("fair_share_ahead", data)),
        FarmShare(72, 12, Reason("fair_share_behind", data)),
    ]


def test_a_farm_far_from_the_truck_is_left_out_when_the_others_have_enough():
    near, next_door = farm(71, 20, cost_cents=500), farm(72, 20, cost_cents=700)
    far = farm(73, 20, cost_cents=4_000)

    shares = share_among_farms(30, [near, next_door, far])

    assert quantities(shares) == [15, 15, 0]
    assert shares[2].reason == Reason("left_out_far", {"pickup_cost_cents": 4_000})


def test_a_far_farm_is_called_when_the_others_have_not_enough():
    near, far = farm(71, 20, cost_cents=500), farm(73, 20, cost_cents=4_000)

    assert quantities(share_among_farms(30, [near, far])) == [15, 15]


def test_a_far_farm_left_out_before_has_its_turn():
    near = farm(71, 20, cost_cents=500, offered=20, supplied=10)
    far = farm(73, 20, cost_cents=4_000, offered=20, supplied=0)

    # weights 20 - 5 and 20 + 5 of ten units: 3.75 and 6.25
    assert quantities(share_among_farms(10, [near, far])) == [4, 6]


def test_pick_ups_of_the_same_cost_leave_nobody_out():
    farms = [farm(71, 20, cost_cents=900), farm(72, 20, cost_cents=900)]

    assert quantities(share_among_farms(10, farms)) == [5, 5]


def test_an_unknown_pick_up_cost_leaves_nobody_out():
    farms = [farm(71, 20, cost_cents=900), farm(72, 20)]

    assert quantities(share_among_farms(10, farms)) == [5, 5]


def test_each_farm_reads_why():
    farms = [farm(71, 2, offered=10), farm(72, 50, offered=10, supplied=5), farm(73, 0)]

    codes = [share.reason.code for share in share_among_farms(20, farms)]
    alone = share_among_farms(3, [farm(71, 5), farm(73, 0)])

    assert codes == ["all_taken", "fair_share_ahead", "nothing_posted"]
    assert [share.reason.code for share in alone] == ["only_farm", "nothing_posted"]


def test_more_than_the_farms_have_is_a_mistake():
    with pytest.raises(ValueError, match="more than they have"):
        share_among_farms(11, [farm(71, 10)])


@given(farm_lists(), st.data())
def test_farm_shares_sum_to_the_demand_within_what_each_has(farms, data):
    demand = data.draw(st.integers(0, sum(f.available for f in farms)))

    shares = quantities(share_among_farms(demand, farms))

    assert sum(shares) == demand
    assert [s for s, f in zip(shares, farms, strict=True) if s > f.available] == []


@given(farm_lists(), st.data(), st.randoms())
def test_the_order_of_farms_does_not_matter(farms, data, chance):
    demand = data.draw(st.integers(0, sum(f.available for f in farms)))
    shuffled = list(farms)
    chance.shuffle(shuffled)

    assert share_among_farms(demand, shuffled) == share_among_farms(demand, farms)


def test_over_the_weeks_a_far_farm_sells_its_part_in_fewer_pick_ups():
    costs = {71: 500, 72: 600, 73: 4_000}
    sold: dict[int, list[int]] = {farm_id: [] for farm_id in costs}
    for _ in range(16):
        farms = [
            farm(
                farm_id,
                20,
                offered=20 * len(sold[farm_id][-4:]),
                supplied=sum(sold[farm_id][-4:]),
                cost_cents=cost,
            )
            for farm_id, cost in costs.items()
        ]
        for share in share_among_farms(30, farms):
            sold[share.farm_id].append(share.quantity)

    totals = {farm_id: sum(weeks) for farm_id, weeks in sold.items()}
    pick_ups = {farm_id: sum(map(bool, weeks)) for farm_id, weeks in sold.items()}
    # an equal part would be 160 each; the far farm sells nine tenths of it in
    # twelve pick-ups out of sixteen
    assert totals == {71: 168, 72: 167, 73: 145}
    assert pick_ups == {71: 16, 72: 16, 73: 12}
