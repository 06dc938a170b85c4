"""A whole offer, from farms to lines."""

from hypothesis import given
from hypothesis import strategies as st

from orders.core.allocation import (
    FarmShare,
    Parcel,
    Reason,
    allocate_offer,
    allocate_pool,
)
from tests.factories.allocation import (
    claim,
    claim_lists,
    farm,
    farm_lists,
    quantities,
)


def test_a_pooled_offer_is_shared_from_farms_to_lines():
    # 18 for 24 asked; the farms give all; the parcels: 501 gets 10, 502 gets 8
    claims = [
        claim(1, 8, drop_point_id=501),
        claim(2, 10, drop_point_id=502),
        claim(3, 6, drop_point_id=501),
    ]

    allocation = allocate_pool(claims=claims, farms=[farm(71, 8), farm(72, 10)])

    assert quantities(allocation.lines) == [6, 8, 4]
    assert quantities(allocation.farms) == [8, 10]
    assert allocation.parcels == (Parcel(1, 72, 6), Parcel(2, 71, 8), Parcel(3, 72, 4))
    assert allocation.pairs == frozenset({(71, 502), (72, 501)})


def test_an_offer_of_one_farm_comes_from_that_farm():
    allocation = allocate_offer(claims=[claim(1, 4), claim(2, 4)], farm=farm(71, 5))

    assert quantities(allocation.lines) == [3, 2]
    assert allocation.parcels == (Parcel(1, 71, 3), Parcel(2, 71, 2))
    assert allocation.farms == (
        FarmShare(
            71, 5, Reason("only_farm", {"available": 5, "asked": 5, "offered": 5})
        ),
    )


def test_the_links_of_one_offer_are_kept_for_the_next():
    claims = [claim(1, 5, drop_point_id=501), claim(2, 5, drop_point_id=502)]
    farms = [farm(71, 5), farm(72, 5)]

    allocation = allocate_pool(
        claims=claims, farms=farms, preferred=frozenset({(72, 501)})
    )

    assert allocation.pairs == frozenset({(72, 501), (71, 502)})


def test_an_offer_nobody_asked_for_gives_nothing():
    allocation = allocate_pool(claims=[], farms=[farm(71, 5)])

    assert (allocation.lines, allocation.parcels) == ((), ())
    assert quantities(allocation.farms) == [0]


@given(claim_lists(), farm_lists())
def test_lines_farms_and_parcels_agree_unit_by_unit(claims, farms):
    allocation = allocate_pool(claims=claims, farms=farms)

    received = {share.line_id: 0 for share in allocation.lines}
    given_out = {share.farm_id: 0 for share in allocation.farms}
    for parcel in allocation.parcels:
        received[parcel.line_id] += parcel.quantity
        given_out[parcel.farm_id] += parcel.quantity
    assert received == {s.line_id: s.allocated for s in allocation.lines}
    assert given_out == {s.farm_id: s.quantity for s in allocation.farms}
    assert sum(received.values()) == min(
        sum(c.ordered for c in claims), sum(f.available for f in farms)
    )


@given(claim_lists(), farm_lists(), st.randoms())
def test_the_same_week_is_always_allocated_the_same_way(claims, farms, chance):
    other_claims, other_farms = list(claims), list(farms)
    chance.shuffle(other_claims)
    chance.shuffle(other_farms)

    one = allocate_pool(claims=claims, farms=farms)

    assert allocate_pool(claims=other_claims, farms=other_farms) == one
