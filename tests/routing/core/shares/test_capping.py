"""Splits under caps: whole, never above a cap, in proportion below it."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.core.shares import Capped, capped

weights = st.fractions(min_value=-3, max_value=50, max_denominator=12)
caps = st.none() | st.integers(0, 400)
people = st.lists(st.tuples(weights, caps), max_size=8)


@given(st.integers(0, 2_000), people)
def test_parts_and_remainder_sum_to_the_whole(whole_cents, rows):
    split = capped(whole_cents, [w for w, _ in rows], [c for _, c in rows])

    assert sum(split.cents) + split.remainder_cents == whole_cents


@given(st.integers(0, 2_000), people)
def test_no_part_is_above_its_cap_or_below_nothing(whole_cents, rows):
    split = capped(whole_cents, [w for w, _ in rows], [c for _, c in rows])

    wrong = [
        (cents, row)
        for cents, row in zip(split.cents, rows, strict=True)
        if cents < 0 or (row[1] is not None and cents > row[1])
    ]
    assert wrong == []


@given(st.integers(0, 2_000), people)
def test_something_remains_only_when_everybody_who_weighs_pays_the_cap(
    whole_cents, rows
):
    split = capped(whole_cents, [w for w, _ in rows], [c for _, c in rows])

    if split.remainder_cents:
        assert list(split.cents) == [(c or 0) if w > 0 else 0 for w, c in rows]


@pytest.mark.parametrize(
    ("whole_cents", "weights", "caps", "expected"),
    [
        (
            100,
            [Fraction(1), Fraction(1), Fraction(1)],
            [None, None, None],
            Capped((34, 33, 33), (False, False, False), Fraction(100, 3), 0),
        ),
        (
            100,
            [Fraction(5), Fraction(3), Fraction(2)],
            [20, None, None],
            Capped((20, 48, 32), (True, False, False), Fraction(16), 0),
        ),
        (
            100,
            [Fraction(5), Fraction(5)],
            [20, 30],
            Capped((20, 30), (True, True), None, 50),
        ),
        (
            100,
            [Fraction(-5), Fraction(5)],
            [None, None],
            Capped((0, 100), (False, False), Fraction(20), 0),
        ),
        (70, [Fraction(0)], [None], Capped((0,), (False,), None, 70)),
    ],
    ids=["a tie", "one cap", "all caps", "a weight below zero", "no weight"],
)
def test_splits_by_hand(whole_cents, weights, caps, expected):
    split = capped(whole_cents, weights, caps)

    assert split == expected
