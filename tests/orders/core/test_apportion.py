"""Handing out whole units in proportion."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.core.apportion import Seat, apportion

seat_lists = st.lists(
    st.builds(Seat, weight=st.integers(1, 200), cap=st.integers(0, 40)),
    min_size=1,
    max_size=8,
)


def test_units_follow_the_weights():
    seats = [Seat(weight, 100) for weight in (50, 30, 20)]

    assert apportion(10, seats) == [5, 3, 2]


def test_what_a_cap_refuses_goes_to_the_others():
    seats = [Seat(50, 2), Seat(30, 100), Seat(20, 100)]

    assert apportion(10, seats) == [2, 5, 3]


def test_the_earlier_of_equals_takes_the_odd_unit():
    assert apportion(3, [Seat(1, 9), Seat(1, 9)]) == [2, 1]


def test_what_nobody_can_take_is_not_handed_out():
    assert apportion(10, [Seat(1, 2), Seat(9, 3)]) == [2, 3]


def test_one_more_unit_takes_none_away_where_largest_remainder_would():
    # with weights 6, 6, 2 the largest remainders give 4, 4, 2 of 10 but 5, 5, 1
    # of 11: the small one would lose a unit because there is one more
    seats = [Seat(6, 99), Seat(6, 99), Seat(2, 99)]

    assert (apportion(10, seats), apportion(11, seats)) == ([5, 4, 1], [5, 5, 1])


def test_a_seat_that_weighs_nothing_is_a_mistake():
    with pytest.raises(ValueError, match="weighs something"):
        Seat(0, 1)


@given(st.integers(0, 300), seat_lists)
def test_all_that_fits_is_handed_out_and_no_cap_is_passed(num_units, seats):
    held = apportion(num_units, seats)

    assert sum(held) == min(num_units, sum(seat.cap for seat in seats))
    assert [h for h, seat in zip(held, seats, strict=True) if h > seat.cap] == []


@given(st.integers(0, 200), seat_lists)
def test_one_more_unit_goes_to_one_seat_and_leaves_the_others(num_units, seats):
    before, after = apportion(num_units, seats), apportion(num_units + 1, seats)

    gains = sorted(a - b for a, b in zip(after, before, strict=True))

    full = num_units >= sum(seat.cap for seat in seats)
    assert gains == [0] * (len(seats) - 1) + [0 if full else 1]


@given(st.integers(0, 200), seat_lists)
def test_no_unit_would_be_better_placed_elsewhere(num_units, seats):
    held = apportion(num_units, seats)

    givers = [
        Fraction(seat.weight, 2 * h - 1)
        for h, seat in zip(held, seats, strict=True)
        if h > 0
    ]
    takers = [
        Fraction(seat.weight, 2 * h + 1)
        for h, seat in zip(held, seats, strict=True)
        if h < seat.cap
    ]
    assert min(givers, default=1_000) >= max(takers, default=0)
