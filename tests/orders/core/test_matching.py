"""Which farm fills which line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.core.matching import Parcel, match, pairs_of


def test_equal_quantities_are_paired():
    # the drop points want 10 and 4, the farms give 4 and 10: two pairs, not three
    parcels = match({1: 10, 2: 4}, {71: 4, 72: 10}, {1: 501, 2: 502})

    assert parcels == [Parcel(1, 72, 10), Parcel(2, 71, 4)]


def test_an_equal_pair_is_not_broken_for_a_larger_drop_point():
    # the six for the place that wants six: three pairs; given to the ten: four
    parcels = match({1: 10, 2: 6}, {71: 6, 72: 5, 73: 5}, {1: 501, 2: 502})

    assert parcels == [Parcel(1, 72, 5), Parcel(1, 73, 5), Parcel(2, 71, 6)]


def test_lines_of_one_drop_point_are_filled_together():
    # two lines of one place make ten, which one farm fills alone
    parcels = match({1: 6, 2: 5, 3: 4}, {71: 10, 72: 5}, {1: 501, 2: 502, 3: 501})

    assert parcels == [Parcel(1, 71, 6), Parcel(2, 72, 5), Parcel(3, 71, 4)]


def test_a_large_drop_point_goes_to_the_smallest_farm_that_fills_it():
    parcels = match({1: 7, 2: 9}, {71: 8, 72: 8}, {1: 501, 2: 502})

    # no farm fills nine alone: the first gives all its eight, the other the rest
    assert parcels == [Parcel(1, 72, 7), Parcel(2, 71, 8), Parcel(2, 72, 1)]


def test_a_link_that_a_truck_makes_anyway_is_used_first():
    quantities = {1: 5, 2: 5}, {71: 5, 72: 5}, {1: 501, 2: 502}

    apart = match(*quantities)
    linked = match(*quantities, preferred={(72, 501)})

    assert apart == [Parcel(1, 71, 5), Parcel(2, 72, 5)]
    assert linked == [Parcel(1, 72, 5), Parcel(2, 71, 5)]


def test_sums_that_differ_are_a_mistake():
    with pytest.raises(ValueError, match="exactly what the lines receive"):
        match({1: 5}, {71: 4}, {1: 501})


def test_nothing_to_carry_makes_no_parcel():
    assert match({1: 0}, {71: 0}, {1: 501}) == []


def test_the_pairs_are_farms_and_drop_points_once_each():
    parcels = [Parcel(1, 71, 2), Parcel(2, 71, 3), Parcel(3, 72, 1)]

    pairs = pairs_of(parcels, {1: 501, 2: 501, 3: 502})

    assert pairs == frozenset({(71, 501), (72, 502)})


@st.composite
def balanced(draw):
    """Lines with their drop points, and farms that give the same total."""
    lines = draw(st.lists(st.integers(0, 30), min_size=1, max_size=8))
    places = draw(st.lists(st.integers(501, 504), min_size=8, max_size=8))
    cuts = draw(st.lists(st.integers(0, sum(lines)), max_size=4))
    edges = [0, *sorted(cuts), sum(lines)]
    farms = [high - low for low, high in zip(edges, edges[1:], strict=False)]
    return (
        dict(enumerate(lines, 1)),
        dict(enumerate(farms, 71)),
        {line: places[line - 1] for line in range(1, len(lines) + 1)},
    )


pair_sets = st.sets(st.tuples(st.integers(71, 75), st.integers(501, 504)))


@given(balanced(), pair_sets)
def test_lines_receive_and_farms_give_exactly_their_quantities(quantities, preferred):
    lines, farms, drop_points = quantities

    parcels = match(lines, farms, drop_points, preferred)

    received, given_out = dict.fromkeys(lines, 0), dict.fromkeys(farms, 0)
    for parcel in parcels:
        received[parcel.line_id] += parcel.quantity
        given_out[parcel.farm_id] += parcel.quantity
    assert (received, given_out) == (lines, farms)
    assert [parcel for parcel in parcels if parcel.quantity < 1] == []


@given(balanced(), pair_sets)
def test_pairs_number_less_than_farms_and_drop_points_together(quantities, preferred):
    lines, farms, drop_points = quantities

    pairs = pairs_of(match(lines, farms, drop_points, preferred), drop_points)

    active_farms = sum(1 for quantity in farms.values() if quantity)
    active_places = {drop_points[line] for line, asked in lines.items() if asked}
    assert len(pairs) <= max(active_farms + len(active_places) - 1, 0)
